"""Records: what one document reports, one object for each distinct thing.

Field names and vocabularies are those of the annotation guide and of
``communique extract --format jsonl``. Records are immutable; their evidence is a tuple of
half-open character spans into the text of the document that they were read from.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, get_args

from communique.model.vocabulary import (
    AgreementStage,
    EngagementStage,
    EngagementType,
    Form,
    InitiativeStage,
    Kind,
    Status,
    Strength,
    TransferStage,
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets, ``text[start:end]``.

    Raises:
        ValueError: the range is empty or starts before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no span of text: {self.start}-{self.end}")

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether the other lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is transferred: a bare designator or the text's noun phrase, and how many."""

    what: str
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of an ISO 4217 currency."""

    amount: int | float
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a record was proposed, or why a field has its value.

    Attributes:
        field: the field; ``kind`` where the reason is one for the record as a whole.
        rule: the reader's head (``reader.party``) or the rule that chose the value.
        detail: the value it chose.
        probability: how probable the head makes it, 0 to 1; None for rules.
        span: the words of the text that it saw; None where the value stands in the title or nowhere near.
        grounded_by: the rule or table row that knows what these words stand for (``state.capital``).
    """

    field: str
    rule: str
    detail: str = ""
    probability: float | None = None
    span: Span | None = None
    grounded_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reported:
    """What records of every kind carry."""

    evidence: tuple[Span, ...]
    confidence: float | None = None
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("a record needs at least one sentence of evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement(_Reported):
    """Representatives of states or international organisations interact on an occasion."""

    kind: ClassVar[Kind] = Kind.ENGAGEMENT
    type: EngagementType
    stage: EngagementStage
    parties: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    date: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(_Reported):
    """An instrument between parties that has or will have a text."""

    kind: ClassVar[Kind] = Kind.AGREEMENT
    name: str
    stage: AgreementStage
    parties: tuple[str, ...] = ()
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(_Reported):
    """Defence articles, services or production rights pass from supplier to recipient."""

    kind: ClassVar[Kind] = Kind.TRANSFER
    stage: TransferStage
    supplier: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    value: Money | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative(_Reported):
    """A named continuing body, forum, alliance, programme, fund, corridor or dialogue mechanism."""

    kind: ClassVar[Kind] = Kind.INITIATIVE
    name: str
    stage: InitiativeStage
    parties: tuple[str, ...] = ()
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking(_Reported):
    """Something that a party will, intends or hopes to do, or is doing because it said so."""

    kind: ClassVar[Kind] = Kind.UNDERTAKING
    action: str
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    strength: Strength
    status: Status
    due: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(_Reported):
    """Words attributed to one or more speakers."""

    kind: ClassVar[Kind] = Kind.STATEMENT
    speakers: tuple[str, ...] = ()
    form: Form
    content: str


Record = Engagement | Agreement | Transfer | Initiative | Undertaking | Statement

_CLASSES: dict[str, type[Record]] = {cls.kind.value: cls for cls in get_args(Record)}
_ENUMS: dict[tuple[str, str], type[StrEnum]] = {
    ("engagement", "type"): EngagementType,
    ("engagement", "stage"): EngagementStage,
    ("agreement", "stage"): AgreementStage,
    ("transfer", "stage"): TransferStage,
    ("initiative", "stage"): InitiativeStage,
    ("undertaking", "strength"): Strength,
    ("undertaking", "status"): Status,
    ("statement", "form"): Form,
}
_META = {"evidence", "confidence", "reasons"}


@cache
def field_names(kind: Kind) -> tuple[str, ...]:
    """The kind's own fields, in the order in which they are written out."""
    return tuple(f.name for f in fields(_CLASSES[kind.value]) if f.name not in _META)


def vocabulary(kind: Kind, field: str) -> type[StrEnum] | None:
    """The words that a field of this kind chooses from; None for one that is not bound to any."""
    return _ENUMS.get((kind.value, field))


def record_to_json(record: Record) -> dict[str, Any]:
    """The record as plain JSON data: ``kind``, its fields, ``evidence``, ``confidence`` where known.

    Reasons are left out: they explain a run and are no part of what the document reports.
    """
    data: dict[str, Any] = {"kind": record.kind.value}
    for name in field_names(record.kind):
        data[name] = _plain(getattr(record, name))
    data["evidence"] = [{"start": s.start, "end": s.end} for s in record.evidence]
    if record.confidence is not None:
        data["confidence"] = record.confidence
    return data


def record_from_json(data: dict[str, Any]) -> Record:
    """The inverse of :func:`record_to_json`.

    Raises:
        KeyError: ``kind``, ``evidence`` or a required field is missing.
        ValueError: a value is outside its vocabulary, or the evidence is empty.
    """
    kind = data["kind"]
    if kind not in _CLASSES:
        raise ValueError(f"unknown kind of record: {kind!r}")
    values = {name: typed(data[name]) for name, typed in _types(kind) if name in data}
    values["evidence"] = tuple([Span(e["start"], e["end"]) for e in data["evidence"]])
    values["confidence"] = data.get("confidence")
    return _CLASSES[kind](**values)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Item):
        return {"what": value.what, "quantity": value.quantity}
    if isinstance(value, Money):
        return {"amount": value.amount, "currency": value.currency}
    return value.value if hasattr(value, "value") else value


@cache
def _types(kind: str) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """The fields of a kind, each with what makes its value of plain JSON data."""
    special: dict[str, Callable[[Any], Any]] = {"items": _items, "value": _money}
    return tuple((name, _ENUMS.get((kind, name)) or special.get(name, _listed)) for name in field_names(Kind(kind)))


def _items(value: list[dict[str, Any]]) -> tuple[Item, ...]:
    return tuple(Item(item["what"], item.get("quantity")) for item in value)


def _money(value: dict[str, Any] | None) -> Money | None:
    return Money(value["amount"], value["currency"]) if value else None


def _listed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
