"""Who deals with whom: entries counted for each two parties and kind, over a period."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from communique.ledger.tables import pair_sketches, tellings
from communique.model import Kind

_KINDS = {kind.value: (number, kind) for number, kind in enumerate(Kind)}


class Dealing(NamedTuple):
    """How many entries of one kind two parties have between them.

    Attributes:
        one, other: the parties, the first by name first.
        last_day: the last day that any of them is placed on, ISO 8601; empty where none has a date.
    """

    one: str
    other: str
    kind: Kind
    entries: int
    last_day: str


def dealings(
    connection: Connection,
    *,
    since: date | None = None,
    until: date | None = None,
    kinds: Collection[Kind] = (),
    party: str | None = None,
) -> list[Dealing]:
    """What each two parties have between them, in order of the parties and then as :class:`Kind` lists them.

    Args:
        since: only entries whose own day, else that of their latest report, is this one or later.
        until: likewise, this one or earlier.
        kinds: only these; all for none.
        party: only pairs of this one.
    """
    sketch = pair_sketches.c
    query = select(sketch.one, sketch.other, sketch.kind, func.count(), func.max(sketch.told_day))
    if since is not None:
        query = query.where(sketch.told_day >= since.isoformat())
    if until is not None:
        query = query.where(sketch.told_day <= until.isoformat(), sketch.told_day != "")
    if kinds:
        query = query.where(sketch.kind.in_([kind.value for kind in kinds]))
    if party is not None:
        query = query.where(or_(sketch.one == party, sketch.other == party))
    rows = connection.execute(query.group_by(sketch.one, sketch.other, sketch.kind)).all()
    found = [(one, other, *_KINDS[kind], entries, last or "") for one, other, kind, entries, last in rows]
    return [Dealing(one, other, kind, entries, last) for one, other, _, kind, entries, last in sorted(found)]


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
    return [day for day in connection.execute(query).scalars().all() if day and len(day) == len("2025-10-31")]
