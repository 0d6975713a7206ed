"""What a page of two parties may show of thousands of entries, and how many more there are of each kind.

The first of each group are found in the database, so that a page costs what it shows and not what there is.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, or_, select, union_all

from communique.ledger.dealings import whole_days
from communique.ledger.outlines import sketches
from communique.ledger.pairs import about_pair, of_pair, only_theirs, telling_both
from communique.ledger.portable import listed, names
from communique.ledger.tables import asides, outlines, pair_sketches, tellings
from communique.ledger.tallies import Measure
from communique.model import Kind, Sketch, Standing

_NO_DAY = "~"
"""Comes after all days."""
_ONE, _OTHER = "first", "second"
"""Who of the two is to keep an open promise."""


class Depth(NamedTuple):
    """How many of each kind, standing and keeper may be shown; all planned engagements may.

    Attributes:
        entries: of those with the latest news.
        promises: of open promises, those that are due first.
        engagements: of the latest ones that took place.
        statements: of the latest ones.
    """

    entries: int
    promises: int
    engagements: int
    statements: int


class Further(NamedTuple):
    """Entries of one kind and standing that are only counted.

    Attributes:
        by: who of the two is to keep them, where they are open promises.
    """

    kind: Kind
    standing: Standing
    by: tuple[str, ...]
    entries: int
    overdue: int
    silent: int
    disputed: int
    doubtful: int


class Shortlist(NamedTuple):
    """What belongs on a page of two parties.

    Attributes:
        sketches: those that may be shown, and all that have to be looked at one by one: what later documents tell
            otherwise, and what is silent unless something is heard of the entry that it refers to.
        further: the others, counted.
        beside: ids of promises and statements of one of the two, from documents about both.
        documents: when the documents were published that they come from, by their ids; empty where that is not known.
        days: on which documents were published that tell of entries of both, whatever the day of the page, in order.
    """

    sketches: list[Sketch]
    further: list[Further]
    beside: frozenset[str]
    documents: dict[str, str]
    days: list[str]


def shortlist(connection: Connection, one: str, other: str, measure: Measure, depth: Depth) -> Shortlist:
    """What belongs on the page of two parties by documents up to the day that it is measured by."""
    rows = telling_both(connection, one, other)
    joining = {key: number for key, day, number in rows if day <= measure.day}
    about = about_pair(connection, joining, one, other)
    # what several documents tell is found with each of them
    beside = {row[0]: row for row in connection.execute(_aside_keys(about, one, other, measure)).all()}
    elsewhere = select(tellings.c.document_id, tellings.c.published).distinct()
    elsewhere = elsewhere.where(
        tellings.c.entry_id.in_(listed([key for key, row in beside.items() if not row.only_there])),
        tellings.c.published <= measure.day,
    )
    told = {key: day for key, day, _ in rows if key in joining}
    told.update((key, day) for key, day in connection.execute(elsewhere).all())
    keys = connection.execute(_keys(one, other, measure)).all()
    ids, further = _chosen([*keys, *beside.values()], (one, other), depth)
    sketched = _sketched(connection, listed(ids))
    return Shortlist(sketched, further, frozenset(beside), told, whole_days(day for _, day, _ in rows))


def latest_statements(
    connection: Connection, one: str, other: str, beside: Collection[str], until: str, number: int
) -> list[Sketch]:
    """At least so many statements of a page that come last, with all of the day of the last of them.

    Those are left out that later documents tell otherwise.

    Args:
        beside: see :class:`Shortlist`.
    """
    joined, apart = (
        select(table.c.id, table.c.told_day).where(table.c.kind == Kind.STATEMENT.value, table.c.last_told <= until)
        for table in (pair_sketches, outlines)
    )
    said = union_all(joined.where(*of_pair(one, other)), apart.where(outlines.c.id.in_(listed(beside)))).subquery()
    placed = select(said.c.id, func.rank().over(order_by=said.c.told_day.desc()).label("place")).subquery()
    return _sketched(connection, select(placed.c.id).where(placed.c.place <= number))


def told_with(
    connection: Connection, one: str, other: str, beside: Collection[str], documents: Collection[str]
) -> list[str]:
    """The ids of the entries of a page, statements apart, that any of these documents tells.

    Args:
        beside: see :class:`Shortlist`.
    """
    told = select(tellings.c.entry_id).distinct().where(tellings.c.document_id.in_(listed(documents)))
    joined = select(pair_sketches.c.id).where(*of_pair(one, other), pair_sketches.c.id == tellings.c.entry_id)
    rows = connection.execute(told.add_columns(joined.exists())).all()
    of_page = {key for key, of_both in rows if of_both or key in beside}
    initial = f"{Kind.STATEMENT.value[0].upper()}-"
    return sorted(key for key in of_page if not key.startswith(initial))


def _sketched(connection: Connection, ids: Select[Any]) -> list[Sketch]:
    columns = (outlines.c[name] for name in Sketch._fields)
    return sketches(connection.execute(select(*columns).where(outlines.c.id.in_(ids))).all())


def _keys(one: str, other: str, measure: Measure) -> Select[Any]:
    """What names both and some document up to the day of the page tells: how it is grouped, ordered and counted.

    No more is read of all that there is, and that by an index alone.
    """
    return _key(pair_sketches.c, pair_sketches.c.id, one, other, measure).where(*of_pair(one, other))


def _aside_keys(about: Collection[str], one: str, other: str, measure: Measure) -> Select[Any]:
    """The same of what documents about two parties tell beside of one of them."""
    row = asides.c
    keys = _key(row, row.entry_id, one, other, measure).add_columns(row.only_there)
    promised = and_(row.kind == Kind.UNDERTAKING.value, row.parties.in_(only_theirs(one, other)))
    joined = and_(names(row.parties, one), names(row.parties, other))
    told = row.document_id.in_(listed(about)), or_(promised, row.kind == Kind.STATEMENT.value), ~joined
    return keys.where(*told)


def _key(row: Any, key: ColumnElement[str], one: str, other: str, measure: Measure) -> Select[Any]:
    pending = row.standing.in_(measure.pending)
    is_open = and_(row.kind == Kind.UNDERTAKING.value, pending)
    keeps, other_keeps = names(row.by, one), names(row.by, other)
    by = case((~is_open, ""), (and_(keeps, other_keeps), _ONE + _OTHER), (keeps, _ONE), (other_keeps, _OTHER), else_="")
    unheard = row.last_heard <= measure.heard
    asks_elsewhere = and_(row.refers_to.is_not(None), pending, or_(row.last_heard.is_(None), unheard))
    open_ended = and_(row.due.is_not(None), row.due_day.is_(None))
    alone = or_(row.last_told > measure.day, asks_elsewhere, open_ended)
    reasons = (
        and_(pending, row.due_day < measure.day),
        and_(pending, row.kind.not_in(measure.never_silent), unheard),
        row.disputed == 1,
        and_(row.confidence < measure.doubtful, row.confirmed == 0),
    )
    return select(
        key.label("id"),
        case((alone, ""), else_=row.kind + " " + row.standing + " " + by).label("group"),
        case((is_open, func.coalesce(row.due_day, _NO_DAY)), else_="").label("due"),
        row.told_day,
        sum((case((reason, 1 << bit), else_=0) for bit, reason in enumerate(reasons)), start=literal(0)).label("asks"),
    ).where(row.first_told <= measure.day)


def _chosen(rows: Sequence[Any], parties: tuple[str, str], depth: Depth) -> tuple[list[str], list[Further]]:
    """The ids of those that may be shown, and the others counted.

    Args:
        rows: of :func:`_keys`.
    """
    groups = defaultdict(list)
    for row in rows:
        groups[row[1]].append(row)
    ids = [row[0] for row in groups.pop("", ())]
    further = []
    for group, found in groups.items():
        kind, standing, by = group.split(" ")
        most = _most(Kind(kind), Standing(standing), depth, is_open=bool(found[0][2]))
        if most < len(found):
            found.sort(key=itemgetter(3), reverse=True)
            found.sort(key=itemgetter(2))
            last = found[most - 1][2:4]
            most = next((place for place in range(most, len(found)) if found[place][2:4] != last), len(found))
        ids += [row[0] for row in found[:most]]
        if rest := found[most:]:
            asking = Counter(map(itemgetter(4), rest))
            reasons = (sum(number for asks, number in asking.items() if asks >> bit & 1) for bit in range(4))
            keepers = tuple(party for party, name in zip(parties, (_ONE, _OTHER), strict=True) if name in by)
            further.append(Further(Kind(kind), Standing(standing), keepers, len(rest), *reasons))
    return ids, further


def _most(kind: Kind, standing: Standing, depth: Depth, *, is_open: bool) -> int:
    """How many of a group may be shown; open are promises that may still be kept."""
    if is_open:
        return depth.promises
    if kind is Kind.STATEMENT:
        return depth.statements
    if kind is not Kind.ENGAGEMENT:
        return depth.entries
    return sys.maxsize if standing is Standing.PROSPECTIVE else depth.engagements
