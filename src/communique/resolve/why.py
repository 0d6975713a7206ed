"""Why two records make one entry or two, in features that people can read; and which pairs are doubtful."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from communique.ledger import Reported
from communique.resolve.claims import claim, contradiction
from communique.resolve.cluster import sums
from communique.resolve.compare import Comparison, Seen, comparison
from communique.resolve.identities import IDENTITIES

DOUBTFUL = 1.0
"""A sum as near to 0 as this, in log-odds, is a doubtful one: a probability between 0.27 and 0.73."""


class Doubt(NamedTuple):
    """Two records of which it is doubtful whether they are of one thing."""

    one: Reported
    other: Reported
    total: float


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


def doubtful(reported: Iterable[Reported]) -> Iterator[Doubt]:
    """Pairs of records of which it is doubtful whether they are of one thing, the most doubtful first."""
    claims = [claim(one) for one in reported]
    found = []
    for kind, identity in IDENTITIES.items():
        of_kind = sorted(one for one in claims if one.reported.record.kind is kind)
        for total, one, other in sums(kind, of_kind, identity):
            if abs(total) < DOUBTFUL:
                found.append((abs(total), total, of_kind[one], of_kind[other]))
    for _, total, first, second in sorted(found, key=lambda doubt: (doubt[0], doubt[2].order, doubt[3].order)):
        yield Doubt(first.reported, second.reported, total)
