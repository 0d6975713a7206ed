"""Which mentions of a document tell of one thing: weights of named features that ``training/grouping.py`` learned.

Two mentions alone often leave it open, and a chain of likely pairs soon joins what nobody would; so groups are joined
by the mean of all their pairs, the likeliest first.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from heapq import heapify, heappop, heappush
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("grouping.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """How two mentions are judged: log-odds of their telling of one thing are the bias and the weights of what is seen.

    Attributes:
        limit: the mean log-odds from which on two groups are one.
    """

    bias: float
    limit: float
    seen: Mapping[str, float]

    def log_odds(self, features: Mapping[str, float]) -> float:
        """How likely two mentions tell of one thing; features that nothing is known of count nothing."""
        return self.bias + sum(self.seen.get(name, 0.0) * value for name, value in features.items())


class _Known(NamedTuple):
    """The log-odds of the known pairs between two groups, added up, and how many they are."""

    sum: float
    pairs: int

    @property
    def mean(self) -> float:
        return self.sum / self.pairs


@cache
def weights(kind: str) -> Weights:
    """The weights for a kind of record.

    Raises:
        KeyError: nothing was learned for the kind.
    """
    return Weights(**json.loads(FILE.read_text(encoding="utf-8"))[kind])


def groups(count: int, log_odds: Mapping[tuple[int, int], float], limit: float) -> list[list[int]]:
    """Mentions by what they tell of, each group in order, the groups by their first mention.

    Two groups at a time are joined, the likeliest first. Cost grows with the number of known pairs.

    Args:
        count: how many mentions there are.
        log_odds: of pairs, the earlier mention first; of those that are missing nothing is known, and groups of which
            no pair is known stay apart.
        limit: the mean over the known pairs of two groups from which on they are one.
    """
    found = {one: [one] for one in range(count)}
    near: dict[int, dict[int, _Known]] = {one: {} for one in found}
    for (one, other), odds in log_odds.items():
        near[one][other] = near[other][one] = _Known(odds, 1)
    waiting = [(-odds, *pair) for pair, odds in log_odds.items() if odds >= limit]
    heapify(waiting)
    while waiting:
        against, one, other = heappop(waiting)
        if other not in near[one] or near[one][other].mean != -against:
            continue  # one of the two has been joined to another group meanwhile
        found[one] += found.pop(other)
        for third, known in near.pop(other).items():
            del near[third][other]
            if third == one:
                continue
            before = near[one].get(third, _Known(0.0, 0))
            near[one][third] = near[third][one] = both = _Known(before.sum + known.sum, before.pairs + known.pairs)
            if both.mean >= limit:
                heappush(waiting, (-both.mean, min(one, third), max(one, third)))
        near[other] = {}
    return sorted(sorted(group) for group in found.values())
