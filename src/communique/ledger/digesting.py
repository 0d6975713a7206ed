"""What happened to entries in a span of time, gathered by the parties that it concerns."""

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select, true

from communique.ledger.listings import Wanted, entry_query
from communique.ledger.portable import listed
from communique.ledger.shapes import Change
from communique.ledger.tables import changes, outlines, revisions
from communique.ledger.writing import plain
from communique.model import Kind

RANKS = ("fulfilled", "stage", "disputed", "new", "field")
"""What may be told of in a line, by how much a reader wants to know of it."""
_NEWS = ("date", "due", "value", "items", "supplier", "recipient", "place")
"""Fields of which another value is news."""
_KINDS = (Kind.AGREEMENT, Kind.TRANSFER, Kind.ENGAGEMENT, Kind.INITIATIVE, Kind.UNDERTAKING)


class Happened(NamedTuple):
    """How much happened to entries of some parties.

    Attributes:
        parties: those that the entries name, in their order; none for entries that are gone.
        what: as for a change.
        entries: how many entries it happened to.
    """

    parties: tuple[str, ...]
    what: str
    kind: Kind | None
    entries: int


class Span(NamedTuple):
    """A span of time: from the first moment to before the second, ISO 8601, UTC."""

    first: str
    end: str


def days_of_change(connection: Connection) -> list[tuple[str, int]]:
    """The days on which anything happened to entries, the latest first, with how much did."""
    day = func.substr(changes.c.at, 1, len("2025-10-31"))
    query = select(day, func.count()).group_by(day).order_by(day.desc())
    return [(found, int(number)) for found, number in connection.execute(query).all()]


def happened(connection: Connection, span: Span, wanted: Collection[frozenset[str]] = ()) -> list[Happened]:
    """What happened in a span of time, counted by parties, kinds and what it was.

    Args:
        wanted: only to what all parties of any of these take part in; to everything where there are none.
    """
    query = (
        select(outlines.c.parties, changes.c.what, outlines.c.kind, func.count(changes.c.entry_id.distinct()))
        .select_from(changes.outerjoin(outlines, outlines.c.id == changes.c.entry_id))
        .where(_within(span), _concerns(wanted))
        .group_by(outlines.c.parties, changes.c.what, outlines.c.kind)
    )
    return [
        Happened(_names(parties), what, Kind(kind) if kind else None, int(entries))
        for parties, what, kind, entries in connection.execute(query).all()
    ]


def foremost(
    connection: Connection,
    span: Span,
    parties: Collection[tuple[str, ...]],
    each: int,
    wanted: Collection[frozenset[str]] = (),
) -> list[tuple[tuple[str, ...], Change]]:
    """What a reader wants to know first of what happened to entries of exactly these parties, statements apart.

    Args:
        each: at most so many changes for the same parties.
        wanted: as for :func:`happened`; all of the parties are such.
    """
    written = {plain(list(one)): one for one in parties}
    rank = case(*((changes.c.what == what, number) for number, what in enumerate(RANKS)), else_=len(RANKS))
    kind = case(*((outlines.c.kind == one.value, number) for number, one in enumerate(_KINDS)), else_=len(_KINDS))
    order = (rank, kind, changes.c.number)
    numbered = func.row_number().over(partition_by=outlines.c.parties, order_by=order).label("place")
    ranked = (
        select(outlines.c.parties, changes, numbered)
        .select_from(changes.join(outlines, outlines.c.id == changes.c.entry_id))
        .where(
            _within(span),
            _concerns(wanted),
            outlines.c.parties.in_(listed(written)),
            outlines.c.kind != Kind.STATEMENT.value,
        )
        .where(or_(changes.c.what.in_(RANKS[:-1]), and_(changes.c.what == RANKS[-1], changes.c.field.in_(_NEWS))))
        .subquery()
    )
    query = select(ranked).where(ranked.c.place <= each).order_by(ranked.c.parties, ranked.c.place)
    rows = connection.execute(query).all()
    return [(written[row[0]], _change(row[1:-1])) for row in rows]


def documents_added(connection: Connection, span: Span) -> int:
    """How many documents, or revisions of them, came into the ledger."""
    within = and_(revisions.c.added_at >= span.first, revisions.c.added_at < span.end)
    return int(connection.execute(select(func.count()).select_from(revisions).where(within)).scalar_one())


def _within(span: Span) -> ColumnElement[bool]:
    return and_(changes.c.at >= span.first, changes.c.at < span.end)


def _concerns(wanted: Collection[frozenset[str]]) -> ColumnElement[bool]:
    """Whether all parties of any of these take part in the entry."""
    ids = (entry_query(Wanted(parties=tuple(sorted(parties)))) for parties in wanted)
    return or_(*(changes.c.entry_id.in_(one) for one in ids)) if wanted else true()


def _names(parties: str | None) -> tuple[str, ...]:
    return tuple(json.loads(parties)) if parties else ()


def _change(row: Any) -> Change:
    told = dict(zip((column.name for column in changes.columns), row, strict=True))
    return Change(**(told | {"before": json.loads(told["before"]), "after": json.loads(told["after"])}))
