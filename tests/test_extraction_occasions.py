"""Which occasion a sentence tells of where it names two, and who is present."""

import pytest

from communique.extraction.occasions import (
    cued_types,
    date_of,
    lies_ahead,
    met_already,
    present,
    still_to_come,
    to_come,
)
from communique.language.analysis import analyse
from communique.language.phrases import find_phrases
from communique.lexicon.tables import rows
from communique.model import Document, Span
from communique.reader import Filler, Proposals


def proposals(text: str) -> Proposals:
    return Proposals(analyse(Document(text=text, published="2024-05-02")), (), ())


@pytest.mark.parametrize("row", rows("other_occasions"), ids=lambda row: row["form"])
def test_phrases_of_other_occasions_stand_in_their_examples(row: dict[str, str]) -> None:
    found = find_phrases("other_occasions", row["example"], Span(0, len(row["example"])))
    assert row["form"].lower() in [row["example"][s.start : s.end].lower() for s in found]


@pytest.mark.parametrize("row", rows("engagement_verbs"), ids=lambda row: f"{row['verb']} {row['preposition']}")
def test_verbs_tell_their_type(row: dict[str, str]) -> None:
    assert cued_types(proposals(row["example"]), 0) == [row["type"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minister Anna Berg spoke today with Minister Jan Vos ahead of the summit of 9 July.", "2024-05-02"),
        ("Following the call of 24 April, Minister Anna Berg met Minister Jan Vos today in Oslo.", "2024-05-02"),
        ("Minister Anna Berg met Minister Jan Vos after the conference of 24 April.", "2024-04-24"),
    ],
)
def test_the_date_of_another_occasion_yields(text: str, expected: str) -> None:
    given = proposals(text)
    likely = [0.9 if t.edtf != "2024-05-02" else 0.3 for t in given.analysis.times]
    dates = [Filler(t.edtf or "", p, t.span) for t, p in zip(given.analysis.times, likely, strict=True)]
    found = date_of(given, {"date": tuple(sorted(dates, key=lambda f: -f.probability))}, 0, held=True)
    assert found is not None and found.key == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minister Anna Berg and Minister Jan Vos agreed in March to sign it at their next meeting.", None),
        ("Minister Anna Berg said on Tuesday that she would meet Minister Jan Vos.", None),
        ("Minister Anna Berg and Minister Jan Vos are expected in March to meet in Oslo.", "2025-03"),
        ("Minister Anna Berg is to meet Minister Jan Vos in March.", "2025-03"),
    ],
)
def test_when_a_meeting_was_agreed_is_not_its_date(text: str, expected: str | None) -> None:
    given = proposals(text)
    (time,) = given.analysis.times
    found = to_come(given.analysis, Filler(time.edtf or "", 0.9, time.span))
    assert (found.key if found else None) == expected


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Anna Berg spoke today on the margins of the Nordic Summit with Jan Vos.", ["meeting"]),
        ("On the sidelines of the conference Anna Berg received Jan Vos.", ["meeting"]),
        ("The summit was held on the margins of the General Assembly.", []),
    ],
)
def test_who_speaks_on_the_margins_of_a_gathering_meets(text: str, types: list[str]) -> None:
    assert cued_types(proposals(text), 0) == types


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minister Anna Berg met today with Minister Jan Vos.", "2024-05-02"),
        ("Minister Anna Berg again spoke briefly on Monday with Minister Jan Vos.", "2024-04-29"),
        ("Minister Anna Berg met Minister Jan Vos, whose party lost on Monday.", None),
    ],
)
def test_a_time_beside_the_verb_dates_a_meeting(text: str, expected: str | None) -> None:
    found = date_of(proposals(text), {}, 0, held=True)
    assert (found.key if found else None) == expected


@pytest.mark.parametrize(
    ("text", "is_met"),
    [
        ("Later Anna Berg met Jan Vos.", True),
        ("Anna Berg met Jan Vos to plan the visit.", True),
        ("Anna Berg had hoped to have met Jan Vos.", False),
        ("Anna Berg has not met Jan Vos.", False),
        ("The two will meet after Anna Berg met the king.", False),
    ],
)
def test_a_verb_of_the_past_tells_a_meeting(text: str, is_met: bool) -> None:
    assert (met_already(proposals(text), 0, "meeting") is not None) is is_met


@pytest.mark.parametrize(
    ("text", "probability", "is_ahead"),
    [
        ("Anna Berg inspects the troops on Friday.", 0.9, True),
        ("Anna Berg inspects the troops on Friday.", 0.3, False),
        ("Anna Berg inspected the troops on Tuesday.", 0.9, False),
        ("Anna Berg and Jan Vos spoke ahead of the summit on 9 July 2024.", 0.9, False),
    ],
)
def test_what_is_dated_after_publication_is_planned(text: str, probability: float, is_ahead: bool) -> None:
    given = proposals(text)
    time = given.analysis.times[-1]
    roles = {"date": (Filler(time.edtf or "", probability, time.span),)}
    assert (lies_ahead(given, roles, 0) is not None) is is_ahead


def test_a_call_ahead_of_another_call_is_told_once() -> None:
    assert cued_types(proposals("They met before the minister spoke with the president of Norway."), 0) == []


def test_only_those_are_present_whom_the_evidence_names_or_means() -> None:
    text = (
        "Prime Minister Jan Vos of Norway spoke. He met President Anna Berg of Chile. President Li Na of China watched."
    )
    analysis = analyse(Document(text=text))
    people, parties = present(analysis, ("Jan Vos", "Anna Berg", "Li Na"), analysis.sentences[1:2])
    assert (people, parties) == (("Jan Vos", "Anna Berg"), ("NO", "CL"))


@pytest.mark.parametrize("row", rows("coming"), ids=lambda row: row["form"])
def test_words_of_what_is_to_come(row: dict[str, str]) -> None:
    text = row["example"]
    sentence = Span(0, len(text))
    found = [still_to_come(text, sentence, kind) for kind in ("summit", "meeting", "visit", "call")]
    (words,) = (text[span.start : span.end] for span in found if span)
    assert words.startswith(row["form"])


def test_what_was_held_is_not_to_come() -> None:
    text = "The next summit was held in Oslo in May."
    assert still_to_come(text, Span(0, len(text)), "summit") is None
