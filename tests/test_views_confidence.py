"""Doubt and reasons as readers see them: marks, order, what --min-confidence leaves, and rows of reasons."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from at_work import AtWork
from cli_door import run
from communique import extraction, intake
from communique.api import Ledger
from communique.model import Agreement, AgreementStage, Document, Entry, Reason, Report, Span
from communique.views import (
    DOUBTFUL,
    Reading,
    Standpoint,
    brief_of,
    confidence_of,
    entries_page,
    newest,
    readings_page,
    reasons_to_json,
    sure_enough,
)
from views_examples import ENTRIES

DAY = date(2026, 3, 15)
FRAMEWORK = next(e for e in ENTRIES if e.id == "A-20000001")
SIGNED = "India and Japan signed\nthe Harbour Accord in Kobe."
TEXT = f"It rained in Tokyo on Monday. {SIGNED} Tokyo praised it."
START = TEXT.index(SIGNED)


def _at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


ACCORD = Agreement(
    name="Harbour Accord",
    stage=AgreementStage.SIGNED,
    parties=("IN", "JP"),
    evidence=(Span(START, START + len(SIGNED)),),
    confidence=0.412,
    reasons=(
        Reason(field="parties", rule="reader.party", detail="IN", probability=0.98, span=_at("India"),
               grounded_by="state.name"),
        Reason(field="parties", rule="reader.party", detail="JP", probability=0.7, span=_at("Tokyo"),
               grounded_by="state.capital"),
        Reason(field="parties", rule="reader.party", detail="JP", probability=0.9, span=_at("Japan"),
               grounded_by="state.name"),
        Reason(field="stage", rule="words.agreement_cues", detail="signed", span=_at("signed")),
        Reason(field="kind", rule="reader.sentence", detail="agreement", probability=0.99123,
               span=Span(START, START + len(SIGNED))),
        Reason(field="name", rule="reader.agreement", detail="Harbour Accord", probability=0.8,
               span=_at("Harbour Accord")),
    ),
)  # fmt: skip


def _sure(entry: Entry, *confidences: float | None) -> Entry:
    """The entry with these confidences of its records, in order."""
    told = zip(entry.history, confidences, strict=True)
    history = tuple(replace(report, record=replace(report.record, confidence=c)) for report, c in told)
    return replace(entry, history=history)


def _shown(page: RenderableType, *, terminal: bool = False, width: int = 80) -> str:
    console = Console(width=width, force_terminal=terminal, color_system=None)
    with console.capture() as capture:
        console.print(page)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def _of_one_document(reports: tuple[Report, ...]) -> tuple[Report, ...]:
    return tuple(replace(report, source=replace(report.source, document_id="d1")) for report in reports)


def test_documents_that_agree_make_an_entry_surer_and_records_of_one_document_do_not() -> None:
    number = len(FRAMEWORK.history)
    assert number >= 2
    several = _sure(FRAMEWORK, *[0.6] * number)
    assert confidence_of(several) == pytest.approx(1 - 0.4**number, abs=0.001)
    assert confidence_of(replace(several, history=_of_one_document(several.history))) == pytest.approx(0.6)


def test_what_a_person_says_is_not_doubted() -> None:
    assert all(confidence_of(entry) is None for entry in ENTRIES)
    assert sure_enough(ENTRIES, 0.99) == ENTRIES


def test_an_entry_stands_as_the_reports_tell_it_that_are_sure_enough() -> None:
    rest = [0.9] * (len(FRAMEWORK.history) - 1)
    (told,) = sure_enough([_sure(FRAMEWORK, *rest, 0.3)], 0.5)
    assert len(told.history) == len(rest)
    assert told.stage == FRAMEWORK.history[-2].stage != FRAMEWORK.stage
    assert told.standing == "prospective"
    assert sure_enough([_sure(FRAMEWORK, *[0.3] * len(FRAMEWORK.history))], 0.5) == []


@pytest.mark.parametrize(("confidence", "doubtful"), [(None, False), (DOUBTFUL, False), (DOUBTFUL - 0.001, True)])
def test_doubtful_lines_are_marked(confidence: float | None, doubtful: bool) -> None:
    entry = _sure(ENTRIES[0], confidence)
    assert ("doubtful (" in _shown(entries_page([entry], Standpoint(DAY)))) == doubtful
    assert ("●?" in _shown(entries_page([entry], Standpoint(DAY)), terminal=True)) == doubtful
    legend, *_ = _shown(entries_page([entry], Standpoint(DAY)), terminal=True).splitlines()
    assert legend.endswith("? doubtful")


def test_of_one_day_the_surest_come_first() -> None:
    first, other = _sure(ENTRIES[0], 0.4), replace(_sure(ENTRIES[0], 0.9), id="E-99999999")
    assert [e.id for e in newest([first, other])] == [other.id, first.id]
    brief = brief_of([first, other], ("US", "IN"), standpoint=Standpoint(DAY))
    assert [e.id for e in brief.sections[0].groups[0].entries] == [other.id, first.id]


def test_reasons_stand_under_the_record_with_its_sentence() -> None:
    page = readings_page([Reading(Document(text=TEXT, title="Accord"), (ACCORD,))], DAY, explain=True)
    lines = [" ".join(line.split()) for line in _shown(page, width=110).splitlines()]
    assert lines[-7:] == [
        "“India and Japan signed the Harbour Accord in Kobe.”",
        "confidence 0.412",
        "kind agreement 30–80 reader.sentence 0.99",
        "name “Harbour Accord” 57–71 reader.agreement 0.80",
        "stage “signed” 46–52 words.agreement_cues",
        "parties IN “India” 30–35 reader.party 0.98, state.name",
        "JP “Japan” 40–45 reader.party 0.90, state.name, best of 2",
    ]  # fmt: skip
    assert max(map(len, _shown(page, width=60).splitlines())) <= 60


def test_reasons_as_data_have_their_words_and_offsets() -> None:
    told = reasons_to_json(ACCORD, TEXT)
    assert [reason["field"] for reason in told] == ["kind", "name", "stage", "parties", "parties", "parties"]
    assert told[0]["probability"] == 0.991
    assert told[4] == {
        "field": "parties", "value": "JP", "rule": "reader.party", "probability": 0.7, "grounded_by": "state.capital",
        "words": "Tokyo", "start": 13, "end": 18,
    }  # fmt: skip
    assert told[2]["probability"] is None


@pytest.fixture
def _stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "extract", lambda document, ungated: (ACCORD,))
    monkeypatch.setattr(intake, "Crew", AtWork)
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")


@pytest.mark.usefixtures("_stand_in")
def test_extract_tells_reasons_only_when_asked() -> None:
    (plain,) = json.loads(run("extract", "a.txt", "--format", "json").out)
    assert "reasons" not in plain["records"][0]
    (told,) = json.loads(run("extract", "a.txt", "--format", "json", "--explain").out)
    assert told["records"][0]["reasons"] == reasons_to_json(ACCORD, TEXT)
    (line,) = run("extract", "a.txt", "--format", "jsonl", "--explain").out.splitlines()
    assert json.loads(line) == told["records"][0]
    assert "state.capital" not in run("extract", "a.txt").out
    assert "words.agreement_cues" in run("extract", "a.txt", "--explain").out


@pytest.mark.usefixtures("_stand_in")
@pytest.mark.parametrize(("least", "number"), [("0", 1), ("0.41", 1), ("0.42", 0)])
def test_extract_leaves_out_what_is_not_sure_enough(least: str, number: int) -> None:
    assert run("extract", "a.txt", "--format", "jsonl", "--min-confidence", least).out.count("\n") == number
    page = run("extract", "a.txt", "--min-confidence", least).out
    assert ("at least 0.42 sure" in page) == (number == 0)


@pytest.mark.parametrize("least", ["1.5", "-1", "sure"])
def test_an_impossible_confidence_is_a_wrong_request(least: str) -> None:
    result = run("list", "agreement", "--min-confidence", least)
    assert result.code == 2
    assert result.err.count("\n") == 1


def test_the_ledger_keeps_reasons_and_the_doubt(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    document = Document(text=TEXT, title="Accord", published="2025-08-05", source="a.txt")
    with Ledger(path) as ledger:
        ledger.add(document, [ACCORD])
        (entry,) = ledger.entries()
        told = ledger.explained(entry).history[0].record
    assert entry.history[0].record.reasons == ()
    rounded = [replace(r, probability=r.probability and round(r.probability, 3)) for r in ACCORD.reasons]
    assert list(told.reasons) == rounded
    shown = json.loads(run("show", entry.id, "--explain", "--format", "json", "--ledger", path).out)
    assert shown["history"][0]["record"]["reasons"] == reasons_to_json(ACCORD, TEXT)
    assert "words.agreement_cues" in run("show", entry.id, "--explain", "--ledger", path).out
    assert "doubtful (0.41)" in run("list", "agreement", "--ledger", path).out
    assert run("list", "agreement", "--min-confidence", "0.5", "--ledger", path).out == ""
    assert run("brief", "IN", "JP", "--min-confidence", "0.5", "--ledger", path).out == ""
