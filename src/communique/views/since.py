"""What changed between two days: what is new, what moved, what fell due."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from communique.model import Entry, Kind, Outline, Sketch
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

    new: tuple[Outline | Sketch, ...]
    moved: tuple[tuple[Outline | Sketch, str], ...]
    due: tuple[Outline | Sketch, ...]


def changes_since(
    entries: Iterable[Outline | Sketch],
    since: date,
    as_of: date,
    tell: Callable[[Sequence[str]], Iterable[Entry]],
) -> Changes:
    """What changed from ``since`` on, by documents and dates up to ``as_of``.

    Args:
        entries: as documents published up to ``as_of`` tell them.
        tell: gives those with these ids as whole entries, likewise.
    """
    concerned = [entry for entry in entries if entry.kind is not Kind.STATEMENT]
    eve = since - timedelta(days=1)
    limit = eve.isoformat()
    new = {entry.id for entry in concerned if entry.first_told > limit}
    stages: dict[str, tuple[str | None, str | None]] = {}
    for whole in tell([entry.id for entry in concerned if entry.first_told <= limit < entry.last_told]):
        before = told_by(whole, eve)
        if before is None:
            new.add(whole.id)
        else:
            stages[whole.id] = before.stage, whole.stage
    moved = []
    for entry in concerned:
        was, now = stages.get(entry.id, (None, None))
        if was != now and was is not None:
            moved.append((entry, was))
    overdue = (entry for entry in concerned if is_overdue(entry, as_of))
    due = [entry for entry in overdue if (day := due_by(entry)) is not None and day >= since]
    return Changes(new=tuple(e for e in concerned if e.id in new), moved=tuple(moved), due=tuple(due))


def of_interest(entries: Sequence[Outline | Sketch], changes: Changes) -> list[Outline | Sketch]:
    """The entries and those that only fell due: nothing was published about these, but the day passed."""
    known = {entry.id for entry in entries}
    return [*entries, *(entry for entry in changes.due if entry.id not in known)]
