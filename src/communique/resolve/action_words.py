"""The words and amounts by which what is promised is compared: ``action_words.toml``."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from communique.language.terms import find_terms
from communique.model.names import fold
from communique.resolve.words import content_words, ordered_words

_STATE_CODE = 2
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_WITHIN = (
    r"(?:within|over|next|coming|past|last)\s+(?:the\s+)?(?:next\s+)?[\w-]+\s+(?:hours?|days?|weeks?|months?|years?)"
)
_TIME = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}\b|\b\d{{1,2}}\s+{_MONTH}\b|\b[\w-]+\s+(?:thirds?|quarters)\b|\b{_WITHIN}\b"
)
"""Days, times by which something is due, and fractions, which are no amounts of what is promised."""
_SERIAL = re.compile(r"\b(?:Order|Proclamation|Resolution|Law|Directive|Determination)\s+(?:No\.\s*)?(\d[\d-]{2,})")
_POINTING = re.compile(
    r"\b(?:the|these)\s+(?:following|above)\b|"
    r"\bthis\s+(?:act|determination|memorandum|notice|order|proclamation|report|section)\b",
    re.IGNORECASE,
)
_NO_NUMBERS = ("half", "one")
"""Words that are mostly no numbers where no multiple follows."""


@lru_cache(maxsize=65536)
def action_words(action: str) -> frozenset[str]:
    """The content words of an action, verbs of one meaning in one form."""
    return frozenset(_synonyms().get(word, word) for word in content_words(action))


def weight(words: Iterable[str]) -> float:
    """How much these words tell together: the rarer in promises, the more."""
    known, rare = _weights()
    return sum(known.get(word, rare) for word in words)


def rarest(words: Iterable[str], number: int) -> list[str]:
    """So many words that tell most, of equals the longest."""
    known, rare = _weights()
    return sorted(words, key=lambda word: (-known.get(word, rare), -len(word), word))[:number]


@lru_cache(maxsize=65536)
def amounts(action: str) -> tuple[float, ...]:
    """The amounts in the words of an action as they follow each other: "half a billion doses"; years are none."""
    found = []
    table = _table()
    for number, multiple in _amount().findall(_TIME.sub(" ", fold(action))):
        value = table["amounts"].get(number) or float(number.replace(",", ""))
        if multiple or not (number in _NO_NUMBERS or _is_year(value)):
            found.append(value * table["multiples"].get(multiple, 1))
    return tuple(found)


@lru_cache(maxsize=65536)
def serials(action: str) -> frozenset[str]:
    """The numbers of orders, laws and resolutions that an action names: "Executive Order 13288"."""
    return frozenset(_SERIAL.findall(action))


@lru_cache(maxsize=65536)
def points_at_document(action: str) -> bool:
    """Whether an action means the document that it stands in, or what follows there: "publish this notice"."""
    return _POINTING.search(action) is not None


@lru_cache(maxsize=65536)
def states_in(action: str) -> frozenset[str]:
    """The states that an action names."""
    return frozenset(party for hit in find_terms(action) for party in hit.term.parties if len(party) == _STATE_CODE)


def _is_year(value: float) -> bool:
    return 1900 <= value <= 2100


@cache
def _amount() -> re.Pattern[str]:
    table = _table()
    words, multiples = "|".join(table["amounts"]), "|".join(table["multiples"])
    return re.compile(rf"\b({words}|\d[\d,]*(?:\.\d+)?)(?:\s+a)?(?:[\s-]+({multiples}))?(?!\w)")


@cache
def _table() -> dict[str, Any]:
    text = files("communique.resolve").joinpath("action_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _weights() -> tuple[dict[str, float], float]:
    table = _table()
    known = {word: float(value) for value, words in table["common"].items() for word in words}
    return known, float(table["rare"])


@cache
def _synonyms() -> dict[str, str]:
    pairs = ((form, name) for name, others in _table()["synonyms"].items() for form in others)
    return {ordered_words(form)[0]: ordered_words(name)[0] for form, name in pairs}
