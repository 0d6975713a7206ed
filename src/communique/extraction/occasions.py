"""Which occasion a sentence tells of, where it names a second one: "spoke today ahead of the summit of 29 June"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

from communique.extraction import fields
from communique.language.mentions import Analysis
from communique.language.phrases import find_phrases
from communique.language.unreal import is_told
from communique.lexicon.tables import rows
from communique.model import EngagementType, Span
from communique.model.edtf import bounds, is_valid
from communique.model.names import same_person
from communique.reader import Filler, Proposals, Roles

PROBABLE_DAY = 0.25
"""How probable the time of an occasion has to be: of 618 dates on held-out documents 433 are right with 0.3, 443 with
0.25, 447 with 0.2, 448 with 0.15; dates of other records lose as much as they gain."""
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
_ON_THE_MARGINS = re.compile(r"\bon the (?:margins|sidelines|fringes) of\b", re.IGNORECASE)
_PART_ENDS = re.compile(r",(?!\s+\d{4}\b)")


def date_of(proposals: Proposals, roles: Roles, sentence: int, *, held: bool) -> Filler | None:
    """The time that most probably dates the occasion, one of another occasion only if the sentence has no other.

    Args:
        held: the occasion has taken place, so that no time after the day of publication dates it.
    """
    text, published = proposals.analysis.document.text, proposals.analysis.document.published
    possible = [f for f in roles.get("date", ()) if not _names(text, f) and not (held and _is_later(f.key, published))]
    elsewhere = _other_occasions(proposals, sentence)
    best = fields.likeliest({"date": tuple(possible)}, "date", PROBABLE_DAY) or _beside_verb(
        proposals.analysis, sentence
    )
    if best is None or not _within(best, elsewhere):
        return best
    here = proposals.analysis.sentences[sentence]
    own = (f for f in possible if f.span and here.contains(f.span) and not _within(f, elsewhere))
    return next((f for f in own if f.probability >= LIKELY_ENOUGH), best)


def _beside_verb(analysis: Analysis, sentence: int) -> Filler | None:
    """The time that stands beside a verb of meeting: "met today with", "spoke on Monday about"."""
    text, here = analysis.document.text, analysis.sentences[sentence]
    beside = (
        time
        for time in analysis.times
        if time.edtf and here.contains(time.span) and _encounter().search(text, here.start, time.span.start)
    )
    return next((Filler(time.edtf, 1.0, time.span) for time in beside if time.edtf), None)


@cache
def _encounter() -> re.Pattern[str]:
    forms = (row["form"] for row in rows("encounters"))
    verbs = "|".join(sorted({form for form in forms if " " not in form}, key=len, reverse=True))
    return re.compile(rf"\b(?:{verbs})\s(?:\w+ly\s|again\s)?(?:on\s|in\s)?$", re.IGNORECASE)


def lies_ahead(proposals: Proposals, roles: Roles, sentence: int) -> Span | None:
    """The time of an occasion that is surely after the day of publication: "on Friday he inspects the troops"."""
    best = fields.likeliest(roles, "date")
    here = proposals.analysis.sentences[sentence]
    if best is None or best.span is None or best.probability < fields.PROBABLE or not here.contains(best.span):
        return None
    document = proposals.analysis.document
    is_another = _names(document.text, best) or _within(best, _other_occasions(proposals, sentence))
    return best.span if _is_later(best.key, document.published) and not is_another else None


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
    cued = [kind for kind, m in matches if not any(part.contains(Span(*m.span())) for part in elsewhere)]
    beside = _ON_THE_MARGINS.search(text, within.start, within.end)
    if beside and _met().search(text, within.start, within.end):
        return [EngagementType.MEETING.value, *(kind for kind in cued if kind != EngagementType.CALL)]
    return cued


def met_already(proposals: Proposals, sentence: int, kind: str) -> Span | None:
    """The verb of the past that tells an engagement of a type as a fact: "met", not "had hoped to have met"."""
    text, here = proposals.analysis.document.text, proposals.analysis.sentences[sentence]
    elsewhere = _other_occasions(proposals, sentence)
    verbs = (Span(*match.span()) for match in _past(kind).finditer(text, here.start, here.end))
    told = (v for v in verbs if is_told(text, here, v) and not any(part.contains(v) for part in elsewhere))
    return next(told, None)


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
def _past(kind: str) -> re.Pattern[str]:
    forms = sorted((r["form"] for r in rows("encounters") if r["type"] == kind and r["tense"]), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b" if forms else r"(?!)", re.IGNORECASE)


@cache
def _met() -> re.Pattern[str]:
    """Verbs of meeting and speaking: who does so on the margins of a gathering meets."""
    forms = sorted((row["form"] for row in rows("encounters")), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE)


@cache
def _verbs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["type"], re.compile(rf"\b{row['verb']}(?:\W+\w+){{0,3}}?\s+{behind}\b", re.IGNORECASE))
        for row in rows("engagement_verbs")
        for behind in [row["preposition"].replace(" ", r"\s")]
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
