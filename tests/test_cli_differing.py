"""``communique diff``: what changed from one revision of a document to another, and what followed from it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli_door import run
from communique import Ledger
from communique.model import Agreement, AgreementStage, Document, Span
from communique.views.revised import rewordings
from ledger_samples import ACCESS, HOPE

ADDRESS = "https://example.org/access"


def _agreement(text: str, sentence: str, stage: AgreementStage, name: str, date: str | None = None) -> Agreement:
    start = text.index(sentence)
    span = Span(start, start + len(sentence))
    return Agreement(name=name, stage=stage, parties=("JP", "PH"), date=date, evidence=(span,))


def _revision(title: str, *told: tuple[str, AgreementStage, str, str | None]) -> tuple[Document, tuple[Agreement, ...]]:
    text = "Ministers met in Manila. " + " ".join(sentence for sentence, *_ in told)
    document = Document(text=text, title=title, published="2024-07-08", url=ADDRESS)
    return document, tuple(_agreement(text, sentence, stage, name, date) for sentence, stage, name, date in told)


ACCESS_PACT, PATROL = "Reciprocal Access Agreement", "patrol vessel loan agreement"
FIRST = _revision(
    "Manila meeting",
    ("Japan and the Philippines will sign a Reciprocal Access Agreement.", AgreementStage.PROPOSED, ACCESS_PACT, None),
    ("They had earlier agreed on a loan for patrol vessels.", AgreementStage.AGREED, PATROL, None),
)
SECOND = _revision(
    "Manila meeting, corrected",
    ("Japan and the Philippines have signed a Reciprocal Access Agreement.", AgreementStage.SIGNED, ACCESS_PACT, None),
    ("A treaty on coastguard training is to follow soon.", AgreementStage.PROPOSED, "coastguard treaty", None),
)
THIRD = _revision(
    "Manila meeting, corrected",
    ("Japan and the Philippines have signed a Reciprocal Access Agreement.", AgreementStage.SIGNED, ACCESS_PACT, None),
)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document of three revisions, on one record of which a decision rested, and one that never changed."""
    path = tmp_path / "ledger.db"
    moments = iter(f"2026-01-01T00:00:{second:02}+00:00" for second in range(60))
    for module in ("writing", "comparing"):
        monkeypatch.setattr(f"communique.ledger.{module}.now", lambda: next(moments))
    with Ledger(path) as opened:
        opened.add(*FIRST)
        opened.add(*HOPE)
        (loan,) = (entry for entry in opened.entries() if entry.title == PATROL)
        opened.confirm(loan.id, by="A. Nalyst")
        for revision in (SECOND, THIRD):
            opened.add(*revision)
            opened.counts()
    return path


def _diff(ledger: Path, *arguments: str) -> dict[str, Any]:
    result = run("diff", ADDRESS, *arguments, "--ledger", ledger, "--format", "json")
    assert (result.code, result.err) == (0, "")
    found: dict[str, Any] = json.loads(result.out)
    return found


def test_words_records_entries_and_decisions_of_a_step(ledger: Path) -> None:
    found = _diff(ledger, "--from", "1", "--to", "2")
    assert (found["revisions"], found["from"]["number"], found["to"]["number"]) == (3, 1, 2)
    assert found["origin"] == [{"field": "title", "before": FIRST[0].title, "after": SECOND[0].title}]
    reworded, gone, new = found["sentences"]
    assert [words["text"] for words in reworded["words"] if words["what"] != "same"] == ["will sign", "have signed"]
    assert FIRST[0].text[slice(*gone["before"])].startswith("They had earlier") and gone["after"] is None
    assert SECOND[0].text[slice(*new["after"])].startswith("A treaty") and new["before"] is None
    records = found["records"]
    assert (records["kept"], len(records["changed"])) == (0, 1)
    assert [one["record"]["name"] for one in records["vanished"]] == [PATROL]
    assert [one["record"]["name"] for one in records["came"]] == ["coastguard treaty"]
    (changed,) = records["changed"]
    assert changed["before"]["entry_id"] == changed["after"]["entry_id"] is not None
    happened = {(change["what"], change["after"]) for change in found["changes"]}
    assert ("stage", "signed") in happened and ("new", "coastguard treaty") in happened
    assert [state["action"] for state in found["orphaned"]] == ["confirm"]


