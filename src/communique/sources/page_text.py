"""The main text of a page as lines, as trafilatura finds it."""

from collections.abc import Iterator

import trafilatura
from lxml import etree, html
from trafilatura.settings import Document as Page

from communique.sources.characters import visible

_LINES = frozenset("p head item quote code list table row cell lb".split())
_MISSED_SHARE = 0.05
_LAYOUT_CELL = 300
"""A table cell with more letters than this lays out a page rather than data."""


def main_lines(root: html.HtmlElement, *, generous: bool = False) -> list[str]:
    """The main text, one line for each paragraph, heading, list item, table row and line break; empty without one.

    Args:
        generous: take all that may be text, for a part of a page that is known to be one.

    Raises:
        RecursionError: the page is nested too deeply.
    """
    lines = _extracted(root, generous=generous)
    headings = {" ".join(visible(heading.text_content()).split()) for heading in root.iter("h1", "h2", "h3", "h4")}
    if generous or not lines or not headings.isdisjoint(lines) or not headings - {""}:
        return lines
    # Where nothing marks the main part, a method that knows no headings takes over: were they all that it missed?
    fuller = _extracted(root, generous=True)
    missed = sum(len(line) for line in set(fuller) - set(lines) - headings)
    return fuller if set(lines) <= set(fuller) and missed <= _MISSED_SHARE * sum(map(len, lines)) else lines


def _extracted(root: html.HtmlElement, *, generous: bool) -> list[str]:
    found = trafilatura.bare_extraction(root, with_metadata=False, include_comments=False, favor_recall=generous)
    return lines_of(found.body) if isinstance(found, Page) and found.body is not None else []


def lines_of(body: etree._Element) -> list[str]:
    """The lines of a tree in trafilatura's vocabulary; cells of a row are parted by semicolons."""
    lines: list[str] = []
    current: list[str] = []

    def end_line() -> None:
        words = " ".join(visible("".join(current)).split())
        current.clear()
        if words:
            lines.append(words)

    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        breaks = element.tag in _LINES
        if breaks and event == "start":
            end_line()
        if event == "start":
            if element.tag == "row" and not _lays_out(element):
                lines.extend(_row(element))
                walk.skip_subtree()
            elif element.text:
                current.append(element.text)
        else:
            if breaks:
                end_line()
            if element.tail and element is not body:
                current.append(element.tail)
    end_line()
    return lines


def _lays_out(row: etree._Element) -> bool:
    cells = row.findall("cell")
    return any(len("".join(cell.itertext())) > _LAYOUT_CELL or len(cell.findall("p")) > 1 for cell in cells)


def _row(row: etree._Element) -> Iterator[str]:
    words = "; ".join(words for cell in row.findall("cell") if (words := " ".join(lines_of(cell))))
    if words:
        yield words
