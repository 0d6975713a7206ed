"""Which occasion a sentence tells of, where it names a second one: "spoke today ahead of the summit of 29 June"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

from communique.extraction import fields
from communique.language.mentions import Analysis
from communique.language.phrases import find_phrases
from communique.lexicon.tables import rows
from communique.model import Span
from communique.model.edtf import bounds, is_valid
from communique.model.names import same_person
from communique.reader import Filler, Proposals, Roles

LIKELY_ENOUGH = 0.05
"""A date of the occasion itself wins over that of the other one from this probability on."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"\s[A-Z]")
_DATING = re.compile(r"\b(?:in|since|until|by|during|from|of)\s$", re.IGNORECASE)
_PLANNED = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bwas )(?<!\bwere )\b(?:\w+ed|said|told \w+)\s+(?:(?:in|on)\s)?$"
)
"""A verb of the past, not "is expected", before a time that is followed by what was planned then."""
_PLAN = re.compile(r"\s+(?:to\s+[a-z]|that\b)")
_LOOK_BACK = 10
_NEXT = frozenset({"time.weekday", "time.month", "time.season"})
_WEEK = timedelta(days=7)
_MONTH = re.compile(r"\d{4}-\d{2}")
_PART_ENDS = re.compile(r",(?!\s+\d{4}\b)")


def date_of(proposals: Proposals, roles: Roles, sentence: int, *, held: bool) -> Filler | None:
    """The time that most probably dates the occasion, one of another occasion only if the sentence has no other.

    Args:
        held: the occasion has taken place, so that no time after the day of publication dates it.
    """
    text, published = proposals.analysis.document.text, proposals.analysis.document.published
    possible = [f for f in roles.get("date", ()) if not _names(text, f) and not (held and _is_later(f.key, published))]
    best = fields.likeliest({"date": tuple(possible)}, "date")
    elsewhere = _other_occasions(proposals, sentence)
    if best is None or not _within(best, elsewhere):
        return best
    here = proposals.analysis.sentences[sentence]
    own = (f for f in possible if f.span and here.contains(f.span) and not _within(f, elsewhere))
    return next((f for f in own if f.probability >= LIKELY_ENOUGH), best)


def to_come(analysis: Analysis, when: Filler) -> Filler | None:
    """The time of something planned that is named without its year or week: the next one, where the last is over.

    "The ministers gather on Friday" is next Friday. Of 14 annotated plans with such a time in the past all are so.
    None where the time is that of the planning: "agreed in July to sign it at their next meeting".
    """
    if when.span is not None and _is_of_planning(analysis.document.text, when.span):
        return None
    published = analysis.document.published
    mention = next((time for time in analysis.times if time.span == when.span), None)
    if published is None or mention is None or mention.rule not in _NEXT:
        return when
    if not (is_valid(when.key) and is_valid(published) and bounds(when.key)[1] < bounds(published)[0]):
        return when
    first, last = bounds(when.key)
    if first == last:
        return replace(when, key=(first + _WEEK).isoformat())
    return replace(when, key=f"{int(when.key[:4]) + 1}{when.key[4:]}") if _MONTH.fullmatch(when.key) else when


def _is_of_planning(text: str, time: Span) -> bool:
    before = _PLANNED.search(text, max(0, time.start - 4 * _LOOK_BACK), time.start)
    return before is not None and _PLAN.match(text, time.end) is not None


def _names(text: str, filler: Filler) -> bool:
    """Whether a time is a year that belongs to a name, "with the 2022 ASEAN Chair", and dates nothing."""
    span = filler.span
    if span is None or not _YEAR.fullmatch(text[span.start : span.end]):
        return False
    return bool(_NAME.match(text, span.end)) and not _DATING.search(text, max(0, span.start - _LOOK_BACK), span.start)


def _is_later(when: str, published: str | None) -> bool:
    """Whether all of a time lies after the day of publication."""
    if published is None or not is_valid(when) or not is_valid(published):
        return False
    return bounds(when)[0] > bounds(published)[1]


def cued_types(proposals: Proposals, sentence: int) -> list[str]:
    """The types of engagement that a verb of the sentence tells outright."""
    text = proposals.analysis.document.text
    within = proposals.analysis.sentences[sentence]
    elsewhere = _other_occasions(proposals, sentence)
    matches = [(kind, m) for kind, pattern in _verbs() for m in pattern.finditer(text, within.start, within.end)]
    return [kind for kind, m in matches if not any(part.contains(Span(*m.span())) for part in elsewhere)]


def still_to_come(text: str, sentence: Span, kind: str) -> Span | None:
    """The words of a sentence that call an occasion of this type one to come: "welcomed the next INDUS-X Summit"."""
    match = _coming(kind).search(text, sentence.start, sentence.end)
    return Span(*match.span()) if match else None


@cache
def _coming(kind: str) -> re.Pattern[str]:
    words = "|".join(row["form"] for row in rows("coming"))
    return re.compile(rf"\b(?:{words})\s+(?:[\w.'’-]+\s+){{0,3}}?{kind}s?\b(?!\s+(?:was|were|took)\b)", re.IGNORECASE)


def present(
    analysis: Analysis, people: Sequence[str], evidence: Sequence[Span]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people whom the evidence itself names or means, all if it does none, and the parties that they act for."""
    mentioned = [a for a in (*analysis.actors, *analysis.title_actors) if len(a.people) == 1 and a.parties != a.people]
    acts_for = {a.people[0]: a.parties for a in reversed(mentioned) if a.parties}
    named = {name for part in evidence for actor in analysis.actors_in(part) for name in actor.people}
    here = tuple(name for name in people if any(same_person(name, other) for other in named)) or tuple(people)
    return here, tuple(party for name in here for party in acts_for.get(name, ()))


@cache
def _verbs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["type"], re.compile(rf"\b{row['verb']}(?:\W+\w+){{0,3}}?\s+{row['preposition']}\b", re.IGNORECASE))
        for row in rows("engagement_verbs")
    )


def _within(filler: Filler, parts: list[Span]) -> bool:
    return filler.span is not None and any(part.contains(filler.span) for part in parts)


def _other_occasions(proposals: Proposals, sentence: int) -> list[Span]:
    """The parts of a sentence that speak of another occasion: from a phrase of the table to the next comma."""
    text = proposals.analysis.document.text
    within = proposals.analysis.sentences[sentence]
    parts = []
    for phrase in find_phrases("other_occasions", text, within):
        comma = _PART_ENDS.search(text, phrase.end, within.end)
        parts.append(Span(phrase.start, comma.start() if comma else within.end))
    return parts
