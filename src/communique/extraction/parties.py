"""Who takes part in an engagement."""

import re
from collections.abc import Sequence

from communique.language.mentions import ActorKind, ActorMention, Analysis
from communique.model import EngagementType, Span

TWO_SIDES = 2
_AT = re.compile(
    r"\b(?:at|before|for|after|during|following|ahead of|(?:sidelines|margins|occasion) of)\s"
    r"(?:the|a|this|next|last|[\w-]+[’']s)\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_GATHERING = re.compile(r"\s(?:[\w-]+\s){0,2}(?:summit|meeting|conference|assembly|forum|session)\b", re.IGNORECASE)
_LOOK_BACK = 50


def governments_first(analysis: Analysis, parties: Sequence[str]) -> tuple[str, ...]:
    """Those who meet: where two states or bodies do, firms and unlisted names beside them are no parties.

    Of 1,290 annotated engagements between two or more states and bodies eight have a firm among their parties.
    """
    private = {
        party
        for mention in analysis.actors
        if mention.kind in (ActorKind.COMPANY, ActorKind.NAME)
        for party in mention.parties
    }
    public = tuple(party for party in parties if party not in private)
    return public if len(public) >= TWO_SIDES else tuple(parties)


def without_hosts(
    analysis: Analysis, kind: EngagementType, parties: Sequence[str], evidence: Sequence[Span]
) -> tuple[str, ...]:
    """Those who meet without the body at whose gathering they do: two ministers "on the sidelines of the G20 summit".

    Of 17 bodies that the words of an annotated occasion of two states, no summit itself, name only so none is a party.
    """
    bodies: dict[str, list[bool]] = {}
    for mention in (actor for part in evidence for actor in analysis.actors_in(part)):
        if mention.kind is ActorKind.ORGANISATION:
            for party in mention.parties:
                bodies.setdefault(party, []).append(_only_where(analysis.document.text, mention))
    rest = tuple(party for party in parties if not all(bodies.get(party, [False])))
    return rest if kind != EngagementType.SUMMIT and len(rest) >= TWO_SIDES else tuple(parties)


def _only_where(text: str, body: ActorMention) -> bool:
    """Whether a body's name only says at which gathering something was."""
    start = body.span.start
    return bool(_AT.search(text, max(0, start - _LOOK_BACK), start) and _GATHERING.match(text, body.span.end))
