"""Calendar arithmetic on EDTF periods: points of day, month, season or year precision and ranges of them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_POINT = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time by its first and last point, each EDTF of its own precision ("2025", "2025-07")."""

    first: str
    last: str

    @property
    def edtf(self) -> str:
        """The period as EDTF: one point, or a range of two."""
        return self.first if self.first == self.last else f"{self.first}/{self.last}"


@dataclass(frozen=True, slots=True)
class Reference:
    """The day of publication, with unknown parts None; what relative times are counted from."""

    year: int
    month: int | None
    day: int | None

    @property
    def exact(self) -> date | None:
        """The day itself where it is known."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def middle(self) -> date:
        """A day to measure distances from: the day itself, else the middle of the month or year."""
        return date(self.year, self.month or 7, self.day or 15)


def reference(published: str | None) -> Reference | None:
    """The reference that an ISO date of any precision gives; None where there is none or it is no date."""
    match = _POINT.match((published or "")[:10])
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and (month is None or not valid_day(year, month, day)):
        return None
    return Reference(year, month, day)


def valid_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has such a day."""
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]


def point(year: int, month: int | None = None, day: int | None = None) -> str:
    """A point as EDTF, as precise as its parts."""
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def at(year: int, month: int | None = None, day: int | None = None) -> Period:
    """The period that one point names."""
    named = point(year, month, day)
    return Period(named, named)


def on(day: date) -> Period:
    """One day as a period."""
    return at(day.year, day.month, day.day)


def week_of(day: date) -> Period:
    """The week, Monday to Sunday, that a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday.isoformat(), (monday + timedelta(days=6)).isoformat())


def months_from(year: int, month: int, count: int) -> tuple[int, int]:
    """The year and month that lies ``count`` months after the given one (before, where negative)."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def shifted(day: date, count: int, unit: str) -> date:
    """The day ``count`` days, weeks, months or years later; the last day of the month where it has no such day."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    factor = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    year, month = months_from(day.year, day.month, count * factor)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def parts(year: int, first_month: int, last_month: int) -> Period:
    """A run of months within one year."""
    return Period(point(year, first_month), point(year, last_month))
