"""What a timeline of two parties shows of thousands of entries: those with the latest news of a period."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from communique.ledger.pairs import about_pair, of_pair, only_theirs, telling_both
from communique.ledger.portable import listed
from communique.ledger.tables import asides, pair_sketches
from communique.model import Kind


class Period(NamedTuple):
    """What a timeline shows.

    Attributes:
        day: ISO 8601; of later documents nothing is known.
        first, last: ISO 8601; what was first told of from the one to the other comes before anything else.
        bounded: whether what has no stage from the first day on is left out.
    """

    day: str
    first: str
    last: str
    bounded: bool


class Placed(NamedTuple):
    """An entry as timelines put it in order, the greatest first.

    Attributes:
        within: whether it was first told of in the period: then it surely has a stage there, as others may.
    """

    within: bool
    last_told: str
    id: str


class Lanes(NamedTuple):
    """What a timeline is chosen from.

    Attributes:
        placed: the first by their order, and all promises that are told beside.
        within: how many there are of the first told of in the period, among these and others.
        parted: ids of entries of any kind that later documents tell otherwise, among which none of the others is.
    """

    placed: list[Placed]
    within: int
    parted: set[str]


def lanes(connection: Connection, one: str, other: str, period: Period, kinds: Collection[Kind], number: int) -> Lanes:
    """So many entries of some kinds that two parties have between them, those with the latest news first."""
    joined = _placed(pair_sketches.c, pair_sketches.c.id, period).where(
        *of_pair(one, other), pair_sketches.c.kind.in_([kind.value for kind in kinds])
    )
    foremost = joined.order_by(*(column.desc() for column in joined.selected_columns)).limit(number)
    rows = connection.execute(foremost).all()
    counted = joined.subquery()
    within = connection.execute(select(func.coalesce(func.sum(counted.c.within), 0))).scalar_one()
    telling = {key: number for key, day, number in telling_both(connection, one, other) if day <= period.day}
    theirs = (
        asides.c.document_id.in_(listed(about_pair(connection, telling, one, other))),
        asides.c.kind == Kind.UNDERTAKING.value,
        asides.c.parties.in_(only_theirs(one, other)),
    )
    promised = connection.execute(_placed(asides.c, asides.c.entry_id, period).where(*theirs).distinct()).all()
    later = pair_sketches.c.first_told <= period.day, pair_sketches.c.last_told > period.day
    parted = set(connection.execute(select(pair_sketches.c.id).where(*of_pair(one, other), *later)).scalars())
    beside = select(asides.c.entry_id).where(*theirs, asides.c.last_told > period.day)
    parted.update(connection.execute(beside).scalars())
    return Lanes(
        [Placed(bool(row[0]), *row[1:]) for row in (*rows, *promised)],
        within + sum(row.within for row in promised),
        parted,
    )


def _placed(row: Any, key: ColumnElement[str], period: Period) -> Select[Any]:
    """How entries are placed that no later document tells otherwise."""
    within = and_(row.first_told >= period.first, row.first_told <= period.last)
    query = select(case((within, 1), else_=0).label("within"), row.last_told, key.label("id"))
    query = query.where(row.first_told <= period.day, row.last_told <= period.day)
    if not period.bounded:
        return query
    return query.where(or_(*(day >= period.first for day in (row.last_told, row.told_day, row.due_day))))
