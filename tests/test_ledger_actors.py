"""Decisions on actors: two names of one, one name of two; whatever documents come, are revised, and in which order."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from actor_samples import (
    BERN,
    CEBU,
    EVERY,
    JAKARTA,
    MANILA,
    NORDBANK,
    NORDBANK_AGAIN,
    NORDBANK_OF_CHILE,
    OSLO,
    PACT,
    PACT_LATER,
    ROME,
    meeting,
)
from cli_door import Run, run
from communique import Ledger
from communique.model import Document
from ledger_samples import Sample
from postgresql_server import running


def filled(place: str | Path, documents: tuple[Sample, ...] = EVERY) -> str:
    with Ledger(place) as ledger:
        for document, records in documents:
            ledger.add(document, records)
    return str(place)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COMMUNIQUE_LEDGER", filled(tmp_path / "ledger.db"))
    monkeypatch.setenv("COMMUNIQUE_ANALYST", "A. Nalyst")
    return str(tmp_path / "ledger.db")


def done(*arguments: str) -> Run:
    found = run(*arguments)
    assert found.code == 0, found.err
    return found


def actors(kind: str = "person") -> dict[str, int]:
    return {
        one["name"]: one["entries"] for one in json.loads(run("actors", "--format", "json").out) if one["kind"] == kind
    }


def whole(ledger: str) -> bool:
    """Whether nothing is wrong with the ledger, and deriving all anew changes nothing."""
    with Ledger(ledger) as opened:
        return opened.check() == [] and opened.rebuild() == []


def entry_of(ledger: str, *parties: str) -> str:
    with Ledger(ledger) as opened:
        (found,) = opened.entries(parties=parties)
        return found.id


def test_two_spellings_are_one_minister_whose_older_name_stays(ledger: str) -> None:
    before = run("export").out
    said = done("same", "Ana Larwick", "anna larvik", "--why", "one minister").out
    assert said.startswith("Decision 1: Anna Larvik and Ana Larwick are one, Anna Larvik.")
    assert "people: Ana Larwick, Tomas Urban → Anna Larvik, Tomas Urban" in said
    assert actors()["Anna Larvik"] == 3
    assert not {"Ana Larwick", "Larwick"} & actors().keys()
    (told,) = (json.loads(line) for line in run("export").out.splitlines() if "Tomas Urban" in line)
    assert told["fields"]["people"] == ["Anna Larvik", "Tomas Urban"]
    assert told["history"][0]["record"]["people"] == ["Ana Larwick", "Tomas Urban"], "as the document has it"
    assert "A. Nalyst said so: one minister" in done("why", "Anna Larvik", "Ana Larwick").out
    assert whole(ledger)
    done("undo", "--why", "a slip")
    assert run("export").out == before
    assert whole(ledger)


def test_two_that_were_joined_are_parted_by_the_names_they_had(ledger: str) -> None:
    before = run("export").out
    done("same", "Anna Larvik", "Ana Larwick")
    done("different", "Anna Larvik", "Ana Larwick")
    assert run("export").out == before
    assert actors()["Ana Larwick"] == 2


def test_a_short_name_that_was_taken_for_somebodys(ledger: str) -> None:
    assert actors()["Ana Larwick"] == 2
    done("different", "Larwick", "Ana Larwick", "--why", "a general")
    assert (actors()["Ana Larwick"], actors()["Larwick"]) == (1, 1)
    assert "-20.00" in run("why", "Larwick", "Ana Larwick").out
    assert whole(ledger)


def test_one_name_of_two_people_and_the_documents_that_come_later(ledger: str) -> None:
    done("different", "Lin Mei", entry_of(ledger, "SG", "ID"), "--why", "a namesake")
    assert (actors()["Lin Mei"], actors()["Lin Mei (SG)"]) == (1, 1)
    with Ledger(ledger) as opened:
        opened.add(*MANILA)
        opened.add(*CEBU)
    assert (actors()["Lin Mei"], actors()["Lin Mei (SG)"]) == (2, 2), "whom they act for tells, where that is told"
    done("same", "Lin Mei (SG)", entry_of(ledger, "PH", "VN"))
    assert (actors()["Lin Mei"], actors()["Lin Mei (SG)"]) == (1, 3)
    with Ledger(ledger) as opened:
        parties = {one.name: one.parties for one in opened.actors()}
        assert (parties["Lin Mei"], parties["Lin Mei (SG)"]) == (("CN",), ("SG",))
    assert whole(ledger)
    done("undo", "1")
    assert (actors()["Lin Mei"], actors()["Lin Mei (SG)"]) == (3, 1), "what was said of one document still holds"
    assert whole(ledger)


def test_two_names_of_a_company_make_one_entry_and_the_old_name_leads_there(ledger: str) -> None:
    said = done("same", "Frobnitz Aerospace", "Frobnitz Aero").out
    assert "is part of" in said
    assert actors("organisation") == {"Frobnitz Aero": 1}
    assert run("brief", "frobnitz aerospace", "NO").out == run("brief", "Frobnitz Aero", "Norway").out
    assert whole(ledger)
    done("undo")
    assert actors("organisation") == {"Frobnitz Aero": 1, "Frobnitz Aerospace": 1}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("same", "NO", "Denmark"), "two states"),
        (("same", "Norway", "Bo Nilsen"), "name two of one sort"),
        (("same", "Bo Nilsen", "Bo Nilsen"), "one and the same"),
        (("same", "Bo Nilsen", "Nobody Atall"), "is called 'Nobody Atall'"),
        (("different", "Bo Nilsen", "Bo Nilsen"), "That is one name"),
        (("why", "Bo Nilsen", "Bo Nilsen"), "one and the same"),
    ],
)
def test_what_can_not_be_decided_is_told_in_a_sentence(ledger: str, given: tuple[str, ...], said: str) -> None:
    found = run(*given)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
    assert "Traceback" not in found.err


def test_nobody_is_left_without_a_report(ledger: str) -> None:
    assert "nobody is left" in run("different", "Bo Nilsen", entry_of(ledger, "NO", "DK")).err


def test_a_successor_in_office_is_told_of_and_still_the_analysts_to_decide(tmp_path: Path) -> None:
    place = tmp_path / "ledger.db"
    sentence = "U.S. Secretary of Defense {} met India's minister."
    told = (("2023-06-05", "Lloyd Austin"), ("2025-07-01", "Pete Hegseth"))
    filled(place, tuple(meeting(day, sentence.format(name), ("US", "IN"), (name,)) for day, name in told))
    found = run("same", "Lloyd Austin", "Pete Hegseth", "--by", "A. Nalyst", "--ledger", place)
    assert found.code == 0
    assert "a successor is another person" in found.err


def test_decisions_hold_without_their_evidence_and_are_told_to_be_orphaned(ledger: str) -> None:
    done("same", "Anna Larvik", "Ana Larwick")
    document: Document = replace(ROME[0], text="The visit to Rome was called off.", title="Called off")
    with Ledger(ledger) as opened:
        opened.add(document, ())
        opened.add(replace(BERN[0], text="Lin Mei met nobody in Bern."), ())
    assert "orphaned" in run("decisions").out
    with Ledger(ledger) as opened:
        opened.add(*ROME)
    assert "orphaned" not in run("decisions").out
    assert actors()["Anna Larvik"] == 2
    assert whole(ledger)


def later(place: str) -> str:
    """What a ledger exports in which decisions were made before half of the documents came."""
    with Ledger(place) as ledger:
        for document, records in (ROME, OSLO, PACT_LATER, PACT, JAKARTA, BERN):
            ledger.add(document, records)
            names = {one.name for one in ledger.actors()}
            made = {tuple(s.decision.value["names"]) for s in ledger.decisions()}
            for pair in (("Anna Larvik", "Ana Larwick"), ("Frobnitz Aero", "Frobnitz Aerospace")):
                if names >= set(pair) and pair not in made:
                    ledger.same(*pair, by="A. Nalyst")
        assert ledger.check() == []
    return run("export", "--ledger", place).out


def test_the_order_of_documents_and_decisions_does_not_matter(ledger: str, tmp_path: Path) -> None:
    done("same", "Anna Larvik", "Ana Larwick")
    done("same", "Frobnitz Aero", "Frobnitz Aerospace")

    def plainly(exported: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in exported.splitlines()]

    assert plainly(run("export").out) == plainly(later(str(tmp_path / "later.db")))


@pytest.fixture(scope="module")
def server() -> Iterator[object]:
    with running() as found:
        yield found


def test_postgresql_says_the_same(ledger: str, server, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    place = filled(server.address(server.empty()))
    said = []
    for where in (ledger, place):
        monkeypatch.setenv("COMMUNIQUE_LEDGER", where)
        done("same", "Anna Larvik", "Ana Larwick")
        done("different", "Lin Mei", entry_of(where, "SG", "ID"))
        done("same", "Frobnitz Aerospace", "Frobnitz Aero")
        assert whole(where)
        said.append((run("export").out, run("actors", "--format", "json").out, actors()))
    assert said[0] == said[1]


def banks(place: str | Path) -> str:
    return filled(place, (NORDBANK, NORDBANK_OF_CHILE))


def test_one_name_of_two_organisations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = banks(tmp_path / "banks.db")
    monkeypatch.setenv("COMMUNIQUE_LEDGER", ledger)
    monkeypatch.setenv("COMMUNIQUE_ANALYST", "A. Nalyst")
    said = done("different", "Nordbank", entry_of(ledger, "CL"), "--why", "a bank in Chile").out
    assert said.startswith("Decision 1: Nordbank is Nordbank (2) in R-")
    assert actors("organisation") == {"Nordbank": 1, "Nordbank (2)": 1}
    with Ledger(ledger) as opened:
        (loan,) = opened.entries(parties=("Nordbank (2)",))
        assert (loan.title, loan.history[0].record.parties) == ("Copper Loan", ("CL", "Nordbank")), (
            "as documents have it"
        )
        opened.add(*NORDBANK_AGAIN)
    assert actors("organisation") == {"Nordbank": 2, "Nordbank (2)": 1}, "the name alone does not tell"
    with Ledger(ledger) as opened:
        (railway,) = (one.id for one in opened.entries(parties=("CL",)) if one.title == "Railway Loan")
    done("same", "Nordbank (2)", railway)
    assert actors("organisation") == {"Nordbank": 1, "Nordbank (2)": 2}
    assert "orphaned" not in run("decisions").out
    assert whole(ledger)
    done("undo")
    done("undo", "1")
    assert actors("organisation") == {"Nordbank": 3}
    assert whole(ledger)


def test_an_organisation_is_joined_and_parted_by_documents_at_once(tmp_path: Path) -> None:
    ledger = filled(tmp_path / "banks.db", (NORDBANK, NORDBANK_OF_CHILE, PACT))
    with Ledger(ledger) as opened:
        opened.different("Nordbank", entry_of(ledger, "CL"), by="A. Nalyst")
        opened.same("Nordbank (2)", "Frobnitz Aero", by="A. Nalyst")
        assert {one.name: one.entries for one in opened.actors() if one.kind == "organisation"} == {
            "Nordbank": 1,
            "Nordbank (2)": 2,
        }
    assert whole(ledger)


def test_states_are_no_several_and_no_organisation_is_left_without_a_report(tmp_path: Path) -> None:
    ledger = banks(tmp_path / "banks.db")
    entry = entry_of(ledger, "CL")
    assert "is a state" in run("different", "Chile", entry, "--by", "A", "--ledger", ledger).err
    with Ledger(ledger) as opened:
        opened.different("Nordbank", entry, by="A. Nalyst")
    left = run("different", "Nordbank", entry_of(ledger, "NO"), "--by", "A", "--ledger", ledger)
    assert (left.code, "nobody is left" in left.err) == (2, True)
