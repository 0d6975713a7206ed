"""Which claims are worth comparing: those that share a blocking key, and sets of words on the way to keys.

A claim's keys follow from that claim alone, so that a new document changes no key of another.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence, Set
from itertools import combinations
from math import ceil

Pair = tuple[int, int]


def sharing(keys: Sequence[Iterable[Hashable]]) -> set[Pair]:
    """Pairs of indexes that share a key, the smaller first."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for index, own in enumerate(keys):
        for key in dict.fromkeys(own):
            blocks[key].append(index)
    return {pair for block in blocks.values() for pair in combinations(block, 2)}


def sharing_with(keys: Sequence[Iterable[Hashable]], seeds: Collection[int]) -> set[Pair]:
    """Likewise, only pairs of which one index is among the seeds."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    wanted = {key for index in seeds for key in keys[index]}
    for index, own in enumerate(keys):
        for key in wanted.intersection(own):
            blocks[key].append(index)
    met = ((index, beside) for index in seeds for key in keys[index] for beside in blocks[key])
    return {(min(pair), max(pair)) for pair in met if pair[0] != pair[1]}


def prefix(words: Set[str], least: float) -> list[str]:
    """Words of which two sets share one if their Jaccard similarity is at least ``least``.

    As many of each set as it could lack plus one, by an order of words that is the same for all (prefix
    filtering: Chaudhuri, Ganti and Kaushik, "A Primitive Operator for Similarity Joins in Data Cleaning",
    2006). Long words come first, which are rarer.
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return ordered[: len(words) - ceil(least * len(words)) + 1]


def jaccard(one: Set[str], other: Set[str]) -> float:
    """The share of all words that are common to both; 0 for two empty sets."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0
