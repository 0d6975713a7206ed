"""Who undertakes an action, where grammar tells it: "Tokyo has agreed to lift", "Oslo's commitment to share"."""

import re
from functools import cache

from communique.language.mentions import ActorKind, ActorMention, Analysis
from communique.lexicon.tables import rows
from communique.model import Span

_GRAMMAR = (
    r"has|have|had|will|would|shall|can|could|may|might|should|must|does|do|did|is to|are to|was to|were to|to|also"
    r"|since|already|first|then|now|again|both|all|each|jointly|and|\w+ly"
)
_POSSESSIVE = r"(?:['’]s?(?=\s))?"
_INSERTED = (
    r"(?:,\s(?:(?:whose|which|who|where|now|an?|the|its|their|his|her)\s[^,;:]{3,90}|[a-z][^,;:]{3,60}"
    r"|[^,;:]{3,30}\s(?:said|added|stated|noted)),(?=\s))?"
)
"""What may stand between subject and verb: ", whose parliaments have backed it,"; of 39 such subjects 35 are right."""
_COORDINATED = re.compile(r"\s*(?:,|,?\s(?:and|as well as|together with|along with))\s+(?:the\s+)?", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    r"\b(?:of|with|for|in|to|from|at|by|on|including|among|amongst|between|against|via|under|within|across|behind|beside"
    r"|told|tells?|notified|notif(?:y|ies)|informed|informs?|assured|assures?|promised|promises?|reminded|offered|gave"
    r"|give|gives)\s+(?:(?:the|its|their|his|her|our|an?)\s+)?$",
    re.IGNORECASE,
)
"""What stands before those who are no subject: prepositions, and verbs that tell or promise somebody something."""

_STANDING_FOR_OTHERS = (ActorKind.PRONOUN, ActorKind.GROUP)
"""Whom "they" and "both sides" mean, the reader tells better than the rules of reference."""


def acting(analysis: Analysis, sentence: Span, action: Span) -> tuple[ActorMention, ...]:
    """The subject whose verb an action is, all of them where it is coordinated; empty where grammar doesn't tell.

    Nothing but auxiliaries, adverbs, words of commitment (``lexicon/strength_cues.csv``) and one insertion between
    commas stands between the two. A possessive owns the commitment: of 37 such 36 are right.
    """
    text = analysis.document.text
    if action.start <= sentence.start:
        return ()
    actors = [a for a in analysis.actors_in(Span(sentence.start, action.start)) if a.parties]
    nearest = next((a for a in reversed(actors) if _verb().fullmatch(text, a.span.end, action.start)), None)
    if nearest is None or nearest.kind in _STANDING_FOR_OTHERS or nearest.parties == nearest.people:
        return ()
    subject = [nearest]
    for actor in reversed(actors[: actors.index(nearest)]):
        if _COORDINATED.fullmatch(text, actor.span.end, subject[0].span.start):
            subject.insert(0, actor)
    return () if _NO_SUBJECT.search(text, sentence.start, subject[0].span.start) else tuple(subject)


@cache
def _verb() -> re.Pattern[str]:
    cues = "|".join(re.escape(row["form"]) for row in rows("strength_cues") if row["strength"])
    return re.compile(rf"{_POSSESSIVE}{_INSERTED}(?:[\s,]|\b(?:{_GRAMMAR}|{cues})\b)*", re.IGNORECASE)
