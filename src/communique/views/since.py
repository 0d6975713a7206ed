"""What changed between two days: what is new, what moved, what fell due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from communique.model import Entry, Kind
from communique.resolve.promises import due_by, is_overdue
from communique.views.choosing import told_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Entries by what became of them since a day; statements are left out.

    Attributes:
        new: nothing had been published about them before that day.
        moved: they stood at another stage, with that stage.
        due: still open, and their date has passed since.
    """

    new: tuple[Entry, ...]
    moved: tuple[tuple[Entry, str], ...]
    due: tuple[Entry, ...]


def changes_since(entries: Iterable[Entry], since: date, as_of: date) -> Changes:
    """What changed from ``since`` on, by documents and dates up to ``as_of``.

    Args:
        entries: as documents published up to ``as_of`` tell them.
    """
    new, moved, due = [], [], []
    for entry in entries:
        if entry.kind is Kind.STATEMENT:
            continue
        before = told_by(entry, since - timedelta(days=1))
        if before is None:
            new.append(entry)
        elif before.stage != entry.stage and before.stage is not None:
            moved.append((entry, before.stage))
        if is_overdue(entry, as_of) and (day := due_by(entry)) is not None and day >= since:
            due.append(entry)
    return Changes(new=tuple(new), moved=tuple(moved), due=tuple(due))


def of_interest(entries: Sequence[Entry], changes: Changes) -> list[Entry]:
    """The entries and those that only fell due: nothing was published about these, but the day passed."""
    known = {entry.id for entry in entries}
    return [*entries, *(entry for entry in changes.due if entry.id not in known)]
