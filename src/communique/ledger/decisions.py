"""The decisions of a ledger as they were made, and which of them hold."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from communique.ledger.tables import decisions
from communique.model import Action, Decision


def read_decisions(connection: Connection) -> list[Decision]:
    """All decisions that were ever made, in order."""
    return [decision_of(row) for row in connection.execute(select(decisions).order_by(decisions.c.number))]


def undone(made: Iterable[Decision]) -> dict[int, int]:
    """The decisions that hold no more, each with the number of the one that undid it.

    A decision to undo can be undone in turn; then the first one holds again.
    """
    found: dict[int, int] = {}
    for decision in sorted(made, key=lambda one: -one.number):
        if decision.undoes is not None and decision.number not in found:
            found[decision.undoes] = decision.number
    return found


def holding(made: Iterable[Decision]) -> list[Decision]:
    """Those that hold, without those that only undo others."""
    every = list(made)
    gone = undone(every)
    return [one for one in every if one.number not in gone and one.action is not Action.UNDO]


def decision_of(row: Any) -> Decision:
    """The decision that stands in a row."""
    return Decision(
        number=row.number,
        action=Action(row.action),
        records=tuple(json.loads(row.records)),
        others=tuple(json.loads(row.others)),
        field=row.field,
        value=None if row.value is None else json.loads(row.value),
        undoes=row.undoes,
        by=row.by,
        why=row.why,
        at=row.at,
    )
