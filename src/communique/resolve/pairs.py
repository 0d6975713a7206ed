"""Which claims are worth comparing: pairs that share something rare enough to tell things apart.

Each function takes one set per claim and gives pairs of indexes, the smaller first. Their number
stays near-linear in the number of claims because what many share is left out of account.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence, Set
from itertools import combinations
from math import ceil

MAX_BLOCK = 400
"""What more claims than this share tells nothing apart."""

Pair = tuple[int, int]


def sharing(keys: Sequence[Iterable[Hashable]]) -> set[Pair]:
    """Pairs that share a key."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for index, own in enumerate(keys):
        for key in dict.fromkeys(own):
            blocks[key].append(index)
    return {pair for block in blocks.values() if len(block) <= MAX_BLOCK for pair in combinations(block, 2)}


def containing(words: Sequence[Set[str]]) -> set[Pair]:
    """Pairs of which one set holds all words of the other: it must hold the other's rarest word."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, own in enumerate(words):
        for word in own:
            holders[word].append(index)
    found: set[Pair] = set()
    for index, own in enumerate(words):
        if own:
            rarest = min(own, key=lambda word: (len(holders[word]), word))
            if len(holders[rarest]) <= MAX_BLOCK:
                found |= {(min(index, b), max(index, b)) for b in holders[rarest] if b != index and own <= words[b]}
    return found


def overlapping(words: Sequence[Set[str]], least: float) -> set[Pair]:
    """Pairs whose sets have a Jaccard similarity of at least ``least``, and others that come close.

    Two such sets share a word among the rarest of each, as many as the set could lack plus one
    (prefix filtering: Chaudhuri, Ganti and Kaushik, "A Primitive Operator for Similarity Joins in
    Data Cleaning", 2006).
    """
    frequency = Counter(word for own in words for word in own)
    prefixes = []
    for own in words:
        rarest_first = sorted(own, key=lambda word: (frequency[word], word))
        prefixes.append(rarest_first[: len(own) - ceil(least * len(own)) + 1])
    return sharing(prefixes)


def jaccard(one: Set[str], other: Set[str]) -> float:
    """The share of all words that are common to both; 0 for two empty sets."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0
