"""How long an occasion lasted: "the four-day talks ended today" began three days ago."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from communique.lexicon.tables import rows
from communique.model import EngagementType, Span

_ENDS = re.compile(
    r"\b(?:conclud(?:es|ed|ing)|end(?:s|ed|ing)?|clos(?:es|ed|ing)|wrapp(?:ed|ing) up|finish(?:es|ed)|left|leaves"
    r"|departed|last day)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:began|begins?|beginning|open(?:s|ed)|start(?:s|ed|ing)?|kick(?:s|ed) off|arriv(?:es|ed|ing)|landed"
    r"|first day)\b",
    re.IGNORECASE,
)
_VISIT = re.compile(r"\s(?:\w+\s){0,2}(?:visit|trip|tour|journey|stay)\b", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_DAYS = 31


def whole_time(text: str, evidence: Sequence[Span], kind: EngagementType, day: str | None) -> str | None:
    """The days from first to last, where the evidence counts them and tells that they end or begin on a day.

    Args:
        kind: what lasted; the days of a visit are not those of a meeting during it.
        day: the date that was found, in EDTF; anything but a single day is returned as it is.
    """
    if day is None or not _DAY.fullmatch(day):
        return day
    told = [text[sentence.start : sentence.end] for sentence in evidence]
    counted = [
        _days(match[1])
        for part in told
        for match in _counted().finditer(part)
        if kind == EngagementType.VISIT or not _VISIT.match(part, match.end())
    ]
    if len(set(counted)) != 1 or not 1 < counted[0] <= _MOST_DAYS:
        return day
    beside = [part for part in told if _counted().search(part)] + told[:1]
    ends, begins = (any(pattern.search(part) for part in beside) for pattern in (_ENDS, _BEGINS))
    if ends == begins:
        return day
    known, others = date.fromisoformat(day), timedelta(days=counted[0] - 1)
    return f"{known - others}/{known}" if ends else f"{known}/{known + others}"


@cache
def _counted() -> re.Pattern[str]:
    words = "|".join(_small())
    return re.compile(rf"\b(\d{{1,2}}|{words})[- ]day\b(?! (?:ago|later|before|after|notice))", re.IGNORECASE)


@cache
def _small() -> dict[str, int]:
    return {row["form"]: int(float(row["value"])) for row in rows("number_words") if row["class"] == "unit"}


def _days(word: str) -> int:
    return int(word) if word.isdigit() else _small()[word.lower()]
