"""Entries: one thing in the world, as the ledger knows it, with its history and sources."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Protocol, TypeVar

from communique.model.record import Record, Span
from communique.model.vocabulary import Kind, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One passage that speaks of a thing: the document it stands in and the sentences themselves.

    Attributes:
        record_id: the stored record that the passage is evidence of.
        document_id: the stored document.
        quotes: the sentences, exactly as in the document's text, in the order of ``spans``.
        spans: their half-open character offsets into the document's text.
        pages: the page on which each of them begins, from 1 on; empty where the document has no pages.
    """

    record_id: str
    document_id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    quotes: tuple[str, ...]
    spans: tuple[Span, ...]
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One stage of an entry as one record reports it.

    Attributes:
        date: EDTF date at which the stage was reached, or is to be; None where the record does not say.
        ordered_by: the date that places the report in the history: ``date``, else publication.
    """

    stage: str | None
    date: str | None
    ordered_by: str | None
    record: Record
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """One of several values that sources give for a field, with those who give it.

    Attributes:
        value: the value as plain JSON data, as in :func:`record_to_json`.
        record_ids: the stored records that give it, in order of publication.
        official: whether one of them comes from a government or the organisation concerned.
    """

    value: Any
    record_ids: tuple[str, ...]
    official: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A field for which sources give values that can't all be right, kept side by side.

    Attributes:
        field: the field, as in ``Entry.fields``; ``signed date`` is the date of a stage that the entry has passed.
        claims: at least two values, official ones first, else in order of publication.
    """

    field: str
    claims: tuple[Claimed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """All records that speak of one thing, what they say together, and its dated history.

    Attributes:
        id: stable short identifier, the kind's initial and a hash, e.g. ``A-3f9c2b1d``.
        title: one line that names the thing.
        parties: actors on any side, ISO 3166-1 alpha-2 or short names, in order of first mention.
        stage: the latest stage of the history; None for statements.
        date: EDTF date of the latest stage, else None.
        fields: merged field values of the kind, as in :func:`record_to_json`.
        history: reports in order of time; the last one gives ``stage``.
        confirmed: whether somebody decided that the entry is right; it is never doubtful.
        disputes: fields for which sources contradict each other.
        decisions: numbers of the decisions that shaped the entry, in order.
    """

    id: str
    kind: Kind
    title: str
    parties: tuple[str, ...]
    stage: str | None
    standing: Standing
    date: str | None
    fields: dict[str, Any] = field(default_factory=dict)
    history: tuple[Report, ...] = ()
    confirmed: bool = False
    disputes: tuple[Dispute, ...] = ()
    decisions: tuple[int, ...] = ()


class _Staged(Protocol):
    @property
    def stage(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...


_T = TypeVar("_T", bound=_Staged)


def in_stages(history: Iterable[_T]) -> Iterator[tuple[str, list[_T]]]:
    """Neighbouring reports of one stage with that stage, empty where they have none; those that give its date first."""
    for stage, found in groupby(history, key=lambda report: report.stage or ""):
        yield stage, sorted(found, key=lambda report: report.date is None)
