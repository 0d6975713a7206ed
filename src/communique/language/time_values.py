"""The period that each shape of time stands for."""

from collections.abc import Callable

from communique.language.calendar import Period, at
from communique.language.time_dates import (
    Match,
    Setting,
    dated,
    decade,
    fiscal,
    iso,
    month_alone,
    month_number,
    season,
    season_year,
    weekday,
    weekday_slash,
    years,
)
from communique.language.time_relative import (
    after,
    ago,
    deadline,
    part_year,
    relative_day,
    same,
    stretch_of,
    this,
    year_end,
)


def resolve(rule: str, match: Match, setting: Setting) -> Period | None:
    """The period that a match of the time pattern names, None where it can't be known."""
    return _RESOLVERS[rule](match, setting)


_RESOLVERS: dict[str, Callable[[Match, Setting], Period | None]] = {
    "iso": iso,
    "days_month": lambda m, s: dated(m, s, "am", "a1", "a2", "ay", "at"),
    "month_days": lambda m, s: dated(m, s, "bm", "b1", "b2", "by", "bt"),
    "day_month": lambda m, s: dated(m, s, "cm", "c1", "c1", "cy", "ct"),
    "month_day": lambda m, s: dated(m, s, "dm", "d1", "d1", "dy", "dt"),
    "month_year": lambda m, s: at(int(m["ey"]), month_number(m["em"])),
    "month": month_alone,
    "weekday_slash": weekday_slash,
    "weekday": weekday,
    "season_year": season_year,
    "season": season,
    "fiscal": fiscal,
    "decade": decade,
    "years": lambda m, s: years(int(m["m1"]), m["m2"]),
    "part_year": part_year,
    "year_end": year_end,
    "day": relative_day,
    "same": same,
    "this": this,
    "ago": ago,
    "within": deadline,
    "span": stretch_of,
    "in": after,
    "vague": lambda m, s: None,
    "year": lambda m, s: at(int(m["yy"])),
}
