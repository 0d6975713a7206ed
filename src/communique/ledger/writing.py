"""Putting documents and what follows from them into a ledger, within the caller's transaction."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select, update

from communique.ledger.indexing import index_records, index_revision
from communique.ledger.portable import next_number, upsert
from communique.ledger.shapes import Added, EntryId, Outcome, People
from communique.ledger.tables import documents, pending, people, records, revisions
from communique.model import Document, LedgerError, Reason, Record, record_to_json


class Reading(NamedTuple):
    """What is noted of records when they are stored.

    Attributes:
        producer: the program and version that read them.
        entry_id: see :class:`communique.ledger.shapes.Derivation`.
    """

    producer: str
    entry_id: EntryId


def document_id(document: Document) -> str:
    """The ledger's identifier of a document: a hash of what its revisions have in common."""
    return "D-" + hashlib.sha256(document.key.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def record_id(document: str, record: Record) -> str:
    """The identifier of a record: a hash of its document, kind, fields and evidence.

    Confidence is left out: it belongs to the reading, not to what the document reports.
    """
    data = {name: value for name, value in record_to_json(record).items() if name != "confidence"}
    return "R-" + hashlib.sha256(f"{document}\x1f{plain(data)}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


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


def holds(connection: Connection, document: Document) -> bool:
    """Whether there is a revision of the document, with these words or others."""
    return connection.execute(select(documents.c.id).where(documents.c.key == document.key)).first() is not None


def add(
    connection: Connection, document: Document, found: Sequence[Record], known_people: People, reading: Reading
) -> Added:
    """Store the document's revision with its records, and note that entries have to follow.

    A revision that was there before and comes back (a page that was restored) is made current again.

    Raises:
        LedgerError: a record's evidence lies outside the document's text, or the text is not Unicode.
    """
    known = current(connection, document)
    if known is not None:
        return known
    _refuse_foreign_evidence(document, found)
    key = document_id(document)
    moment = now()
    fresh = connection.execute(select(documents.c.id).where(documents.c.id == key)).first() is None
    if fresh:
        connection.execute(insert(documents).values(id=key, key=document.key, first_seen=moment))
    revision = connection.execute(
        select(revisions.c.id).where(revisions.c.document_id == key, revisions.c.digest == document.digest)
    ).scalar_one_or_none()
    if revision is None:
        revision = _insert_revision(connection, key, document, moment)
        insert_records(connection, record_rows(revision, key, document.text, found, reading))
        insert_people(connection, revision, known_people)
    connection.execute(update(documents).where(documents.c.id == key).values(current_revision=revision))
    mark_pending(connection, [key], f"document {key}")
    outcome: Outcome = "new" if fresh else "revision"
    return Added(outcome=outcome, document_id=key, records=_record_count(connection, revision))


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
    number = next_number(connection, revisions.c.id)
    connection.execute(
        insert(revisions).values(
            id=number,
            document_id=key,
            digest=document.digest,
            text=document.text,
            title=document.title,
            publisher=document.publisher,
            published=document.published,
            url=document.url,
            language=document.language,
            source=document.source,
            author=document.author,
            pages=plain(document.pages),
            added_at=now,
        )
    )
    index_revision(connection, number, document)
    return number


def record_rows(revision: int, key: str, text: str, found: Sequence[Record], reading: Reading) -> list[dict[str, Any]]:
    """The rows of records that were read from this revision of the document ``key``, each record once."""
    rows: dict[str, dict[str, Any]] = {
        (identifier := record_id(key, record)): {
            "id": identifier,
            "revision_id": revision,
            "kind": record.kind.value,
            "data": plain(record_to_json(record)),
            "confidence": record.confidence,
            "producer": reading.producer,
            "reasons": plain([_reason(reason) for reason in record.reasons]),
            "sentences": "\n".join(text[span.start : span.end] for span in record.evidence),
            "superseded": 0,
            "entry_key": reading.entry_id(record.kind, identifier),
        }
        for record in found
    }
    return list(rows.values())


def insert_records(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Store records under the numbers that follow, to be found by their sentences."""
    if rows:
        first = next_number(connection, records.c.number)
        numbered = [{"number": number, **row} for number, row in enumerate(rows, start=first)]
        connection.execute(insert(records), numbered)
        index_records(connection, numbered)


def insert_people(connection: Connection, revision: int, known: People) -> None:
    """Store whom the people that a revision names act for."""
    if known:
        rows = [{"revision_id": revision, "name": name, "parties": plain(p)} for name, p in sorted(known.items())]
        connection.execute(insert(people), rows)


def mark_pending(connection: Connection, document_ids: Iterable[str], cause: str) -> None:
    """Note that entries have to follow what happened to these documents, and why."""
    rows = [{"document_id": key, "cause": cause} for key in sorted(set(document_ids))]
    if rows:
        connection.execute(upsert(connection, pending).on_conflict_do_nothing(), rows)


def now() -> str:
    """This second, ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _reason(reason: Reason) -> list[object]:
    """A reason as a row, which is a third of it with the names of its parts."""
    probability = None if reason.probability is None else round(reason.probability, 3)
    span = [reason.span.start, reason.span.end] if reason.span else None
    return [reason.field, reason.rule, reason.detail, probability, span, reason.grounded_by]


def _record_count(connection: Connection, revision: int) -> int:
    current = (records.c.revision_id == revision) & (records.c.superseded == 0)
    return connection.execute(select(func.count()).where(current)).scalar_one()


def plain(value: object) -> str:
    """A value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=False, separators=(",", ":"))
