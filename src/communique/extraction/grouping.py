"""Which mentions of a document tell of one thing: weights of named features that ``training/grouping.py`` learned.

Two mentions alone often leave it open, and a chain of likely pairs soon joins what nobody would; so groups are joined
by the mean of all their pairs, the likeliest first.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

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


@cache
def weights(kind: str) -> Weights:
    """The weights for a kind of record.

    Raises:
        KeyError: nothing was learned for the kind.
    """
    return Weights(**json.loads(FILE.read_text(encoding="utf-8"))[kind])


def groups(count: int, log_odds: Mapping[tuple[int, int], float], limit: float) -> list[list[int]]:
    """Mentions by what they tell of, each group in order, the groups by their first mention.

    Args:
        count: how many mentions there are.
        log_odds: of pairs, the earlier mention first; of those that are missing nothing is known, and groups of which
            no pair is known stay apart.
        limit: the mean over the known pairs of two groups from which on they are one.
    """
    found: list[list[int]] = []
    for members in _connected(count, (pair for pair, odds in log_odds.items() if odds >= limit)):
        found += _joined(members, log_odds, limit)
    return sorted(found)


def _connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Mentions that a chain of likely pairs connects: no mean of unlikely ones is likely."""
    leader = list(range(count))

    def first(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for a, b in pairs:
        one, other = sorted((first(a), first(b)))
        leader[other] = one
    found: dict[int, list[int]] = {}
    for one in range(count):
        found.setdefault(first(one), []).append(one)
    return list(found.values())


def _joined(members: Sequence[int], log_odds: Mapping[tuple[int, int], float], limit: float) -> list[list[int]]:
    """The groups of connected mentions, two at a time, the likeliest first, as long as they are likely."""
    grouped: list[list[int]] = [[member] for member in members]
    size = len(members)
    sums, known = np.zeros((size, size)), np.zeros((size, size))
    for i, a in enumerate(members):
        for j in range(i + 1, size):
            if (a, members[j]) in log_odds:
                sums[i, j] = sums[j, i] = log_odds[a, members[j]]
                known[i, j] = known[j, i] = 1
    while len(grouped) > 1:
        means = np.where(known > 0, sums / np.maximum(known, 1), -np.inf)
        one, other = sorted(divmod(int(means.argmax()), len(grouped)))
        if not means[one, other] >= limit:
            break
        for table in (sums, known):
            table[one] += table[other]
            table[:, one] = table[one]
            table[one, one] = 0
        sums, known = (np.delete(np.delete(table, other, 0), other, 1) for table in (sums, known))
        grouped[one] = sorted(grouped[one] + grouped.pop(other))
    return grouped
