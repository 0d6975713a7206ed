"""Entries as lists narrow and order them: one small row for each entry, and one for each of its parties."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select

from communique.ledger.portable import listed
from communique.ledger.tables import actors, entry_parties, listings
from communique.model import Entry, Kind, Outline, Standing
from communique.model.edtf import bounds, is_valid

EVERYBODY = ""
"""The party under which each entry is listed once, whoever takes part."""
_PENDING = [standing.value for standing in (Standing.PROSPECTIVE, Standing.UNDER_WAY, Standing.STALLED)]


class Wanted(NamedTuple):
    """What entries of a list have in common; nothing where all are wanted.

    Attributes:
        parties: all of them take part.
        kinds: it has one of these.
        since: the entry's own day, else that of its latest report, is not wholly before it; ISO 8601.
        until: likewise, not wholly after it.
    """

    parties: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    stage: str | None = None
    standing: Standing | None = None
    since: str | None = None
    until: str | None = None


def seen(entry: Entry) -> tuple[str | None, str | None]:
    """The first days of the earliest and the latest report of an entry, ISO 8601; None where none is dated."""
    days = [bounds(r.ordered_by)[0].isoformat() for r in entry.history if r.ordered_by and is_valid(r.ordered_by)]
    return min(days, default=None), max(days, default=None)


def listing_rows(entry: Entry, outline: Outline, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of an entry.

    Args:
        row: as it stands in ``entries``.
    """
    first, last = seen(entry)
    told = {
        "entry_id": entry.id,
        # a blank sorts before whatever else may follow in a date
        "news": f"{outline.last_told} {outline.told_on or ''}",
        "due_day": outline.due_day,
        "first_seen": first,
        "last_seen": last,
        **{name: row[name] for name in ("kind", "standing", "stage", "first_day", "last_day")},
    }
    for party in (EVERYBODY, *dict.fromkeys(entry.parties)):
        yield {"party": party, **told}


def list_ids(connection: Connection, wanted: Wanted, limit: int, offset: int) -> tuple[int, list[str]]:
    """How many entries there are of those wanted, and the ids of some of them, those with the latest news first."""
    chosen = entry_query(_fewest_first(connection, wanted))
    total = connection.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
    order = chosen.order_by(listings.c.news.desc(), listings.c.entry_id).limit(limit).offset(offset)
    return total, list(connection.execute(order).scalars())


def in_order(connection: Connection, ids: Collection[str], limit: int, offset: int) -> list[str]:
    """Some of these entries' ids, those with the latest news first."""
    # all rows of an entry have the same news; with one party's alone, the list of everything would be gone through
    query = select(listings.c.entry_id, listings.c.news).where(listings.c.entry_id.in_(listed(ids))).distinct()
    order = query.order_by(listings.c.news.desc(), listings.c.entry_id).limit(limit).offset(offset)
    return list(connection.execute(order).scalars())


def list_due(
    connection: Connection,
    parties: Collection[str],
    *,
    since: str | None = None,
    before: str | None = None,
    latest_first: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[int, list[str]]:
    """What has not come about and has a day by which it is to: how many, and the ids of some in order of days.

    Args:
        since, before: only what is due on that day or later, or before that day; ISO 8601.
    """
    row = listings.c
    chosen = entry_query(_fewest_first(connection, Wanted(parties=tuple(parties))))
    chosen = chosen.where(row.due_day.is_not(None), row.standing.in_(_PENDING))
    if since is not None:
        chosen = chosen.where(row.due_day >= since)
    if before is not None:
        chosen = chosen.where(row.due_day < before)
    total = connection.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
    order = chosen.order_by(row.due_day.desc() if latest_first else row.due_day, row.entry_id)
    return total, list(connection.execute(order.limit(limit).offset(offset)).scalars())


def entry_query(wanted: Wanted) -> Select[Any]:
    """A query for the ids of the entries that are wanted, looked for among those of the first party."""
    row = listings.c
    first, *others = dict.fromkeys(wanted.parties or (EVERYBODY,))
    query = select(row.entry_id).where(row.party == first)
    for party in others:
        taking_part = entry_parties.alias()
        query = query.where(
            select(taking_part.c.party)
            .where(taking_part.c.entry_id == row.entry_id, taking_part.c.party == party)
            .exists()
        )
    if wanted.kinds:
        query = query.where(row.kind.in_([kind.value for kind in wanted.kinds]))
    if wanted.stage is not None:
        query = query.where(row.stage == wanted.stage)
    if wanted.standing is not None:
        query = query.where(row.standing == wanted.standing.value)
    if wanted.since is not None:
        query = query.where(row.last_day >= bounds(wanted.since)[0].isoformat())
    if wanted.until is not None:
        query = query.where(row.first_day <= bounds(wanted.until)[1].isoformat())
    return query


def _fewest_first(connection: Connection, wanted: Wanted) -> Wanted:
    """The same, the party first that takes part in fewest entries."""
    if len(wanted.parties) < 2:
        return wanted
    query = select(actors.c.name, actors.c.entries).where(actors.c.name.in_(wanted.parties), actors.c.kind != "person")
    known = {row.name: row.entries for row in connection.execute(query)}
    return wanted._replace(parties=tuple(sorted(wanted.parties, key=lambda party: (known.get(party, 0), party))))
