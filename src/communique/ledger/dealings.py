"""Who deals with whom: entries counted for each two parties and kind, over a period."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, date
from operator import add
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, case, func, literal, or_, select

from communique.ledger.tables import pair_sketches, pair_years, tellings
from communique.model import Kind

_KINDS = tuple(Kind)


class Tie(NamedTuple):
    """What two parties have between them.

    Attributes:
        parties: the first by name first.
        kinds: how many entries of each kind, in the order of kinds; those that there are none of are left out.
        last_day: the last day that any of them is placed on, ISO 8601; empty where none has a date.
        entries: how many entries of all kinds.
    """

    parties: tuple[str, str]
    kinds: dict[Kind, int]
    last_day: str
    entries: int


def ties(
    connection: Connection,
    *,
    since: date | None = None,
    until: date | None = None,
    kinds: Collection[Kind] = (),
    party: str | None = None,
    least: int = 1,
) -> list[Tie]:
    """What each two parties have between them, those that have most first.

    Args:
        since: only entries whose own day, else that of their latest report, is this one or later.
        until: likewise, this one or earlier.
        kinds: only these; all for none.
        party: only pairs of this one.
        least: pairs with fewer entries are left out.
    """
    found: dict[tuple[str, str], Sequence[Any]] = {}
    for query in _parts(since, until, tuple(kinds), party):
        counted = connection.execute(query).all()
        rows: dict[tuple[str, str], Sequence[Any]] = {(one, other): counts for one, other, *counts in counted}
        both = {pair: _together(found[pair], rows[pair]) for pair in found.keys() & rows.keys()}
        found = {**found, **rows, **both} if found else rows
    order = sorted([(-own[0], pair) for pair, own in found.items() if own[0] >= least])
    return [
        Tie(pair, {kind: number for kind, number in zip(_KINDS, own[2:], strict=True) if number}, own[1], own[0])
        for _, pair in order
        if (own := found[pair])
    ]


def _parts(since: date | None, until: date | None, kinds: Sequence[Kind], party: str | None) -> Iterator[Select[Any]]:
    """Queries that count what is in a period, each once: its whole years, and what it has of others day by day."""
    year, day = pair_years.c.year, pair_sketches.c.told_day
    first = since.year + (since.isoformat() > f"{since.year:04}-01-01") if since else MINYEAR
    last = until.year - (until.isoformat() < f"{until.year:04}-12-31") if until else MAXYEAR
    if first <= last:
        whole = [year >= f"{first:04}"] if since else []
        whole += [year <= f"{last:04}", year != ""] if until else []
        yield _counted(pair_years, pair_years.c.entries, pair_years.c.last_day, whole, kinds, party)
    spans = []
    if since and until and first > last + 1:  # within one year, or of no day at all
        spans = [(since.isoformat(), until.isoformat())]
    else:
        if since and since.year < first:
            spans.append((since.isoformat(), f"{since.year:04}-12-31"))
        if until and until.year > last:
            spans.append((f"{until.year:04}-01-01", until.isoformat()))
    for span in spans:
        yield _counted(pair_sketches, literal(1), day, [day >= span[0], day <= span[1]], kinds, party)


def _counted(
    table: Table,
    number: ColumnElement[int],
    day: ColumnElement[str],
    conditions: Sequence[ColumnElement[bool]],
    kinds: Sequence[Kind],
    party: str | None,
) -> Select[Any]:
    """How many entries the rows of each two parties stand for, the last day, and how many there are of each kind."""
    row = table.c
    each = (func.sum(case((row.kind == kind.value, number), else_=0)) for kind in _KINDS)
    query = select(row.one, row.other, func.sum(number), func.max(day), *each).where(*conditions)
    if kinds:
        query = query.where(row.kind.in_([kind.value for kind in kinds]))
    if party is not None:
        query = query.where(or_(row.one == party, row.other == party))
    return query.group_by(row.one, row.other)


def _together(known: Sequence[Any], further: Sequence[Any]) -> tuple[Any, ...]:
    """Counts of two parts of a period as those of both."""
    (entries, last, *kinds), (more, later, *others) = known, further
    return entries + more, max(last, later), *map(add, kinds, others)


def days_told(connection: Connection, one: str, other: str) -> list[str]:
    """The days on which documents were published that tell of entries of both parties, ISO 8601, in order."""
    first, second = sorted((one, other))
    query = (
        select(tellings.c.published)
        .distinct()
        .join(pair_sketches, pair_sketches.c.id == tellings.c.entry_id)
        .where(pair_sketches.c.one == first, pair_sketches.c.other == second)
        .order_by(tellings.c.published)
    )
    return whole_days(connection.execute(query).scalars().all())


def whole_days(published: Iterable[str]) -> list[str]:
    """Those days of publication that are known to the day, each once and in order."""
    return sorted({day for day in published if len(day) == len("2025-10-31")})
