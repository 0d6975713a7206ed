"""Numbers in figures and in words, with exact offsets: what money, quantities and equipment build on."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from communique.lexicon.tables import rows
from communique.model import Span

FIGURES = (
    r"(?<![\d.,])\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d{1,6})?(?!\d)"
    r"|(?<![\d.,])\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"
    r"|(?<![\d.,])\d{1,15}(?:\.\d{1,6})?(?!\d)"
)
"""A number in figures as a regular expression: grouped by thousands, grouped the Indian way, or plain."""

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_SEPARATORS = str.maketrans("", "", ",\u00a0\u202f ")


@dataclass(frozen=True, slots=True)
class Number:
    """A cardinal number: its words, its value, and whether it is written in figures."""

    span: Span
    value: Decimal
    figures: bool


@cache
def _table() -> dict[str, tuple[str, Decimal]]:
    return {row["form"]: (row["class"], Decimal(row["value"])) for row in rows("number_words")}


@cache
def scales() -> dict[str, Decimal]:
    """What each word or letter after a number multiplies it by ("billion", "bn", "crore")."""
    return {form: value for form, (kind, value) in _table().items() if kind in ("scale", "mark")}


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted((w for w, (kind, _) in _table().items() if kind != "mark"), key=len, reverse=True)
    small = "|".join(w for w in words if _table()[w][0] in ("unit", "ten", "collective"))
    big = "|".join(w for w in words if _table()[w][0] == "scale")
    in_words = (
        rf"\b(?:(?:half\ )?an?[ -](?={big}|dozen|score|pair|couple)(?:{big}|{small})|(?:{small}))"
        rf"(?:(?:[ -]|\ and\ )(?:{small}|{big}))*\b(?!-[a-z])"
    )
    return re.compile(rf"(?P<figures>{FIGURES})|(?P<words>{in_words})", re.IGNORECASE)


@cache
def _opening_words() -> frozenset[str]:
    return frozenset(word for word, (kind, _) in _table().items() if kind != "mark") | {"a", "an", "half"}


@lru_cache(maxsize=1)
def find_numbers(text: str) -> tuple[Number, ...]:
    """The cardinal numbers of a text in order: "2,350", "24", "twenty-four", "two dozen", "a million".

    Figures keep their separators; scales after figures ("1.2 billion") are left to the caller, for they are
    written in too many ways. Words that name no exact number ("several") are none.
    """
    pattern, openers = _pattern(), _opening_words()
    found = []
    end = 0
    for token in _TOKEN.finditer(text):
        start = token.start()
        if start < end or not (token[0][0].isdecimal() or token[0].lower() in openers):
            continue
        match = pattern.match(text, start)
        if match is None:
            continue
        end = match.end()
        if match.lastgroup == "figures":
            value: Decimal | None = Decimal(match.group().translate(_SEPARATORS))
        else:
            value = _words_value(match.group().lower())
        if value is not None:
            found.append(Number(Span(start, end), value, match.lastgroup == "figures"))
    return tuple(found)


def _words_value(words: str) -> Decimal | None:
    """The value of a number in words, None where the words do not follow on one another ("two three")."""
    total = current = Decimal(0)
    previous = ""
    for word in re.split(r"[ -]+", words):
        if word in ("and", "a", "an", "half"):
            current = Decimal("0.5") if word == "half" else current
            continue
        kind, value = _table()[word]
        if kind == "collective" or (kind == "scale" and value > 100):
            total, current = total + (current or 1) * value, Decimal(0)
        elif kind == "scale":
            current = (current or 1) * value
        elif previous == "unit" or (kind == "ten" and previous == "ten") or (previous == "ten" and value >= 10):
            return None
        else:
            current += value
        previous = kind
    return total + current
