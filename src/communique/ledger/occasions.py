"""Where engagements took place, as the ledger has it in words."""

import json
from functools import lru_cache, partial
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from communique.ledger.listings import Wanted, entry_query
from communique.ledger.portable import member
from communique.ledger.tables import entries
from communique.model import Kind, Standing
from communique.model.edtf import bounds

_STANDINGS = {standing.value: standing for standing in Standing}


class Occasion(NamedTuple):
    """An engagement as far as a map needs it.

    Attributes:
        place: in the words of the documents; None where they tell none.
        date: EDTF.
    """

    id: str
    place: str | None
    parties: tuple[str, ...]
    standing: Standing
    date: str | None


_occasion = partial(tuple.__new__, Occasion)
"""An occasion of all its fields; quicker than by their names, of thousands."""


def occasions(connection: Connection, wanted: Wanted) -> list[Occasion]:
    """The engagements that are wanted, in order of their ids."""
    columns = entries.c.id, member(entries.c.fields, "place"), entries.c.parties, entries.c.standing, entries.c.date
    query = select(*columns).where(*_conditions(wanted)).order_by(entries.c.id)
    return [
        _occasion((key, place, _names(parties), _STANDINGS[standing], date))
        for key, place, parties, standing, date in connection.execute(query).all()
    ]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What is wanted of entries; where parties are not named, engagements alone are gone through."""
    if wanted.parties:
        return [entries.c.id.in_(entry_query(wanted._replace(kinds=(Kind.ENGAGEMENT,))))]
    found = [entries.c.kind == Kind.ENGAGEMENT.value]
    if wanted.since is not None:
        found.append(entries.c.last_day >= bounds(wanted.since)[0].isoformat())
    if wanted.until is not None:
        found.append(entries.c.first_day <= bounds(wanted.until)[1].isoformat())
    return found


@lru_cache(maxsize=65536)
def _names(parties: str) -> tuple[str, ...]:
    return tuple(json.loads(parties))
