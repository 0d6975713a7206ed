"""What a person has decided about entries: appended to the ledger, undone by a further decision, never lost."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Action(StrEnum):
    """What a decision does.

    ``confirm``: the entry that holds the record is right. ``reject``: the records are evidence of nothing and make
    no entry. ``set``: the entry that holds the record has this value of a field. ``same``: the records of both sides
    speak of one thing. ``different``: they don't. ``undo``: an earlier decision no longer holds.
    """

    CONFIRM = "confirm"
    REJECT = "reject"
    SET = "set"
    SAME = "same"
    DIFFERENT = "different"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision, tied to records and not to entries, so that it outlives every new derivation.

    Attributes:
        number: its place in the ledger, from 1.
        records: ids of the records that it is about; of ``reject`` all of the entry at that time, of ``same`` and
            ``different`` those of the first side.
        others: of ``same`` and ``different``, ids of the records of the second side.
        field: of ``set``, one of :func:`communique.model.settable_fields`.
        value: of ``set``, its value as plain JSON data.
        undoes: of ``undo``, the number of the decision that no longer holds.
        by: who decided.
        why: the grounds that were given, "" where none were.
        at: when, ISO 8601, UTC.
    """

    number: int
    action: Action
    records: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    field: str | None = None
    value: Any = None
    undoes: int | None = None
    by: str
    why: str
    at: str
