"""Why two records make one entry or two, in features that people can read; and which pairs are doubtful."""

from collections.abc import Collection, Iterator, Sequence
from itertools import product

from communique.ledger import Reported
from communique.resolve.claims import claim, contradiction
from communique.resolve.cluster import sums
from communique.resolve.compare import Comparison, Seen, comparison
from communique.resolve.identities import IDENTITIES

DOUBTFUL = 1.0
"""A sum as near to 0 as this, in log-odds, is a doubtful one: a probability between 0.27 and 0.73."""


def why(one: Sequence[Reported], other: Sequence[Reported]) -> Comparison:
    """What speaks for and against two groups of records being of one thing, by the pair that are most alike.

    Args:
        one: records of one kind, at least one: those of an entry, or a single one.
        other: likewise.

    Raises:
        ValueError: the two are of different kinds.
    """
    kinds = {reported.record.kind for reported in (*one, *other)}
    if len(kinds) != 1:
        raise ValueError("only records of one kind can be of one thing")
    return max((_compared(a, b) for a, b in product(one, other)), key=lambda found: found.total)


def _compared(one: Reported, other: Reported) -> Comparison:
    kind = one.record.kind
    identity = IDENTITIES[kind]
    first, second = claim(one), claim(other)
    a, b = identity.features(first), identity.features(second)
    found = comparison(kind, identity.seen(a, b))
    clashing = contradiction(identity.facts(first, a), identity.facts(second, b), identity.limits)
    return found.against(Seen("contradiction", 1, clashing)) if clashing else found


def doubts(
    reported: Sequence[Reported], seeds: Collection[str] | None = None
) -> Iterator[tuple[float, Reported, Reported]]:
    """Pairs of records of which it is doubtful whether they are of one thing, with their sums.

    Args:
        reported: the records of which pairs are made.
        seeds: ids of records; where given, only pairs with one of them are weighed.
    """
    claims = [claim(one) for one in reported]
    for kind, identity in IDENTITIES.items():
        of_kind = sorted(one for one in claims if one.reported.record.kind is kind)
        at = None if seeds is None else [i for i, c in enumerate(of_kind) if c.reported.source.record_id in seeds]
        for total, one, other in sums(kind, of_kind, identity, at):
            if abs(total) < DOUBTFUL:
                yield total, of_kind[one].reported, of_kind[other].reported
