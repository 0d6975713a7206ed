"""Where sentences begin and end, with exact offsets into the text.

Two questions are decided apart. Which line ends end a sentence: headings, list items, transcript
turns and paragraphs do, the line ends of hard-wrapped text do not. And which full stops do: those
of abbreviations, initials and numbers do not (``lexicon/abbreviations.csv``).

Own rules rather than a library: on the annotated documents they find the boundaries that the
libraries measured miss (headings, list items, hard-wrapped lines); see docs/decisions.md.
"""

import re
from collections.abc import Iterator
from functools import cache

from communique.lexicon.tables import rows
from communique.model import Span

_ALPHANUMERIC = re.compile(r"[^\W_]")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BLANK_BETWEEN = re.compile(r"(?:\n[^\S\n]*\n|\r\n?[^\S\r\n]*\r|\x0c|\u2029)")
_ITEM = re.compile(
    r"\s*(?:[-*+•●▪■◦‣⁃∙·–—►➢]\s|#{1,6}\s|>\s|\|"
    r"|\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-z])[.)]\s"
    r"|[QA](?::|\s{2,})\s*|[A-Z][A-Z .’'-]{1,40}:\s)"
)
_STOP = re.compile(r"[.!?…]+(?:[\"'”’»)\]]|\[\d{1,3}\])*")
_BREAK_BEFORE = re.compile(r"[\s\"'“‘«(\[*_—–/-]+")
_WORD_START = re.compile(r"[\"'“‘«(\[*_—–\-\s]*(\w[\w’'-]*)")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?$")
_WRAP_WIDTHS = range(40, 111)
_LONGEST_TOKEN = 40


@cache
def _abbreviations() -> dict[str, str]:
    table = {row["form"]: row["class"] for row in rows("abbreviations")}
    return table | {form.upper(): kind for form, kind in table.items() if kind == "title"}


@cache
def _openers() -> frozenset[str]:
    return frozenset(row["form"] for row in rows("sentence_openers"))


def split(text: str) -> tuple[Span, ...]:
    """The sentences of a text, in order, disjoint, trimmed of outside whitespace.

    Together they cover every character that is not whitespace. Headings, list items and transcript
    turns on lines of their own are sentences. Runs in time linear in the length of the text.
    """
    return tuple(Span(start, end) for first, last in _units(text) for start, end in _sentences_of(text, first, last))


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of text that no sentence crosses: lines, joined where the text is hard-wrapped."""
    block: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        if text[start:end].isspace():
            continue
        if block and _BLANK_BETWEEN.search(text, block[-1][1], start + 1):
            yield from _join_wrapped(text, block)
            block = []
        block.append((start, end))
    yield from _join_wrapped(text, block)


def _join_wrapped(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if not lines:
        return
    width = _wrap_width(text, lines)
    unit_start, unit_end = lines[0]
    for start, end in lines[1:]:
        line_start = max(unit_start, text.rfind("\n", unit_start, unit_end) + 1)
        if _runs_on(text, (line_start, unit_end), (start, end), width):
            unit_end = end
        else:
            yield unit_start, unit_end
            unit_start, unit_end = start, end
    yield unit_start, unit_end


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """The width to which a block of lines was wrapped, 0 where its lines are paragraphs or items of their own."""
    lengths = [end - start for start, end in lines]
    if any(end - start > _WRAP_WIDTHS[-1] and text.count(" ", start, end) > 3 for start, end in lines):
        return 0
    width = max((n for n in lengths if n in _WRAP_WIDTHS), default=0)
    full = sum(n >= 0.8 * width for n in lengths[:-1])
    return width if 2 * full >= len(lengths) - 1 else 0


def _runs_on(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the sentence at the end of a line goes on in the next one.

    A line was wrapped when the first word of the next one would not have fitted into it; a line
    that starts in lower case goes on with an unfinished one whatever the width.
    """
    head = text[following[0] : following[0] + 60]
    if _ITEM.match(head):
        return False
    last = text[line[0] : line[1]].rstrip()[-1:]
    if last in ":;" and not _lower_start(head):
        return False
    if line[1] - line[0] + 1 + len(head.split(None, 1)[0]) > width > 0:
        return True
    return _lower_start(head) and last not in ".!?:;"


def _lower_start(head: str) -> bool:
    return head.lstrip(" \t\"'“‘(")[:1].islower()


def _sentences_of(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    start = searched = _skip_space(text, first, last)
    worded = False
    for match in _STOP.finditer(text, first, last):
        end = match.end()
        if end >= last or end <= start or not _ends_sentence(text, start, match.start(), end, last):
            continue
        worded = worded or _ALPHANUMERIC.search(text, searched, end) is not None
        searched = end
        if not worded:
            continue
        yield start, end
        start, worded = _skip_space(text, end, last), False
    if start < last:
        yield start, start + len(text[start:last].rstrip())


def _skip_space(text: str, start: int, last: int) -> int:
    while start < last and text[start].isspace():
        start += 1
    return start


def _ends_sentence(text: str, start: int, stop: int, end: int, last: int) -> bool:
    """Whether the stop at ``stop``, with the closing marks up to ``end``, ends the sentence begun at ``start``."""
    if not text[end].isspace():
        return _glued(text, stop, end, last)
    ahead = _WORD_START.match(text[end : min(end + 60, last)])
    if ahead is None:
        return True
    word = ahead.group(1)
    if word[0].islower():
        return False
    if text[stop:end] != ".":
        return text[stop] in "!?" or not text[stop:end].startswith(("..", "…")) or word[0].isupper()
    return _stop_ends(text, start, stop, word)


def _stop_ends(text: str, start: int, stop: int, word: str) -> bool:
    """The same for a bare full stop, by the token before it and the word after it."""
    token = _BREAK_BEFORE.split(text[max(start, stop - _LONGEST_TOKEN) : stop + 1])[-1]
    kind = _abbreviations().get(token) or _abbreviations().get(token.lstrip("$€£¥0123456789.,"))
    if kind == "title":
        return False
    if kind in ("number", "month"):
        return not word[0].isdigit()
    if kind == "inner":
        return False
    if kind == "either" or _DOTTED.match(token):
        return word in _openers() or word.isdigit()
    return not _numbers_item(text, start, stop)


def _numbers_item(text: str, start: int, stop: int) -> bool:
    """Whether the full stop closes the number of a list item at the start of the sentence ("1. A ...")."""
    return stop - start <= 4 and text[start:stop].strip("(*_").isdigit()


def _glued(text: str, stop: int, end: int, last: int) -> bool:
    """A stop with no space after it ends a sentence where a lower-case word and a capitalised word meet."""
    if text[stop:end] not in (".", "?", "!", ".”", '."'):
        return False
    before, after = text[max(0, stop - 3) : stop], text[end : min(end + 3, last)]
    return before.isalpha() and before.islower() and after[:1].isupper() and after[1:2].islower() | (after[1:2] == " ")
