"""Where an occasion took place, where the reader leaves that open: "in Oslo", "OSLO, May 3 –"."""

import re
from collections.abc import Sequence

from communique.language.mentions import Analysis
from communique.model import EngagementStage, EngagementType, Reason, Span

_PREPOSITION = re.compile(r"\b(?:in|at)\s+(?:the\s+)?$", re.IGNORECASE)
_LOOK_BACK = 12
_DATELINE = re.compile(r"\s*([A-ZÀ-Þ][\w'’ .-]{1,40}?)(?:[,/(][^–—:\n-]{0,40})?\s*(?:[–—]|--|-\s|:)")
_FAR_APART = (EngagementType.CALL, EngagementType.CORRESPONDENCE)
_ELSEWHERE = (*_FAR_APART, EngagementType.VISIT, EngagementType.EXERCISE)
"""What a dateline tells no place of: a visit is reported from home as often as from abroad."""


def venue(
    analysis: Analysis, kind: EngagementType, stage: EngagementStage, evidence: Sequence[Span]
) -> tuple[str | None, tuple[Reason, ...]]:
    """The only place that the first sentence names with "in" or "at", else that of the dateline.

    Of 881 annotated occasions with one such place 704 were there; of 132 others that the sentence behind a dateline
    tells of, 79 were where the report comes from, and 12 have no place.
    """
    if kind in _FAR_APART or stage == EngagementStage.CANCELLED:
        return None, ()
    text, first = analysis.document.text, evidence[0]
    towns = [actor.span for actor in analysis.actors if actor.rule.endswith("-place")]
    told = [
        span
        for span in (*analysis.places, *towns)
        if first.contains(span) and _PREPOSITION.search(text, max(first.start, span.start - _LOOK_BACK), span.start)
    ]
    if len({text[span.start : span.end] for span in told}) == 1:
        return _placed(text, told[0], "place.preposition")
    dateline = _DATELINE.match(text) if evidence[0].start == 0 and kind not in _ELSEWHERE else None
    return _placed(text, Span(*dateline.span(1)), "place.dateline") if dateline else (None, ())


def place_name(text: str, span: Span) -> str:
    """The words of a place; those of a dateline in capitals as a name: "Kuala Lumpur" of "KUALA LUMPUR, May 3 –"."""
    place = text[span.start : span.end]
    dateline = _DATELINE.match(text) if place.isupper() else None
    return place.title() if dateline and Span(*dateline.span(1)).contains(span) else place


def _placed(text: str, span: Span, rule: str) -> tuple[str, tuple[Reason, ...]]:
    place = place_name(text, span)
    return place, (Reason(field="place", rule=rule, detail=place, span=span),)
