"""What a typed identifier means: an entry, one that it has since become part of, or a record."""

import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, select

from communique.ledger.current import CurrentRecords
from communique.ledger.portable import listed
from communique.ledger.successors import successors
from communique.ledger.tables import documents, entries, entry_records, records, revisions
from communique.model import Kind, UsageError

_SHOWN = 5
"""Identifiers that a message names at most."""
_RECORD = "R-"
_DOCUMENT = "D-"
_ID = re.compile(rf"[{''.join(kind.value[0] for kind in Kind)}r]-[0-9a-f]+", re.IGNORECASE)


class Named(NamedTuple):
    """What an identifier means.

    Attributes:
        record_id: the current record: the one given, or the one that the entry's identifier comes from.
        entry_id: the entry that holds it, None for a record that makes none.
        record_alone: whether a record was named, and not an entry.
    """

    record_id: str
    kind: Kind
    entry_id: str | None
    record_alone: bool


def is_id(typed: str) -> bool:
    """Whether words may be an identifier of an entry or record, or the beginning of one."""
    return _ID.fullmatch(typed.strip()) is not None


def named(connection: Connection, typed: str) -> Named:
    """What the identifier, or the beginning of one, means; letter case does not matter.

    Raises:
        UsageError: it means nothing, more than one thing, or a record whose evidence is gone.
    """
    text = typed.strip().capitalize()
    column = records.c.id if text.startswith(_RECORD) else records.c.entry_key
    found = _beginning(connection, column, text)
    if column is records.c.entry_key:
        stand = set(connection.execute(select(entries.c.id).where(entries.c.id.in_(listed(found)))).scalars())
        found = sorted(stand) or found
    if not found:
        if column is records.c.id:
            raise UsageError(f"There is no record {typed!r}; `communique show ENTRY` shows those of an entry.")
        raise UsageError(f"There is no entry {typed!r}; `communique list` shows the ids of all entries.")
    current = CurrentRecords(connection)
    ids = set(connection.execute(select(records.c.id).where(column.in_(listed(found)))).scalars())
    heirs = set(successors(connection, current, ids).values())
    held = holders(connection, heirs)
    if len(found) > 1 and len({held.get(heir, heir) for heir in heirs}) != 1:
        shown = ", ".join(found[:_SHOWN])
        raise UsageError(f"More than one begins with {typed!r} ({shown}); give more of it.")
    if not heirs:
        raise UsageError(f"The evidence of {found[0]} is in no document any more; `communique log` tells when it went.")
    (one,) = current.with_ids([min(heirs)])
    return Named(one.source.record_id, one.record.kind, held.get(one.source.record_id), column is records.c.id)


def documents_named(connection: Connection, typed: str) -> list[str]:
    """The ids of the documents that are meant by an id, the beginning of one, an address or a path, a few at most."""
    name = typed.strip()
    start = name.capitalize()
    if start.startswith(_DOCUMENT) and start[len(_DOCUMENT) :].isalnum():
        begins = (documents.c.id >= start) & (documents.c.id < start + "~")
        found = connection.execute(select(documents.c.id).where(begins).order_by(documents.c.id).limit(_SHOWN + 1))
        if ids := list(found.scalars()):
            return ids
    rows = connection.execute(select(documents.c.id, documents.c.key).order_by(documents.c.id)).all()
    exact = [key for key, known in rows if known == name]
    if exact:
        return exact
    of_file = connection.execute(select(revisions.c.document_id).where(revisions.c.source == name)).scalars()
    here = Path.cwd()
    path = os.path.normpath(here / name)
    same_path = (key for key, known in rows if "://" not in known and os.path.normpath(here / known) == path)
    return sorted({*of_file, *same_path})[: _SHOWN + 1]


def holders(connection: Connection, record_ids: Collection[str]) -> dict[str, str]:
    """The entries that hold current records as reports of their own, by the records' ids."""
    query = (
        select(records.c.id, entries.c.id.label("entry_id"))
        .join(entry_records, entry_records.c.record_number == records.c.number)
        .join(entries, (entries.c.id == entry_records.c.entry_id) & (entries.c.kind == records.c.kind))
        .where(records.c.id.in_(listed(record_ids)))
    )
    return {row.id: row.entry_id for row in connection.execute(query)}


def own_records(connection: Connection, entry_id: str) -> tuple[str, ...]:
    """The records that the entry holds as reports of its own, in order of its history."""
    query = (
        select(records.c.id)
        .join(entry_records, entry_records.c.record_number == records.c.number)
        .join(entries, (entries.c.id == entry_records.c.entry_id) & (entries.c.kind == records.c.kind))
        .where(entries.c.id == entry_id)
        .order_by(entry_records.c.position)
    )
    return tuple(connection.execute(query).scalars())


def _beginning(connection: Connection, column: Column[str], text: str) -> list[str]:
    """The identifiers that begin so; what can't be one begins nothing."""
    condition: ColumnElement[bool] = (column >= text) & (column < text + "~")
    if len(text) < 3 or not text[2:].isalnum():
        return []
    query = select(column).where(condition).distinct().order_by(column).limit(_SHOWN + 1)
    return list(connection.execute(query).scalars())
