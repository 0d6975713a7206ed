"""Doubtful names of actors in the review: in the terminal, on pages and as data, from a file and from PostgreSQL."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.web_forms import followed, send
from tests.web_samples import client

from actor_samples import BERN, EVERY, OSLO, PACT, PACT_LATER, ROME, meeting
from cli_door import Run, run
from communique import Ledger
from ledger_samples import Sample
from postgresql_server import running

LARVIK, FROBNITZ = ["Ana Larwick", "Anna Larvik"], ["Frobnitz Aero", "Frobnitz Aerospace"]
OSMAN = meeting("2031-01-05", "President Osman Osman of Afghanistan met Anna Larvik.", ("AF", "NO"), ("Osman Osman",))
OSMAN_II = meeting("2031-02-05", "King Osman II of Jordan met ministers in Riga.", ("JO", "LV"), ("Osman II",))


def filled(place: str | Path, documents: tuple[Sample, ...] = EVERY) -> str:
    with Ledger(place) as ledger:
        for document, records in documents:
            ledger.add(document, records)
    return str(place)


def asked(ledger: str) -> list[dict[str, Any]]:
    listed = json.loads(run("review", "--ledger", ledger, "--format", "json").out)
    return [one for one in listed if one["question"] == "actors"]


def review(ledger: str, keys: str) -> Run:
    return run("review", "--ledger", ledger, "--by", "A. Nalyst", stdin=keys.encode())


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    return filled(tmp_path / "ledger.db")


def test_names_that_may_be_one_are_listed_with_a_sentence_of_each(ledger: str) -> None:
    person, company = asked(ledger)
    assert (person["names"], person["field"], person["entry_ids"]) == (LARVIK, "people", [])
    assert "Ana Larwick of Norway met" in person["quotes"][0] and "Anna Larvik of Norway met" in person["quotes"][1]
    assert (company["names"], company["field"]) == (FROBNITZ, "parties")
    assert all(0.27 < one["probability"] < 0.73 for one in (person, company))


def test_they_are_shown_beside_each_other_with_their_offices_and_answered_by_a_key(ledger: str) -> None:
    walked = review(ledger, "ynq")
    assert walked.code == 0 and "2 decisions" in walked.out
    assert "Are these one person? (probability 0.50, two now)" in walked.out
    assert "foreign minister of Norway" in walked.out and "acts for Norway" in walked.out
    assert "Are these one organisation?" in walked.out
    with Ledger(ledger) as opened:
        made = [(one.decision.action, one.decision.value["names"]) for one in opened.decisions()]
        names = {actor.name for actor in opened.actors()}
    assert made == [("same", LARVIK[::-1]), ("different", FROBNITZ)]
    assert "Anna Larvik" in names and "Ana Larwick" not in names and set(FROBNITZ) <= names
    assert asked(ledger) == [], "what was decided is not asked again"


def test_an_answer_is_taken_back_and_asked_again(ledger: str) -> None:
    before = asked(ledger)
    walked = review(ledger, "yuq")
    assert walked.code == 0 and "0 decisions" in walked.out
    assert asked(ledger) == before


def test_who_acts_for_two_states_by_a_name_and_its_shorter_form_may_be_two(tmp_path: Path) -> None:
    ledger = filled(tmp_path / "ledger.db", (OSMAN, OSMAN_II))
    (question,) = asked(ledger)
    assert (question["names"], question["probability"] > 0.5) == (["Osman Osman", "Osman II"], True)
    assert "one now" in review(ledger, "n").out
    with Ledger(ledger) as opened:
        assert {"Osman Osman", "Osman II"} <= {actor.name for actor in opened.actors()}
        opened.undo(by="A. Nalyst")
    review(ledger, "y")
    assert asked(ledger) == []
    with Ledger(ledger) as opened:
        assert opened.check() == [] and opened.rebuild() == []


def test_two_of_one_family_name_are_not_asked_for(tmp_path: Path) -> None:
    others = meeting("2031-03-03", "Anna Larvik and Bo Larvik met in Oslo.", ("NO", "DK"), ("Anna Larvik", "Bo Larvik"))
    assert asked(filled(tmp_path / "ledger.db", (OSLO, others))) == []


def test_postgresql_asks_the_same(ledger: str) -> None:
    with running() as server:
        place = filled(server.address(server.empty()))
        assert asked(place) == asked(ledger)
        review(place, "yy")
        assert asked(place) == []


@pytest.fixture
def asker(tmp_path: Path) -> Iterator[TestClient]:
    filled(tmp_path / "web.db", (OSLO, ROME, BERN, PACT, PACT_LATER))
    with client(tmp_path / "web.db") as found:
        yield found


def test_pages_ask_for_names_one_key_each_and_take_answers_back(asker: TestClient) -> None:
    waiting = asker.get("/api/review").json()
    assert [one["names"] for one in waiting["items"] if one["question"] == "actors"] == [LARVIK, FROBNITZ]
    at = asker.get("/review").headers["location"]
    page = asker.get(at).text
    for words in ("Are these one person?", "foreign minister of Norway", "<blockquote>", "may be the other", 'key="s"'):
        assert words in page
    answered = send(asker, at, at, answer="same", by="Ann")
    told = followed(asker, answered).text
    assert "One person" in told and "Are these one organisation?" in told
    after = answered.headers["location"]
    undone = send(asker, after, f"{after.partition('?')[0]}/undo")
    assert undone.headers["location"] == at, "back to the case that it answered"
    assert asker.get("/api/review").json()["items"] == waiting["items"]
    wrong = send(asker, at, at, answer="confirm")
    assert wrong.status_code == 422


def test_the_front_page_counts_them(asker: TestClient) -> None:
    assert "pairs of names that may be one actor" in asker.get("/").text
