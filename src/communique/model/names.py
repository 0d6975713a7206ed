"""Names of people: folded for comparison, and whether two may be one person's."""

import re
import unicodedata
from functools import cache, lru_cache

from nicknames import NickNamer

_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_ARTICLE = re.compile(r"^(?:al|el)-(?=\w)")
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
_SHORT = 3
"""Letters that a given name may be shortened to: "Raj", "Alex"."""
_SPELLED = str.maketrans({"y": "i", "j": "i", "x": "ks", "c": "k", "q": "k", "w": "v", "u": "o", "e": "a"})
"""Letters that one name is spelled with in several transcriptions: Sergey and Sergei, Muhammad and Mohamed."""
_LONG_ENOUGH = 4
"""Consonants that tell a name whatever its vowels: Volodymyr and Vladimir, not Hassan and Hussein."""


def fold(text: str) -> str:
    """The text in lower case and without diacritics."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_UNDECOMPOSED)


def same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: the same surname, and given names that don't contradict each other.

    "Jaishankar", "S. Jaishankar" and "Subrahmanyam Jaishankar" are one; a single name matches a
    family name at either end ("Xi", "Xi Jinping"), and the family name may come first ("Kishida Fumio").
    Given names may be an initial, a short form ("Mike", by the table of the package nicknames) or spelled otherwise.
    """
    first, second = name_parts(one), name_parts(other)
    if not first or not second:
        return False
    if len(first) == 1 or len(second) == 1:
        short, long = sorted((first, second), key=len)
        return short[0] in (long[0], long[-1])
    if first[-1] != second[-1]:
        return set(first) == set(second)
    return given_alike(first[0], second[0])


@lru_cache(maxsize=65536)
def given_alike(one: str, other: str) -> bool:
    """Whether two given names, folded, may be one: equal, an initial, a short form, or another spelling."""
    short, long = sorted((one, other), key=len)
    if (len(short) == 1 or len(short) >= _SHORT) and long.startswith(short):
        return True
    forms, others = ({name, *_short_forms().canonicals_of(name)} for name in (one, other))
    return any(spelled_alike(form, other) for form in forms) or any(spelled_alike(one, form) for form in others)


def spelled_alike(one: str, other: str) -> bool:
    """Whether two parts of names, folded, may be transcriptions of one: Larvik and Larwick."""
    (sound, vowel), (like, its) = spelling(one), spelling(other)
    return sound == like and (len(sound) >= _LONG_ENOUGH or vowel == its)


@cache
def _short_forms() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=65536)
def spelling(given: str) -> tuple[str, str]:
    """The consonants of a given name, doubled ones once, and its first vowel, as all transcriptions have them."""
    letters = re.sub(r"(.)\1+", r"\1", given.translate(_SPELLED))
    return re.sub("[aio]", "", letters).replace("h", ""), next((c for c in letters if c in "aio"), "")


@lru_cache(maxsize=65536)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name, folded, without points, "Jr" and the article of "al-Sharaa"."""
    words = (_ARTICLE.sub("", word.strip(".,’'")) for word in fold(name).split())
    parts = tuple(part for word in words if (part := word.replace("-", "")))
    return parts[:-1] if len(parts) > 1 and parts[-1] in _SUFFIXES else parts
