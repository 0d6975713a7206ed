"""What became of everything that was given to be read, so that none of it is read twice or lost from sight."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, select

from communique.ledger.current import IS_CURRENT
from communique.ledger.portable import upsert
from communique.ledger.shapes import Fate, Taken
from communique.ledger.tables import documents, intake, records, revisions

SEVERAL = "several"
"""The outcome noted of an item whose documents have rows of their own, once all of them are there."""


def note(connection: Connection, taken: Sequence[Taken], producer: str, moment: str) -> None:
    """Note what became of these, in the place of what was noted of them before."""
    if not taken:
        return
    rows = [
        {
            "item": one.item,
            "part": one.part,
            "origin": one.origin,
            "digest": one.digest,
            "given": one.given,
            "outcome": one.outcome,
            "title": one.title,
            "reason": one.reason,
            "document_id": one.document_id,
            "producer": producer,
            "noted_at": moment,
        }
        for one in taken
    ]
    statement = upsert(connection, intake)
    new = {column.name: statement.excluded[column.name] for column in intake.columns if not column.primary_key}
    connection.execute(statement.on_conflict_do_update(index_elements=["item", "part"], set_=new), rows)


def end_item(connection: Connection, item: str, digest: str) -> None:
    """Forget what was noted of parts that the item had with other bytes."""
    connection.execute(delete(intake).where(intake.c.item == item, intake.c.digest.is_distinct_from(digest)))


def forget_failed(connection: Connection, origin: str, before: str, *, tried: bool) -> None:
    """Forget failures behind a name that has been gone through and did not show them again.

    Args:
        before: the moment at which that began.
        tried: whether everything that had failed was tried again, and not only what had given no bytes.
    """
    gone = (intake.c.origin == origin) & (intake.c.outcome == "failed") & (intake.c.noted_at < before)
    connection.execute(delete(intake).where(gone if tried else gone & intake.c.digest.is_(None)))


def taken_before(connection: Connection, item: str, digest: str) -> list[Taken]:
    """What became of an item when it was read to its end with these bytes; nothing where it was not."""
    rows = connection.execute(_rows().where(intake.c.item == item, intake.c.digest == digest)).all()
    if not any(row.part == "" for row in rows):
        return []
    return [_taken(row) for row in rows if row.outcome != SEVERAL]


def read_taken(connection: Connection, outcome: Fate) -> list[Taken]:
    """Everything that had this outcome when it was last seen, by what it came from."""
    query = _rows().where(intake.c.outcome == outcome)
    return [_taken(row) for row in connection.execute(query.order_by(intake.c.origin, intake.c.item, intake.c.part))]


def read_unread(connection: Connection) -> list[Taken]:
    """Documents that are stored in another language than English and were not read, by their addresses."""
    query = select(
        documents.c.id,
        documents.c.key,
        revisions.c.title,
        revisions.c.source,
        *(revisions.c.language, revisions.c.added_at),
    ).join(revisions, revisions.c.id == documents.c.current_revision)
    return [
        Taken(
            item=row.source or row.key,
            origin=row.source or row.key,
            digest=None,
            outcome="unread",
            title=row.title,
            reason=foreign(row.source or row.key, row.language),
            document_id=row.id,
            noted_at=row.added_at,
        )
        for row in connection.execute(query.where(_unread()).order_by(documents.c.key))
    ]


def foreign(name: str, language: str | None) -> str:
    """Why a document in another language was not read."""
    return f"{name} is in another language than English ({language}): its text is kept, and was not read."


def count_unread(connection: Connection) -> int:
    """How many documents are stored and not read."""
    stored = select(documents.c.id).join(revisions, revisions.c.id == documents.c.current_revision)
    return connection.execute(select(func.count()).select_from(stored.where(_unread()).subquery())).scalar_one()


def read_left(connection: Connection) -> dict[str, int]:
    """How many documents are stored and not read, and how many items were passed over or failed."""
    counted = select(intake.c.outcome, func.count().label("number")).group_by(intake.c.outcome)
    by_outcome = {row.outcome: row.number for row in connection.execute(counted)}
    left = {outcome: by_outcome.get(outcome, 0) for outcome in ("passed over", "failed")}
    return {"unread": count_unread(connection)} | left


def _unread() -> ColumnElement[bool]:
    """What holds for documents, joined with their current revisions, that are in another language and were not read."""
    read = select(records.c.number).where(records.c.revision_id == revisions.c.id, records.c.superseded == 0)
    return and_(revisions.c.language.is_not(None), revisions.c.language != "en", ~read.exists())


def _rows() -> Select[Any]:
    count = (
        select(func.count())
        .select_from(records)
        .join(documents, IS_CURRENT)
        .where(documents.c.id == intake.c.document_id)
        .scalar_subquery()
    )
    return select(intake, count.label("records"))


def _taken(row: Any) -> Taken:
    return Taken(
        item=row.item,
        part=row.part,
        origin=row.origin,
        digest=row.digest,
        given=row.given,
        outcome=row.outcome,
        title=row.title,
        reason=row.reason,
        document_id=row.document_id,
        records=row.records,
        producer=row.producer,
        noted_at=row.noted_at,
    )
