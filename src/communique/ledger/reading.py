"""Reading documents, records, entries and actors out of a ledger."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, Select, func, select

from communique.ledger.current import IS_CURRENT
from communique.ledger.keeping import DERIVED_BY, STALE
from communique.ledger.origin import ORIGIN, reported
from communique.ledger.portable import listed
from communique.ledger.shapes import StoredDocument
from communique.ledger.tables import (
    actors,
    documents,
    entries,
    entry_records,
    meta,
    pending,
    records,
    revisions,
)
from communique.model import Claimed, Dispute, Document, Entry, Kind, Reason, Report, Span, Standing

ENTRY = tuple(column for column in entries.c if column.name not in ("first_day", "last_day", "unlinked"))
"""The columns of an entry itself."""
_KINDS = {kind.value: kind for kind in Kind}
_STANDINGS = {standing.value: standing for standing in Standing}
_NOTHING = "[]"
_KIND_ORDER = {kind.value: position for position, kind in enumerate(Kind)}


def is_stale(connection: Connection, producer: str) -> bool:
    """Whether documents were touched since the entries were derived, or all entries have to be derived anew."""
    return is_outdated(connection, producer) or connection.execute(select(pending).limit(1)).first() is not None


def is_outdated(connection: Connection, producer: str) -> bool:
    """Whether all entries have to be derived anew, because another version derived them."""
    known = notes(connection)
    return STALE in known or known.get(DERIVED_BY, producer) != producer


def notes(connection: Connection) -> dict[str, str]:
    """What is noted of the ledger as a whole."""
    return {row.name: row.value for row in connection.execute(select(meta))}


def read_entries(connection: Connection, ids: Select[Any]) -> list[Entry]:
    """The entries with these ids and their whole histories, by kind, then by time, then by id."""
    query = (
        select(
            entry_records.c.entry_id,
            entry_records.c.stage,
            entry_records.c.date,
            entry_records.c.ordered_by,
            records.c.id,
            records.c.data,
            records.c.sentences,
            *ORIGIN,
        )
        .join(records, entry_records.c.record_number == records.c.number)
        .join(revisions, records.c.revision_id == revisions.c.id)
        .where(entry_records.c.entry_id.in_(ids))
        .order_by(entry_records.c.entry_id, entry_records.c.position)
    )
    histories = {
        key: _history(rows) for key, rows in groupby(connection.execute(query).all(), lambda row: row.entry_id)
    }
    found = connection.execute(
        select(*ENTRY, entries.c.first_day, entries.c.last_day).where(entries.c.id.in_(ids))
    ).all()
    ordered = sorted(found, key=lambda row: (_KIND_ORDER[row.kind], row.first_day or "~", row.last_day or "~", row.id))
    return [entry_of(row, histories.get(row.id, ())) for row in ordered]


def unlinked(connection: Connection, linked: Sequence[Entry]) -> list[Entry]:
    """Stored entries as they were before they were made to refer to others."""
    ids = [entry.id for entry in linked]
    kept = select(entries.c.id, entries.c.unlinked).where(
        entries.c.id.in_(listed(ids)), entries.c.unlinked.is_not(None)
    )
    before = {row.id: json.loads(row.unlinked) for row in connection.execute(kept)}
    return [_restored(entry, before[entry.id]) if entry.id in before else entry for entry in linked]


def _restored(entry: Entry, before: dict[str, Any]) -> Entry:
    reports = {report.source.record_id: report for report in entry.history}
    history = tuple(
        replace(reports[record], stage=stage, date=when, ordered_by=ordered_by)
        for record, stage, when, ordered_by in before["history"]
    )
    return entry_of(SimpleNamespace(**before["row"]), history)


def with_reasons(connection: Connection, entry: Entry) -> Entry:
    """The entry with the reasons of its records, as far as these are known."""
    ids = [report.source.record_id for report in entry.history]
    query = (
        select(records.c.id, records.c.reasons)
        .join(documents, documents.c.current_revision == records.c.revision_id)
        .where(records.c.id.in_(listed(ids)))
    )
    rows = connection.execute(query)
    known = {row.id: tuple(_reason(*parts) for parts in json.loads(row.reasons)) for row in rows}
    history = tuple(
        replace(report, record=replace(report.record, reasons=known[report.source.record_id]))
        for report in entry.history
    )
    return replace(entry, history=history)


def read_documents(connection: Connection, key: str | None = None) -> list[StoredDocument]:
    """All documents, or the one with this id, by date of publication, then by id."""
    read = (records.c.revision_id == revisions.c.id) & (records.c.superseded == 0)
    counts = select(func.count()).where(read).scalar_subquery()
    versions = revisions.alias("versions")
    number = select(func.count()).where(versions.c.document_id == documents.c.id).scalar_subquery()
    query = (
        select(revisions, documents.c.id.label("key"), counts.label("records"), number.label("revisions"))
        .join(documents, documents.c.current_revision == revisions.c.id)
        .order_by(revisions.c.published.is_(None), revisions.c.published, documents.c.id)
    )
    if key is not None:
        query = query.where(documents.c.id == key)
    return [_stored(row) for row in connection.execute(query)]


def given_by_hand(connection: Connection) -> frozenset[str]:
    """The documents that have current records, none of which has a confidence."""
    query = select(documents.c.id).join(records, IS_CURRENT).group_by(documents.c.id)
    return frozenset(connection.execute(query.having(func.count(records.c.confidence) == 0)).scalars())


def read_parties(connection: Connection) -> list[str]:
    """All parties that take part in entries, in order of their names."""
    query = select(actors.c.name).where(actors.c.kind != "person").order_by(actors.c.name)
    return list(connection.execute(query).scalars())


def read_counts(connection: Connection) -> dict[str, int]:
    """How many documents, revisions, current records and entries there are, the latter by kind too."""
    # document by document, for which an index is enough
    own = select(func.count()).select_from(records).where(IS_CURRENT).correlate(documents).scalar_subquery()
    counts = {
        name: connection.execute(select(func.count()).select_from(rows)).scalar_one()
        for name, rows in (
            ("documents", documents),
            ("revisions", revisions),
            ("entries", entries),
        )
    }
    counts["records"] = connection.execute(select(func.coalesce(func.sum(own), 0)).select_from(documents)).scalar_one()
    kinds = connection.execute(select(entries.c.kind, func.count().label("number")).group_by(entries.c.kind))
    by_kind = {row.kind: row.number for row in kinds}
    return counts | {kind.value: by_kind.get(kind.value, 0) for kind in Kind}


def _history(rows: Iterable[Any]) -> tuple[Report, ...]:
    reports = []
    for row in rows:
        record, source, *_ = reported(row)
        reports.append(Report(stage=row.stage, date=row.date, ordered_by=row.ordered_by, record=record, source=source))
    return tuple(reports)


def entry_of(row: Any, history: tuple[Report, ...]) -> Entry:
    """The entry of a row that has the columns :data:`ENTRY`."""
    return Entry(
        id=row.id,
        kind=_KINDS[row.kind],
        title=row.title,
        parties=_names(row.parties),
        stage=row.stage,
        standing=_STANDINGS[row.standing],
        date=row.date,
        fields=json.loads(row.fields),
        history=history,
        confirmed=bool(row.confirmed),
        disputes=() if row.disputes == _NOTHING else disputes_of(row.disputes),
        decisions=() if row.decisions == _NOTHING else tuple(json.loads(row.decisions)),
    )


@lru_cache(maxsize=65536)
def _names(told: str) -> tuple[str, ...]:
    return tuple(json.loads(told))


def disputes_of(stored: str) -> tuple[Dispute, ...]:
    """Disputes as an entry has them."""
    return tuple(_dispute(*parts) for parts in json.loads(stored))


def _dispute(field: str, claims: list[tuple[Any, list[str], bool]]) -> Dispute:
    return Dispute(
        field=field,
        claims=tuple(Claimed(value=value, record_ids=tuple(ids), official=official) for value, ids, official in claims),
    )


def _reason(
    name: str, rule: str, detail: str, probability: float | None, span: list[int] | None, grounded_by: str | None
) -> Reason:
    words = Span(*span) if span else None
    return Reason(field=name, rule=rule, detail=detail, probability=probability, span=words, grounded_by=grounded_by)


def document_of(row: Any) -> Document:
    """The document of a row of ``revisions``."""
    return Document(
        text=row.text,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
        language=row.language,
        source=row.source,
        author=row.author,
        pages=tuple(json.loads(row.pages)),
    )


def _stored(row: Any) -> StoredDocument:
    return StoredDocument(
        id=row.key,
        document=document_of(row),
        revisions=row.revisions,
        records=row.records,
        added_at=row.added_at,
    )
