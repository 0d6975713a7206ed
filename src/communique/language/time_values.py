"""What each shape of time stands for, given the day of publication, the tense around it and the time before it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from communique.language.calendar import (
    Period,
    Reference,
    at,
    months_from,
    on,
    parts,
    point,
    shifted,
    valid_day,
    week_of,
)
from communique.language.tense import Tense
from communique.language.time_patterns import values
from communique.lexicon.tables import rows

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


def resolve(rule: str, match: Match, setting: Setting) -> Period | None:
    """The period that a match of the time pattern names, None where it can't be known."""
    return _RESOLVERS[rule](match, setting)


def _number(word: str) -> int:
    word = re.sub(r"\s(?:further|nother)$", "", word.lower())
    if word.isdigit():
        return int(word)
    return _count_words().get(word, 1)


@cache
def _count_words() -> dict[str, int]:
    return {row["form"]: int(row["value"]) for row in rows("number_words")}


def _day(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _month(text: str) -> int:
    return values("month")[text.lower().rstrip(".")]


def _tail_year(tail: str | None, setting: Setting) -> int | None:
    """The year that "last year" or "of that year" behind a date names."""
    word = (tail or "").split()
    if not word:
        return None
    if word[0] in ("that", "the"):
        base = int(setting.anchor.last[:4]) if setting.anchor else setting.published and setting.published.year
        return base + {"following": 1, "previous": -1}.get(word[-2], 0) if base else None
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
    if setting.tense == "past" and distance > _NEAR_DAYS:
        return nearest.year - 1
    if setting.tense == "future" and distance < -_NEAR_DAYS:
        return nearest.year + 1
    return nearest.year


_NEAR_DAYS = 45


def _nearest_month_year(year: int, here: int, month: int, tense: Tense | None) -> int:
    ahead = (month - here) % 12
    if tense == "future":
        return year + (here + ahead > 12)
    if tense == "past" or ahead > 6:
        return year - (month > here)
    return year + (here + ahead > 12)


def _dated(month: int, first: str, last: str, year: int | None) -> Period | None:
    days = (_day(first), _day(last))
    if year is None or not all(valid_day(year, month, day) for day in days) or days[0] > days[1]:
        return None
    return Period(point(year, month, days[0]), point(year, month, days[1]))


def _date(match: Match, setting: Setting, month: str, first: str, last: str, year: str, tail: str) -> Period | None:
    number = _month(match[month])
    known = int(match[year]) if match[year] else _tail_year(match[tail], setting)
    if known is None:
        known = _nearest_year(setting, number, _day(match[first]))
    return _dated(number, match[first], match[last], known)


def _within(period: Period, part: str | None) -> Period:
    """The part of a year, decade, month or season that a word before it names.

    The early part of a year is its first four months, the late part its last three; those of a decade are
    its first four and last three years. Parts of a month or season are given as the whole, which is as
    precise as EDTF level 1 allows without inventing a day.
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
        return period
    if word.endswith("half") or word.startswith("h"):
        return parts(year, 1, 6) if word in ("first half", "h1") else parts(year, 7, 12)
    order = int(word[1]) if word[0] == "q" else values("ordinal")[word.split()[0]]
    return parts(year, 3 * order - 2, 3 * order)


def _iso(match: Match, setting: Setting) -> Period | None:
    year, month, day = (int(part) for part in match["iso"].split("-"))
    return at(year, month, day) if valid_day(year, month, day) else None


def _month_alone(match: Match, setting: Setting) -> Period | None:
    month = _month(match["fm"])
    here = setting.published
    year = _tail_year(match["ft"], setting)
    which = (match["fwhich"] or "").split()
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


def _weekday(match: Match, setting: Setting) -> Period | None:
    here = setting.published.exact if setting.published else None
    if here is None:
        return None
    target = values("weekday")[match["hd"].lower()]
    back = (here.weekday() - target) % 7
    which = (match["hwhich"] or "").split()
    tail = match[0].lower()
    if tail.endswith("week"):
        monday = here - timedelta(days=here.weekday())
        return on(monday + timedelta(days=target + (7 if "next" in tail else -7)))
    if which and which[-1] in ("last", "past"):
        return on(here - timedelta(days=back or 7))
    if which and which[-1] in ("next", "coming"):
        return on(here + timedelta(days=7 - back))
    ahead = setting.tense == "future" if not which else back > here.weekday()
    return on(here + timedelta(days=(7 - back) % 7)) if ahead else on(here - timedelta(days=back))


def _weekday_slash(match: Match, setting: Setting) -> Period | None:
    here = setting.published
    if here is None or here.exact is None:
        return None
    one, two = int(match["g1"]), int(match["g2"])
    found = [date(here.year, month, day) for day, month in ((one, two), (two, one)) if valid_day(here.year, month, day)]
    middle = here.middle
    return on(min(found, key=lambda day: abs((day - middle).days))) if found else None


def _season(match: Match, setting: Setting) -> Period | None:
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


def _season_year(match: Match, setting: Setting) -> Period | None:
    named = f"{match['iy']}-{values('season')[match['is'].lower()]}"
    return Period(named, named)


def _fiscal(match: Match, setting: Setting) -> Period | None:
    first = int(match["k1"]) if len(match["k1"]) == 4 else 2000 + int(match["k1"])
    return _years(first, match["k2"]) if match["k2"] else at(first)


def _years(first: int, last: str) -> Period | None:
    until = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return Period(point(first), point(until)) if first < until <= first + 60 else None


def _decade(match: Match, setting: Setting) -> Period | None:
    first = int(match["ld"])
    part = (match["lpart"] or "").lower()
    spans = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9), "end": (7, 9)}
    low, high = spans.get(part, (0, 9))
    return Period(point(first + low), point(first + high))


def _part_year(match: Match, setting: Setting) -> Period | None:
    if match["ny"]:
        return _within(at(int(match["ny"])), match["npart"])
    which = (match["nwhich"] or "the").split()[-1]
    unit = match["nunit"]
    if which in ("that", "same", "following"):
        if setting.anchor is None:
            return None
        base = int(setting.anchor.last[:4])
        return _within(at(base + (which == "following")), match["npart"]) if unit == "year" else None
    whole = _this_unit(setting.published, unit, {"last": -1, "next": 1}.get(which, 0))
    return _within(whole, match["npart"]) if whole else None


def _this_unit(here: Reference | None, unit: str, step: int) -> Period | None:
    """The calendar week, month, quarter, year or decade of publication, or one ``step`` away from it."""
    if here is None:
        return None
    if unit == "year":
        return at(here.year + step)
    if unit == "decade":
        first = here.year // 10 * 10 + 10 * step
        return Period(point(first), point(first + 9))
    if here.month is None:
        return None
    if unit == "month":
        return at(*months_from(here.year, here.month, step))
    if unit == "quarter":
        year, month = months_from(here.year, (here.month - 1) // 3 * 3 + 1, 3 * step)
        return parts(year, month, month + 2)
    if here.exact is None:
        return None
    week = week_of(here.exact + timedelta(days=7 * step))
    if unit == "weekend":
        return Period((date.fromisoformat(week.last) - timedelta(days=1)).isoformat(), week.last)
    return week


def _year_end(match: Match, setting: Setting) -> Period | None:
    return at(setting.published.year) if setting.published else None


_DAYS = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}


def _relative_day(match: Match, setting: Setting) -> Period | None:
    here = setting.published
    if here is None:
        return None
    shift = _DAYS.get(" ".join(match["oday"].lower().split()), 0)
    if here.exact is None:
        return at(here.year, here.month) if not shift else None
    return on(here.exact + timedelta(days=shift))


def _same(match: Match, setting: Setting) -> Period | None:
    unit = match["pu"] or match["pnu"] or match["pbu"]
    anchor = setting.day if unit == "day" else setting.anchor
    if anchor is None:
        return None
    count = 0
    if not match["psame"]:
        word = match["pnext"] or match["pbefore"]
        count = 1 if word in ("next", "following", "later", "after") else -1
    return _moved(anchor, count, unit)


def _moved(anchor: Period, count: int, unit: str) -> Period | None:
    """The day, week, month or year that lies ``count`` units from the anchor."""
    known = anchor.last
    if int(known[:4]) + count > 9998 or int(known[:4]) + count < 1:
        return None
    if unit in ("year", "decade"):
        return at(int(known[:4]) + count * (10 if unit == "decade" else 1))
    if len(known) < 7 or int(known[5:7]) > 12:
        return None
    if unit in ("month", "quarter"):
        return at(*months_from(int(known[:4]), int(known[5:7]), count * (3 if unit == "quarter" else 1)))
    if len(known) < 10:
        return None
    day = shifted(date.fromisoformat(known), count, unit)
    return week_of(day) if unit == "week" and abs(count) <= 1 else on(day)


def _this(match: Match, setting: Setting) -> Period | None:
    here = setting.published
    which, unit = match["qwhich"].split()[-1], match["qu"]
    shift = (match["qshift"] or "").split()[:1]
    if here is None:
        return None
    if which in ("coming", "past") and unit in ("year", "month") and here.month:
        return _stretch(here, 1 if which == "coming" else -1, unit)
    if which == "past" and unit == "week" and here.exact:
        return Period((here.exact - timedelta(days=7)).isoformat(), here.exact.isoformat())
    whole = _this_unit(here, unit, {"last": -1, "next": 1, "coming": 1, "past": -1}.get(which, 0))
    if which == "this" and unit == "year" and shift and here.month:
        if shift[0] in ("later", "late"):
            return Period(point(here.year, here.month), point(here.year, 12))
        return parts(here.year, 1, here.month)
    return _within(whole, shift[0]) if whole and shift and shift[0] in ("early", "late") else whole


def _stretch(here: Reference, count: int, unit: str) -> Period | None:
    """The time from publication to ``count`` units on, or back, as precise as the unit needs."""
    if unit in ("year", "decade", "quarter", "month"):
        if here.month is None:
            return None
        months = count * {"year": 12, "decade": 120, "quarter": 3, "month": 1}[unit]
        ends = sorted([(here.year, here.month), months_from(here.year, here.month, months)])
        return Period(point(*ends[0]), point(*ends[1])) if ends[0][0] >= 1 and ends[1][0] <= 9999 else None
    if here.exact is None:
        return None
    days = sorted([here.exact, shifted(here.exact, count, unit)])
    return Period(days[0].isoformat(), days[1].isoformat())


def _ago(match: Match, setting: Setting) -> Period | None:
    count = _number(match["rn"] or "0")
    unit = "month" if match["rhalf"] else match["ru"]
    count = 6 if match["rhalf"] and match["ru"] == "year" else count
    direction = match["rdir"].split()[0]
    sign = 1 if direction in ("later", "from", "after", "on") else -1
    here = setting.published
    if direction in ("ago", "from"):
        anchor = None if here is None else at(here.year, here.month, here.day)
    else:
        anchor = setting.day if unit in ("day", "week") else setting.anchor
    if anchor is None:
        return None
    return _moved(anchor, sign * count, unit)


def _deadline(match: Match, setting: Setting) -> Period | None:
    """ "Within six months": up to a month, day or year, as precise as the unit; open at its start."""
    here = setting.published
    ends = _stretch(here, _number(match["sn"]), match["su"]) if here else None
    return Period("..", ends.last) if ends else None


def _span(match: Match, setting: Setting) -> Period | None:
    here = setting.published
    direction = match["tdir"] or match["vdir"]
    if here is None or direction in ("following", "previous"):
        return None
    count, unit = (_number(match["tn"]), match["tu"]) if match["tn"] else (1, match["vu"])
    if direction in ("past", "last"):
        if unit == "year" and count > 1:
            return Period(point(here.year - count), point(here.year))
        return _stretch(here, -count, unit)
    ends = _stretch(here, count, unit)
    if ends and match["vu"]:
        return _this_unit(here, unit, 1) if unit in ("week", "month") else ends
    return Period("..", ends.last) if ends else None


def _in(match: Match, setting: Setting) -> Period | None:
    here = setting.published
    return _moved(at(here.year, here.month, here.day), _number(match["xn"]), match["xu"]) if here else None


_RESOLVERS: dict[str, Callable[[Match, Setting], Period | None]] = {
    "iso": _iso,
    "days_month": lambda m, s: _date(m, s, "am", "a1", "a2", "ay", "at"),
    "month_days": lambda m, s: _date(m, s, "bm", "b1", "b2", "by", "bt"),
    "day_month": lambda m, s: _date(m, s, "cm", "c1", "c1", "cy", "ct"),
    "month_day": lambda m, s: _date(m, s, "dm", "d1", "d1", "dy", "dt"),
    "month_year": lambda m, s: at(int(m["ey"]), _month(m["em"])),
    "month": _month_alone,
    "weekday_slash": _weekday_slash,
    "weekday": _weekday,
    "season_year": _season_year,
    "season": _season,
    "fiscal": _fiscal,
    "decade": _decade,
    "years": lambda m, s: _years(int(m["m1"]), m["m2"]),
    "part_year": _part_year,
    "year_end": _year_end,
    "day": _relative_day,
    "same": _same,
    "this": _this,
    "ago": _ago,
    "within": _deadline,
    "span": _span,
    "in": _in,
    "vague": lambda m, s: None,
    "year": lambda m, s: at(int(m["yy"])),
}
