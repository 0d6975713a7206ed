"""What the sentences of a report tell beside its stage: an amendment, a resumption, a part of a delivery, a denial.

The words stand in ``lexicon/history_cues.csv``; those that only speak of what is to come or did not happen tell
nothing ("may be amended").
"""

from functools import lru_cache

from communique.language.cues import told_stages
from communique.model import Agreement, Initiative, Report, Source, Span

AGAIN, AMENDED, DENIED = "again", "amended", "denied"
PARTIAL, MORE, CUMULATIVE, FINAL = "partial", "more", "cumulative", "final"
"""Of a delivery: the first of several, one more of them, all up to now, the last."""
_AMENDING = ("amendment", "amending")
"""Words by which the name itself says that an instrument changes another."""


def tells(source: Source, sense: str) -> bool:
    """Whether one of the quoted sentences tells this as fact."""
    return any(sense in _senses(quote) for quote in source.quotes)


def amends(report: Report) -> bool:
    """Whether a report of an agreement or initiative tells that it was changed."""
    if not isinstance(report.record, Agreement | Initiative) or report.stage in ("proposed", "negotiating", "ended"):
        return False
    name = report.record.name.casefold()
    return any(word in name for word in _AMENDING) or tells(report.source, AMENDED)


@lru_cache(maxsize=8192)
def _senses(sentence: str) -> frozenset[str]:
    return frozenset(told_stages("history_cues", sentence, Span(0, len(sentence)))) if sentence else frozenset()
