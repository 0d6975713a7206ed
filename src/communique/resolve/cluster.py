"""Grouping claims that speak of one thing, whatever the order in which they arrived.

Only pairs that share a key are compared. Those whose features outweigh what speaks against them are
joined from the surest downwards, unless the groups they already belong to contradict each other or are unlike. The
order of pairs is that of their sums and then of the claims themselves, so the result is a function of
the set of claims alone; and what shares no key, directly or by way of others, can't change it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

from communique.model import Kind
from communique.resolve.bonds import Bonds
from communique.resolve.claims import Claim, Facts, Limits, clash, joined
from communique.resolve.compare import Seen, total
from communique.resolve.pairs import Pair, sharing, sharing_with

T = TypeVar("T", bound=Hashable)

_COMPARED = 5
"""As many of the features of each of two groups are compared before the groups are joined."""
_FOR = 6.0
"""What a single comparison counts at most for two groups being one."""
ON_AVERAGE = -0.8
"""Groups are joined where their comparisons come to more on average. Set on the labelled pairs to tune on and on the
briefings of 2021 to 2023, where 254 records of G7, Quad and Pacific programmes made one entry without it, and 40
promises about Russia and Ukraine with twice as low a one."""


@dataclass(frozen=True, slots=True)
class Identity(Generic[T]):
    """How things of one kind are told apart.

    Attributes:
        features: what identifies the thing that a claim speaks of.
        name: the features that tell it from others at any time; features as they are where time matters.
        keys: two of which no key is common are not compared.
        seen: what speaks for and against two being one thing; symmetric but for its wording.
        facts: what a claim asserts that can contradict others.
        limits: how far facts may lie apart.
        on_average: what the comparisons of two groups come to at least, for them to be joined.
        against: what a single one of these counts at most against it.
    """

    features: Callable[[Claim], T]
    name: Callable[[T], T]
    keys: Callable[[T], Iterable[str]]
    seen: Callable[[T, T], list[Seen]]
    facts: Callable[[Claim, T], Facts]
    limits: Limits
    on_average: float = ON_AVERAGE
    against: float = -2.0


@dataclass(slots=True)
class _Group(Generic[T]):
    """Claims that have been joined, what they assert together and the records that they must not be joined with."""

    name: T
    features: Counter[T]
    claims: list[Claim]
    facts: Facts
    foes: set[str]

    def some(self) -> list[T]:
        """A few of its features, from the most told to the last that was told.

        Those told first alone would keep apart what is told again years later in the same words.
        """
        ranked = [features for features, _ in self.features.most_common()]
        if len(ranked) <= _COMPARED:
            return ranked
        return [ranked[step * (len(ranked) - 1) // (_COMPARED - 1)] for step in range(_COMPARED)]

    @property
    def records(self) -> set[str]:
        return {claim.reported.source.record_id for claim in self.claims}


def itself(features: T) -> T:
    """For kinds of things of which the time is always a part of what tells them apart."""
    return features


def groups(kind: Kind, claims: Iterable[Claim], identity: Identity[T], bonds: Bonds) -> list[list[Claim]]:
    """The claims, grouped by the thing they speak of; groups and their members in the claims' order.

    Args:
        kind: the kind of all claims.
        bonds: which records an analyst has declared to be of one thing, or of two.
    """
    found = _nodes(kind, sorted(claims), identity, bonds)
    ranked = _ranked_pairs(kind, found, identity)
    parent = list(range(len(found)))
    for one, other in _declared(found, bonds):
        _join(found, parent, _root(parent, one), _root(parent, other))
    for one, other in ranked:
        a, b = _root(parent, one), _root(parent, other)
        if a != b and _fit(found[a], found[b], identity.limits) and _alike(kind, found[a], found[b], identity):
            _join(found, parent, a, b)
    return sorted(sorted(found[index].claims) for index in range(len(found)) if parent[index] == index)


def may_join(kind: Kind, one: T, other: T, identity: Identity[T]) -> bool:
    """Whether two claims with these features, by themselves, are taken for one thing."""
    return identity.name(one) == identity.name(other) or total(kind, identity.seen(one, other)) > 0


def sums(
    kind: Kind, claims: Sequence[Claim], identity: Identity[T], seeds: Collection[int] | None = None
) -> Iterator[tuple[float, int, int]]:
    """The sum of what speaks for and against each pair of claims that share a key, with their indexes.

    Args:
        seeds: indexes of claims; where given, only pairs with one of them are weighed.
    """
    features = [identity.features(claim) for claim in claims]
    facts = [identity.facts(*both) for both in zip(claims, features, strict=True)]
    keys = [tuple(identity.keys(feature)) for feature in features]
    for one, other in sorted(sharing(keys) if seeds is None else sharing_with(keys, seeds)):
        if not clash(facts[one], facts[other], identity.limits):
            yield total(kind, identity.seen(features[one], features[other])), one, other


def _nodes(kind: Kind, claims: Sequence[Claim], identity: Identity[T], bonds: Bonds) -> list[_Group[T]]:
    """Claims of one name as one group, where the name is enough to be the same thing."""
    nodes: list[_Group[T]] = []
    latest: dict[T, _Group[T]] = {}
    for claim in claims:
        feature = identity.features(claim)
        name = identity.name(feature)
        foes = set(bonds.apart.get(claim.reported.source.record_id, ()))
        own = _Group(name, Counter({feature: 1}), [claim], identity.facts(claim, feature), foes)
        known = latest.get(name)
        if known is not None and total(kind, identity.seen(name, name)) > 0 and _fit(known, own, identity.limits):
            _take_in(known, own)
        else:
            latest[name] = own
            nodes.append(own)
    return nodes


def _fit(one: _Group[T], other: _Group[T], limits: Limits) -> bool:
    """Whether two groups may be joined: neither an analyst nor what they assert keeps them apart."""
    declared_apart = bool(one.foes and other.foes) and not one.foes.isdisjoint(other.records)
    return not declared_apart and not clash(one.facts, other.facts, limits)


def _alike(kind: Kind, one: _Group[T], other: _Group[T], identity: Identity[T]) -> bool:
    """Whether two groups as wholes may be one thing, so that no chain of like names leads from one to another."""
    sums = [total(kind, identity.seen(a, b)) for a, b in product(one.some(), other.some())]
    return sum(max(identity.against, min(_FOR, found)) for found in sums) > identity.on_average * len(sums)


def _declared(found: Sequence[_Group[T]], bonds: Bonds) -> list[Pair]:
    if not bonds.together:
        return []
    at = {record: index for index, group in enumerate(found) for record in group.records}
    return [(at[one], at[other]) for one, other in bonds.together if one in at and other in at]


def _join(found: Sequence[_Group[T]], parent: list[int], one: int, other: int) -> None:
    if one != other:
        first, second = min(one, other), max(one, other)
        parent[second] = first
        _take_in(found[first], found[second])


def _take_in(group: _Group[T], other: _Group[T]) -> None:
    group.features += other.features
    group.claims += other.claims
    group.facts = joined(group.facts, other.facts)
    group.foes |= other.foes


def _ranked_pairs(kind: Kind, nodes: Sequence[_Group[T]], identity: Identity[T]) -> list[Pair]:
    keys = [{key for feature in node.features for key in identity.keys(feature)} for node in nodes]
    scored = []
    for one, other in sharing(keys):
        best = max(total(kind, identity.seen(a, b)) for a, b in _compared(nodes[one], nodes[other]))
        if best > 0:
            scored.append((-best, one, other))
    return [(one, other) for _, one, other in sorted(scored)]


def _compared(one: _Group[T], other: _Group[T]) -> Iterable[tuple[T, T]]:
    """The features to compare: names alone where they tell, else as they are at each time."""
    if one.name not in one.features and other.name not in other.features:
        return ((one.name, other.name),)
    return product(one.features, other.features)


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index
