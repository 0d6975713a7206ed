"""Which parser reads which file: by extension, else by how the text plainly begins."""

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import cast

from communique.model import SourceError, UsageError
from communique.sources.draft import Draft
from communique.sources.loading import decode, decode_html, shown

Parser = Callable[[str, str], Draft]
"""Takes the decoded text and the name that messages use."""

EXTENSIONS: dict[str, str] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
}
"""File extension, lower case, to the format that it holds."""

_HTML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_JSON_START = re.compile(r'\s*\{\s*"')
_FRONT_MATTER_START = re.compile(r"---[ \t]*\r?\n(?:#.*\r?\n)*[A-Za-z_]\w*[ \t]*:")


def parse(data: bytes, path: str) -> Draft:
    """The document that the bytes hold; ``path`` says by its extension in which format.

    A path without an extension, as of standard input, is HTML, JSON or Markdown with front matter where
    the text plainly begins as such, else plain text.

    Raises:
        UsageError: the extension is not one of :data:`EXTENSIONS`.
        SourceError: the bytes are not what the extension says.
    """
    name = shown(path)
    extension = PurePath(path).suffix.lower()
    if path != "-" and extension:
        if extension not in EXTENSIONS:
            raise UsageError(
                f"{name} has an extension that is not read: give one of {', '.join(sorted(EXTENSIONS))}, "
                "or pass the text on standard input with `-`."
            )
        kind = EXTENSIONS[extension]
        text = decode_html(data, name) if kind == "html" else decode(data, name)
    else:
        kind, text = _sniff(data, name)
    return _parser(kind)(text, name)


def _sniff(data: bytes, name: str) -> tuple[str, str]:
    """Format and text of bytes that no extension speaks for."""
    try:
        text = decode(data, name)
    except SourceError:
        # Only a page can say by itself that it is written in an older encoding.
        if _HTML_START.match(data[:4096].decode("latin-1")):
            return "html", decode_html(data, name)
        raise
    for start, kind in ((_HTML_START, "html"), (_JSON_START, "json"), (_FRONT_MATTER_START, "markdown")):
        if start.match(text):
            return kind, text
    return "plain", text


def _parser(kind: str) -> Parser:
    """The module ``sources.parse_KIND``, imported on first use: an HTML parser costs half a second to load."""
    return cast(Parser, import_module(f"communique.sources.parse_{kind}").parse)
