"""HTML: main text and data of origin by trafilatura; navigation, notices and comments stay out."""

import re
from collections.abc import Iterator
from datetime import date

import trafilatura
from trafilatura.settings import Document as Page

from communique.model import SourceError
from communique.sources.decoding import markup_of
from communique.sources.draft import Draft
from communique.sources.item import Item

_BULLET = re.compile(r"^- (?=\S)")
_TABLE_ROW = re.compile(r"^\|(.*)\|\s*$")
_TABLE_RULE = re.compile(r"^\|[\s|:-]+\|\s*$")


def parse(item: Item) -> Iterator[Draft]:
    """The page's main text, one line for each paragraph, heading, list item and table row, and what it says of itself.

    Title, publisher (the site's name), date and address are those that the page states in its markup. No date is
    taken from its prose or its copyright line. A heading that only repeats the title is left out of the text.

    Raises:
        SourceError: the bytes are no text, or there is no main text in the page.
    """
    found = trafilatura.bare_extraction(
        markup_of(item),
        with_metadata=True,
        include_comments=False,
        date_extraction_params={
            "extensive_search": False,
            "original_date": True,
            "max_date": date.today().isoformat(),
        },
    )
    lines = _clean_lines(found.text or "") if isinstance(found, Page) else []
    if not isinstance(found, Page) or not lines:
        raise SourceError(
            f"{item.name} has no main text: save the article's own page, or give its words as a text file."
        )
    if found.title and lines[0] == found.title and len(lines) > 1:
        del lines[0]
    yield Draft(
        text="\n".join(lines),
        title=found.title,
        publisher=found.sitename,
        published=found.date,
        url=found.url,
        language=found.language,
    )


def _clean_lines(text: str) -> list[str]:
    """Lines without the Markdown that trafilatura marks lists and tables with."""
    lines = []
    for raw in text.splitlines():
        if _TABLE_RULE.match(raw):
            continue
        row = _TABLE_ROW.match(raw)
        line = "; ".join(cell.strip() for cell in row.group(1).split("|") if cell.strip()) if row else raw
        line = _BULLET.sub("", line.strip())
        if line:
            lines.append(line)
    return lines
