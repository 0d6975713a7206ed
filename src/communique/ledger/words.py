"""Words as full-text search has them: FTS5's own, so that a ledger in PostgreSQL finds what one in a file finds.

A word is a run of letters and digits, without case and without the diacritics of Latin letters (FTS5's ``unicode61
remove_diacritics 2``), by its stem (Porter's, which FTS5 applies to words of 3 to 64 bytes).
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import Stemmer

# The combining marks that FTS5 drops inside words: U+0300 to U+0331, less those that it takes for other things.
_MARKS = "".join(chr(0x300 + place) for place in range(64) if (0x08029FDF, 0x000361F8)[place // 32] >> place % 32 & 1)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_LEAST, _MOST = 3, 64
_SHORT = 4
_SNIPPET_WORDS = 32
_FIRST, _AGAIN, _FROM_SENTENCE, _FROM_START = 1000, 1, 100, 120
"""What FTS5 scores a passage by: words that it shows for the first time and again, and where it begins."""
_stemmer: Any = Stemmer.Stemmer("porter")


class Word(NamedTuple):
    """A word in a text, by its stem; half-open character offsets."""

    stem: str
    start: int
    end: int


class Phrase(NamedTuple):
    """Stems that follow each other; the last one only begins so where ``is_open``."""

    stems: tuple[str, ...]
    is_open: bool


class Found(NamedTuple):
    """Where a phrase stands: which one of those asked for, its first word and the one after its last."""

    phrase: int
    first: int
    end: int


def words_of(text: str) -> list[Word]:
    """All words of a text, in order."""
    return [Word(_stem(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of all words of a text, in order."""
    return tuple(_stem(found) for found in _WORD.findall(text))


def find(words: Sequence[Word], phrases: Sequence[Phrase]) -> list[Found]:
    """Where phrases stand among the words of a text, in order."""
    found = []
    for at, word in enumerate(words):
        for number, phrase in enumerate(phrases):
            last = at + len(phrase.stems) - 1
            if last < len(words) and _begins(word, phrase) and _goes_on(words, at, last, phrase):
                found.append(Found(number, at, last + 1))
    return found


def marked(words: Sequence[Word], found: Sequence[Found]) -> list[tuple[int, int]]:
    """Half-open character offsets of what was found, passages that overlap taken together."""
    spans: list[tuple[int, int]] = []
    for one in found:
        start, end = words[one.first].start, words[one.end - 1].end
        if spans and start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return spans


def passage(text: str, phrases: Sequence[Phrase]) -> tuple[int, int, list[tuple[int, int]]]:
    """The passage of a text that shows most of what was asked for, as FTS5's ``snippet`` chooses it.

    Returns:
        Half-open character offsets of the passage and, in the text, of what was found in it.
    """
    words = words_of(text)
    found = find(words, phrases)
    first = _best_start(text, words, found)
    last = first + _SNIPPET_WORDS - 1
    start = words[first].start if first else 0
    end = len(text) if last >= len(words) - 1 else words[last].end
    inside = [one for one in found if first <= one.first and one.end - 1 <= last]
    return start, end, marked(words, inside)


def _best_start(text: str, words: Sequence[Word], found: Sequence[Found]) -> int:
    best, start = 0, 0
    sentences = _sentence_starts(text, words) if len(words) > _SNIPPET_WORDS else []
    for one in found:
        score, inside = _score(found, one.first)
        if score > best:
            middle = inside[0].first - (_SNIPPET_WORDS - (inside[-1].end - inside[0].first)) // 2
            best, start = score, max(0, min(middle, len(words) - _SNIPPET_WORDS))
        begin = sentences[bisect_right(sentences, one.first) - 1] if sentences else one.first
        if begin < one.first:
            score = _score(found, begin)[0] + (_FROM_SENTENCE if begin else _FROM_START)
            if score > best:
                best, start = score, begin
    return start


def _score(found: Sequence[Found], start: int) -> tuple[int, list[Found]]:
    first, end = (bisect_left(found, at, key=lambda one: one.first) for at in (start, start + _SNIPPET_WORDS))
    inside = list(found[first:end])
    different = len({one.phrase for one in inside})
    return _FIRST * different + _AGAIN * (len(inside) - different), inside


def _sentence_starts(text: str, words: Sequence[Word]) -> list[int]:
    """The numbers of the words that begin sentences: those after a full stop or colon and a space."""
    starts = [0]
    for number, (before, word) in enumerate(pairwise(words), start=1):
        between = text[before.end : word.start]
        if between != (kept := between.rstrip(" \t\n\r")) and kept.endswith((".", ":")):
            starts.append(number)
    return starts


def _begins(word: Word, phrase: Phrase) -> bool:
    if phrase.is_open and len(phrase.stems) == 1:
        return word.stem.startswith(phrase.stems[0])
    return word.stem == phrase.stems[0]


def _goes_on(words: Sequence[Word], at: int, last: int, phrase: Phrase) -> bool:
    if any(words[at + more].stem != phrase.stems[more] for more in range(1, len(phrase.stems) - 1)):
        return False
    stem = words[last].stem
    return stem.startswith(phrase.stems[-1]) if phrase.is_open else stem == phrase.stems[-1]


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    plain = word.lower() if word.isascii() else "".join(map(_folded, word))
    if not _LEAST <= len(plain.encode()) <= _MOST:
        return plain
    stem = str(_stemmer.stemWord(plain))
    # FTS5 goes beyond Porter's rules as published: technology and technological have one stem, possibly and possible
    if len(stem) > _SHORT and stem.endswith("logi"):
        return stem[:-1]
    return str(_stemmer.stemWord(f"{stem[:-1]}e")) if len(stem) > _SHORT and stem.endswith("bli") else stem


def _folded(letter: str) -> str:
    """The letter in lower case, without diacritics where it is a Latin one; nothing for a mark."""
    if letter in _MARKS:
        return ""
    base = unicodedata.normalize("NFD", letter.lower())[0]
    return base if base.isascii() else letter.lower()
