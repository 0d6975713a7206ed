"""Where engagements took place, as the ledger has it in words."""

import json
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from communique.ledger.tables import entries
from communique.model import Standing


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
    columns = entries.c.id, entries.c.fields, entries.c.parties, entries.c.standing, entries.c.date
    rows = connection.execute(select(*columns).where(entries.c.id.in_(ids)).order_by(entries.c.id)).all()
    return [
        Occasion(key, json.loads(fields).get("place"), tuple(json.loads(parties)), Standing(standing), date)
        for key, fields, parties, standing, date in rows
    ]
