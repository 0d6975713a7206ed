"""Every field says what it rests on, and every record how probable it is that it is right."""

import json
from functools import cache
from pathlib import Path

import pytest

from communique import extract, read
from communique.extraction.confidence import FEATURES, Calibration, calibrations, features
from communique.lexicon.tables import rows
from communique.model import (
    Agreement,
    AgreementStage,
    Document,
    Item,
    Kind,
    ModelError,
    Money,
    Reason,
    Record,
    Span,
    field_names,
)

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = [
    "us-in-2025-07-01-pentagon-meeting.html",
    "us-in-2025-10-31-framework-signed.html",
    "us-in-2025-08-08-pause-denied.txt",
    "pl-fr-2020-02-03-macron-in-warsaw.md",
]


@cache
def _read(name: str) -> tuple[Document, tuple[Record, ...]]:
    document = read(EXAMPLES / name)
    return document, extract(document)


def _values(record: Record, field: str) -> list[str]:
    value = getattr(record, field)
    if value is None:
        return []
    if isinstance(value, Money):
        return [f"{value.currency} {value.amount}"]
    several = value if isinstance(value, tuple) else (value,)
    return [one.what if isinstance(one, Item) else str(one) for one in several]


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_every_field_has_a_reason(name: str) -> None:
    for record in _read(name)[1]:
        assert any(reason.field == "kind" for reason in record.reasons)
        for field in field_names(record.kind):
            told = {reason.detail for reason in record.reasons if reason.field == field}
            missing = [value for value in _values(record, field) if value not in told]
            assert not missing, (field, missing, told)


@pytest.mark.parametrize("name", NAMES)
def test_reasons_name_a_rule_and_words_of_the_text(name: str) -> None:
    document, records = _read(name)
    for reason in (reason for record in records for reason in record.reasons):
        assert "." in reason.rule
        assert reason.probability is None or 0 <= reason.probability <= 1
        assert reason.span is None or document.text[reason.span.start : reason.span.end].strip()


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_is_explained_in_the_docs(name: str) -> None:
    docs = (EXAMPLES.parent / "docs" / "confidence.md").read_text(encoding="utf-8")
    for reason in (reason for record in _read(name)[1] for reason in record.reasons):
        family, _, rule = reason.rule.partition(".")
        known = f"`{reason.rule}`" in docs or (family == "reader" and f"`.{rule}`" in docs)
        if family == "words":
            known = bool(rows(rule))
        assert known, reason.rule
        grounds = (reason.grounded_by or "title").partition(".")[0]
        assert f"`{grounds}.*`" in docs or f"`{grounds}`" in docs, reason.grounded_by


def test_a_party_rests_on_the_words_that_name_it() -> None:
    document, records = _read(NAMES[0])
    meeting = next(r for r in records if r.kind is Kind.ENGAGEMENT)
    reason = next(r for r in meeting.reasons if r.field == "parties" and r.detail == "IN")
    assert reason.span is not None
    assert "Jaishankar" in document.text[reason.span.start : reason.span.end]
    assert reason.rule == "reader.party"
    assert reason.grounded_by == "person.office-name"


def test_confidence_is_a_probability_of_three_decimals_and_the_same_each_time() -> None:
    document, records = _read(NAMES[0])
    told = [record.confidence for record in records]
    assert all(c is not None and 0 < c < 1 and c == round(c, 3) for c in told)
    assert [record.confidence for record in extract(document)] == told


def _agreement(probability: float, **more: object) -> Agreement:
    reasons = (
        Reason(field="kind", rule="reader.sentence", detail="agreement", probability=0.9),
        Reason(field="name", rule="reader.agreement", detail="Harbour Accord", probability=probability),
    )
    values = {"stage": AgreementStage.SIGNED, "evidence": (Span(0, 9),), "reasons": reasons, **more}
    return Agreement(name="Harbour Accord", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_surer_reader_never_makes_a_record_more_doubtful(kind: Kind) -> None:
    packaged = calibrations()[kind]
    assert set(packaged.weights) == set(FEATURES)
    assert min(packaged.weights.values()) >= 0


def test_features_grow_with_what_speaks_for_a_record() -> None:
    doubtful, sure = features(_agreement(0.6)), features(_agreement(0.99, parties=("FR", "DE"), date="2025-07-01"))
    assert sure["words"] > doubtful["words"]
    assert sure["filled"] - doubtful["filled"] == 2
    certain = features(_agreement(1.0))
    assert certain["words"] == 12.0  # finite, and no surer than any other whole span


def test_the_map_is_logistic() -> None:
    even = Calibration(0.0, dict.fromkeys(FEATURES, 0.0))
    assert even.probability(dict.fromkeys(FEATURES, 3.0)) == 0.5
    one = Calibration(-2.0, dict.fromkeys(FEATURES, 0.0) | {"words": 1.0})
    assert one.probability(dict.fromkeys(FEATURES, 2.0)) == pytest.approx(0.5)


@pytest.mark.parametrize("content", [None, "", "{}", '{"kinds": {"engagement": {"intercept": 0, "weights": {}}}}'])
def test_a_damaged_calibration_is_refused_in_one_sentence(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "calibration.json").write_text(content)
    with pytest.raises(ModelError, match="calibration"):
        calibrations(tmp_path)


def test_the_packaged_calibration_says_what_it_was_fitted_on() -> None:
    from communique.reader.network import FOLDER

    fitted = json.loads((FOLDER / "calibration.json").read_text(encoding="utf-8"))["fitted_on"]
    assert fitted["documents"] > 50
    assert fitted["records"] > 500
