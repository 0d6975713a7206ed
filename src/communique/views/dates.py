"""Dates as a reader meets them: EDTF in words, on a page's order, and held against a day."""

import re
from datetime import date, timedelta

from communique.model import edtf

_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_SEASON = re.compile(r"(\d{4})-(2[1-4])[~?%]?")
_OPEN = ("..", "")
_MONTH, _DAY = len("2025-10"), len("2025-10-31")


def in_words(text: str) -> str:
    """The date for a reader: days and months stay as they are, intervals and seasons become words."""
    first, separator, last = text.partition("/")
    if not separator:
        return _point(first)
    if first in _OPEN:
        return f"by {_point(last)}"
    if last in _OPEN:
        return f"from {_point(first)}"
    if len(first) == len(last) == _DAY and first[:_MONTH] == last[:_MONTH]:
        return f"{first} to {last[_MONTH + 1 :]}"
    return f"{_point(first)} to {_point(last)}"


def last_day(text: str | None) -> date | None:
    """Last day that the date may mean; the first one where the end is open; None where it is unreadable."""
    if not text:
        return None
    try:
        first, last = edtf.bounds(text)
    except ValueError:  # a page shows what is stored and never fails over it
        return None
    return first if last == date.max else last


def has_passed(text: str | None, day: date) -> bool:
    """Whether the last day that the date may mean lies before ``day``; False where it is open or unreadable."""
    last = last_day(text)
    return last is not None and last < day and not str(text).endswith(("/..", "/"))


def newest_first(text: str | None) -> int:
    """Sort key: the latest last day first, undated things at the end."""
    day = last_day(text)
    return -day.toordinal() if day else 1


def soonest_first(text: str | None) -> int:
    """Sort key: the earliest last day first, undated things at the end."""
    day = last_day(text)
    return day.toordinal() if day else date.max.toordinal() + 1


def shifted(day: date, days: float) -> date:
    """The day so many days later, or earlier; at the ends of the calendar its last or first day."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _point(text: str) -> str:
    match = _SEASON.fullmatch(text)
    return f"{_SEASONS[match[2]]} {match[1]}" if match else text
