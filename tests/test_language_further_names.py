"""Actors beyond tables of names: unnamed speakers, unlisted names, people known by their office."""

import pytest

from communique.language.analysis import analyse
from communique.language.mentions import ActorMention
from communique.lexicon.tables import forms, rows
from communique.model import Document
from communique.reader.candidates import speakers_of


def found(text: str, published: str = "2022-03-04", publisher: str | None = None) -> dict[str, ActorMention]:
    document = Document(text=text, published=published, publisher=publisher)
    return {text[m.span.start : m.span.end]: m for m in analyse(document).actors}


@pytest.mark.parametrize("row", rows("unnamed_speakers"), ids=lambda row: row["forms"])
def test_who_speaks_without_a_name_is_found(row: dict[str, str]) -> None:
    mentions = found(row["example"])
    assert any(m.rule == "office.unnamed" and words.lower().endswith(forms(row)) for words, m in mentions.items())


def test_the_same_noun_without_speech_is_nobody() -> None:
    assert "officials" not in found("The hall was full of officials and flags.")


def test_people_in_office_need_no_state_beside_them() -> None:
    mentions = found("President Vladimir Putin called. Wang Yi did not.", publisher="The White House")
    assert mentions["President Vladimir Putin"].parties == ("RU",)
    assert mentions["Wang Yi"].parties == ("CN",)


def test_out_of_office_the_name_alone_tells_nothing() -> None:
    assert found("Angela Merkel replied.", published="2012-05-01")["Angela Merkel"].parties == ("DE",)
    assert found("Angela Merkel replied.", published="2024-05-01")["Angela Merkel"].parties != ("DE",)


def test_a_name_is_explained_by_what_follows() -> None:
    assert found("John Kirby of the White House stated it.")["John Kirby"].parties == ("US",)


def test_a_movement_goes_by_its_short_form() -> None:
    text = "The Free Aceh Movement (GAM) signed on Monday. GAM will hand in its arms."
    mentions = found(text, published="2005-08-15")
    assert mentions["Free Aceh Movement"].parties == ("GAM",) == mentions["GAM"].parties


def test_a_seat_of_power_speaks_by_its_name_and_acts_for_its_state() -> None:
    text = "The Kremlin said so, Moscow did not."
    kremlin, moscow = found(text)["Kremlin"], found(text)["Moscow"]
    assert (speakers_of(kremlin, text), kremlin.parties) == (("Kremlin",), ("RU",))
    assert (speakers_of(moscow, text), moscow.parties) == (("RU",), ("RU",))
