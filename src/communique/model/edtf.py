"""Dates as records carry them: EDTF level 1 strings, read as ranges of days.

Understood are years, months and days (``2025``, ``2025-07``, ``2025-07-01``), seasons
(``2023-23``, northern, by whole months: 21 spring from March, 22 summer from June, 23 autumn from
September, 24 winter from December into the next year), intervals of these (``2025-07/2025-12``),
intervals that are open or unknown at one end (``../2030``, ``2030/..``, ``/2030``), unspecified
digits from the right (``202X``, ``2025-XX``, ``2025-07-XX``) and the qualifiers ``?``, ``~``, ``%``,
which change no bound. Years run from 0001 to 9999. Source: the EDTF specification of the Library
of Congress, https://www.loc.gov/standards/datetime/ (levels 0 and 1).
"""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?[?~%]?", re.ASCII)
_OPEN = ("..", "")
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
_SEASON_MONTHS = 3


@lru_cache(maxsize=65536)
def bounds(edtf: str) -> tuple[date, date]:
    """The first and the last day, both inclusive, that the date may mean.

    An open or unknown end is ``date.min`` or ``date.max``.

    Raises:
        ValueError: the string is no date of the form understood here, names a day that does not
            exist, or an interval that ends before it starts.
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _point(edtf)
    if first in _OPEN and last in _OPEN:
        raise ValueError(f"an interval needs at least one end: {edtf!r}")
    start = date.min if first in _OPEN else _point(first)[0]
    end = date.max if last in _OPEN else _point(last)[1]
    if start > end:
        raise ValueError(f"the interval ends before it starts: {edtf!r}")
    return start, end


def is_valid(edtf: str) -> bool:
    """Whether :func:`bounds` can read the string."""
    try:
        bounds(edtf)
    except ValueError:
        return False
    return True


def overlap(one: str, other: str) -> bool:
    """Whether the two dates may mean a common day."""
    return gap(one, other) == 0


def contains(outer: str, inner: str) -> bool:
    """Whether every day that ``inner`` may mean is one that ``outer`` may mean."""
    first, last = bounds(outer)
    inner_first, inner_last = bounds(inner)
    return first <= inner_first and inner_last <= last


def gap(one: str, other: str) -> int:
    """Days between the two dates at their closest; 0 where they overlap, 1 for neighbouring days."""
    first, last = bounds(one)
    other_first, other_last = bounds(other)
    return max(0, (other_first - last).days, (first - other_last).days)


def width(edtf: str) -> int:
    """How many days the date may mean: 1 for a day; the smaller, the more specific."""
    first, last = bounds(edtf)
    return (last - first).days + 1


def sort_key(edtf: str | None) -> tuple[date, date]:
    """A key that orders dates by when they begin, wider ones after narrower ones.

    A date with an open beginning ("by 2030") goes by its end; None goes after all dates.
    """
    if edtf is None:
        return date.max, date.max
    first, last = bounds(edtf)
    return (last, last) if first == date.min else (first, last)


def _point(text: str) -> tuple[date, date]:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(f"no EDTF date: {text!r}")
    year, month, day = match.groups()
    if "X" in year:
        if month is not None:
            raise ValueError(f"digits may be unspecified only at the right: {text!r}")
        return date(max(1, int(year.replace("X", "0"))), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    if month is None or month == "XX":
        if day is not None and day != "XX":
            raise ValueError(f"digits may be unspecified only at the right: {text!r}")
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if int(month) in _SEASONS and day is None:
        return _season(int(year), _SEASONS[int(month)])
    if day is None or day == "XX":
        return _month(int(year), int(month))
    exact = date(int(year), int(month), int(day))
    return exact, exact


def _month(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, date(year, month, calendar.monthrange(year, month)[1])


def _season(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    if year == date.max.year and month + _SEASON_MONTHS > 12:
        return first, date.max
    _, last = _month(year + (month + 1) // 12, (month + 1) % 12 + 1)
    return first, last


def shift(day: date, days: int) -> date:
    """The day that lies so many days later (or earlier), kept within the calendar."""
    reach = (date.max - day).days if days > 0 else (date.min - day).days
    return day + timedelta(days=min(days, reach) if days > 0 else max(days, reach))
