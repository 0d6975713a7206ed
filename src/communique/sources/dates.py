"""Days as files write them, into ISO 8601; nothing is guessed, and an ambiguous day is no day."""

import re
from datetime import UTC, date, datetime, timedelta

_MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
    for length in (3, len(name))
} | {"sept": 9}
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?"
_TIME = r"(?:(?:,|\s+at|\s*[-–|])?\s+\d{1,2}[:.]\d{2}.{0,40})?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?:(?<=-\d\d-\d\d)[T ]\d{2}:?\d{2}.{0,30})?", re.A
)
_NUMERIC = (
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T\d{4,6}(?:Z|[+-]\d{4})?)?", re.A),
    re.compile(rf"(?P<year>\d{{4}})([/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}", re.A),
    re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}){_TIME}", re.A),
)
_WORDS = (
    re.compile(
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH}[\s,-]+(?P<year>\d{{4}}){_TIME}",
        re.I | re.A,
    ),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}", re.I | re.A),
    re.compile(
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s+\S{{1,6}})?\s+(?P<year>\d{{4}})",
        re.I | re.A,
    ),
    re.compile(
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s-]+{_MONTH}[\s-]+(?P<short>\d\d)\s+\d{{1,2}}:\d{{2}}.{{0,30}}", re.I | re.A
    ),
    re.compile(rf"{_MONTH},?\s+(?P<year>\d{{4}})", re.I | re.A),
)
_EITHER_WAY = re.compile(rf"(?P<first>\d{{1,2}})([/-])(?P<second>\d{{1,2}})\2(?P<year>\d{{4}}){_TIME}", re.A)
_SECONDS = re.compile(r"\d{10}(?:\d{3})?(?:\.\d{1,9})?", re.A)
_LONGEST = 100
_SAME_WORK = timedelta(days=31)


def iso_day(value: str) -> str | None:
    """The day that the value states, as ``YYYY-MM-DD`` (``YYYY-MM`` or ``YYYY`` where it states no more).

    Read are ISO 8601, RFC 2822 (``Tue, 01 Jul 2025 09:30:00 -0400``), RFC 822 with its short year, English words
    (``1 July 2025``, ``July 1, 2025``, ``July 2025``), ``2025/07/01``, ``20250701``, ``1.7.2025`` (dots are always
    day first), ``13/07/2025`` where only one order is possible, and Unix time of 10 or 13 digits (its day in UTC).
    The day is that of the value's own time zone. None where the value is no such notation, no day of the calendar,
    or ambiguous (``03/04/2025``).
    """
    text = " ".join(value.split())
    if not text or len(text) > _LONGEST:
        return None
    if _SECONDS.fullmatch(text):
        return _of_seconds(text)
    for pattern in (_ISO, *_NUMERIC, *_WORDS):
        match = pattern.fullmatch(text)
        if match:
            return _checked(match.groupdict())
    match = _EITHER_WAY.fullmatch(text)
    return _only_order(int(match["first"]), int(match["second"]), match["year"]) if match else None


def is_ambiguous(value: str) -> bool:
    """Whether the value is a day that can be read in two orders (``03/04/2025``)."""
    match = _EITHER_WAY.fullmatch(" ".join(value.split())[:_LONGEST])
    return match is not None and int(match["first"]) <= 12 and int(match["second"]) <= 12


def day_of_file(created: str | None, saved: str | None) -> str | None:
    """The day of a text by its file's own record: when it was last saved, if that was within a month of its creation.

    A file that was made from an older one keeps the older day of creation, and one that was converted years
    later has a late day of saving: where the two lie apart, neither says when the text came out.
    """
    first, last = (iso_day(value) if value else None for value in (created, saved))
    if not first or not last or len(first) < 10 or len(last) < 10:
        return None
    return last if timedelta() <= date.fromisoformat(last) - date.fromisoformat(first) <= _SAME_WORK else None


def _checked(parts: dict[str, str | None]) -> str | None:
    year = parts.get("year") or _century(parts.get("short") or "")
    month, day = parts.get("month"), parts.get("day")
    number = _MONTHS.get(month.lower()) if month and month.isalpha() else int(month or 1)
    try:
        whole = date(int(year), number or 0, int(day or 1))
    except ValueError:
        return None
    return whole.isoformat()[: 10 if day else 7 if month else 4]


def _century(short: str) -> str:
    # RFC 2822, section 4.3: years 00 to 49 are of this century, 50 to 99 of the last.
    return ("20" if int(short) < 50 else "19") + short


def _only_order(first: int, second: int, year: str) -> str | None:
    if first == second or second > 12:
        return _checked({"year": year, "month": str(first), "day": str(second)})
    return _checked({"year": year, "month": str(second), "day": str(first)}) if first > 12 else None


def _of_seconds(digits: str) -> str | None:
    whole = digits.partition(".")[0]
    return datetime.fromtimestamp(int(whole) / (1000 if len(whole) == 13 else 1), UTC).date().isoformat()
