"""ODT: the words of the body as a word processor shows them."""

from collections.abc import Iterator

from lxml import etree

from communique.model import SourceError
from communique.sources.blocks import Block, row_blocks, text_and_title, tidy
from communique.sources.dates import day_of_file
from communique.sources.draft import Draft
from communique.sources.item import Item
from communique.sources.office import Package, attribute, child, local

_LEFT_OUT = frozenset(
    "tracked-changes annotation hidden-text hidden-paragraph forms sequence-decls variable-decls user-field-decls "
    "note-citation ruby-text script event-listeners desc title object covered-table-cell".split()
)
_SPELT = {"tab": " ", "line-break": "\n"}


def parse(item: Item) -> Iterator[Draft]:
    """The document's text with its metadata; headers, footers, comments and tracked deletions are left out.

    Text boxes follow the paragraph they hang on, table rows are lines, foot- and endnotes stand at the end. A title
    or heading that opens the text is the title. The day is that of the last saving, where the file was made within
    the month before; else there is none.

    Raises:
        SourceError: no ODT, damaged, protected, too large, or nested too deeply.
    """
    content, meta = _parts(item)
    body = child(content, "body", "text")
    if body is None:
        raise SourceError(f"{item.name} is no ODT text that can be read, or is protected: save it anew or as text.")
    notes: list[etree._Element] = []
    try:
        blocks = list(_blocks(body, _parents(content), notes))
        for note in notes:
            blocks.extend(_blocks(note, {}, []))
    except RecursionError:
        raise SourceError(f"{item.name} is nested too deeply to be read: save it anew or as text.") from None
    stated = {local(entry): "".join(map(str, entry.itertext())).strip() for entry in meta if len(entry) == 0}
    text, title = text_and_title(blocks, stated.get("title"))
    yield Draft(
        text=text,
        title=title,
        published=day_of_file(stated.get("creation-date"), stated.get("date")),
        language=stated.get("language"),
        author=stated.get("initial-creator") or stated.get("creator"),
    )


def _parts(item: Item) -> tuple[etree._Element | None, list[etree._Element]]:
    """The element that holds the body and its styles, and the entries of metadata."""
    package = Package(item, "ODT text")
    content, meta = package.part("content.xml"), package.part("meta.xml")
    entries = child(meta, "meta")
    return content, list(entries) if entries is not None else []


def _parents(content: etree._Element | None) -> dict[str, str]:
    """Automatic styles to the named styles that they vary."""
    styles = child(content, "automatic-styles")
    named = styles if styles is not None else ()
    pairs = ((attribute(style, "name"), attribute(style, "parent-style-name")) for style in named)
    return {name: parent for name, parent in pairs if name and parent}


def _blocks(
    parent: etree._Element, styles: dict[str, str], notes: list[etree._Element], *, listed: bool = False
) -> Iterator[Block]:
    for element in parent:
        kind = local(element)
        if kind in ("p", "h"):
            boxes: list[etree._Element] = []
            words = "".join(_words(element, notes, boxes))
            if words.strip():
                yield Block(_kind(element, styles, listed), tidy(words))
            for box in boxes:
                yield from _blocks(box, styles, notes)
        elif kind == "table-row":
            cells = [cell for cell in element if local(cell) == "table-cell"]
            yield from row_blocks([[block.words for block in _blocks(cell, styles, notes)] for cell in cells])
        elif kind not in _LEFT_OUT and attribute(element, "display") != "none":
            yield from _blocks(element, styles, notes, listed=listed or kind == "list")


def _kind(element: etree._Element, styles: dict[str, str], listed: bool) -> str:
    style = attribute(element, "style-name") or ""
    if styles.get(style, style) == "Title":
        return "title"
    if local(element) == "h":
        return "h1" if attribute(element, "outline-level") in (None, "1") else "p"
    return "li" if listed else "p"


def _words(element: etree._Element, notes: list[etree._Element], boxes: list[etree._Element]) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        kind = local(inner)
        if kind == "s":
            yield " "
        elif kind in _SPELT:
            yield _SPELT[kind]
        elif kind == "note-body":
            notes.append(inner)
        elif kind == "text-box":
            boxes.append(inner)
        elif kind in ("note", "frame"):
            for _ in _words(inner, notes, boxes):
                pass  # white space between the parts of a note or a frame is no text
        elif kind not in _LEFT_OUT:
            yield from _words(inner, notes, boxes)
        yield inner.tail or ""
