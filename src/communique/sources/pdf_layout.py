"""In which order the lines of a page are read: column by column, and what runs over every page left out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from communique.sources.pdf_glyphs import Stretch

_MARGIN = 0.14
"""Share of a page's height, at its head and at its foot, in which running lines stand."""

_RUNNING_LINES = 4
_LONG_DOCUMENT = 7
_COLUMN_LINES = 3
_COLUMN_CHARACTERS = 18
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—\[( ]*(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—\]) ]*", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """One line as it is read, with its place as in :class:`~communique.sources.pdf_glyphs.Stretch`.

    Attributes:
        cells: whether wide gaps part it, as in the row of a table.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    cells: bool = False


Block = list[Line]
"""Lines that stand below each other in one column, from the top."""


@dataclass(slots=True)
class PageText:
    """The stretches of one page, and the lowest and highest point of the page itself."""

    stretches: list[Stretch]
    bottom: float
    top: float


def without_running_lines(pages: Sequence[PageText]) -> list[list[Stretch]]:
    """The stretches of each page without heads, feet and page numbers.

    A line is one of these if it stands near the head or the foot of its page and recurs at the same height on other
    pages, word for word or with its first or last number growing as the pages do. Two pages that share it are enough
    in a document of at most six, three in a longer one. A line of nothing but its own page's number goes too.
    """
    places = [list(_marginal_rows(page)) for page in pages]
    recurrences = Counter(
        key for number, rows in enumerate(places) for key in {k for row in rows for k in _keys(row, number)}
    )
    needed = 2 if len(pages) < _LONG_DOCUMENT else 3
    kept = []
    for number, (page, rows) in enumerate(zip(pages, places, strict=True)):
        gone = {
            id(stretch)
            for row in rows
            if any(recurrences[key] >= needed for key in _keys(row, number)) or _is_own_number(row, number)
            for stretch in row
        }
        kept.append([stretch for stretch in page.stretches if id(stretch) not in gone])
    return kept


def blocks(stretches: Iterable[Stretch]) -> Iterator[Block]:
    """The lines of a page in the order in which they are read; lines that stand sideways come last."""
    by_turn: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        by_turn.setdefault(stretch.turn, []).append(stretch)
    for _, group in sorted(by_turn.items(), key=lambda item: -sum(len(stretch.text) for stretch in item[1])):
        yield from _in_order(group, depth=0)


def _marginal_rows(page: PageText) -> Iterator[list[Stretch]]:
    depth = _MARGIN * (page.top - page.bottom)
    rows = _rows([stretch for stretch in page.stretches if stretch.turn == 0])
    for number, row in enumerate(rows):
        at_head = number < _RUNNING_LINES and row[0].base > page.top - depth
        at_foot = number >= len(rows) - _RUNNING_LINES and row[0].base < page.bottom + depth
        if at_head or at_foot:
            yield row


def _keys(row: list[Stretch], page: int) -> set[tuple[int, str]]:
    """What a line of this page has in common with a line that runs over the pages: its height and its words."""
    words = " ".join(stretch.text for stretch in row).casefold()
    height = round(row[0].base / 3)
    numbers = list(_NUMBER.finditer(words))
    variants = {words}
    for number in (numbers[0], numbers[-1]) if numbers else ():
        if len(number.group()) < 5:
            variants.add(f"{words[: number.start()]}#{int(number.group()) - page}{words[number.end() :]}")
    return {(height + shift, variant) for variant in variants for shift in (0, 1)}


def _is_own_number(row: list[Stretch], page: int) -> bool:
    words = " ".join(stretch.text for stretch in row).strip()
    number = _NUMBER.search(words)
    return bool(number and _PAGE_NUMBER.fullmatch(words) and int(number.group()) == page + 1)


def _rows(stretches: list[Stretch]) -> list[list[Stretch]]:
    """Stretches on one baseline together, from the top, each row from left to right."""
    rows: list[list[Stretch]] = []
    for stretch in sorted(stretches, key=lambda s: (-s.base, s.left)):
        if rows and abs(rows[-1][0].base - stretch.base) < 0.35 * min(rows[-1][0].height, stretch.height):
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    return [sorted(row, key=lambda s: s.left) for row in rows]


def _in_order(stretches: list[Stretch], depth: int) -> Iterator[Block]:
    gutter = _gutter(stretches) if depth < 5 else None
    if gutter is None:
        if stretches:
            yield [_line(row) for row in _rows(stretches)]
        return
    x, bands = gutter
    above = stretches
    for top, bottom in bands:
        before = [s for s in above if s.base > top]
        inside = [s for s in above if bottom <= s.base <= top]
        above = [s for s in above if s.base < bottom]
        yield from _in_order(before, depth + 1)
        yield from _in_order([s for s in inside if s.left < x], depth + 1)
        yield from _in_order([s for s in inside if s.left >= x], depth + 1)
    yield from _in_order(above, depth + 1)


def _gutter(stretches: list[Stretch]) -> tuple[float, list[tuple[float, float]]] | None:
    """Where a right-hand column begins, and the bands (highest and lowest baseline) in which two columns stand."""
    edges = Counter(round(stretch.left / 2) for stretch in stretches)
    best: tuple[int, float, list[tuple[float, float]]] | None = None
    for edge, count in edges.most_common(12):
        if count < _COLUMN_LINES:
            break
        x = edge * 2 - 2.0
        found = list(_bands(stretches, x))
        covered = sum(bottom <= s.base <= top for s in stretches for top, bottom in found)
        if found and (best is None or covered > best[0] or (covered == best[0] and x < best[1])):
            best = (covered, x, found)
    return best[1:] if best else None


def _bands(stretches: list[Stretch], x: float) -> Iterator[tuple[float, float]]:
    """Heights between lines that cross ``x``, from the top, where running text stands on both sides of it."""
    band: list[Stretch] = []
    crossing = [s for s in stretches if s.left < x < s.right]
    bounds = sorted({s.base for s in crossing}, reverse=True)
    bands: list[list[Stretch]] = [[] for _ in range(len(bounds) + 1)]
    ordered = sorted((s for s in stretches if not s.left < x < s.right), key=lambda s: -s.base)
    place = 0
    for stretch in ordered:
        while place < len(bounds) and bounds[place] > stretch.base:
            place += 1
        bands[place].append(stretch)
    for band in bands:
        left, right = [s for s in band if s.left < x], [s for s in band if s.left >= x]
        if _is_column(left) and _is_column(right) and _are_apart(left, right):
            yield max(s.base for s in band), min(s.base for s in band)


def _is_column(stretches: list[Stretch]) -> bool:
    """Whether these are lines of running text: long ones, most of which reach as far as the longest."""
    if len(stretches) < _COLUMN_LINES:
        return False
    lengths = [len(stretch.text) for stretch in stretches]
    full = sum(length > 0.7 * max(lengths) for length in lengths)
    return median(lengths) >= _COLUMN_CHARACTERS and 2 * full >= len(lengths)


def _are_apart(left: list[Stretch], right: list[Stretch]) -> bool:
    height = median(stretch.height for stretch in left)
    return min(s.left for s in right) - max(s.right for s in left) > 0.5 * height


def _line(row: list[Stretch]) -> Line:
    longest = max(row, key=lambda s: len(s.text))
    gaps = [after.left - before.right for before, after in pairwise(row)]
    return Line(
        text=" ".join(stretch.text.strip() for stretch in row),
        left=row[0].left,
        right=max(stretch.right for stretch in row),
        base=longest.base,
        height=longest.height,
        cells=any(gap > 1.8 * longest.height for gap in gaps),
    )
