"""Grouping claims that speak of one thing, whatever the order in which they arrived.

Only pairs that share something rare are compared. Those that are alike are joined from the most
alike downwards, unless the groups they already belong to contradict each other. The order of pairs
is that of their likeness and then of the claims themselves, so the result is a function of the set
of claims alone.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from communique.resolve.claims import Claim, Facts, Limits, clash, joined
from communique.resolve.pairs import Pair

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Identity(Generic[T]):
    """How things of one kind are told apart.

    Attributes:
        features: what identifies the thing that a claim speaks of.
        pairs: of all features, the indexes of those worth comparing, the smaller first.
        likeness: 0 if two are not the same thing, else how alike they are, up to 1; symmetric.
        facts: what a claim asserts that can contradict others.
        limits: how far facts may lie apart.
    """

    features: Callable[[Claim], T]
    pairs: Callable[[Sequence[T]], set[Pair]]
    likeness: Callable[[T, T], float]
    facts: Callable[[Claim, T], Facts]
    limits: Limits


def groups(claims: Iterable[Claim], identity: Identity[T]) -> list[list[Claim]]:
    """The claims, grouped by the thing they speak of; groups and their members in the claims' order."""
    nodes = _nodes(sorted(claims), identity)
    features = [feature for feature, _, _ in nodes]
    parent = list(range(len(nodes)))
    facts = [asserted for _, _, asserted in nodes]
    for one, other in _ranked_pairs(features, identity):
        a, b = _root(parent, one), _root(parent, other)
        if a != b and not clash(facts[a], facts[b], identity.limits):
            a, b = min(a, b), max(a, b)
            parent[b] = a
            facts[a] = joined(facts[a], facts[b])
    found: dict[int, list[Claim]] = defaultdict(list)
    for index, (_, members, _) in enumerate(nodes):
        found[_root(parent, index)] += members
    return sorted(sorted(members) for members in found.values())


def _nodes(claims: Sequence[Claim], identity: Identity[T]) -> list[tuple[T, list[Claim], Facts]]:
    """Claims of identical features as one node, where such features are enough to be the same thing."""
    nodes: list[tuple[T, list[Claim]]] = []
    seen: dict[T, int] = {}
    facts: dict[int, Facts] = {}
    for claim in claims:
        feature = identity.features(claim)
        own = identity.facts(claim, feature)
        at = seen.get(feature)
        alike = at is not None and identity.likeness(feature, feature) > 0
        if at is not None and alike and not clash(facts[at], own, identity.limits):
            nodes[at][1].append(claim)
            facts[at] = joined(facts[at], own)
        else:
            seen[feature] = len(nodes)
            facts[len(nodes)] = own
            nodes.append((feature, [claim]))
    return [(feature, members, facts[index]) for index, (feature, members) in enumerate(nodes)]


def _ranked_pairs(features: Sequence[T], identity: Identity[T]) -> list[Pair]:
    scored = (
        (identity.likeness(features[one], features[other]), one, other) for one, other in identity.pairs(features)
    )
    return [(one, other) for _, one, other in sorted((-s, a, b) for s, a, b in scored if s > 0)]


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index
