"""Markdown with YAML front matter: the words without the markup, the data of origin from the front matter."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from markdown_it import MarkdownIt

from communique.model import SourceError
from communique.sources.decoding import text_of
from communique.sources.draft import Draft
from communique.sources.item import Item
from communique.sources.parse_plain import unify_line_ends

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOTHING = ("", "~", "null", "Null", "NULL")
"""What YAML understands as no value."""


class _FrontMatter(YAMLHandler):
    """Front matter of which every value is the words that stand there.

    Nothing is made of them, so that no tag, alias or number of a stranger costs more than its own length; and not by
    the loader in C, which a few thousand brackets bring down with the whole process.
    """

    def load(self, fm: str, **_: object) -> Any:
        return yaml.load(fm, yaml.BaseLoader)


# Indented lines of a pasted release are paragraphs, and bare HTML is words with tags around them.
_MARKDOWN = MarkdownIt("commonmark").disable(["code", "html_block"])


def parse(item: Item) -> Iterator[Draft]:
    """The body as plain text, and ``title``, ``publisher``, ``published`` (or ``date``), ``url``, ``language``,
    ``author``.

    Paragraphs and headings are separated by a blank line, list items stand on lines of their own, wrapped lines are
    joined. Without a ``title`` in front, a heading of the first level that opens the body is the title; a heading that
    only repeats the title is left out of the text.

    Raises:
        SourceError: the bytes are no text, or the front matter is not valid YAML.
    """
    text, handler = unify_line_ends(text_of(item)), _FrontMatter()
    try:
        # A handler that is given takes any two rulings for the fences of front matter, wherever they stand.
        meta, body = frontmatter.parse(text, handler=handler) if handler.detect(text) else ({}, text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}" if mark else ""
        raise SourceError(
            f"{item.name} has front matter that is not valid YAML{place}: mend it, for example with quotation marks "
            "around a value that holds a colon."
        ) from None
    blocks = list(_blocks(_MARKDOWN.parse(body)))
    title = _value(meta, "title")
    if blocks and blocks[0][0] == "h1" and title in (None, blocks[0][1]):
        title = blocks.pop(0)[1]
    yield Draft(
        text=_join(blocks),
        title=title,
        publisher=_value(meta, "publisher"),
        published=_value(meta, "published") or _value(meta, "date"),
        url=_value(meta, "url"),
        language=_value(meta, "language"),
        author=_value(meta, "author"),
    )


def _value(meta: dict[str, object], key: str) -> str | None:
    """The value as it stands there; several on a line, as of authors, with commas between them."""
    value = meta.get(key)
    if isinstance(value, list):
        return ", ".join(one for one in value if isinstance(one, str)) or None
    return value if isinstance(value, str) and value not in _NOTHING else None


def _blocks(tokens: "list[Token]") -> Iterator[tuple[str, str]]:
    """Each leaf block as its kind (``h1`` ... ``h6``, ``p``, ``li``, ``code``) and its words."""
    depth = 0
    kind = "p"
    for token in tokens:
        if token.type == "list_item_open":
            depth += 1
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type == "heading_open":
            kind = token.tag
        elif token.type == "paragraph_open":
            kind = "li" if depth else "p"
        elif token.type == "inline":
            words = " ".join(_words(token.children or []).split(" ")).strip()
            if words:
                yield kind, words
        elif token.type == "fence" and token.content.strip():
            yield "code", token.content.strip("\n")


def _words(tokens: "list[Token]") -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline", "image"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
    return "".join(parts)


def _join(blocks: list[tuple[str, str]]) -> str:
    """Blocks with a blank line between them, items of one list with a line end."""
    text = ""
    before = None
    for kind, words in blocks:
        if before is not None:
            text += "\n" if kind == before == "li" else "\n\n"
        text += words
        before = kind
    return text
