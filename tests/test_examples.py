"""The sample documents read whole and clean, and their annotations are valid records of just these texts."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from communique.model import Kind, Span, field_names, record_from_json
from communique.model.edtf import bounds
from communique.sources import discover, read

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
GOLD = ROOT / "tests" / "gold"
TRAINING_GOLD = ROOT / "training" / "gold"

DOCUMENTS = sorted(path for path in EXAMPLES.iterdir() if path.suffix != ".rst")
ANNOTATED = sorted(GOLD.glob("*.json"))
TO_TRAIN_ON = sorted(TRAINING_GOLD.glob("*.json"))

MARKUP = ("<", "**", "## ", "title:", "Title:", "Publisher:")
BOILERPLATE = ("cookie", "Subscribe", "newsletter", "Share", "Most read", "All rights reserved", "Search", "Log in")


def _name(path: Path) -> str:
    return path.stem


def _annotation(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def _example_of(annotation: dict[str, Any]) -> Path:
    (found,) = EXAMPLES.glob(f"{annotation['id']}.*")
    return found


def _with_spans(annotation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The records as ``record_from_json`` takes them: evidence as offsets, not as numbers of sentences."""
    for record in annotation["records"]:
        sentences = [annotation["sentences"][number] for number in record["evidence"]]
        yield record | {"evidence": [{"start": start, "end": end} for start, end in sentences]}


def _spans_of_text(record: dict[str, Any]) -> list[str]:
    return [record[field] for field in ("action", "content") if field in record]


def _dates(record: dict[str, Any]) -> list[str]:
    return [record[field] for field in ("date", "due") if record.get(field)]


def test_the_folder_holds_documents_of_three_relationships_and_nothing_else_that_is_read() -> None:
    assert [Path(path) for path in discover([str(EXAMPLES)])] == DOCUMENTS
    relationships = {path.stem[:5] for path in DOCUMENTS}
    assert relationships == {"us-in", "jp-ph", "pl-fr"}
    assert {path.suffix for path in DOCUMENTS} == {".txt", ".md", ".html"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_an_example_reads_with_its_origin_and_clean_text(path: Path) -> None:
    document = read(str(path))
    assert document.title
    assert document.publisher is not None
    assert document.publisher.startswith("Communique examples (after ")
    assert document.published is not None
    assert len(document.published) == len("2025-07-01")
    assert document.language == "en"
    assert 100 <= len(document.text.split()) <= 350
    assert not [mark for mark in (*MARKUP, *BOILERPLATE) if mark in document.text]


@pytest.mark.parametrize("path", ANNOTATED, ids=_name)
def test_an_annotation_is_of_the_text_that_is_read(path: Path) -> None:
    annotation = _annotation(path)
    document = read(str(_example_of(annotation)))
    assert annotation["text"] == document.text
    assert annotation["title"] == document.title
    assert annotation["publisher"] == document.publisher
    assert annotation["published"] == document.published


@pytest.mark.parametrize("path", ANNOTATED + TO_TRAIN_ON, ids=_name)
def test_annotated_records_are_valid(path: Path) -> None:
    annotation = _annotation(path)
    text = annotation["text"]
    spans = [Span(start, end) for start, end in annotation["sentences"]]
    assert spans == sorted(spans)
    assert not [left for left, right in pairwise(spans) if left.overlaps(right)]
    assert spans[-1].end <= len(text)
    for data in _with_spans(annotation):
        record_from_json(data)
        assert set(data) == {"kind", "evidence", *field_names(Kind(data["kind"]))}
        assert not [span for span in _spans_of_text(data) if span not in text]
        for date in _dates(data):
            bounds(date)


@pytest.mark.parametrize("path", ANNOTATED, ids=_name)
def test_promises_and_words_stand_in_their_evidence(path: Path) -> None:
    annotation = _annotation(path)
    text = annotation["text"]
    for data in _with_spans(annotation):
        evidence = " ".join(text[span["start"] : span["end"]] for span in data["evidence"])
        assert not [span for span in _spans_of_text(data) if span not in evidence]


def test_what_is_measured_on_is_never_trained_on() -> None:
    assert ANNOTATED
    assert TO_TRAIN_ON
    trained = {_annotation(path)["text"] for path in TO_TRAIN_ON}
    assert not [path.name for path in DOCUMENTS if read(str(path)).text in trained]


def test_the_framework_is_hoped_for_in_july_and_signed_in_october() -> None:
    """What the history of one entry is made of: both stages are annotated, each in its own document."""
    hoped = _annotation(GOLD / "us-in-2025-07-01-pentagon-meeting.json")["records"]
    signed = _annotation(GOLD / "us-in-2025-10-31-framework-signed.json")["records"]
    assert [
        record["strength"]
        for record in hoped
        if record["kind"] == "undertaking" and "framework" in record["action"] and "signed" in record["action"]
    ] == ["aspiration"]
    assert [
        (record["stage"], record["date"])
        for record in signed
        if record["kind"] == "agreement" and "new ten-year" in record["name"]
    ] == [("signed", "2025-10-31")]
