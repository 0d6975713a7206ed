"""How a promise fares: how firmly it was given over time, whether its day has passed, and how long nothing was heard.

All are functions of an entry and a day, so that nothing stored grows old.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from communique.model import Entry, Kind, Outline, Report, Sketch, Standing, Undertaking
from communique.resolve.claims import days

PENDING = (Standing.PROSPECTIVE, Standing.UNDER_WAY, Standing.STALLED)
"""Standings of what may still come about."""
NEVER_SILENT = (Kind.STATEMENT, Kind.ENGAGEMENT)
"""Kinds of which nothing more has to be heard: words are said once, and an occasion has its day."""


def strength_changes(reports: Sequence[Report]) -> tuple[tuple[str, str | None], ...]:
    """How firmly a promise was given, from first to last, each strength with the date of publication it changed on.

    Args:
        reports: of one entry; the answer is empty for all kinds but undertakings.
    """
    told = [(r.source.published or "~", r.source.published, r.record) for r in reports]
    found: list[tuple[str, str | None]] = []
    for _, published, record in sorted(told, key=lambda each: each[0]):
        if isinstance(record, Undertaking) and (not found or found[-1][0] != record.strength.value):
            found.append((record.strength.value, published))
    return tuple(found)


def due_by(entry: Entry | Outline | Sketch) -> date | None:
    """The last day on which the thing is to have come about: a due date, or the day of a planned engagement."""
    if not isinstance(entry, Entry):
        return date.fromisoformat(entry.due_day) if entry.due_day else None
    if entry.kind is Kind.UNDERTAKING:
        when = days(entry.fields.get("due"))
    else:
        when = days(entry.date) if entry.kind is Kind.ENGAGEMENT else None
    return None if when is None or when[1] == date.max else when[1]


def is_overdue(entry: Entry | Outline | Sketch, day: date) -> bool:
    """Whether something still pending should have come about before the day."""
    if not isinstance(entry, Entry):  # of most of thousands there is nothing more to be asked
        return entry.due_day is not None and entry.due_day < day.isoformat() and entry.standing in PENDING
    return entry.standing in PENDING and (last := due_by(entry)) is not None and last < day


def last_heard(entry: Entry | Outline | Sketch, day: date) -> date | None:
    """The last day, up to this one, on which a document told of the entry; None if none with a date did.

    Args:
        entry: in outline, all of its reports were published up to the day.
    """
    if not isinstance(entry, Entry):
        return min(day, date.fromisoformat(entry.last_heard)) if entry.last_heard else None
    told = [when[1] for report in entry.history if (when := days(report.source.published)) and when[0] <= day]
    return min(day, max(told)) if told else None


def silent_since(
    entry: Entry | Outline | Sketch, day: date, months: int, about: Entry | Outline | Sketch | None = None
) -> date | None:
    """The day on which something still pending was last heard of, if that is so many months before ``day``; else None.

    Args:
        about: the entry that a promise refers to: news of it are news of the promise.
    """
    if entry.standing not in PENDING or entry.kind in NEVER_SILENT:
        return None
    if not isinstance(entry, Entry) and entry.last_heard and entry.last_heard > _heard_until(day, months):
        return None
    heard = [when for each in (entry, about) if each is not None and (when := last_heard(each, day))]
    return max(heard) if heard and _months_between(max(heard), day) >= months else None


def heard_until(day: date, months: int) -> date:
    """The last day that lies so many months before a day: what was last heard of by then is silent."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=16)
def _heard_until(day: date, months: int) -> str:
    return heard_until(day, months).isoformat()


def _months_between(first: date, last: date) -> int:
    """Whole calendar months from one day to another."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
