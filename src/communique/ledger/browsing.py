"""Questions of those who turn over pages: some entries or documents at a time, what is told where, what comes next."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Connection, func, or_, select, true

from communique.ledger.acting import read_actors
from communique.ledger.listings import Wanted, in_order, list_due, list_ids
from communique.ledger.portable import listed
from communique.ledger.reading import ENTRY, entry_of, read_entries
from communique.ledger.shapes import Actor, Change
from communique.ledger.short import read_short
from communique.ledger.tables import (
    actors,
    changes,
    decisions,
    documents,
    doubts,
    entries,
    entry_people,
    meta,
    outlines,
    pending,
    person_names,
    records,
    revisions,
    tellings,
)
from communique.model import Entry

T = TypeVar("T")


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
    last = (func.max(column) for column in (revisions.c.id, records.c.number, changes.c.number, decisions.c.number))
    counted = (*last, func.sum(documents.c.current_revision), func.count(pending.c.document_id))
    numbers = connection.execute(select(*(select(number).scalar_subquery() for number in counted))).one()
    noted = connection.execute(select(meta).order_by(meta.c.name)).all()
    return repr((tuple(numbers), [tuple(row) for row in noted]))


def some_entries(
    connection: Connection, asked: Wanted | Collection[str], limit: int, offset: int, *, in_short: bool
) -> Part[Entry]:
    """Some of the entries that are wanted, or that have these ids; those with the latest news first.

    Args:
        in_short: without the words that lines don't quote; see :mod:`communique.ledger.short`.
    """
    if isinstance(asked, Wanted):
        total, ids = list_ids(connection, asked, limit, offset)
    else:
        total, ids = len(asked), in_order(connection, asked, limit, offset)
    return Part(total, read_in_order(connection, ids, in_short=in_short))


def due(
    connection: Connection,
    parties: Collection[str],
    since: date | None,
    before: date | None,
    *,
    latest_first: bool,
    limit: int,
    offset: int,
    in_short: bool,
) -> Part[Entry]:
    """What has a day by which it is to come about; see :func:`communique.ledger.listings.list_due`."""
    first, last = (day.isoformat() if day else None for day in (since, before))
    total, ids = list_due(
        connection, parties, since=first, before=last, latest_first=latest_first, limit=limit, offset=offset
    )
    return Part(total, read_in_order(connection, ids, in_short=in_short))


def read_in_order(connection: Connection, ids: Sequence[str], *, in_short: bool) -> list[Entry]:
    """Those of the entries with these ids that there are, in the order of these."""
    if in_short:
        return read_short(connection, ids)
    found = {e.id: e for e in read_entries(connection, select(entries.c.id).where(entries.c.id.in_(listed(ids))))}
    return [found[key] for key in ids if key in found]


def read_alone(connection: Connection, ids: Collection[str]) -> list[Entry]:
    """The entries with these ids, in order of these, without their histories."""
    rows = connection.execute(select(*ENTRY).where(entries.c.id.in_(listed(ids))).order_by(entries.c.id)).all()
    return [entry_of(row, ()) for row in rows]


def some_documents(
    connection: Connection, *, ids: Collection[str] | None, publisher: str | None, limit: int, offset: int
) -> Part[Listed]:
    """Some documents, the latest first.

    Args:
        ids: only these, all for None.
        publisher: only those of this one.
    """
    chosen = select(documents.c.id).join(revisions, documents.c.current_revision == revisions.c.id)
    if ids is not None:
        # by the document and not by the revision: an index has all that is needed, and no text is passed over
        chosen = chosen.where(documents.c.id.in_(listed(ids)), revisions.c.document_id == documents.c.id)
    if publisher is not None:
        chosen = chosen.where(revisions.c.publisher == publisher)
    ordered = chosen.order_by(revisions.c.published.desc().nulls_last(), revisions.c.document_id)
    if ids is not None:
        every = list(connection.execute(ordered).scalars())
        total, keys = len(every), every[offset : offset + limit]
    else:
        counted = select(documents.c.id) if publisher is None else chosen
        total = connection.execute(select(func.count()).select_from(counted.subquery())).scalar_one()
        keys = list(connection.execute(ordered.limit(limit).offset(offset)).scalars())
    read = (records.c.revision_id == revisions.c.id) & (records.c.superseded == 0)
    versions = revisions.alias("versions")
    told = (revisions.c[name] for name in ("title", "publisher", "published", "url", "source", "language", "added_at"))
    query = select(
        documents.c.id.label("key"),
        *told,
        select(func.count()).where(read).scalar_subquery().label("records"),
        select(func.count()).where(versions.c.document_id == documents.c.id).scalar_subquery().label("revisions"),
    ).join(revisions, documents.c.current_revision == revisions.c.id)
    rows = {row.key: row for row in connection.execute(query.where(documents.c.id.in_(listed(keys))))}
    return Part(total, [_listed_document(rows[key]) for key in keys])


def texts(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """The texts of these documents in their current revisions, by the documents' ids."""
    query = select(documents.c.id, revisions.c.text).join(revisions, documents.c.current_revision == revisions.c.id)
    return {row.id: row.text for row in connection.execute(query.where(documents.c.id.in_(listed(ids))))}


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


