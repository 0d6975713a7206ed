"""What pairs of parties have between them, counted in the database."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, or_, select, tuple_

from communique.ledger.tables import outlines, pair_sketches
from communique.model import Kind, Standing

_about = outlines.alias("about")


class Measure(NamedTuple):
    """What entries are held against.

    Attributes:
        day: ISO 8601; of later documents nothing is known, and what was to come about before is overdue.
        heard: what is open and was last heard of on this day or before is silent.
        doubtful: below this confidence an entry is doubtful.
        pending: the standings of what may still come about.
        never_silent: kinds of which nothing more has to be heard.
    """

    day: str
    heard: str
    doubtful: float
    pending: tuple[Standing, ...]
    never_silent: tuple[Kind, ...]


class Tally(NamedTuple):
    """How many entries of one standing two parties have between them, statements apart.

    Attributes:
        last_heard: the last day on which a document told of any of them.
    """

    parties: frozenset[str]
    standing: Standing
    entries: int
    overdue: int
    silent: int
    disputed: int
    doubtful: int
    last_heard: str | None


def tallies(
    connection: Connection, pairs: Iterable[tuple[str, str]], measure: Measure
) -> tuple[Sequence[Tally], set[str]]:
    """The entries of pairs by their standings; and ids of those that later documents tell otherwise, not counted."""
    found: list[Tally] = []
    apart: set[str] = set()
    told_later = or_(
        pair_sketches.c.last_told > measure.day,
        and_(_about.c.first_told <= measure.day, _about.c.last_told > measure.day),
    )
    parted = func.coalesce(told_later, false())
    two = pair_sketches.c.one, pair_sketches.c.other
    of_pairs = and_(
        tuple_(*two).in_(sorted({(min(pair), max(pair)) for pair in pairs})),
        pair_sketches.c.kind != Kind.STATEMENT.value,
        pair_sketches.c.first_told <= measure.day,
    )
    linked = pair_sketches.outerjoin(_about, _about.c.id == pair_sketches.c.refers_to)
    query = select(*two, pair_sketches.c.standing, *_counts(measure)).select_from(linked).where(of_pairs, ~parted)
    for row in connection.execute(query.group_by(*two, pair_sketches.c.standing)).all():
        found.append(Tally(frozenset(row[:2]), Standing(row[2]), *row[3:]))
    apart.update(connection.execute(select(pair_sketches.c.id).select_from(linked).where(of_pairs, parted)).scalars())
    return found, apart


def _counts(measure: Measure) -> tuple[ColumnElement[Any], ...]:
    sketch = pair_sketches.c
    pending = sketch.standing.in_(measure.pending)
    unheard = and_(
        or_(sketch.last_heard.is_(None), sketch.last_heard <= measure.heard),
        or_(
            _about.c.id.is_(None),
            _about.c.first_told > measure.day,
            _about.c.last_heard.is_(None),
            _about.c.last_heard <= measure.heard,
        ),
        or_(sketch.last_heard.is_not(None), and_(_about.c.first_told <= measure.day, _about.c.last_heard.is_not(None))),
    )
    return (
        func.count(),
        _number(and_(pending, sketch.due_day < measure.day)),
        _number(and_(pending, sketch.kind.not_in(measure.never_silent), unheard)),
        func.sum(sketch.disputed),
        _number(and_(sketch.confidence < measure.doubtful, sketch.confirmed == 0)),
        func.max(sketch.last_heard),
    )


def _number(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))
