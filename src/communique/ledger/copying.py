"""A whole ledger copied row by row, from a file into a database or back, within the callers' transactions."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from communique.ledger.indexing import index_records, index_revision
from communique.ledger.portable import POSTGRESQL
from communique.ledger.tables import meta, metadata, records, revisions
from communique.model import Document

Told = Callable[[str, int], None]
"""Is told which table rows were copied of, and how many."""
_AT_ONCE = 500


def is_empty(connection: Connection) -> bool:
    """Whether a ledger holds nothing: no document, no decision, nothing that was watched or could not be read."""
    tables = (table for table in metadata.sorted_tables if table is not meta)
    return all(connection.execute(select(table).limit(1)).first() is None for table in tables)


def count_rows(connection: Connection) -> int:
    """How many rows a ledger has in all."""
    counts = (select(func.count()).select_from(table) for table in metadata.sorted_tables)
    return sum(connection.execute(count).scalar_one() for count in counts)


def copy_rows(source: Connection, target: Connection, told: Told) -> None:
    """Copy everything, under the same numbers and ids; what search looks words up in is made anew.

    Args:
        target: a ledger that is empty.
    """
    if target.dialect.name != POSTGRESQL:
        target.execute(text("PRAGMA defer_foreign_keys = ON"))
    target.execute(meta.delete())
    for table in metadata.sorted_tables:
        rows = (
            source.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*table.primary_key)).mappings()
        )
        for some in rows.partitions(_AT_ONCE):
            found = [dict(row) for row in some]
            target.execute(insert(table), found)
            _index(target, table, found)
            told(table.name, len(found))


def _index(target: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if table is records:
        index_records(target, rows)
    elif table is revisions:
        for row in rows:
            index_revision(target, row["id"], _document(row))


def _document(row: Mapping[str, Any]) -> Document:
    return Document(text=row["text"], title=row["title"])
