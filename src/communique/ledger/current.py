"""The records that count: those of current revisions that the last reading found, each read once."""

import json
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from communique.ledger.meaning import Meanings, read_meanings
from communique.ledger.origin import ORIGIN, reported
from communique.ledger.portable import listed, listed_numbers
from communique.ledger.shapes import Reported
from communique.ledger.tables import documents, people, record_keys, records, revisions

IS_CURRENT = and_(documents.c.current_revision == records.c.revision_id, records.c.superseded == 0)
"""What holds for a row of records, joined with documents, that counts."""


class CurrentRecords:
    """The current records of a ledger, to be asked for in several ways within one transaction.

    Args:
        connection: a connection with a transaction open.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[int, Reported] = {}
        self._numbers: dict[str, int] = {}
        self._people: dict[int, dict[str, tuple[str, ...]]] = {}

    @cached_property
    def meanings(self) -> Meanings:
        """Whom names mean by the decisions that hold."""
        return read_meanings(self._connection)

    def number(self, record_id: str) -> int:
        """The row number of a record that was given out before."""
        return self._numbers[record_id]

    def all(self) -> list[Reported]:
        """All of them, in order of document and record ids."""
        return self._where(None)

    def of_documents(self, ids: Collection[str]) -> list[Reported]:
        """Those of these documents."""
        return self._where(documents.c.id.in_(listed(ids)))

    def with_ids(self, ids: Collection[str]) -> list[Reported]:
        """Those of these ids that are current."""
        return self._where(records.c.id.in_(listed(ids)))

    def sharing(self, keys: Collection[str]) -> list[Reported]:
        """Those that have any of these blocking keys."""
        numbers = select(record_keys.c.record_number).where(record_keys.c.key.in_(listed(keys)))
        return self._where(records.c.number.in_(numbers))

    def numbered(self, numbers: Select[Any]) -> list[Reported]:
        """Those whose row numbers a query gives."""
        return self._where(records.c.number.in_(numbers))

    def gone(self, numbers: Collection[int]) -> list[Reported]:
        """Records that are not current any more, by their row numbers."""
        return self._rows(records.c.number.in_(listed_numbers(numbers)), False)

    def _where(self, condition: ColumnElement[bool] | None) -> list[Reported]:
        query = (
            select(records.c.number)
            .join(revisions, records.c.revision_id == revisions.c.id)
            .join(documents, documents.c.id == revisions.c.document_id)
            .where(IS_CURRENT)
            .order_by(documents.c.id, records.c.id)
        )
        numbers = list(self._connection.execute(query if condition is None else query.where(condition)).scalars())
        missing = [number for number in numbers if number not in self._read]
        if missing:
            self._rows(None if condition is None else records.c.number.in_(listed_numbers(missing)), True)
        return [self._read[number] for number in numbers]

    def _rows(self, condition: ColumnElement[bool] | None, current: bool) -> list[Reported]:
        query = select(
            records.c.number, records.c.revision_id, records.c.id, records.c.data, records.c.sentences, *ORIGIN
        ).join(revisions, records.c.revision_id == revisions.c.id)
        if current:
            query = query.join(documents, documents.c.id == revisions.c.document_id).where(IS_CURRENT)
        rows = self._connection.execute(query if condition is None else query.where(condition)).all()
        self._read_people(row.revision_id for row in rows)
        found = [self._with_people(row) for row in rows]
        if current:
            for row, one in zip(rows, found, strict=True):
                self._read[row.number] = one
                self._numbers[row.id] = row.number
        return found

    def _with_people(self, row: Any) -> Reported:
        people = self._people[row.revision_id]
        return reported(row)._replace(people=people, meant=self.meanings.of(row.document_id, people))

    def _read_people(self, revision_ids: Iterable[int]) -> None:
        unknown = {revision for revision in revision_ids if revision not in self._people}
        self._people.update((revision, {}) for revision in unknown)
        query = select(people).where(people.c.revision_id.in_(listed_numbers(unknown)))
        for row in self._connection.execute(query):
            self._people[row.revision_id][row.name] = tuple(json.loads(row.parties))
