"""What kinds of error the extraction makes on annotated documents, told apart by program."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.scoring import (
    FIELDS,
    KINDS,
    Fields,
    field_right,
    gold_spans,
    match,
    predicted_spans,
    similarity,
    touches,
)

NAMING = {
    "engagement": "parties",
    "agreement": "name",
    "initiative": "name",
    "transfer": "items",
    "undertaking": "action",
    "statement": "content",
}
"""For each kind the field in which an example shows what a record is of."""
SHOWN = 90
"""Longest value in an example, in characters."""


@dataclass(slots=True)
class ErrorClass:
    """How often one class of error occurs, with the first example that may be shown."""

    count: int = 0
    example: str = ""


@dataclass
class ErrorCounts:
    """All classes of error over documents."""

    classes: dict[str, ErrorClass] = field(default_factory=lambda: defaultdict(ErrorClass))

    def add(self, document: Fields, predicted: Sequence[Fields], show: bool) -> None:
        """Count the errors of one document; ``show`` tells whether its words may stand as examples."""
        for name, example in _errors(document, predicted):
            found = self.classes[name]
            found.count += 1
            if show and not found.example:
                found.example = f"{example} ({document['id']})"

    def most_frequent(self, limit: int = 10) -> list[tuple[str, ErrorClass]]:
        """The classes with the most errors, the most frequent first."""
        return sorted(self.classes.items(), key=lambda item: (-item[1].count, item[0]))[:limit]


def _errors(document: Fields, predicted: Sequence[Fields]) -> Iterator[tuple[str, str]]:
    """(class, example) for each error of one document."""
    sentences = document["sentences"]
    gold = document["records"]
    for kind in KINDS:
        annotated = [r for r in gold if r["kind"] == kind]
        found = [r for r in predicted if r["kind"] == kind]
        pairs = match(annotated, found, sentences)
        matched = {id(r) for pair in pairs for r in pair}
        for one in annotated:
            if id(one) not in matched:
                yield _missed(one, predicted, sentences), _shown(one)
        for one in found:
            if id(one) not in matched:
                yield _wrong(one, gold, sentences), _shown(one)
        for one, other in pairs:
            for name in FIELDS[kind]:
                if not field_right(name, one, other):
                    yield f"{kind}.{name}: {_difference(one.get(name), other.get(name))}", _both(name, one, other)


def _missed(gold: Fields, predicted: Sequence[Fields], sentences: list[list[int]]) -> str:
    kind, spans = gold["kind"], gold_spans(gold, sentences)
    near = [r for r in predicted if touches(spans, predicted_spans(r))]
    same = [r for r in near if r["kind"] == kind]
    if any(similarity(kind, gold, r) > 0 for r in same):
        return f"{kind} missed: joined with another one"
    if same:
        return f"{kind} missed: one of its sentences gave another {kind}"
    if near:
        return f"{kind} missed: its sentences gave only other kinds"
    return f"{kind} missed: its sentences gave nothing"


def _wrong(found: Fields, gold: Sequence[Fields], sentences: list[list[int]]) -> str:
    kind, spans = found["kind"], predicted_spans(found)
    near = [r for r in gold if touches(gold_spans(r, sentences), spans)]
    same = [r for r in near if r["kind"] == kind]
    if any(similarity(kind, r, found) > 0 for r in same):
        return f"{kind} too many: a record split in two"
    if same:
        return f"{kind} too many: its sentence tells of another {kind}"
    if near:
        return f"{kind} too many: its sentences tell only of other kinds"
    return f"{kind} too many: its sentences tell of nothing"


def _difference(gold: Any, found: Any) -> str:
    """How a wrong value differs from the annotated one."""
    if not found:
        return "empty instead of a value"
    if not gold:
        return "a value where none is annotated"
    if isinstance(gold, list) and isinstance(found, list):
        if len(found) > len(gold):
            return "one or more too many"
        if len(found) < len(gold):
            return "one or more missing"
    return "another value"


def _shown(record: Fields) -> str:
    return _quoted(record.get(NAMING[record["kind"]]))


def _both(name: str, gold: Fields, found: Fields) -> str:
    return f"{_quoted(found.get(name))} for {_quoted(gold.get(name))}"


def _quoted(value: Any) -> str:
    return f"`{_short(value)}`" if value else "nothing"


def _short(value: Any) -> str:
    if isinstance(value, list):
        text = ", ".join(str(v.get("what", v)) if isinstance(v, dict) else str(v) for v in value)
    else:
        text = str(value)
    text = " ".join(text.replace("|", "/").replace("`", "'").split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
