"""The log of changes: what happened to entries, appended with every derivation."""

import json

from sqlalchemy import Connection, insert, select

from communique.ledger.portable import listed, next_number
from communique.ledger.shapes import Change
from communique.ledger.tables import changes, entry_records, records
from communique.ledger.writing import plain


def append(connection: Connection, found: list[Change]) -> None:
    """Add changes to the log, in this order."""
    first = next_number(connection, changes.c.number)
    rows = [
        {
            "number": number,
            "at": change.at,
            "entry_id": change.entry_id,
            "what": change.what,
            "field": change.field,
            "before": plain(change.before),
            "after": plain(change.after),
            "cause": change.cause,
        }
        for number, change in enumerate(found, start=first)
    ]
    if rows:
        connection.execute(insert(changes), rows)


def read_log(
    connection: Connection, entry_id: str | None = None, cause: str | None = None, about: str | None = None
) -> list[Change]:
    """All changes in order, or those of one entry and of all others that lead to it now, or those of one cause.

    Args:
        about: a cause that a change has, alone or beside others.
    """
    query = select(changes).order_by(changes.c.number)
    if entry_id is not None:
        numbers = select(entry_records.c.record_number).where(entry_records.c.entry_id == entry_id)
        ids = set(connection.execute(select(records.c.entry_key).where(records.c.number.in_(numbers))).scalars())
        query = query.where(changes.c.entry_id.in_(listed({entry_id, *filter(None, ids)})))
    if cause is not None:
        query = query.where(changes.c.cause == cause)
    if about is not None:
        query = query.where(changes.c.cause.contains(about, autoescape=True))
    return [
        Change(
            number=row.number,
            at=row.at,
            entry_id=row.entry_id,
            what=row.what,
            field=row.field,
            before=json.loads(row.before),
            after=json.loads(row.after),
            cause=row.cause,
        )
        for row in connection.execute(query)
    ]
