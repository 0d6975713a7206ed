"""What dates, weekdays, seasons, years and decades stand for."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from communique.language.calendar import Period, Reference, at, on, parts, point, shifted, valid_day
from communique.language.tense import Tense
from communique.language.time_patterns import values

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time is resolved against.

    Attributes:
        published: the day of publication, None where unknown: then only absolute times have a value.
        tense: the tense of the words around it.
        anchor: the last time that the text named, for "that year" and "two years later".
        day: the last day that the text named, for "the same day".
        year: the year that the sentence named last, for dates without one where publication is unknown.
    """

    published: Reference | None
    tense: Tense | None
    anchor: Period | None
    day: Period | None = None
    year: int | None = None


def _day(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def month_number(text: str) -> int:
    """The number of a month by its name."""
    return values("month")[text.lower().rstrip(".")]


def _tail_year(tail: str | None, setting: Setting) -> int | None:
    """The year that "last year" or "of that year" behind a date names."""
    word = (tail or "").split()
    if not word:
        return None
    if word[0] in ("that", "the"):
        shift = {"following": 1, "previous": -1}.get(word[-2], 0)
        return int(setting.anchor.last[:4]) + shift if setting.anchor else None
    return setting.published.year + {"last": -1, "next": 1}.get(word[0], 0) if setting.published else None


def _nearest_year(setting: Setting, month: int, day: int | None) -> int | None:
    """The year of a date written without one: the nearest such date, unless the tense says the other side.

    A date just beside the day of publication keeps its year whatever the tense; verbs of saying in the past
    stand beside many a date to come.
    """
    here = setting.published
    if here is None:
        return setting.year
    if day is None and here.month is not None:
        return _nearest_month_year(here.year, here.month, month, setting.tense)
    middle = here.middle
    candidates = [
        date(year, month, min(day or 15, 28)) for year in (here.year - 1, here.year, here.year + 1) if 1 <= year <= 9999
    ]
    if here.day is None:
        return here.year
    nearest = min(candidates, key=lambda candidate: abs((candidate - middle).days))
    distance = (nearest - middle).days
    if distance > {"past": _NEAR_DAYS, "before": 0}.get(setting.tense or "", distance):
        return nearest.year - 1
    if setting.tense == "future" and distance < -_NEAR_DAYS:
        return nearest.year + 1
    return nearest.year


_NEAR_DAYS = 45


def _nearest_month_year(year: int, here: int, month: int, tense: Tense | None) -> int:
    ahead = (month - here) % 12
    if tense == "future":
        return year + (here + ahead > 12)
    if tense in ("past", "before") or ahead > 6:
        return year - (month > here)
    return year + (here + ahead > 12)


def _days_of(month: int, first: str, last: str, year: int | None) -> Period | None:
    days = (_day(first), _day(last))
    if year is None or not all(valid_day(year, month, day) for day in days) or days[0] > days[1]:
        return None
    return Period(point(year, month, days[0]), point(year, month, days[1]))


def dated(match: Match, setting: Setting, month: str, first: str, last: str, year: str, tail: str) -> Period | None:
    """Days of a month; ``month`` to ``tail`` name the groups of the match."""
    number = month_number(match[month])
    known = int(match[year]) if match[year] else _tail_year(match[tail], setting)
    if known is None:
        if match[tail]:
            return None
        known = _nearest_year(setting, number, _day(match[first]))
    return _days_of(number, match[first], match[last], known)


def part_of(period: Period, part: str | None) -> Period:
    """The part of a year, decade, month or season that a word before it names.

    The early part of a year is its first four months, the late part its last three, its end the last one; the
    early and late parts of a decade are its first four and last three years. Parts of a month or season are given as
    the whole, which is as precise as EDTF level 1 allows without inventing a day.
    """
    if part is None or period.first != period.last or len(period.first) != 4:
        return period
    year = int(period.first)
    word = " ".join(part.lower().split())
    if word in ("early", "beginning", "start"):
        return parts(year, 1, 4) if word == "early" else parts(year, 1, 3)
    if word in ("mid", "middle"):
        return parts(year, 5, 8)
    if word in ("late",):
        return parts(year, 10, 12)
    if word in ("end", "close"):
        return at(year, 12)
    if word.endswith("half") or word.startswith("h"):
        return parts(year, 1, 6) if word in ("first half", "h1") else parts(year, 7, 12)
    order = int(word[1]) if word[0] == "q" else values("ordinal")[word.split()[0]]
    return parts(year, 3 * order - 2, 3 * order)


def iso(match: Match, setting: Setting) -> Period | None:
    """An ISO date."""
    year, month, day = (int(part) for part in match["iso"].split("-"))
    return at(year, month, day) if valid_day(year, month, day) else None


def figures(match: Match, setting: Setting) -> Period | None:
    """A date in figures: "01.07.2025" begins with the day; "7/13/2025" with what can be no month, else it is open."""
    one, two, year = int(match["n1"]), int(match["n2"]), int(match["n3"])
    readings = [(one, two)] if match["ndot"] == "." else [(one, two), (two, one)]
    found = {(day, month) for day, month in readings if valid_day(year, month, day)}
    if len(found) != 1:
        return None
    day, month = found.pop()
    return at(year, month, day)


def day_alone(match: Match, setting: Setting) -> Period | None:
    """A day of the month that the text named last: "on the 22nd"."""
    if setting.anchor is None or len(setting.anchor.last) < len("2025-07"):
        return None
    year, month, day = int(setting.anchor.last[:4]), int(setting.anchor.last[5:7]), _day(match["od"])
    return at(year, month, day) if valid_day(year, month, day) else None


def month_alone(match: Match, setting: Setting) -> Period | None:
    """A month without a day or year: "in March", "last April", "May of that year", "that September"."""
    month = month_number(match["fm"])
    here = setting.published
    year = _tail_year(match["ft"], setting)
    if year is None and match["ft"]:
        return None
    which = (match["fwhich"] or "").split()
    if which == ["that"]:
        return at(int(setting.anchor.last[:4]), month) if setting.anchor else None
    if year is None and which and here is not None and here.month is not None:
        if which[-1] in ("last", "past"):
            year = here.year - (month >= here.month)
        elif which[-1] in ("next", "coming"):
            year = here.year + (month <= here.month)
        else:
            year = here.year
    if year is None:
        year = _nearest_year(setting, month, None)
    return at(year, month) if year else None


def weekday(match: Match, setting: Setting) -> Period | None:
    """A day of the week."""
    here = setting.published.exact if setting.published else None
    target = values("weekday")[match["hd"].lower()]
    which = (match["hwhich"] or "").split()
    if which == ["that"]:
        return _that_weekday(target, setting)
    if here is None:
        return None
    back = (here.weekday() - target) % 7
    tail = match[0].lower().removesuffix("local time").rstrip()
    if tail.endswith("week"):
        monday = here - timedelta(days=here.weekday())
        return on(monday + timedelta(days=target + (7 if "next" in tail else -7)))
    if which and which[-1] in ("last", "past"):
        return on(here - timedelta(days=back or 7))
    if which and which[-1] in ("next", "coming"):
        return on(here + timedelta(days=7 - back))
    ahead = setting.tense in ("future", "planned") if not which else back > here.weekday()
    return on(here + timedelta(days=(7 - back) % 7)) if ahead else on(here - timedelta(days=back))


def _that_weekday(target: int, setting: Setting) -> Period | None:
    """ "That Saturday": the one nearest the last day that the text named."""
    if setting.day is None:
        return None
    near = date.fromisoformat(setting.day.last)
    step = (target - near.weekday() + 3) % 7 - 3
    return on(shifted(near, step, "day"))


def weekday_slash(match: Match, setting: Setting) -> Period | None:
    """A day of the week with day and month in figures, in either order: "Tuesday (2/9)"."""
    here = setting.published
    if here is None or here.exact is None:
        return None
    one, two = int(match["g1"]), int(match["g2"])
    found = [date(here.year, month, day) for day, month in ((one, two), (two, one)) if valid_day(here.year, month, day)]
    middle = here.middle
    return on(min(found, key=lambda day: abs((day - middle).days))) if found else None


def season(match: Match, setting: Setting) -> Period | None:
    """A season without a year."""
    number = values("season")[match["js"].lower()]
    here = setting.published
    if here is None:
        return None
    opening = {21: 3, 22: 6, 23: 9, 24: 12}[number]
    which = (match["jwhich"] or "").split()
    month = here.month or 7
    year = here.year
    if which and which[-1] in ("last", "past"):
        year -= opening + 2 >= month
    elif which and which[-1] == "next":
        year += opening <= month
    elif which or setting.tense == "future":
        year += opening + 2 < month and which[-1:] != ["this"]
    else:
        year -= opening > month
    return Period(f"{year}-{number}", f"{year}-{number}")


def season_year(match: Match, setting: Setting) -> Period | None:
    """A season of a year, as EDTF season code."""
    named = f"{match['iy']}-{values('season')[match['is'].lower()]}"
    return Period(named, named)
