"""Several occasions of one type in a sentence: "met A on Monday and was received by B on Tuesday"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from communique.extraction import fields
from communique.language.mentions import Analysis
from communique.lexicon.tables import rows
from communique.model import EngagementType, Span
from communique.reader import Filler, Roles

POSSIBLE = 0.2
"""How probable somebody has to be who stands with a verb of meeting of his own: the reader, which is asked for one
occasion, is unsure about those of the others."""
_TOGETHER = (EngagementType.MEETING, EngagementType.CALL)
_AND = re.compile(r"\band\b|;")
"""Stands between the days of several occasions, not in "held it on Monday, the ministry said on Tuesday"."""
_APART = re.compile(r"\b(?:separate(?:ly)?|in turn|one after the other)\b", re.IGNORECASE)
_ONE_BY_ONE = re.compile(r"\b(?:tele)?phoned\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """The words of a sentence that tell of one occasion, with those that fill its roles."""

    span: Span
    roles: Roles


def apart(analysis: Analysis, sentence: Span, kind: str, roles: Roles) -> list[Part]:
    """The occasions of a type that a sentence tells of, mostly one.

    There are several where verbs of meeting follow each other, each with somebody of its own, where people of several
    parties are met "separately", and where the sentence has a day for each. Who stands before the first verb takes
    part in all.
    """
    here = {role: [f for f in found if f.span and sentence.contains(f.span)] for role, found in roles.items()}
    people = [f for f in here.get("person", ()) if f.probability >= POSSIBLE]
    days = sorted(f.span for f in here.get("date", ()) if f.span and f.probability >= fields.PROBABLE)
    if len(days) < 2 or not _AND.search(analysis.document.text, days[0].end, days[-1].start):
        days = []
    if kind in _TOGETHER:
        clauses = _clauses(analysis.document.text, sentence, kind)
        each = [span for span in clauses if _within(span, people)]
        each = each if len(each) > 1 else _one_by_one(analysis, sentence, clauses, people)
        dated = _cut(clauses[0], days) if len(clauses) == 1 else []
        each = dated if len(each) < 2 and all(_within(part, people) for part in dated) else each
        if len(each) > 1:
            return [Part(part, _sure(part, _without(roles, each, part))) for part in each]
    parts = _cut(sentence, days)
    told = [f for f in (*people, *here.get("party", ())) if f.probability >= POSSIBLE]
    if len(parts) > 1 and (kind == EngagementType.VISIT or not any(_within(part, told) for part in parts[1:])):
        return _by_day(parts, roles)
    return [Part(sentence, roles)]


def _cut(whole: Span, days: Sequence[Span]) -> list[Span]:
    """The words up to the end of each day, those after the last with it."""
    ends = [day.end for day in days[:-1] if whole.contains(day)]
    return [Span(start, end) for start, end in pairwise([whole.start, *ends, whole.end])]


def _clauses(text: str, sentence: Span, kind: str) -> list[Span]:
    """From each verb of meeting to the next one, the last to the end of the sentence."""
    starts = [match.start() for match in _encounters(kind).finditer(text, sentence.start, sentence.end)]
    return [Span(start, end) for start, end in pairwise([*starts, sentence.end])]


@cache
def _encounters(kind: str) -> re.Pattern[str]:
    forms = sorted((row["form"] for row in rows("encounters") if row["type"] == kind), key=len, reverse=True)
    words = "|".join(form.replace(" with", r"(?:\W+\w+){0,5}?\W+with") for form in forms)
    return re.compile(rf"\b(?:{words})\b" if forms else r"(?!)")


def _one_by_one(analysis: Analysis, sentence: Span, clauses: Sequence[Span], people: Sequence[Filler]) -> list[Span]:
    """The people after the verb by their parties, where they were met one after the other."""
    text = analysis.document.text
    if len(clauses) != 1:
        return []
    if not _APART.search(text, sentence.start, sentence.end) and not _ONE_BY_ONE.match(text, clauses[0].start):
        return []
    acts_for = {actor.people[0]: actor.parties for actor in reversed(analysis.actors) if len(actor.people) == 1}
    starts: list[int] = []
    last: tuple[str, ...] = ()
    for span, name in sorted((f.span, f.key) for f in people if f.span and clauses[0].contains(f.span)):
        if not starts or acts_for.get(name, ()) != last:
            starts.append(span.start)
            last = acts_for.get(name, ())
    return [Span(start, end) for start, end in pairwise([*starts, sentence.end])]


def _by_day(parts: Sequence[Span], roles: Roles) -> list[Part]:
    """One occasion for each day; those who are not told anew, visitors or hosts, are those of the day before."""
    found: list[Part] = []
    for part in parts:
        own = _sure(part, _without(roles, parts, part))
        if found:
            before = found[-1].roles
            people = own.get("person", ()) if _within(part, own.get("person", ())) else before.get("person", ())
            is_told = _within(part, own.get("party", ()))
            party = own.get("party", ()) if is_told else before.get("party", ())
            own = own | {"person": tuple(people), "party": tuple(party)}
        found.append(Part(part, own))
    return found


def _without(roles: Roles, parts: Sequence[Span], part: Span) -> Roles:
    """The roles without those who stand in other parts."""
    others = [other for other in parts if other != part]
    return {role: tuple(f for f in found if not any(_within(o, [f]) for o in others)) for role, found in roles.items()}


def _sure(part: Span, roles: Roles) -> Roles:
    """The roles with those who stand in the part taken for certain enough."""
    return {
        role: tuple(
            replace(f, probability=fields.PROBABLE)
            if role != "date" and POSSIBLE <= f.probability < fields.PROBABLE and _within(part, [f])
            else f
            for f in found
        )
        for role, found in roles.items()
    }


def _within(part: Span, found: Sequence[Filler]) -> bool:
    return any(f.span is not None and part.contains(f.span) for f in found)
