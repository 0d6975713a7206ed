"""Lines of pages joined to paragraphs, over columns and pages, with hyphens at line ends undone."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from statistics import median

from communique.lexicon.tables import rows
from communique.sources.pdf_layout import Block, Line

_ITEM = re.compile(r"(?:[•●▪■◦‣⁃∙·➢►*–—-]\s|\(?(?:\d{1,2}|[ivxIVX]{1,4}|[a-zA-Z])[.)]\s)")
_STOPS = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_LOWER_START = re.compile(r"[\"'“‘(]?[^\W\d_A-Z]")
_BROKEN = re.compile(r"([^\W\d_]+)-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


_TELLING_LENGTH = 6
"""Shorter words of a document may be the halves of another word, as in `an-other` or `for-ward`."""


@dataclass(slots=True)
class Paragraph:
    """Lines of one paragraph, each with the number of its page from 0 on."""

    lines: list[tuple[int, Line]] = field(default_factory=list)
    edge: float = 0.0
    """How far to the right the lines of its column reach."""

    @property
    def last(self) -> Line:
        """The line that it ends with so far."""
        return self.lines[-1][1]


def paged_text(pages: Sequence[Sequence[Block]]) -> tuple[str, tuple[int, ...]]:
    """The text of a document, a blank line between paragraphs, and the offset at which each page begins.

    A page begins with its first letter, be it within a paragraph or a word; one without text begins where the next
    begins.
    """
    known = _words(pages)
    out: list[str] = []
    length = 0
    starts: dict[int, int] = {}
    for paragraph in _joined(_paragraphs(pages), _body_height(pages)):
        if out:
            out.append("\n\n")
            length += 2
        before = ""
        for page, line in paragraph.lines:
            text = line.text.strip()
            if before and not _keeps_hyphen(before, text, known):
                out[-1] = out[-1][:-1]
                length -= 1
            elif before and not _is_broken(before, text):
                out.append(" ")
                length += 1
            starts.setdefault(page, length)
            out.append(text)
            length += len(text)
            before = text
    offsets = [length] * len(pages)
    following = length
    for page in reversed(range(len(pages))):
        following = starts.get(page, following)
        offsets[page] = following
    return "".join(out), (0, *offsets[1:])


def _body_height(pages: Sequence[Sequence[Block]]) -> float:
    """The height of the lines that hold most of the text."""
    heights: Counter[float] = Counter()
    for line in (line for page_blocks in pages for block in page_blocks for line in block):
        heights[round(line.height, 1)] += len(line.text)
    return max(heights, key=heights.__getitem__, default=0.0)


def _paragraphs(pages: Sequence[Sequence[Block]]) -> Iterator[Paragraph]:
    for page, page_blocks in enumerate(pages):
        for block in page_blocks:
            yield from _paragraphs_of(block, page)


def _paragraphs_of(block: Block, page: int) -> Iterator[Paragraph]:
    edges = _edges(block)
    gaps = [above.base - below.base for above, below in pairwise(block)]
    leading = min(median(gaps), 1.9 * median(line.height for line in block)) if gaps else 0.0
    current = Paragraph(edge=edges[1])
    for line in block:
        if current.lines and _begins(current, line, leading, edges):
            yield current
            current = Paragraph(edge=edges[1])
        current.lines.append((page, line))
    if current.lines:
        yield current


def _edges(block: Block) -> tuple[float, float]:
    """The left and the right edge of a column: the outermost that two lines share."""
    rights = sorted((line.right for line in block), reverse=True)
    shared = (b for a, b in pairwise(rights) if a - b < 0.5 * block[0].height)
    return min(line.left for line in block), next(shared, rights[0])


def _begins(paragraph: Paragraph, line: Line, leading: float, edges: tuple[float, float]) -> bool:
    """Whether a line begins a paragraph rather than going on with the one above it."""
    above = paragraph.last
    if line.cells or above.cells or _ITEM.match(line.text) or above.base - line.base > 1.3 * leading:
        return True
    if _LOWER_START.match(line.text) and not _STOPS.search(above.text):
        return False
    if not _alike(above, line):
        return True
    if _are_centred(above, line):
        return False
    is_first = len(paragraph.lines) == 1
    hangs = is_first and _ITEM.match(above.text)
    indented = line.left > above.left + 0.8 * line.height and not hangs
    outdented = line.left < above.left - 0.8 * line.height and not is_first
    return indented or outdented or _has_room(above, line, edges[1])


def _has_room(above: Line, line: Line, edge: float) -> bool:
    """Whether the first word of a line would have fitted into the one above, so that the break was meant."""
    width = (line.right - line.left) * len(line.text.split(None, 1)[0]) / len(line.text)
    return above.right + width + 0.6 * line.height < edge


def _are_centred(above: Line, below: Line) -> bool:
    inset = below.left - above.left
    return abs(inset) > 0.5 * below.height and abs(inset - (above.right - below.right)) < below.height


def _alike(above: Line, below: Line) -> bool:
    return abs(above.height - below.height) <= 0.12 * max(above.height, below.height)


def _joined(paragraphs: Iterator[Paragraph], body: float) -> Iterator[Paragraph]:
    """Paragraphs that a column or a page breaks in two made one again; ``body`` is the height of most lines.

    Notes in smaller type at the foot of a page, which stand between the halves, come before the whole.
    """
    held: Paragraph | None = None
    notes: list[Paragraph] = []
    for paragraph in paragraphs:
        if held and _goes_on(held, paragraph):
            yield from notes
            notes = []
            held.lines += paragraph.lines
            held.edge = paragraph.edge
        elif held and _is_note(held, paragraph, body):
            notes.append(paragraph)
        else:
            if held:
                yield held
            yield from notes
            held, notes = paragraph, []
    if held:
        yield held
    yield from notes


def _is_note(before: Paragraph, after: Paragraph, body: float) -> bool:
    """Whether a paragraph in smaller type stands on the page of running text that is not at its end."""
    (page, above), (other, below) = before.lines[-1], after.lines[0]
    is_running = abs(above.height - body) < 0.05 * body and not _STOPS.search(above.text)
    return is_running and page == other and below.height < 0.93 * body


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    above, below = before.last, after.lines[0][1]
    same_column = above.base > below.base and before.lines[-1][0] == after.lines[0][0] and before.edge == after.edge
    if same_column or above.cells or below.cells or not _alike(above, below):
        return False
    if _STOPS.search(above.text) or _ITEM.match(below.text) or len(above.text) < 12:
        return False
    return bool(_LOWER_START.match(below.text)) or not _has_room(above, below, before.edge)


def _words(pages: Sequence[Sequence[Block]]) -> Counter[str]:
    """Words of the document in lower case, but for what a line end may have divided."""
    words: Counter[str] = Counter()
    broken = False
    for line in (line for page_blocks in pages for block in page_blocks for line in block):
        text = line.text.strip().casefold()
        found = _WORD.findall(text.rstrip("-"))
        ends_broken = text.endswith("-")
        words.update(found[broken : -1 if ends_broken else None])
        broken = ends_broken
    return words


def _is_broken(before: str, after: str) -> bool:
    return before.endswith("-") and not before.endswith(" -") and after[:1].isalnum()


def _keeps_hyphen(before: str, after: str, known: Counter[str]) -> bool:
    """Whether the end of a line has to stay as it is; a hyphen that only divides a word goes.

    It divides one if small letters follow and a word without capitals inside goes before, unless the document writes
    the compound with a hyphen elsewhere and never without, or both sides are words of the document, or one side makes
    compounds (``lexicon/compound_parts.csv``).
    """
    first, second = _BROKEN.search(before), _FIRST_WORD.match(after)
    if not first or not second or not second.group().islower() or not first.group(1)[1:].islower():
        return True
    if before[: first.start(1)].endswith(("-", ".")):
        return True
    head, tail, is_name = first.group(1).casefold(), second.group(), first.group(1)[0].isupper()
    whole, compound = known[head + tail], known[f"{head}-{tail}"]
    if whole or compound:
        return compound > whole
    if after[second.end() :].startswith("-") or (is_name and known[head] and len(head) > 3):
        return True
    if min(len(head), len(tail)) >= _TELLING_LENGTH and known[head] and known[tail]:
        return True
    return _makes_compounds(head, tail)


def _makes_compounds(head: str, tail: str) -> bool:
    heads, tails = _compound_parts()
    return (head in heads and len(tail) > 3 and tail != "teen") or (len(head) > 2 and tail in tails)


@cache
def _compound_parts() -> tuple[frozenset[str], frozenset[str]]:
    table = rows("compound_parts")
    return (
        frozenset(row["form"] for row in table if row["side"] == "first"),
        frozenset(row["form"] for row in table if row["side"] == "second"),
    )
