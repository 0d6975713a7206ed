"""Sentences shortened for a page: around the words that matter, cut between clauses, never inside a word."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_CLAUSE = re.compile(r"(?<=[,;:—–)])\s+|\s+(?=[(—–])|\s+(?=(?:and|but|while|which|who|that)\b)")
ELLIPSIS = "…"
_QUOTATION_MARKS = "“\"‘'«„"


def clip(sentence: str, *anchors: str, limit: int = 240) -> str:
    """The sentence, or the clauses of it that hold the anchors, with an ellipsis where something is left out.

    Args:
        sentence: one sentence as it stands in the document; runs of white space become single spaces.
        anchors: words of the sentence that have to stay, those that it has, as far as the limit allows;
            without any, its beginning stays.
        limit: characters, the ellipses not counted.
    """
    sentence = " ".join(sentence.split())
    if len(sentence) <= limit:
        return sentence
    found = [place for words in anchors if (place := locate(sentence, words)) is not None] or [(0, 0)]
    first, last = min(place[0] for place in found), max(place[1] for place in found)
    cuts = sorted({0, len(sentence), *(match.end() for match in _CLAUSE.finditer(sentence))})
    start = cuts[bisect_right(cuts, first) - 1]
    end = cuts[max(bisect_left(cuts, last), bisect_right(cuts, start))]
    if end - start <= limit:
        start, end = _grow(cuts, start, end, limit)
    else:
        start, end = _words_within(sentence, start if last - start <= limit else first, limit)
    head = f"{ELLIPSIS} " if start > 0 else ""
    tail = f" {ELLIPSIS}" if end < len(sentence) else ""
    kept = sentence[start:end].strip()
    return head + (kept.rstrip(" ,;:—–") if tail else kept) + tail


class Excerpt(NamedTuple):
    """One of a report's sentences, shortened.

    Attributes:
        number: which of the sentences, from 0 on.
        text: the sentence, or its clauses that matter.
        strong: half-open offsets into it of the words that matter.
    """

    number: int
    text: str
    strong: tuple[tuple[int, int], ...]


def excerpt(quotes: Sequence[str], carrying: Sequence[str], limit: int = 240) -> Excerpt:
    """The first sentence that has any of the words that carry a record, shortened around them.

    Args:
        carrying: as from :func:`communique.views.chains.anchors`.
    """
    plain = (" ".join(quote.split()) for quote in quotes)
    at = next((n for n, quote in enumerate(plain) if any(locate(quote, words) for words in carrying)), 0)
    shown = clip(quotes[at] if quotes else "", *carrying, limit=limit)
    text = shown if shown.startswith(tuple(_QUOTATION_MARKS)) else f"“{shown}”"
    return Excerpt(at, text, tuple(place for words in carrying if (place := locate(text, words)) is not None))


def locate(sentence: str, anchor: str) -> tuple[int, int] | None:
    """Half-open offsets of the anchor in the sentence, whatever the case and the white space; None if absent."""
    words = anchor.split()
    if not words:
        return None
    plain = _plain(sentence)
    if plain is not None:
        sought = _without_case(" ".join(words))
        at = plain.find(sought)
        return (at, at + len(sought)) if at >= 0 else None
    match = re.search(r"\s+".join(re.escape(word) for word in words), sentence, re.IGNORECASE)
    return match.span() if match else None


@lru_cache(maxsize=256)
def _plain(sentence: str) -> str | None:
    """The sentence in one case, in which words are found at their places; None where that does not hold."""
    plain = _without_case(sentence)
    return plain if len(plain) == len(sentence) and sentence.isprintable() and "  " not in sentence else None


def _without_case(text: str) -> str:
    """The text in small letters; those that regular expressions take for others of another case are these."""
    return text.lower().replace("ı", "i").replace("ſ", "s")


def _grow(cuts: list[int], start: int, end: int, limit: int) -> tuple[int, int]:
    """Takes in whole clauses on both sides in turn, as long as they fit: what follows often says by when."""
    first, last = cuts.index(start), cuts.index(end)
    grown = True
    while grown:
        grown = False
        if last < len(cuts) - 1 and cuts[last + 1] - cuts[first] <= limit:
            last, grown = last + 1, True
        if first > 0 and cuts[last] - cuts[first - 1] <= limit:
            first, grown = first - 1, True
    return cuts[first], cuts[last]


def _words_within(sentence: str, start: int, limit: int) -> tuple[int, int]:
    """A single clause longer than the limit: as many whole words of it as fit."""
    if start + limit >= len(sentence):
        return start, len(sentence)
    end = sentence.rfind(" ", start, start + limit)
    return start, end if end > start else start + limit
