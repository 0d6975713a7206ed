"""Actors joined and separated on their pages: with a name and a reason, without scripts, from our own forms alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web_forms import fields, followed, form, said, send
from tests.web_samples import client

from actor_samples import EVERY, MANILA, NORDBANK, NORDBANK_OF_CHILE
from communique.api import Ledger

LARVIK, MEI = "/actors/person/Anna%20Larvik", "/actors/person/Lin%20Mei"


@pytest.fixture
def asker(tmp_path: Path) -> Iterator[TestClient]:
    with Ledger(tmp_path / "ledger.db") as ledger:
        for document, records in (*EVERY, MANILA):
            ledger.add(document, records)
    with client(tmp_path / "ledger.db") as found:
        yield found


def names(asker: TestClient) -> set[str]:
    return {one["name"] for one in asker.get("/api/actors?limit=200").json()["items"]}


def test_joined_after_a_look_at_both_told_of_and_undone(asker: TestClient) -> None:
    assert "Anna Larvik" in asker.get(f"{LARVIK}?do=join&with=Larv").text
    page = f"{LARVIK}?do=join&with=Ana+Larwick"
    assert "the names contradict each other" in asker.get(page).text
    told = followed(asker, send(asker, page, f"{LARVIK}/join", verdict="same", by="Ann", why="one <minister>")).text
    assert "One person" in told and "Ann" in told and "one &lt;minister&gt;" in told
    assert "Also called Ana Larwick, Larwick." in told
    assert names(asker).isdisjoint({"Ana Larwick", "Larwick"})
    led = asker.get("/actors/person/Ana%20Larwick")
    assert (led.status_code, led.headers["location"]) == (303, LARVIK)
    one = asker.get("/api/actors/person/Ana%20Larwick").json()
    assert (one["name"], one["names"]) == ("Anna Larvik", ["Ana Larwick", "Larwick"])
    assert asker.get("/api/actors/person/Anna%20Larvik/why/Ana%20Larwick").json()["same"] is True
    assert asker.get("/api/decisions").json()["items"][0]["actors"] == ["Anna Larvik"]
    followed(asker, send(asker, "/decisions/1", "/decisions/1/undo", why="a slip"))
    assert "Ana Larwick" in names(asker)


def test_reports_of_a_namesake_are_separated_and_put_back(asker: TestClient) -> None:
    options = form(asker.get(f"{MEI}?do=separate").text, f"{MEI}/separate").find_class("option")
    assert len(options) == 3
    here = [one for one in options if "Singapore" in one.text_content()]
    chosen = [one.xpath(".//input/@value")[0] for one in here]
    made = send(asker, f"{MEI}?do=separate", f"{MEI}/separate", report=chosen, by="Ann")
    assert made.status_code == 303, said(made.text)
    assert "Two people of one name" in followed(asker, made).text
    other = "/actors/person/Lin%20Mei%20%28SG%29"
    page = asker.get(f"{other}?do=separate").text
    assert len(form(page, f"{other}/separate").find_class("option")) == 2
    back = send(asker, f"{other}?do=separate", f"{other}/separate", report=chosen[0], who="Lin Mei")
    assert back.status_code == 303, said(back.text)
    assert asker.get("/api/actors/person/Lin%20Mei%20%28SG%29").json()["entries"] == 1
    assert asker.get("/api/actors/person/Lin%20Mei").json()["entries"] == 2


def test_reports_of_an_organisation_of_the_same_name_are_separated(asker: TestClient, tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        ledger.add(*NORDBANK)
        ledger.add(*NORDBANK_OF_CHILE)
    bank = "/actors/organisation/Nordbank"
    options = form(asker.get(f"{bank}?do=separate").text, f"{bank}/separate").find_class("option")
    (chosen,) = (one.xpath(".//input/@value")[0] for one in options if "Chile" in one.text_content())
    told = followed(asker, send(asker, f"{bank}?do=separate", f"{bank}/separate", report=chosen, by="Ann")).text
    assert "Two actors of one name" in told
    assert asker.get("/api/actors/organisation/Nordbank%20(2)").json()["entries"] == 1
    state = "/actors/state/NO"
    assert "do=separate" not in asker.get(state).text
    assert "do=join" in asker.get(state).text


def test_what_can_not_be_done_is_told_and_what_was_typed_kept(asker: TestClient) -> None:
    page = f"{LARVIK}?do=join&with=Ana+Larwick"
    nobody = send(asker, page, f"{LARVIK}/join", verdict="same", by="", why="seen")
    assert nobody.status_code == 422
    assert "Give the name" in said(nobody.text)
    assert fields(nobody.text, f"{LARVIK}/join")["why"] == "seen"
    none = send(asker, f"{MEI}?do=separate", f"{MEI}/separate", by="Ann", why="seen")
    assert none.status_code == 422
    assert "choose a report" in said(none.text)
    assert asker.get("/api/decisions").json()["total"] == 0


@pytest.mark.parametrize("do", ["join", "separate"])
def test_a_form_of_another_site_decides_nothing(asker: TestClient, do: str) -> None:
    typed = {"with": "Ana Larwick", "verdict": "same", "by": "Mallory", "form-key": "guessed"}
    assert asker.post(f"{LARVIK}/{do}", data=typed).status_code == 403
    assert asker.post(f"{LARVIK}/{do}", data=typed, headers={"Origin": "https://elsewhere.test"}).status_code == 403
    assert asker.get("/api/decisions").json()["total"] == 0


def test_organisations_are_joined(asker: TestClient) -> None:
    aero = "/actors/organisation/Frobnitz%20Aero"
    assert "Frobnitz Aerospace" in asker.get(f"{aero}?do=join").text
    page = f"{aero}?do=join&with=Frobnitz+Aerospace"
    assert "One actor" in followed(asker, send(asker, page, f"{aero}/join", verdict="same", by="Ann")).text
    assert asker.get("/relationships/NO/Frobnitz%20Aerospace").status_code in (200, 303)
