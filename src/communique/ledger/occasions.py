"""Where engagements took place, as the ledger has it in words."""

import json
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from communique.ledger.portable import member
from communique.ledger.tables import entries
from communique.model import Standing

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


def occasions(connection: Connection, ids: Select[Any]) -> list[Occasion]:
    """The engagements that a query asks for, in order of their ids."""
    columns = entries.c.id, member(entries.c.fields, "place"), entries.c.parties, entries.c.standing, entries.c.date
    rows = connection.execute(select(*columns).where(entries.c.id.in_(ids)).order_by(entries.c.id)).all()
    return [
        Occasion(key, place, _names(parties), _STANDINGS[standing], date)
        for key, place, parties, standing, date in rows
    ]


@lru_cache(maxsize=65536)
def _names(parties: str) -> tuple[str, ...]:
    return tuple(json.loads(parties))
