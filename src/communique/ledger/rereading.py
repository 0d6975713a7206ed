"""Reading a stored document again: what is not found any more is set aside, nothing is deleted."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, select, update

from communique.ledger.current import CurrentRecords
from communique.ledger.portable import listed
from communique.ledger.shapes import People, Rereading
from communique.ledger.tables import documents, people, records
from communique.ledger.writing import Reading, insert_people, insert_records, mark_pending, record_id, record_rows
from communique.model import Document, Record


def reread(
    connection: Connection, key: str, document: Document, found: Sequence[Record], known: People, reading: Reading
) -> Rereading:
    """Put what a new reading found in the document's current revision in the place of what was found before.

    Args:
        key: the document's id.
        document: the document in its current revision.
        found: what it reports by the new reading.
        known: whom the people that it names act for.
    """
    revision = connection.execute(select(documents.c.current_revision).where(documents.c.id == key)).scalar_one()
    before = {one.source.record_id: one.record for one in CurrentRecords(connection).of_documents([key])}
    after = {record_id(key, record): record for record in found}
    last = connection.execute(select(func.max(records.c.number))).scalar_one()
    own = records.c.revision_id == revision
    lost = before.keys() - after.keys()
    connection.execute(update(records).where(own, records.c.id.in_(listed(lost))).values(superseded=last))
    rows = record_rows(revision, key, document.text, found, reading)
    stored = set(connection.execute(select(records.c.id).where(own)).scalars())
    for row in rows:
        if row["id"] in stored:
            connection.execute(update(records).where(own, records.c.id == row["id"]).values(**row))
    new = [row for row in rows if row["id"] not in stored]
    insert_records(connection, new)
    connection.execute(delete(people).where(people.c.revision_id == revision))
    insert_people(connection, revision, known)
    mark_pending(connection, [key], reading.producer)
    return Rereading(
        document_id=key,
        title=document.title,
        lost=tuple(before[one] for one in sorted(lost)),
        found=tuple(after[one] for one in sorted(after.keys() - before.keys())),
        kept=len(before.keys() & after.keys()),
    )
