"""Questions of those who turn over pages: some entries or documents at a time, what is told where, what comes next."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Connection, Select, func, or_, select

from communique.ledger.outlines import read_outlines
from communique.ledger.portable import listed, mentions
from communique.ledger.reading import read_entries
from communique.ledger.shapes import Change
from communique.ledger.tables import (
    changes,
    decisions,
    documents,
    entries,
    meta,
    outlines,
    records,
    revisions,
    tellings,
)
from communique.ledger.writing import plain
from communique.model import Entry, Kind, Outline, Standing

T = TypeVar("T")
_PENDING = [standing.value for standing in (Standing.PROSPECTIVE, Standing.UNDER_WAY, Standing.STALLED)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document without its text.

    Attributes:
        records: how many records its current revision holds.
        revisions: how many revisions of it have been added.
        added_at: when the current one was, ISO 8601, UTC.
    """

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    source: str | None
    language: str | None
    records: int
    revisions: int
    added_at: str


class Part(NamedTuple, Generic[T]):
    """Some of many.

    Attributes:
        total: how many there are in all.
        items: those that were asked for, in their order.
    """

    total: int
    items: Sequence[T]


def state(connection: Connection) -> str:
    """Words that change whenever anything does that a page could show."""
    numbers = [
        connection.execute(select(func.max(column))).scalar_one()
        for column in (revisions.c.id, records.c.number, changes.c.number, decisions.c.number)
    ]
    current = connection.execute(select(func.sum(documents.c.current_revision))).scalar_one()
    noted = connection.execute(select(meta).order_by(meta.c.name)).all()
    return repr((numbers, current, [tuple(row) for row in noted]))


def some_entries(connection: Connection, asked: Select[Any] | Collection[str], limit: int, offset: int) -> Part[Entry]:
    """Some of the entries that a query asks for, or that have these ids; those with the latest news first."""
    ids = asked if isinstance(asked, Select) else listed(asked)
    total = connection.execute(select(func.count()).select_from(ids.subquery())).scalar_one()
    order = (outlines.c.last_told.desc(), outlines.c.told_on.desc().nulls_last(), outlines.c.id)
    query = select(outlines.c.id).where(outlines.c.id.in_(ids)).order_by(*order).limit(limit).offset(offset)
    wanted = list(connection.execute(query).scalars())
    found = {e.id: e for e in read_entries(connection, select(entries.c.id).where(entries.c.id.in_(listed(wanted))))}
    return Part(total, [found[key] for key in wanted])


def some_documents(
    connection: Connection, *, ids: Collection[str] | None, publisher: str | None, limit: int, offset: int
) -> Part[Listed]:
    """Some documents, the latest first.

    Args:
        ids: only these, all for None.
        publisher: only those of this one.
    """
    joined = documents.c.current_revision == revisions.c.id
    chosen = select(documents.c.id.label("key"), revisions).join(revisions, joined)
    if ids is not None:
        chosen = chosen.where(documents.c.id.in_(listed(ids)))
    if publisher is not None:
        chosen = chosen.where(revisions.c.publisher == publisher)
    total = connection.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
    read = (records.c.revision_id == revisions.c.id) & (records.c.superseded == 0)
    versions = revisions.alias("versions")
    query = chosen.add_columns(
        select(func.count()).where(read).scalar_subquery().label("records"),
        select(func.count()).where(versions.c.document_id == documents.c.id).scalar_subquery().label("revisions"),
    ).order_by(revisions.c.published.is_(None), revisions.c.published.desc(), documents.c.id)
    rows = connection.execute(query.limit(limit).offset(offset)).all()
    return Part(total, [_listed_document(row) for row in rows])


def publishers(connection: Connection) -> dict[str, int]:
    """Who issued documents, and how many, the busiest first."""
    query = (
        select(revisions.c.publisher, func.count().label("documents"))
        .join(documents, documents.c.current_revision == revisions.c.id)
        .where(revisions.c.publisher.is_not(None))
        .group_by(revisions.c.publisher)
        .order_by(func.count().desc(), revisions.c.publisher)
    )
    return {row.publisher: row.documents for row in connection.execute(query)}


def told_in(connection: Connection, document_id: str) -> list[Entry]:
    """The entries that the current revision of a document tells of."""
    return read_entries(connection, select(tellings.c.entry_id).where(tellings.c.document_id == document_id))


def dated_ahead(connection: Connection) -> list[Outline]:
    """What has not come about and has a day by which it is to: promises with a due date, planned engagements."""
    promised = (outlines.c.kind == Kind.UNDERTAKING.value) & outlines.c.due.is_not(None)
    planned = (outlines.c.kind == Kind.ENGAGEMENT.value) & outlines.c.date.is_not(None)
    pending = outlines.c.standing.in_(_PENDING)
    return read_outlines(connection, select(outlines.c.id).where(pending, or_(promised, planned)))


def promising(connection: Connection, entry_id: str) -> list[str]:
    """The ids of the undertakings that refer to an entry."""
    query = select(outlines.c.id).where(outlines.c.refers_to == entry_id).order_by(outlines.c.id)
    return list(connection.execute(query).scalars())


def people_like(connection: Connection, words: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Engagements and statements in which somebody is named by one of these words, with all the people they name."""
    named = [mentions(connection, entries.c.fields, plain(word)[1:-1]) for word in words]
    people = [Kind.ENGAGEMENT.value, Kind.STATEMENT.value]
    query = select(entries.c.id, entries.c.kind, entries.c.fields).where(entries.c.kind.in_(people), or_(*named))
    return {row.id: tuple(_people(row.kind, json.loads(row.fields))) for row in connection.execute(query)}


def _people(kind: str, fields: dict[str, Any]) -> list[str]:
    people: list[str] = fields["people"] if kind == Kind.ENGAGEMENT.value else fields["speakers"]
    return people


def latest_changes(connection: Connection, limit: int, offset: int) -> Part[Change]:
    """The last things that happened to entries, the latest first."""
    total = connection.execute(select(func.count()).select_from(changes)).scalar_one()
    query = select(changes).order_by(changes.c.number.desc()).limit(limit).offset(offset)
    found = [
        Change(**(dict(row) | {"before": json.loads(row["before"]), "after": json.loads(row["after"])}))
        for row in connection.execute(query).mappings()
    ]
    return Part(total, found)


def _listed_document(row: Any) -> Listed:
    return Listed(
        id=row.key,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
        source=row.source,
        language=row.language,
        records=row.records,
        revisions=row.revisions,
        added_at=row.added_at,
    )
