"""What a person has decided about entries: appended to the ledger, undone by a further decision, never lost."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Action(StrEnum):
    """What a decision does.

    ``confirm``: the entry that holds the record is right. ``reject``: the records are evidence of nothing and make
    no entry. ``set``: the entry that holds the record has this value of a field. ``same``: the records of both sides
    speak of one thing, or two names mean one actor. ``different``: they don't. ``undo``: an earlier decision no longer
    holds.
    """

    CONFIRM = "confirm"
    REJECT = "reject"
    SET = "set"
    SAME = "same"
    DIFFERENT = "different"
    UNDO = "undo"


PEOPLE, PARTIES = "people", "parties"
ON_ACTORS = (PEOPLE, PARTIES)
"""What ``field`` of a decision on actors tells: whether these are people, or states and organisations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision, tied to records and not to entries, so that it outlives every new derivation.

    One on actors (``same`` and ``different`` with a ``field``) is tied to their names. Where one name stands for two,
    ``records`` are those in whose documents it means the second of the names.

    Attributes:
        number: its place in the ledger, from 1.
        records: ids of the records that it is about; of ``reject`` all of the entry at that time, of ``same`` and
            ``different`` those of the first side.
        others: of ``same`` and ``different``, ids of the records of the second side.
        field: of ``set``, one of :func:`communique.model.settable_fields`; on actors, one of :data:`ON_ACTORS`.
        value: of ``set``, its value as plain JSON data; on actors an object with their ``names``, the one that they go
            by together first, and with ``parties``, for which the second one acts and the first one does not.
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

    @property
    def is_on_actors(self) -> bool:
        """Whether it is about actors, and not about entries."""
        return self.action in (Action.SAME, Action.DIFFERENT) and self.field is not None
