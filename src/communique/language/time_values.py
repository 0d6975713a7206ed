"""The period that each shape of time stands for."""

from collections.abc import Callable

from communique.language.calendar import Period, at
from communique.language.time_dates import (
    Match,
    Setting,
    dated,
    day_alone,
    figures,
    iso,
    month_alone,
    month_number,
    season,
    season_year,
    weekday,
    weekday_slash,
)
from communique.language.time_relative import (
    after,
    ago,
    deadline,
    in_the,
    part_year,
    relative_day,
    same,
    stretch_of,
    this,
    weekend,
    year_back,
    year_end,
)
from communique.language.time_years import century, decade, decade_words, fiscal, fiscal_named, quarter, years


def resolve(rule: str, match: Match, setting: Setting) -> Period | None:
    """The period that a match of the time pattern names, None where it can't be known or lies beyond the calendar."""
    try:
        return _RESOLVERS[rule](match, setting)
    except OverflowError:  # before the year 1 or after 9999: "next week" in a document of 9999-12-31
        return None


_RESOLVERS: dict[str, Callable[[Match, Setting], Period | None]] = {
    "figures": figures,
    "iso": iso,
    "days_month": lambda m, s: dated(m, s, "am", "a1", "a2", "ay", "at"),
    "month_days": lambda m, s: dated(m, s, "bm", "b1", "b2", "by", "bt"),
    "day_month": lambda m, s: dated(m, s, "cm", "c1", "c1", "cy", "ct"),
    "month_day": lambda m, s: dated(m, s, "dm", "d1", "d1", "dy", "dt"),
    "day_alone": day_alone,
    "month_year": lambda m, s: at(int(m["ey"]), month_number(m["em"])),
    "month": month_alone,
    "weekday_slash": weekday_slash,
    "weekday": weekday,
    "season_year": season_year,
    "season": season,
    "fiscal_named": fiscal_named,
    "fiscal": fiscal,
    "century": century,
    "decade_words": decade_words,
    "decade": decade,
    "years": lambda m, s: years(int(m["m1"]), m["m2"]),
    "part_year": part_year,
    "quarter": quarter,
    "in_the": in_the,
    "weekend": weekend,
    "year_end": year_end,
    "day": relative_day,
    "same": same,
    "this": this,
    "ago": ago,
    "few": lambda m, s: None,
    "year_back": year_back,
    "within": deadline,
    "span": stretch_of,
    "in": after,
    "vague": lambda m, s: None,
    "year": lambda m, s: at(int(m["yy"])),
}
