"""What the sentences of a report tell beside its stage: an amendment, a resumption, a part of a delivery, a denial.

The words stand in ``lexicon/history_cues.csv``; those that only speak of what is to come or did not happen tell
nothing ("may be amended").
"""

from collections.abc import Sequence
from functools import lru_cache

from communique.language.cues import told_stages
from communique.model import Agreement, Initiative, Report, Source, Span
from communique.resolve.claims import days, distance

AGAIN, AMENDED, DENIED = "again", "amended", "denied"
PARTIAL, MORE, CUMULATIVE, FINAL = "partial", "more", "cumulative", "final"
"""Of a delivery: the first of several, one more of them, all up to now, the last."""
_AMENDING = ("amendment", "amending")
"""Words by which the name itself says that an instrument changes another."""
_RECENT = 366
"""Days before publication within which the date of a report is that of the amendment that it tells of."""
_NOT_YET = ("proposed", "negotiating", "ended")
"""Stages in which a thing is not there to be changed."""


def tells(source: Source, sense: str) -> bool:
    """Whether one of the quoted sentences tells this as fact."""
    return any(sense in _senses(quote) for quote in source.quotes)


def amendments(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Those reports of one agreement or initiative that tell that it was changed.

    The name of an amendment tells so where it stands beside another name: else it is that of a thing of its own.
    """
    told = [report for report in reports if isinstance(report.record, Agreement | Initiative)]
    by_name = [report for report in told if any(word in _name(report) for word in _AMENDING)]
    named = by_name if len(by_name) < len(told) else []
    done = (report for report in told if str(getattr(report.record, "stage", "")) not in _NOT_YET)
    return tuple(report for report in done if report in named or tells(report.source, AMENDED))


def amended_on(report: Report) -> str | None:
    """When a report of an amendment tells that it was made; what it dates long before is the thing itself."""
    own, told = days(report.date), days(report.source.published)
    recent = own is not None and told is not None and distance(own, told) <= _RECENT
    return report.date if recent else report.source.published


def _name(report: Report) -> str:
    return str(getattr(report.record, "name", "")).casefold()


@lru_cache(maxsize=8192)
def _senses(sentence: str) -> frozenset[str]:
    return frozenset(told_stages("history_cues", sentence, Span(0, len(sentence)))) if sentence else frozenset()
