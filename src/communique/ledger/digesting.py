"""What happened to entries in a day or a week, gathered by the parties that it concerns."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, true, tuple_

from communique.ledger.happenings import KINDS, NEW_IN_WEEK, NEW_ON_DAY, RANKS
from communique.ledger.portable import listed_numbers, names
from communique.ledger.shapes import Change
from communique.ledger.tables import changes, happenings, revisions
from communique.model import Kind

_row = happenings.c
_ORDER = (_row.rank, _row.parties, _row.kind, _row.number)
_VARIED = 5
"""So many times as many changes are told where the parties are not always the same two."""
Pair = tuple[str, str]
_BETWEEN_TWO = 2


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
    """A day, or a week from Monday to Sunday, UTC."""

    first: date
    last: date


def days_of_change(connection: Connection) -> list[tuple[str, int]]:
    """The days on which anything happened to entries, the latest first, with how much did."""
    query = select(_row.day, func.count()).group_by(_row.day).order_by(_row.day.desc())
    return [(day, int(number)) for day, number in connection.execute(query).all()]


def happened(connection: Connection, span: Span, wanted: Collection[frozenset[str]] = ()) -> list[Happened]:
    """What happened in a day or a week, counted by parties, kinds and what it was.

    Args:
        wanted: only to what all parties of any of these take part in; to everything where there are none.
    """
    alike = _row.one, _row.other, _row.rank, _row.parties, _row.kind
    new = _row.again <= (NEW_ON_DAY if span.first == span.last else NEW_IN_WEEK)
    concerned = *_may_concern(wanted), _concerns(wanted)
    counts = Counter[tuple[str, int, int]]()
    for day in _days(connection, span):  # within one of them, rows are counted as they stand
        query = select(_row.parties, _row.rank, _row.kind, func.count()).where(_row.day == day, new, *concerned)
        for parties, rank, kind, number in connection.execute(query.group_by(*alike)).all():
            counts[parties, rank, kind] += int(number)
    return [
        Happened(_names(parties), RANKS[rank], KINDS[kind] if kind < len(KINDS) else None, number)
        for (parties, rank, kind), number in counts.items()
    ]


def foremost(
    connection: Connection,
    span: Span,
    pairs: Collection[Pair | None],
    each: int,
    wanted: Collection[frozenset[str]] = (),
) -> dict[Pair | None, list[Change]]:
    """What a reader wants to know first of what happened to entries of two parties, statements apart.

    Args:
        pairs: exactly these, in order of their names; None for entries of more parties, or of one alone.
        each: at most so many changes for the same parties.
        wanted: as for :func:`happened`; all of the pairs are such.

    Returns:
        The changes of each: by what happened, then by parties, kinds and numbers.
    """
    order = {}
    days = list(_days(connection, span))
    for pair in pairs:
        one, other = pair or ("", "")
        group = _row.one == one, _row.other == other, _row.in_line == 1, _concerns(() if pair else wanted)
        query = select(*_ORDER).where(*group).order_by(*_ORDER).limit(each)
        most = each * (_BETWEEN_TWO if pair else _VARIED)  # two are named in either order
        rows = [row for day in days for row in _first(connection, query.where(_row.day == day), each, most)]
        order[pair] = [row.number for row in sorted(rows)]
    every = listed_numbers([number for numbers in order.values() for number in numbers])
    logged = connection.execute(select(changes).where(changes.c.number.in_(every))).all()
    known = {row.number: _change(row) for row in logged}
    return {pair: [known[number] for number in numbers] for pair, numbers in order.items()}


def _first(connection: Connection, query: Select[Any], each: int, most: int) -> list[Any]:
    """The first rows of a query, at most so many of each parties; those of others after these until there are most."""
    rows: Sequence[Any] = connection.execute(query).all()
    found: list[Any] = []
    while len(rows) and len(found) < most:
        found += rows
        *_, last = rows
        told = sum(row[:2] == last[:2] for row in found)
        after = tuple_(*_ORDER[:2]) > tuple(last[:2]) if told >= each else tuple_(*_ORDER) > tuple(last)
        rows = connection.execute(query.where(after).limit(max(1, each - told) if told < each else each)).all()
    return found


def documents_added(connection: Connection, span: Span) -> int:
    """How many documents, or revisions of them, came into the ledger."""
    first, end = span.first.isoformat(), f"{span.last.isoformat()}~"  # which sorts behind every moment of the day
    within = and_(revisions.c.added_at >= first, revisions.c.added_at < end)
    return int(connection.execute(select(func.count()).select_from(revisions).where(within)).scalar_one())


def _days(connection: Connection, span: Span) -> Iterator[str]:
    """The days of a span on which anything happened."""
    for number in range((span.last - span.first).days + 1):
        day = (span.first + timedelta(number)).isoformat()
        if connection.execute(select(_row.number).where(_row.day == day).limit(1)).first() is not None:
            yield day


def _concerns(wanted: Collection[frozenset[str]]) -> ColumnElement[bool]:
    """Whether all parties of any of these take part in the entry."""
    some = (and_(_row.parties != "", *(names(_row.parties, one) for one in parties)) for parties in wanted)
    return or_(*some) if wanted else true()


def _may_concern(wanted: Collection[frozenset[str]]) -> tuple[ColumnElement[bool], ...]:
    """What tells of most rows that these parties take no part, where at least two are always wanted."""
    if not wanted or any(len(parties) < _BETWEEN_TWO for parties in wanted):
        return ()
    every = sorted(frozenset().union(*wanted))
    return _row.one.in_(["", *every]), _row.other.in_(["", *every])


@lru_cache(maxsize=65536)
def _names(parties: str) -> tuple[str, ...]:
    return tuple(json.loads(parties)) if parties else ()


def _change(row: Any) -> Change:
    return Change(**(row._asdict() | {"before": json.loads(row.before), "after": json.loads(row.after)}))
