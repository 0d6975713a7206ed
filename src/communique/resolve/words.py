"""The words by which names, actions and people are compared, in one form for all spellings of them."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import Stemmer

from communique.lexicon.tables import forms, rows
from communique.model.names import fold

_TOKEN = re.compile(r"[^\W_]+(?:[.’'-](?=[^\W_])[^\W_]+)*")
_MIXED = re.compile(r"\b[A-Z]\d[A-Z]\d?\b")
"""Acronyms with numbers between their letters: "B3W"."""
_ACRONYM = re.compile(r"\b[A-Za-z]*[A-Z]{2,}[A-Za-z]*(?:-[A-Z0-9]+)*\b|\b[A-Z0-9]+(?:-[A-Z0-9]*[A-Z][A-Z0-9]*)+\b")
_PARENTHESES = re.compile(r"\(([^()]+)\)")
_PREFIX = re.compile(r"\b(anti|co|inter|multi|non|post|pre|re|sub|trans)-(?=[a-z])")
"""Prefixes that are written with a hyphen or without: "non-proliferation"."""
_SERIES = re.compile(r"[a-z]{1,3}-\d+[a-z]?")
"""Names of a few letters and a number, which are written with a hyphen or without: "G-7"."""
_COUNTER = re.compile(r"\bcounter(?!part|product|act)(?=[a-z]{4})")
"""What is written as one word or two: "counterterrorism"."""
_BESIDE = re.compile(r"\((?:the\s+)?[“\"]?[A-Za-z]*[A-Z]{2}[\w&-]*[”\"]?\)")
_OF_PART = re.compile(_BESIDE.pattern + r"(?=\s+[A-Z])")
_PART_OF = re.compile(
    r"(?P<whole>(?:[A-Z][\w’'/-]*|of|for|on|and|the|in)(?:\s+(?:[A-Z][\w’'/-]*|of|for|on|and|the|in))*)\s+"
    r"\((?P<short>[A-Z]{3,})\)(?=\s+[A-Z])"
)
"""A name with its acronym, before the name of a part of it: "International Maize Office (IMO) Seed Agreement"."""
_TOLD_OF = (
    r"(?:adopted|agreed|announced|brokered|committed|concluded|convened|held|issued|launched|led|made|mediated|negotiated|"
    r"reached|signed)\s+(?:to\s+)?(?:at|between|by|in|on|with)"
)
_ASIDE = re.compile(
    rf"\s*[\r\n]|,\s+(?=[a-z][^A-Z]*$)|\s+and\s+other\s+(?=[a-z])|\s+with\s+respect\s+to\b|(?<=\w)\s+{_TOLD_OF}\b"
)
_MIN_ACRONYM = 3
_LONG_WORD = 5
"""Letters of a word that may be misspelt."""


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("communique.resolve").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list of ``words.toml``, each in its form for comparison."""
    return frozenset(_form(word) for word in _table()[name])


@cache
def state_words() -> frozenset[str]:
    """The words of the names of states, their adjectives and peoples: parties, which are compared apart."""
    columns = ("name", "official", "aliases", "adjectives", "people")
    names = (name for row in rows("states") for column in columns for name in forms(row, column))
    return frozenset(word for name in names for word in ordered_words(name)) - listed("heads") - listed("weak")


@lru_cache(maxsize=65536)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that tell it from others: folded, without endings and stop words, numbers as digits."""
    return frozenset(ordered_words(text))


@lru_cache(maxsize=65536)
def ordered_words(text: str) -> tuple[str, ...]:
    """The words of :func:`content_words` as they follow each other, repetitions included."""
    return tuple(form for token in _TOKEN.findall(fold(text)) for form in _forms(token))


@lru_cache(maxsize=65536)
def _forms(token: str) -> tuple[str, ...]:
    """The words of a folded token, none for a stop word."""
    whole = token.replace(".", "").replace("’", "'").removesuffix("'s")
    whole = _COUNTER.sub("counter-", _PREFIX.sub(r"\1", whole))
    if _SERIES.fullmatch(whole):
        whole = whole.replace("-", "")
    parts = [whole] if re.search(r"\d", whole) and not _counts(whole) else whole.split("-")
    return tuple(form for part in parts if (form := _form(part)) not in listed("stop") and form)


@lru_cache(maxsize=65536)
def spelt_acronyms(name: str) -> frozenset[str]:
    """Acronyms that the name is or carries ("iCET", "INDUS-X", "B3W"), folded; not those of a part of it."""
    name = _OF_PART.sub(" ", name)
    found = {match for match in _ACRONYM.findall(name) if sum(map(str.isalpha, match)) >= _MIN_ACRONYM}
    return frozenset(fold(word).replace("-", "") for word in (*found, *_MIXED.findall(name)))


@lru_cache(maxsize=65536)
def acronyms(name: str) -> frozenset[str]:
    """Acronyms that the name is or carries, and that of its capitalised words, folded."""
    first = initials(name)
    return spelt_acronyms(name).union([first] if len(first) >= _MIN_ACRONYM else [])


@lru_cache(maxsize=65536)
def contracted(name: str) -> str:
    """A name in which what it is a part of goes by its acronym, where that stands beside it."""
    return _PART_OF.sub(_shortened, name)


def _shortened(match: re.Match[str]) -> str:
    words = match["whole"].split()
    for at in range(len(words)):
        if initials(" ".join(words[at:])).startswith(fold(match["short"])):
            return " ".join((*words[:at], match["short"]))
    return match[0]


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A name without the acronym in brackets beside it, and without what follows it in the sentence.

    "Partnership for Prosperity (PfP), economic cooperation" and "the Accords and other arrangements" hold more, and so
    does "truce brokered in April".
    """
    return _ASIDE.split(_BESIDE.sub(" ", name), maxsplit=1)[0].strip() or name


@lru_cache(maxsize=65536)
def initials(name: str) -> str:
    """The first letters of the name's capitalised words, folded, those in brackets left out."""
    bare = _PARENTHESES.sub(" ", name)
    return fold("".join(word[0] for word in re.split(r"[\s/–—-]+", bare) if word[:1].isupper()))


def misspelt(one: str, other: str) -> bool:
    """Whether two words differ by one letter."""
    longest = max(len(one), len(other))
    if min(len(one), len(other)) < _LONG_WORD or abs(len(one) - len(other)) > 1 or one.isdigit():
        return False
    first = _alike_until(one, other)
    last = _alike_until(one[first:][::-1], other[first:][::-1])
    return first + last >= longest - 1


def _alike_until(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _counts(token: str) -> bool:
    """Whether a hyphenated token with a digit is a count ("10-year") and no designation ("p-8i")."""
    first, hyphen, rest = token.partition("-")
    return bool(hyphen) and first.isdigit() and rest.isalpha() and len(rest) > 1


@cache
def _stemmer() -> Any:
    return Stemmer.Stemmer("english")


@lru_cache(maxsize=65536)
def _form(word: str) -> str:
    word = fold(word)
    table = _table()
    word = table["numbers"].get(word, word)
    singular = word.removesuffix("s")
    return str(_stemmer().stemWord(table["spelling"].get(word) or table["spelling"].get(singular) or word))
