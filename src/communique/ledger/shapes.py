"""What goes into and comes out of a ledger, besides the words of :mod:`communique.model`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from communique.model import Document, Entry, Kind, Record, Source, Span

Outcome = Literal["new", "revision", "known"]


People = Mapping[str, tuple[str, ...]]
"""Whom the people that a document names act for, by their names in it."""


class Reported(NamedTuple):
    """A record, where it stands, and whom the people in that document act for."""

    record: Record
    source: Source
    people: People = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding a document did.

    Attributes:
        outcome: ``new``, ``revision`` (the document was there with other words) or ``known`` (nothing changed).
        records: how many records its current revision holds.
    """

    outcome: Outcome
    document_id: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, organisation or person as the documents show it.

    Attributes:
        kind: ``state``, ``organisation`` or ``person``.
        parties: for a person, the parties that they were seen to act for.
        entries: in how many entries the actor takes part.
        first_seen: day of the earliest report, ISO 8601; None where no report is dated.
    """

    name: str
    kind: str
    parties: tuple[str, ...]
    entries: int
    first_seen: str | None
    last_seen: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """All that follows from the records: the entries, in order of their ids, and the actors."""

    entries: tuple[Entry, ...]
    actors: tuple[Actor, ...]


Derivation = Callable[[Sequence[Reported]], Derived]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document as the ledger holds it, in its current revision.

    Attributes:
        revisions: how many revisions of it have been added.
        records: how many records the current revision holds.
        added_at: when the current revision was added, ISO 8601, UTC.
    """

    id: str
    document: Document
    revisions: int
    records: int
    added_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that matches a search.

    Attributes:
        entry_ids: the entries that the passage is evidence of; empty for a passage that is none.
        kind: kind of the first of these entries, else None.
        snippet: the passage, exactly as in the document's text.
        span: its half-open character offsets into that text.
        matches: half-open character offsets, into that text, of the words that matched.
        score: the higher, the better the match.
    """

    document_id: str
    entry_ids: tuple[str, ...]
    kind: Kind | None
    snippet: str
    span: Span
    matches: tuple[Span, ...]
    title: str | None
    published: str | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong with a ledger: which check found it, and what it is in one sentence."""

    check: str
    message: str
