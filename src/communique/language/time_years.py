"""What years, quarters, decades, centuries and fiscal years stand for."""

from communique.language.calendar import Period, at, parts, point
from communique.language.time_dates import Match, Setting
from communique.language.time_patterns import values

_DECADE_PARTS = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9), "end": (7, 9)}


def fiscal(match: Match, setting: Setting) -> Period | None:
    """A fiscal year, by the calendar years it names."""
    first = int(match["k1"]) if len(match["k1"]) == 4 else 2000 + int(match["k1"])
    return years(first, match["k2"]) if match["k2"] else at(first)


def years(first: int, last: str) -> Period | None:
    """A run of years: "2024-25", "2025-2028"."""
    until = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return Period(point(first), point(until)) if first < until <= first + 60 else None


def fiscal_named(match: Match, setting: Setting) -> Period | None:
    """ "The current financial year", where it is the same by every calendar in use.

    Financial years begin in April or July (and fiscal ones also in October), so that from July on, and until March,
    they are known; between, and for fiscal years until October, they depend on the state.
    """
    here = setting.published
    if here is None or here.month is None:
        return None
    late = here.month >= (10 if match["yu"] == "fiscal" else 7)
    if not late and here.month > 3:
        return None
    first = here.year - (not late) + {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(match["ywhich"], 0)
    return Period(point(first), point(first + 1))


def century(match: Match, setting: Setting) -> Period | None:
    """ "The 19th century" as the years that begin with its figures; the century that still runs is no date."""
    first = 100 * int(match["century"]) - 100
    if setting.published is None or first + 99 >= setting.published.year:
        return None
    return Period(point(first), point(first + 99))


def decade_words(match: Match, setting: Setting) -> Period | None:
    """ "The nineties": those of the twentieth century."""
    first = 1900 + values("decade")[match["tens"].lower()]
    low, high = _DECADE_PARTS.get((match["dpart"] or "").lower(), (0, 9))
    return Period(point(first + low), point(first + high))


def quarter(match: Match, setting: Setting) -> Period | None:
    """A quarter or half of a year, of the nearest one that the tense allows where none is named."""
    order = int(match["wq"][1]) if match["wq"] else values("ordinal")[match["wo"]]
    months = 6 if match["wu"] == "half" else 3
    if order * months > 12:
        order = 12 // months
    opening = (order - 1) * months + 1
    if match["wfiscal"]:
        return None
    if match["wy"] or match["wz"]:
        year = int(match["wy"] or match["wz"])
    elif match["wwhich"] == "that":
        if setting.anchor is None:
            return None
        year = int(setting.anchor.last[:4])
    elif setting.published is None:
        return None
    else:
        year = setting.published.year + {"last": -1, "next": 1}.get(match["wwhich"] or "", 0)
        month = setting.published.month
        if not match["wwhich"] and month:
            year -= opening > month and setting.tense != "future"
            attribute = "-" in match[0]  # "third-quarter losses" are those of the last one
            year += opening + months - 1 < month and setting.tense == "future" and not attribute
    return parts(year, opening, opening + months - 1)


def decade(match: Match, setting: Setting) -> Period | None:
    """A decade or its early, middle or late years."""
    first = int(match["ld"])
    part = (match["lpart"] or "").lower()
    low, high = _DECADE_PARTS.get(part, (0, 9))
    return Period(point(first + low), point(first + high))
