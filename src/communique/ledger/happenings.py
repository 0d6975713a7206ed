"""What happened to entries, as digests tell it: by days, and in the order in which a reader wants to know of it."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select

from communique.ledger.portable import listed
from communique.ledger.shapes import Change
from communique.ledger.tables import changes, happenings, outlines
from communique.model import Entry, Kind

RANKS = ("fulfilled", "stage", "disputed", "new", "field", "joined", "parted", "gone")
"""What may happen to an entry, by how much a reader wants to know of it."""
_LINES = RANKS[:4]
"""What is told of in a line, besides fields of which another value is news."""
_NEWS = ("date", "due", "value", "items", "supplier", "recipient", "place")
KINDS = (Kind.AGREEMENT, Kind.TRANSFER, Kind.ENGAGEMENT, Kind.INITIATIVE, Kind.UNDERTAKING, Kind.STATEMENT)
"""The kinds of entries, likewise; the last one is told of in no line, and nor is what there is no more of."""
_RANK = {what: number for number, what in enumerate(RANKS)}
_KIND = {kind.value: number for number, kind in enumerate(KINDS)}
_DAY = len("2025-10-31")
NEW_IN_WEEK, NEW_ON_DAY, AGAIN = 0, 1, 2
"""Whether the same happened to the same entry before: neither in that week nor on that day, not on that day, or so."""


def follow_happenings(
    connection: Connection, found: Iterable[Change], before: Iterable[Entry], after: Iterable[Entry]
) -> None:
    """Keep what has just been appended to the log, and all that happened to entries whose parties are others now
    or that are there no more, or again.

    Args:
        before, after: the entries that a derivation may have touched, as they were and are.
    """
    had, have = ({entry.id: entry.parties for entry in entries} for entries in (before, after))
    # an entry may also be there again that another one had taken in, of which the log tells under that other one's id
    moved = {id_ for id_ in had.keys() | have.keys() if had.get(id_) != have.get(id_)}
    ids = moved.union(change.entry_id for change in found)
    if ids:
        connection.execute(delete(happenings).where(happenings.c.entry_id.in_(listed(ids))))
        _insert(connection, ids)


def keep_happenings(connection: Connection) -> None:
    """Keep everything anew."""
    connection.execute(delete(happenings))
    _insert(connection, None)


def happening_rows(connection: Connection, ids: Collection[str] | None = None) -> Iterator[Mapping[str, Any]]:
    """The rows of what happened to these entries; to all for None."""
    for entry_id, own in groupby(connection.execute(_logged(ids)), lambda row: row.entry_id):
        seen = set[tuple[str, object]]()
        for row in own:
            day = row.at[:_DAY]
            one, other = _pair(row.parties or "[]")
            in_week, on_day = (row.what, _week(day)), (row.what, day)
            yield {
                "day": day,
                "one": one,
                "other": other,
                "rank": _RANK[row.what],
                "parties": row.parties or "",
                "kind": _KIND.get(row.kind, len(KINDS)),
                "number": row.number,
                "entry_id": entry_id,
                "again": AGAIN if on_day in seen else NEW_ON_DAY if in_week in seen else NEW_IN_WEEK,
                "in_line": int(_is_told(row.what, row.field) and row.kind not in (None, Kind.STATEMENT.value)),
            }
            seen |= {in_week, on_day}


def _logged(ids: Collection[str] | None) -> Select[Any]:
    told = changes.c.number, changes.c.at, changes.c.entry_id, changes.c.what, changes.c.field
    query = select(*told, outlines.c.parties, outlines.c.kind)
    query = query.select_from(changes.outerjoin(outlines, outlines.c.id == changes.c.entry_id))
    query = query.order_by(changes.c.entry_id, changes.c.number)
    return query if ids is None else query.where(changes.c.entry_id.in_(listed(ids)))


def _insert(connection: Connection, ids: Collection[str] | None) -> None:
    rows: Sequence[Mapping[str, Any]] = list(happening_rows(connection, ids))
    if rows:
        connection.execute(insert(happenings), rows)


def _is_told(what: str, field: str | None) -> bool:
    return what in _LINES or (what == "field" and field in _NEWS)


@lru_cache(maxsize=65536)
def _pair(parties: str) -> tuple[str, str]:
    """The two parties, in order of their names; no words for both where there are more, fewer or none."""
    names = sorted(set(json.loads(parties)))
    return (names[0], names[1]) if len(names) == 2 else ("", "")


@lru_cache(maxsize=1024)
def _week(day: str) -> tuple[int, int]:
    return date.fromisoformat(day).isocalendar()[:2]
