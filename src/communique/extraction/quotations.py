"""Which words stand between quotation marks, and what a transcript's turns are."""

import re

from communique.model import Span

_OPENING, _CLOSING, _STRAIGHT = "“«„", "”»", '"'
_EDGES = " \t\n,;:.–—-" + _OPENING + _CLOSING + _STRAIGHT
_TURN = re.compile(
    r"\s*(?:[A-Z][\w.'’-]*\s+){0,6}[A-Z][\w.'’-]*(?:\s+\([^)]*\))?:\s*(?:\((?:As|Through|In|Via|Speaking)[^)]*\)\s*)?"
)
MOSTLY = 0.8


def quoted_share(text: str, span: Span) -> float:
    """The share of a span's characters that stand between double quotation marks of its paragraph."""
    inside, quoted = False, 0
    for i in range(text.rfind("\n", 0, span.start) + 1, span.end):
        mark = text[i]
        if mark in _OPENING:
            inside = True
        elif mark in _CLOSING:
            inside = False
        elif mark == _STRAIGHT:
            inside = not inside
        elif inside and i >= span.start:
            quoted += 1
    return quoted / (span.end - span.start)


def starts_turn(text: str, sentence: Span, span: Span) -> bool:
    """Whether the words before a span name nobody but the speaker of a transcript's turn ("MR. KIRBY: ")."""
    before = text[sentence.start : span.start]
    return bool(before.strip()) and _TURN.fullmatch(before) is not None


def without_marks(text: str, span: Span) -> Span | None:
    """The span without quotation marks, commas and blanks at its edges; marks of inner quotations stay in pairs."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES and not _closes_inner(text, start, end):
        end -= 1
    return Span(start, end) if end > start else None


def _closes_inner(text: str, start: int, end: int) -> bool:
    """Whether the last character closes a quotation that opens after the start."""
    last = text[end - 1]
    if last == _STRAIGHT:
        return text.count(_STRAIGHT, start, end) % 2 == 0
    if last in _CLOSING:
        opening = _OPENING[_CLOSING.index(last)]
        return text.count(opening, start, end) == text.count(last, start, end)
    return False
