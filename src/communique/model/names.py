"""Names of people: folded for comparison, and whether two may be one person's."""

import re
import unicodedata
from functools import lru_cache

_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_ARTICLE = re.compile(r"^(?:al|el)-(?=\w)")
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


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
    """
    first, second = name_parts(one), name_parts(other)
    if not first or not second:
        return False
    if len(first) == 1 or len(second) == 1:
        short, long = sorted((first, second), key=len)
        return short[0] in (long[0], long[-1])
    if first[-1] != second[-1]:
        return set(first) == set(second)
    a, b = first[0], second[0]
    # "J." and "Joe" may be short for "Joseph".
    return a == b or (a[0] == b[0] and (min(len(a), len(b)) == 1 or a[:2] == b[:2]))


@lru_cache(maxsize=65536)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name, folded, without points, "Jr" and the article of "al-Sharaa"."""
    words = (_ARTICLE.sub("", word.strip(".,’'")) for word in fold(name).split())
    parts = tuple(part for word in words if (part := word.replace("-", "")))
    return parts[:-1] if len(parts) > 1 and parts[-1] in _SUFFIXES else parts
