"""What pairs of parties have between them, counted in the database."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, or_, select, tuple_

from communique.ledger.tables import outlines, pair_sketches, pair_versions, party_pairs
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
    sketch = pair_sketches.c
    linked = (
        party_pairs.join(pair_sketches, and_(sketch.one == party_pairs.c.one, sketch.other == party_pairs.c.other))
    ).outerjoin(_about, _about.c.id == sketch.refers_to)
    of_pairs = and_(
        # of the pairs and not of their many entries, so that these are looked up one pair after the other
        tuple_(party_pairs.c.one, party_pairs.c.other).in_(sorted({(min(pair), max(pair)) for pair in pairs})),
        sketch.kind != Kind.STATEMENT.value,
        sketch.first_told <= measure.day,
    )
    told_later = or_(
        sketch.last_told > measure.day, and_(_about.c.first_told <= measure.day, _about.c.last_told > measure.day)
    )
    parted = func.coalesce(told_later, false())
    each = party_pairs.c.one, party_pairs.c.other, sketch.standing
    query = select(*each, *_counts(measure, ~parted), _number(parted)).select_from(linked).where(of_pairs)
    rows = connection.execute(query.group_by(*each)).all()
    found = [Tally(frozenset(row[:2]), Standing(row[2]), *row[3:-1]) for row in rows if row[3]]
    if not any(row[-1] for row in rows):
        return found, set()
    return found, set(connection.execute(select(sketch.id).select_from(linked).where(of_pairs, parted)).scalars())


def pair_numbers(connection: Connection, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """For each of these pairs a number that changes whenever anything does that it has between it."""
    query = select(pair_versions).where(
        tuple_(pair_versions.c.one, pair_versions.c.other).in_(sorted({(min(pair), max(pair)) for pair in pairs}))
    )
    known = {(one, other): number for one, other, number in connection.execute(query).all()}
    return {pair: known.get((min(pair), max(pair)), 0) for pair in pairs}


def _counts(measure: Measure, counted: ColumnElement[bool]) -> tuple[ColumnElement[Any], ...]:
    """The numbers of a tally, of the entries that are counted."""
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
        _number(counted),
        _number(and_(counted, pending, sketch.due_day < measure.day)),
        _number(and_(counted, pending, sketch.kind.not_in(measure.never_silent), unheard)),
        _number(and_(counted, sketch.disputed == 1)),
        _number(and_(counted, sketch.confidence < measure.doubtful, sketch.confirmed == 0)),
        func.max(case((counted, sketch.last_heard))),
    )


def _number(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))
