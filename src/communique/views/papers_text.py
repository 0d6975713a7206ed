"""Sheets as CSV and papers as Markdown: what strangers wrote stays words there, too."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from communique.model.printable import on_one_line, without_controls
from communique.views.papers import Item, Paper, Part, Sheet

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet begins a formula."""
_MARKUP = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)")
_OPENS = re.compile(r"^(\d*)([#.)=+-])")
"""What begins a heading, a list or a rule where a line begins with it."""


def as_csv(sheet: Sheet, *, headed: bool = True) -> str:
    """The sheet by RFC 4180: lines end in CRLF, lists are parted by semicolons.

    A text that a spreadsheet would take for a formula has an apostrophe before it.

    Args:
        headed: with the names of the columns; without them, for rows that follow others.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if headed:
        writer.writerow(sheet.columns)
    writer.writerows([_cell(cell) for cell in row] for row in sheet.rows)
    return out.getvalue()


def _cell(value: Any) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return value
        case list() | tuple():
            return _cell("; ".join(str(one) for one in value))
        case _:
            text = without_controls(str(value))
            return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def cell_words(value: Any) -> str:
    """A cell as a reader sees it in a table of a paper."""
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value)
    return "" if value is None else "yes" if value is True else "no" if value is False else str(value)


def as_markdown(paper: Paper) -> str:
    """The paper as CommonMark, each sentence with the number of its source in the list at the end."""
    return "\n".join(_lines(paper)) + "\n"


def _lines(paper: Paper) -> Iterator[str]:
    sources = paper.sources()
    numbers = {key: number for key, (number, _) in sources.items()}
    yield f"# {_plain(paper.title)}"
    yield from ("", _plain(paper.lead))
    for part in paper.parts:
        if part.heading:
            yield from ("", f"{'#' * (part.level + 1)} {_plain(part.heading)}")
        yield from _part(part, numbers)
    if sources:
        yield from ("", "## Sources", "")
        for number, source in sources.values():
            yield f"{number}. {_plain(source.words)}" + (f" <{_address(source.url)}>" if source.url else "")


def _part(part: Part, numbers: dict[str, int]) -> Iterator[str]:
    if part.items:
        yield ""
    for item in part.items:
        yield from _item(item, numbers)
    if part.sheet:
        yield ""
        yield f"| {' | '.join(map(_plain, part.sheet.columns))} |"
        yield f"|{' --- |' * len(part.sheet.columns)}"
        for row in part.sheet.rows:
            yield f"| {' | '.join(_plain(cell_words(cell)) for cell in row)} |"
    if part.note:
        yield from ("", _plain(part.note))


def _item(item: Item, numbers: dict[str, int]) -> Iterator[str]:
    facts = f" ({_plain('; '.join(item.facts))})" if item.facts else ""
    yield f"- **{_plain(item.title)}**{facts}"
    for one in item.quotes:
        yield f"  - {_plain(one.text)} \\[{numbers[one.source.id]}\\]"


def _plain(text: str) -> str:
    """Words that mean nothing to Markdown, on one line."""
    escaped = _MARKUP.sub(lambda match: f"\\{match.group()}", on_one_line(text).strip())
    return _OPENS.sub(r"\1\\\2", escaped)


def _address(url: str) -> str:
    return quote(url, safe="/:?#[]@!$&'()*+,;=%~-._")
