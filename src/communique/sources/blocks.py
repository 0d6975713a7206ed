"""Paragraphs, headings, list items and table rows of an office document, and the text that they make."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.sources.characters import visible

_LAYOUT = 300
"""A table cell with more characters than this, or with several paragraphs, lays out a page rather than data."""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a text with a line of its own; ``kind`` is ``title``, ``h1``, ``p``, ``li`` or ``row``."""

    kind: str
    words: str


def row_blocks(cells: list[list[str]]) -> Iterator[Block]:
    """A table row, each cell given by its paragraphs: one line with ``; `` between the cells.

    Cells that hold prose (a letterhead, two columns of text) give their paragraphs one after another instead.
    """
    filled = [paragraphs for cell in cells if (paragraphs := [words for part in cell if (words := tidy(part))])]
    if any(len(cell) > 1 or len(cell[0]) > _LAYOUT for cell in filled):
        yield from (Block("p", words) for cell in filled for words in cell)
    elif filled:
        yield Block("row", "; ".join(cell[0] for cell in filled))


def tidy(words: str) -> str:
    """Words as they are seen, with single spaces; line ends that the writer set stay."""
    return "\n".join(line for raw in visible(words).split("\n") if (line := " ".join(raw.split())))


def text_and_title(blocks: Iterable[Block], stated: str | None) -> tuple[str, str | None]:
    """The text of the blocks, and the title: that of a heading which opens the text, else the stated one.

    Paragraphs have a blank line between them, items of one list and rows of one table a line end. A heading that
    is taken for the title is left out of the text, if there is more.
    """
    body = [block for block in blocks if block.words]
    title = " ".join(stated.split()) if stated and stated.strip() else None
    if len(body) > 1:
        opening = " ".join(body[0].words.split())
        if body[0].kind in ("title", "h1") or opening == title:
            title = opening
            del body[0]
    pieces: list[str] = []
    for before, block in zip([None, *body], body, strict=False):
        if before is not None:
            pieces.append("\n" if block.kind == before.kind and block.kind in ("li", "row") else "\n\n")
        pieces.append(block.words)
    return "".join(pieces), title