def test_by_default_the_last_step_is_told(ledger: Path) -> None:
    found = _diff(ledger)
    assert (found["from"]["number"], found["to"]["number"]) == (2, 3)
    assert found["records"]["kept"] == 1 and found["records"]["changed"] == found["records"]["came"] == []
    assert [change["what"] for change in found["changes"]] == ["gone"]
    assert found["orphaned"] == []


def test_a_revision_that_came_back_is_compared_with_the_one_before(ledger: Path) -> None:
    with Ledger(ledger) as opened:
        opened.add(*FIRST)
    found = _diff(ledger)
    assert (found["from"]["number"], found["to"]["number"]) == (3, 1)
    assert found["to"]["current"] is True


def test_a_difference_is_a_page(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    with Ledger(ledger, read_only=True) as opened:
        key = opened.document_named(ADDRESS)
    result = run("diff", key[:8], "--from", "1", "--to", "2", "--ledger", ledger)
    assert result.code == 0
    assert "~ Japan and the Philippines [-will sign-] {+have signed+} a Reciprocal Access Agreement." in result.out
    for line in (
        "title: Manila meeting → Manila meeting, corrected",
        f"- agreement: {PATROL} (agreed)",
        "stage: proposed → signed",
        "+ agreement: coastguard treaty (proposed)",
        "Decisions that lost their ground",
    ):
        assert line in result.out
    assert not any(line.endswith(" ") for line in result.out.splitlines())


def test_a_document_of_one_revision_has_nothing_to_tell(ledger: Path) -> None:
    result = run("diff", "hope.txt", "--ledger", ledger)
    assert (result.code, result.out) == (0, "")
    assert "has one revision" in result.err and result.err.count("\n") == 1
    assert run("diff", str(Path("hope.txt").absolute()), "--ledger", ledger, "--format", "json").out == "null\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nobody.txt",), "There is no document 'nobody.txt'"),
        ((ADDRESS, "--to", "4"), "has no revision 4: give one from 1 to 3"),
        ((ADDRESS, "--from", "2", "--to", "2"), "is compared with itself"),
        (("hope.txt", "--to", "2"), "has one revision"),
    ],
)
def test_what_can_not_be_compared_is_refused(ledger: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run("diff", *arguments, "--ledger", ledger)
    assert result.code == 2
    assert words in result.err and result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("One stays. Two goes away.", "One  stays.\nThree comes instead of it all.", [(True, False), (False, True)]),
        ("They agreed to meet in May.", "They agreed to meet in June.", [(True, True)]),
        ("All is the same.", "All is\nthe same.", []),
        ("", "Now there are words.", [(False, True)]),
    ],
)
def test_sentences_are_paired_where_they_are_alike(before: str, after: str, told: list[tuple[bool, bool]]) -> None:
    found = rewordings(before, after)
    assert [(one.before is not None, one.after is not None) for one in found] == told


def test_only_what_moved_in_the_text_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    document, records = ACCESS
    notice = "Published by the ministry. "
    moved = [
        replace(one, evidence=tuple(Span(s.start + len(notice), s.end + len(notice)) for s in one.evidence))
        for one in records
    ]
    with Ledger(path) as opened:
        opened.add(document, records)
        opened.add(replace(document, text=notice + document.text), moved)
        key = opened.document_named("access.txt")
        found = opened.compare_revisions(key).records
    assert (found.kept, found.vanished, found.changed, found.came) == (1, (), (), ())
