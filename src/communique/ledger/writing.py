"""Putting documents and what follows from them into a ledger, within the caller's transaction."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from communique.ledger.shapes import Added, Derived, Outcome, People
from communique.ledger.tables import (
    actors,
    documents,
    entries,
    entry_parties,
    entry_records,
    meta,
    people,
    records,
    revisions,
)
from communique.model import Document, Entry, LedgerError, Reason, Record, record_to_json
from communique.model.edtf import bounds, is_valid

STALE = "stale"
"""The mark in ``meta`` that entries have still to be derived anew."""
DERIVED_BY = "derived by"
"""The name in ``meta`` of the program and version that derived the entries."""


def document_id(document: Document) -> str:
    """The ledger's identifier of a document: a hash of what its revisions have in common."""
    return "D-" + hashlib.sha256(document.key.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def record_id(document: str, record: Record) -> str:
    """The identifier of a record: a hash of its document, kind, fields and evidence.

    Confidence is left out: it belongs to the reading, not to what the document reports.
    """
    data = {name: value for name, value in record_to_json(record).items() if name != "confidence"}
    return "R-" + hashlib.sha256(f"{document}\x1f{_json(data)}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def current(connection: Connection, document: Document) -> Added | None:
    """What the ledger already knows of exactly this revision, if it is the document's current one.

    Raises:
        LedgerError: the document's words are not valid Unicode, so no ledger can hold them.
    """
    _refuse_surrogates(document)
    row = connection.execute(
        select(revisions.c.id, revisions.c.digest)
        .join(documents, documents.c.current_revision == revisions.c.id)
        .where(documents.c.key == document.key)
    ).one_or_none()
    if row is None or row.digest != document.digest:
        return None
    return Added(outcome="known", document_id=document_id(document), records=_record_count(connection, row.id))


def add(
    connection: Connection, document: Document, found: Sequence[Record], known_people: People, producer: str
) -> Added:
    """Store the document's revision with its records, and mark the entries as stale.

    A revision that was there before and comes back (a page that was restored) is made current again.

    Raises:
        LedgerError: a record's evidence lies outside the document's text, or the text is not Unicode.
    """
    known = current(connection, document)
    if known is not None:
        return known
    _refuse_foreign_evidence(document, found)
    key = document_id(document)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    fresh = connection.execute(select(documents.c.id).where(documents.c.id == key)).first() is None
    if fresh:
        connection.execute(insert(documents).values(id=key, key=document.key, first_seen=now))
    revision = connection.execute(
        select(revisions.c.id).where(revisions.c.document_id == key, revisions.c.digest == document.digest)
    ).scalar_one_or_none()
    if revision is None:
        revision = _insert_revision(connection, key, document, now)
        _insert_records(connection, revision, key, document, found, producer)
        if known_people:
            rows = [{"revision_id": revision, "name": n, "parties": _json(p)} for n, p in sorted(known_people.items())]
            connection.execute(insert(people), rows)
    connection.execute(update(documents).where(documents.c.id == key).values(current_revision=revision))
    connection.execute(upsert(meta).values(name=STALE, value="1").on_conflict_do_nothing())
    outcome: Outcome = "new" if fresh else "revision"
    return Added(outcome=outcome, document_id=key, records=_record_count(connection, revision))


def replace_derived(connection: Connection, derived: Derived, numbers: dict[str, int], producer: str) -> None:
    """Put these entries and actors in the place of all that were there, and take the stale mark away.

    Args:
        connection: a connection with a write transaction open.
        derived: what follows from the records.
        numbers: the row number of each record that the entries speak of, by its id.
        producer: the program and version that derived them.
    """
    for table in (entry_records, entry_parties, entries, actors):
        connection.execute(delete(table))
    rows = [_entry_row(entry) for entry in derived.entries]
    parties = [{"entry_id": e.id, "party": p} for e in derived.entries for p in dict.fromkeys(e.parties)]
    reports = [
        {
            "entry_id": entry.id,
            "position": position,
            "record_number": numbers[report.source.record_id],
            "stage": report.stage,
            "date": report.date,
            "ordered_by": report.ordered_by,
        }
        for entry in derived.entries
        for position, report in enumerate(entry.history)
    ]
    people = [
        {
            "name": a.name,
            "kind": a.kind,
            "parties": _json(a.parties),
            "entries": a.entries,
            "first_seen": a.first_seen,
            "last_seen": a.last_seen,
        }
        for a in derived.actors
    ]
    for table, values in ((entries, rows), (entry_parties, parties), (entry_records, reports), (actors, people)):
        if values:
            connection.execute(insert(table), values)
    connection.execute(delete(meta).where(meta.c.name.in_((STALE, DERIVED_BY))))
    connection.execute(insert(meta).values(name=DERIVED_BY, value=producer))


def days_of(entry: Entry) -> tuple[date, date] | None:
    """When the entry takes place in time: its date, else that of its latest report."""
    dates = (entry.date, *(report.ordered_by for report in reversed(entry.history)))
    return next((bounds(when) for when in dates if when and is_valid(when)), None)


def _refuse_surrogates(document: Document) -> None:
    name = document.title or document.key
    try:
        "".join(filter(None, (document.text, document.title, document.publisher, document.key))).encode()
    except UnicodeEncodeError as error:
        name = name.encode(errors="replace").decode()
        raise LedgerError(f"The text of {name} is not valid Unicode; save it as UTF-8 and add it again.") from error


def _refuse_foreign_evidence(document: Document, found: Sequence[Record]) -> None:
    if any(span.end > len(document.text) for record in found for span in record.evidence):
        name = document.title or document.key
        raise LedgerError(f"The evidence of a record lies outside the text of {name}; read the document again.")


def _insert_revision(connection: Connection, key: str, document: Document, now: str) -> int:
    statement = insert(revisions).returning(revisions.c.id)
    number: int = connection.execute(
        statement.values(
            document_id=key,
            digest=document.digest,
            text=document.text,
            title=document.title,
            publisher=document.publisher,
            published=document.published,
            url=document.url,
            language=document.language,
            source=document.source,
            added_at=now,
        )
    ).scalar_one()
    return number


def _insert_records(
    connection: Connection, revision: int, key: str, document: Document, found: Sequence[Record], producer: str
) -> None:
    rows = {
        (identifier := record_id(key, record)): {
            "id": identifier,
            "revision_id": revision,
            "kind": record.kind.value,
            "data": _json(record_to_json(record)),
            "confidence": record.confidence,
            "producer": producer,
            "reasons": _json([_reason(reason) for reason in record.reasons]),
            "sentences": "\n".join(document.text[span.start : span.end] for span in record.evidence),
        }
        for record in found
    }
    if rows:
        connection.execute(insert(records), list(rows.values()))


def _reason(reason: Reason) -> list[object]:
    """A reason as a row, which is a third of it with the names of its parts."""
    probability = None if reason.probability is None else round(reason.probability, 3)
    span = [reason.span.start, reason.span.end] if reason.span else None
    return [reason.field, reason.rule, reason.detail, probability, span, reason.grounded_by]


def _record_count(connection: Connection, revision: int) -> int:
    return connection.execute(select(func.count()).where(records.c.revision_id == revision)).scalar_one()


def _entry_row(entry: Entry) -> dict[str, object]:
    days = days_of(entry)
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "title": entry.title,
        "stage": entry.stage,
        "standing": entry.standing.value,
        "date": entry.date,
        "first_day": days[0].isoformat() if days else None,
        "last_day": days[1].isoformat() if days else None,
        "parties": _json(entry.parties),
        "fields": _json(entry.fields),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=False, separators=(",", ":"))