def promising(connection: Connection, entry_id: str) -> list[str]:
    """The ids of the undertakings that refer to an entry."""
    query = select(outlines.c.id).where(outlines.c.refers_to == entry_id).order_by(outlines.c.id)
    return list(connection.execute(query).scalars())


def of_person(connection: Connection, name: str, limit: int, offset: int, *, in_short: bool) -> Part[Entry]:
    """Entries in which a person takes part, under this name or one that stands for it."""
    return some_entries(connection, _with_person(connection, name), limit, offset, in_short=in_short)


def latest_of_person(connection: Connection, name: str, most: int) -> list[Entry]:
    """The latest of the same, without their histories."""
    return read_alone(connection, in_order(connection, _with_person(connection, name), most, 0))


def _with_person(connection: Connection, name: str) -> list[str]:
    names = select(person_names.c.name).where(person_names.c.person == name)
    ids = select(entry_people.c.entry_id).where(or_(entry_people.c.name.in_(names), entry_people.c.name == name))
    return list(connection.execute(ids.distinct()).scalars())


def people_at(connection: Connection, ids: Collection[str]) -> list[tuple[str | None, tuple[str, ...]]]:
    """The dates of engagements, each with the people who took part."""
    query = select(entries.c.date, entries.c.fields).where(entries.c.id.in_(listed(ids)))
    return [(row.date, tuple(json.loads(row.fields)["people"])) for row in connection.execute(query)]


def some_actors(connection: Connection, kind: str | None, limit: int, offset: int) -> Part[Actor]:
    """Some of the actors, or of those of one kind, those with the most entries first."""
    condition = true() if kind is None else actors.c.kind == kind
    total = connection.execute(select(func.count()).select_from(actors).where(condition)).scalar_one()
    return Part(total, read_actors(connection, condition, limit, offset))


def count_doubts(connection: Connection) -> int:
    """How many pairs of records are kept of which it is doubtful whether they are one thing, decided or not."""
    return connection.execute(select(func.count()).select_from(doubts)).scalar_one()


def count_doubted(connection: Connection, below: float) -> tuple[int, int]:
    """How many fields of entries are disputed, and of how many entries the reader is less sure; save confirmed ones."""
    unconfirmed = outlines.c.confirmed == 0
    disputed = select(entries.c.disputes).join(outlines, outlines.c.id == entries.c.id)
    rows = connection.execute(disputed.where(unconfirmed, outlines.c.disputed == 1)).scalars()
    unsure = select(func.count()).select_from(outlines).where(unconfirmed, outlines.c.confidence < below)
    return sum(len(json.loads(row)) for row in rows), connection.execute(unsure).scalar_one()


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
