"""Names that the rules take for two actors' and that are alike all the same: in full and in part, or misspelled."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import Literal

from communique.lexicon.parties import is_known
from communique.model.names import fold, given_alike, name_parts, spelled_alike, spelling

Likeness = Literal["part", "spelling", "letters"]
"""One of two names has all words of the other, they may be transcriptions of one, or some letters differ."""
_TWO = 2
_SHORTEST = 4
"""Letters of a word of which one may be a slip; in shorter ones it makes another word."""
_NEAR = 0.8
"""The share of letters that two words have in common of which one is a slip for the other: Gonzales and Gonzalez."""
_WORD = re.compile(r"[^\W_]+")
_REMEMBERED = 50_000
"""Pairs of names whose likeness is remembered: all are asked about again whenever the ledger has changed."""
_FORMS = frozenset("co company corp corporation gmbh group inc incorporated limited llc ltd plc pty sa spa".split())
"""Words of companies' names that tell what they are in law."""


@lru_cache(_REMEMBERED)
def people_alike(one: str, other: str) -> Likeness | None:
    """How two names of people are alike that do not have the same words, or None."""
    first, second = name_parts(one), name_parts(other)
    if min(len(first), len(second)) < _TWO:
        return None
    if set(first) <= set(second) or set(second) <= set(first):
        return "part"
    given, family = (first[0], second[0]), (first[-1], second[-1])
    if given_alike(*given):
        return "spelling" if spelled_alike(*family) else "letters" if _near(*family) else None
    return "letters" if family[0] == family[1] and _near(*given) else None


@lru_cache(_REMEMBERED)
def organisations_alike(one: str, other: str) -> Likeness | None:
    """How two names of organisations are alike, or None: as it is where tables know both, and so tell them apart."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return None
    found: Likeness | None = None
    short, long = sorted((first, second), key=len)
    if long[: len(short)] == short or _is_acronym(one, second) or _is_acronym(other, first):
        found = "part"
    elif len(short) == len(long) and all(_is_slip(*each) for each in zip(first, second, strict=True)):
        found = "spelling"
    return None if found and is_known(one) and is_known(other) else found


def pairs_of_people(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names of people that may be alike, each once: those that share a part, however it is spelled."""
    return _pairs(names, lambda name: (spelling(part)[0] or part for part in name_parts(name)))


def pairs_of_organisations(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names of organisations that may be alike, each once: those that begin with one letter."""
    return _pairs(names, lambda name: (word[0] for word in _words(name)[:1]))


def _pairs(names: Iterable[str], keys: Callable[[str], Iterable[str]]) -> Iterator[tuple[str, str]]:
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        for key in set(keys(name)):
            blocks[key].append(name)
    yield from sorted({(one, other) for block in blocks.values() for one, other in combinations(block, 2)})


def _is_slip(one: str, other: str) -> bool:
    """Whether a word of an organisation's name may stand for another: as it is, cut short or misspelled."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _SHORTEST and long.startswith(short)) or _near(one, other)


def _near(one: str, other: str) -> bool:
    short, long = sorted((len(one), len(other)))
    if short < _SHORTEST or 2 * short < _NEAR * (short + long):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR


def _words(name: str) -> list[str]:
    words = _WORD.findall(fold(name))
    return [word for word in words if word not in _FORMS] or words


def _is_acronym(name: str, words: list[str]) -> bool:
    return len(words) > _TWO and name.isupper() and fold(name) == "".join(word[0] for word in words)
