"""Entries without their words: how reports of them follow each other, quickly read."""

import json
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, case, select

from communique.ledger.portable import evidence, listed, listed_numbers
from communique.ledger.reading import disputes_of
from communique.ledger.tables import documents, entries, entry_records, records, revisions
from communique.model import Entry, Kind, Record, Report, Source, Span, Standing, record_from_json

_KINDS = {kind.value: kind for kind in Kind}
_STANDINGS = {standing.value: standing for standing in Standing}
NOTHING = "[]"
_BARE: dict[str, dict[str, str]] = {
    "engagement": {"type": "meeting", "stage": "held"},
    "agreement": {"name": "", "stage": "agreed"},
    "transfer": {"stage": "considered"},
    "initiative": {"name": "", "stage": "active"},
    "undertaking": {"action": "", "strength": "intention", "status": "open"},
    "statement": {"content": "", "form": "indirect"},
}
"""What a record of each kind can't do without."""


def read_wordless(connection: Connection, ids: Sequence[str]) -> list[Entry]:
    """The entries with these ids, in the order of these, as far as telling how they stood on a day needs them.

    Reports tell when, where and how surely: titles, addresses and sentences of their documents are left out, and
    records have nothing but their kind and confidence. Fields are those of undertakings and statements alone.
    """
    fielded = entries.c.kind.in_([Kind.UNDERTAKING.value, Kind.STATEMENT.value])
    query = select(
        entries.c.id,
        entries.c.kind,
        entries.c.stage,
        entries.c.standing,
        entries.c.date,
        entries.c.parties,
        case((fielded, entries.c.fields)),
        entries.c.confirmed,
        entries.c.disputes,
        entries.c.decisions,
    ).where(entries.c.id.in_(listed(ids)))
    histories = _histories(connection, ids)
    found = {row[0]: _entry(row, histories[row[0]]) for row in connection.execute(query).all()}
    return [found[key] for key in ids if key in found]


def _histories(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Report, ...]]:
    query = (
        select(
            entry_records.c.entry_id,
            entry_records.c.stage,
            entry_records.c.date,
            entry_records.c.ordered_by,
            records.c.kind,
            records.c.confidence,
            records.c.id,
            records.c.revision_id,
            evidence(records.c.data),
        )
        .join(records, entry_records.c.record_number == records.c.number)
        .where(entry_records.c.entry_id.in_(listed(ids)))
        .order_by(entry_records.c.entry_id, entry_records.c.position)
    )
    rows = connection.execute(query).all()
    origins = read_origins(connection, {row[7] for row in rows})
    return {key: tuple(_report(row, *origins[row[7]]) for row in own) for key, own in groupby(rows, lambda row: row[0])}


def read_origins(connection: Connection, revision_ids: Collection[int]) -> dict[int, tuple[str, str | None]]:
    """Revisions by their numbers: their documents, and when they were published."""
    query = select(revisions.c.id, revisions.c.document_id, revisions.c.published)
    # by the document and not by the revision: an index has all that is needed, and no text is passed over
    current = select(documents.c.id).where(documents.c.current_revision.in_(listed_numbers(revision_ids)))
    found = {row[0]: row[1:] for row in connection.execute(query.where(revisions.c.document_id.in_(current))).all()}
    if replaced := [key for key in revision_ids if key not in found]:
        rows = connection.execute(query.where(revisions.c.id.in_(listed_numbers(replaced)))).all()
        found.update((row[0], row[1:]) for row in rows)
    return {key: (document, published) for key, (document, published) in found.items()}


def _entry(row: Any, history: tuple[Report, ...]) -> Entry:
    key, kind, stage, standing, date, parties, fields, confirmed, disputes, decisions = row
    return Entry(
        id=key,
        kind=_KINDS[kind],
        title="",
        parties=_parties(parties),
        stage=stage,
        standing=_STANDINGS[standing],
        date=date,
        fields=json.loads(fields) if fields else {},
        history=history,
        confirmed=bool(confirmed),
        disputes=() if disputes == NOTHING else disputes_of(disputes),
        decisions=() if decisions == NOTHING else tuple(json.loads(decisions)),
    )


def bare_source(record_id: str, document_id: str, published: str | None, spans: tuple[Span, ...] = ()) -> Source:
    """Where a report comes from, without title, publisher, address and words."""
    return Source(
        record_id=record_id,
        document_id=document_id,
        title=None,
        publisher=None,
        published=published,
        url=None,
        quotes=(),
        spans=spans,
    )


def _report(row: Any, document_id: str, published: str | None) -> Report:
    _, stage, date, ordered_by, kind, confidence, record_id, _, evidence = row
    spans = tuple([Span(span["start"], span["end"]) for span in json.loads(evidence)])
    source = bare_source(record_id, document_id, published, spans)
    return Report(stage=stage, date=date, ordered_by=ordered_by, record=bare_record(kind, confidence), source=source)


@lru_cache(maxsize=4096)
def bare_record(kind: str, confidence: float | None) -> Record:
    """A record of which nothing is known but its kind and confidence."""
    evidence = [{"start": 0, "end": 1}]
    return record_from_json({**_BARE[kind], "kind": kind, "evidence": evidence, "confidence": confidence})


@lru_cache(maxsize=4096)
def _parties(told: str) -> tuple[str, ...]:
    return tuple(json.loads(told))
