"""HTML: main text by trafilatura, data of origin from the page's own statements, several documents where there are.

The text is what a reader sees: no scripts, hidden elements, menus, notices of cookies or comments; entities decoded,
table cells parted by semicolons, and characters that can't be seen treated as :mod:`~communique.sources.characters`
says. Main text is judged by trafilatura, data of origin by :mod:`~communique.sources.page_origin`, and where one page
holds several documents by :mod:`~communique.sources.page_parts`.
"""

from collections.abc import Iterator

from lxml import html

from communique.model import SourceError
from communique.sources.decoding import markup_of
from communique.sources.draft import Draft
from communique.sources.item import Item
from communique.sources.page_origin import PageOrigin, absolute, may_be_called, origin_of
from communique.sources.page_parts import Part, parts_of
from communique.sources.page_text import main_lines
from communique.sources.page_tree import remove_unseen, too_deep, tree_of


def parse(item: Item) -> Iterator[Draft]:
    """The documents of a page, mostly one: a line for each paragraph, heading, list item and table row.

    A heading that only repeats the title is left out of the text. A part of a page is named by its anchor and has its
    own heading for a title, and its own day and address where it states them.

    Raises:
        SourceError: the bytes are no text, or there is no main text in the page, or it is built beyond all measure.
    """
    root = tree_of(markup_of(item), item.name)
    try:
        drafts = _drafts(root, item)
    except RecursionError:
        raise too_deep(item.name) from None
    yield from drafts


def _drafts(root: html.HtmlElement, item: Item) -> list[Draft]:
    origin = origin_of(root, item.url)
    scripted = next(root.iter("script"), None) is not None
    frame = next(root.iter("frame"), None)
    remove_unseen(root)
    drafts = [draft for part in parts_of(root) if (draft := _draft_of_part(part, origin, item.url))]
    if len(drafts) > 1:
        return drafts
    lines = main_lines(root)
    if not lines:
        raise SourceError(_without_text(item.name, scripted=scripted, framed=frame is not None))
    return [_draft(lines, origin, title=origin.title, published=origin.published, url=origin.url)]


def _draft_of_part(part: Part, origin: PageOrigin, address: str | None) -> Draft | None:
    lines = main_lines(part.root, generous=True)
    if not lines:
        return None
    base = origin.url or address
    own_address = absolute(part.link, base)
    if own_address and base and not may_be_called(own_address, base):
        own_address = None
    published = part.published or origin.published
    return _draft(lines, origin, title=part.title, published=published, url=own_address or origin.url, part=part.anchor)


def _draft(
    lines: list[str],
    origin: PageOrigin,
    *,
    title: str | None,
    published: str | None,
    url: str | None,
    part: str | None = None,
) -> Draft:
    if len(lines) > 1 and lines[0] == title:
        lines = lines[1:]
    text = "\n".join(lines)
    return Draft(
        text=text,
        title=title,
        publisher=origin.publisher,
        published=published,
        url=url,
        language=origin.language,
        author=origin.author,
        part=part,
    )


def _without_text(name: str, *, scripted: bool, framed: bool) -> str:
    if framed:
        return f"{name} has no main text, only frames: give the page that its main frame shows."
    if scripted:
        return f"{name} has no main text without its scripts: save the page from a browser that has run them."
    return f"{name} has no main text: save the article's own page, or give its words as a text file."
