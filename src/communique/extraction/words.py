"""Comparing phrases by the words that carry content."""

import re
from collections import Counter
from functools import lru_cache

STOP_WORDS = frozenset(
    "a an the of to and or in on for with by at from its their his her our this that these those new as s is be".split()
)


def content_words(phrase: str) -> list[str]:
    """Lower-case words and numbers of a phrase without the words that only bind."""
    return [w for w in re.findall(r"\w+", phrase.lower()) if w not in STOP_WORDS]


def overlap(a: str, b: str) -> float:
    """F1 of the content words that two phrases share, 0 to 1."""
    one, other = _counted(a), _counted(b)
    total = one.total() + other.total()
    return 2 * _shared(one, other) / total if total else 0.0


def contained(shorter: str, longer: str) -> float:
    """The share of the first phrase's content words that the second one has too."""
    one, other = _counted(shorter), _counted(longer)
    return _shared(one, other) / one.total() if one else 0.0


def _shared(one: Counter[str], other: Counter[str]) -> int:
    """How many words two phrases share: as ``(one & other).total()`` tells in four times the time."""
    return sum(min(count, other[word]) for word, count in one.items() if word in other)


@lru_cache(maxsize=1024)
def _counted(phrase: str) -> Counter[str]:
    """Its content words with their numbers: each phrase of a document is compared with many others."""
    return Counter(content_words(phrase))
