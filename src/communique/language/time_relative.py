"""What times counted from the day of publication, or from a time named before, stand for."""

import re
from datetime import date, timedelta
from functools import cache

from communique.language.calendar import Period, Reference, at, months_from, on, parts, point, shifted, week_of
from communique.language.time_dates import Match, Setting, part_of
from communique.lexicon.tables import rows


def _number(word: str) -> int:
    word = re.sub(r"\s(?:further|nother)$", "", word.lower())
    if word.isdigit():
        return int(word)
    return _count_words().get(word, 1)


@cache
def _count_words() -> dict[str, int]:
    return {row["form"]: int(row["value"]) for row in rows("number_words")}


def part_year(match: Match, setting: Setting) -> Period | None:
    """A part of a year, month or week: "the end of the year", "the first half of 2026".

    How much of a year is early nobody knows: "early 2026" and "early next year" are the year, in nine of ten
    annotated dates too.
    """
    early = match["npart"].lower() == "early"
    if match["ny"] and early:
        return at(int(match["ny"]))
    if early and match["nwhich"] == "next" and match["nunit"] == "year":
        return _this_unit(setting.published, "year", 1)
    if match["ny"]:
        return part_of(at(int(match["ny"])), match["npart"])
    which = (match["nwhich"] or "the").split()[-1]
    unit = match["nunit"]
    if which in ("that", "same", "following"):
        if setting.anchor is None:
            return None
        base = int(setting.anchor.last[:4])
        return part_of(at(base + (which == "following")), match["npart"]) if unit == "year" else None
    whole = _this_unit(setting.published, unit, {"last": -1, "next": 1}.get(which, 0))
    return part_of(whole, match["npart"]) if whole else None


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


def year_end(match: Match, setting: Setting) -> Period | None:
    """ "Year-end": the last month of the year of publication."""
    return at(setting.published.year, 12) if setting.published else None


def weekend(match: Match, setting: Setting) -> Period | None:
    """ "The weekend": the coming one where the words speak of what is to come, else the one that was or is."""
    here = setting.published
    if here is None or here.exact is None:
        return None
    step = 0 if setting.tense == "future" or here.exact.weekday() >= 5 else -1
    return _this_unit(here, "weekend", step)


def in_the(match: Match, setting: Setting) -> Period | None:
    """ "Later in the year": of the year that the text speaks of, else that of publication."""
    shift, unit, here, anchor = match["zshift"], match["zu"], setting.published, setting.anchor
    if unit == "year" and anchor and len(anchor.last) >= 7 and (here is None or int(anchor.last[:4]) != here.year):
        year, month = int(anchor.last[:4]), int(anchor.last[5:7])
        if month > 12:
            return at(year)
        return parts(year, month, 12) if shift.startswith("late") else parts(year, 1, month)
    if unit == "day":
        return setting.day
    return _shifted_part(here, unit, shift) if here else None


def year_back(match: Match, setting: Setting) -> Period | None:
    """ "Year-earlier": a year before the time that the text named last."""
    return _moved(setting.anchor, -1, "year") if setting.anchor else None


_DAYS = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}


def relative_day(match: Match, setting: Setting) -> Period | None:
    """ "Today", "yesterday", "tomorrow"."""
    here = setting.published
    if here is None:
        return None
    shift = _DAYS.get(" ".join(match["oday"].lower().split()), 0)
    if here.exact is None:
        return at(here.year, here.month) if not shift else None
    return on(here.exact + timedelta(days=shift))


_PARTS_OF_DAY = ("morning", "afternoon", "evening", "night")


def same(match: Match, setting: Setting) -> Period | None:
    """ "The same day", "the following month", "a year earlier"."""
    unit = match["pu"] or match["pnu"] or match["pbu"]
    unit = "day" if unit in _PARTS_OF_DAY else unit
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
    if unit == "year" and _is_quarter(anchor):
        return parts(int(known[:4]) + count, int(anchor.first[5:7]), int(known[5:7]))
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


def _is_quarter(period: Period) -> bool:
    return (
        len(period.first) == len(period.last) == 7
        and period.first[:4] == period.last[:4]
        and int(period.last[5:7]) - int(period.first[5:7]) == 2
    )


def _shifted_part(here: Reference, unit: str, shift: str) -> Period | None:
    """What is left of the week, month, year or decade of publication ("later"), or has gone of it ("earlier")."""
    whole = _this_unit(here, unit, 0)
    if whole is None or unit == "month":
        return whole
    later = shift in ("later", "late")
    if unit == "week":
        assert here.exact is not None
        return Period(here.exact.isoformat(), whole.last) if later else Period(whole.first, here.exact.isoformat())
    if unit == "decade":
        return Period(point(here.year), whole.last) if later else Period(whole.first, point(here.year))
    if unit != "year" or here.month is None:
        return whole
    return Period(point(here.year, here.month), point(here.year, 12)) if later else parts(here.year, 1, here.month)


def this(match: Match, setting: Setting) -> Period | None:
    """ "This week", "next month", "later this year"."""
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
    if which == "this" and shift and (unit == "year" or shift[0] in ("later", "earlier")):
        return _shifted_part(here, unit, shift[0])
    return part_of(whole, shift[0]) if whole and shift and shift[0] in ("early", "late") else whole


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


def ago(match: Match, setting: Setting) -> Period | None:
    """ "Two years ago", "three months later"."""
    count = _number(match["rn"] or "0")
    unit = "month" if match["rhalf"] else match["ru"]
    count = 6 if match["rhalf"] and match["ru"] == "year" else count
    direction = match["rdir"].split()[0]
    sign = 1 if direction in ("later", "from", "after", "on") else -1
    here = setting.published
    if direction == "ago" and count == 1 and unit == "year" and setting.anchor and _is_quarter(setting.anchor):
        anchor: Period | None = setting.anchor  # "third-quarter exports rose from a year ago": the same quarter
    elif direction in ("ago", "from"):
        anchor = None if here is None else at(here.year, here.month, here.day)
    else:
        anchor = setting.day if unit in ("day", "week") else setting.anchor
    if anchor is None:
        return None
    return _moved(anchor, sign * count, unit)


def deadline(match: Match, setting: Setting) -> Period | None:
    """ "Within six months": up to a month, day or year, as precise as the unit; open at its start."""
    here = setting.published
    if setting.tense == "past":
        return None  # "the first arrived within two months": counted from another time than publication
    ends = _stretch(here, _number(match["sn"]), match["su"]) if here else None
    return Period("..", ends.last) if ends else None


def stretch_of(match: Match, setting: Setting) -> Period | None:
    """ "Over the next decade", "in the past five years"."""
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


def after(match: Match, setting: Setting) -> Period | None:
    """ "In two weeks' time"."""
    here = setting.published
    if setting.tense == "past":
        return None  # "the first visit in seven years"
    return _moved(at(here.year, here.month, here.day), _number(match["xn"]), match["xu"]) if here else None
