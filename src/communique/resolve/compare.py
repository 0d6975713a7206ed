"""Whether two claims speak of one thing, as a sum of named features with weights.

The weights stand in ``weights.toml``, a table a kind, on a scale of log-odds: two claims are taken for
one thing where the sum is above 0, which is a probability of one half.
"""

import math
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from communique.model import Kind

RULED_OUT = 20.0
"""What a contradiction weighs: more than all that can speak for two claims being one thing."""


class Seen(NamedTuple):
    """Something seen in two claims: the name of a weight, how far it holds (0 to 1) and what was seen, for people."""

    name: str
    value: float
    detail: str


class Feature(NamedTuple):
    """Something seen in two claims, with what it adds to the sum.

    Attributes:
        weight: log-odds that it adds; negative where it speaks against one thing.
    """

    name: str
    weight: float
    detail: str


class Comparison(NamedTuple):
    """All that speaks for and against two claims being one thing.

    Attributes:
        features: the strongest first.
        total: their sum and the kind's starting point, log-odds.
    """

    features: tuple[Feature, ...]
    total: float

    @property
    def same(self) -> bool:
        """Whether the two are taken for one thing."""
        return self.total > 0

    def against(self, contradiction: Seen) -> "Comparison":
        """The same with something that rules out, whatever else is seen, that the two are one thing."""
        ruled_out = Feature(contradiction.name, -RULED_OUT, contradiction.detail)
        return Comparison((ruled_out, *self.features), self.total - RULED_OUT)

    @property
    def probability(self) -> float:
        """The sum as a probability, 0 to 1."""
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.total))))


@cache
def weights(kind: Kind) -> dict[str, float]:
    """The weights of a kind; ``start`` is what the sum begins with."""
    table = tomllib.loads(files("communique.resolve").joinpath("weights.toml").read_text(encoding="utf-8"))
    return {name: float(value) for name, value in table[kind.value].items()}


def total(kind: Kind, seen: Iterable[Seen]) -> float:
    """The sum alone, which is what most comparisons need."""
    table = weights(kind)
    return table["start"] + sum(table[one.name] * one.value for one in seen)


def comparison(kind: Kind, seen: Iterable[Seen]) -> Comparison:
    """The sum with its parts."""
    table = weights(kind)
    features = [Feature("start", table["start"], "before anything is seen")]
    features += [Feature(one.name, round(table[one.name] * one.value, 3), one.detail) for one in seen]
    ordered = tuple(sorted(features, key=lambda feature: (-abs(feature.weight), feature.name)))
    return Comparison(ordered, sum(feature.weight for feature in features))
