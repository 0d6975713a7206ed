"""HTML inside other formats (a feed's entry, an e-mail, a column) as the words that a reader sees."""

import re

from lxml import etree, html

from communique.model import SourceError
from communique.sources.characters import visible

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_UNSEEN = frozenset(
    "audio button canvas embed head iframe input math noscript object option script select style svg template "
    "textarea title video".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_MARKUP = re.compile(r"<(?:p|div|br|ul|ol|table|h[1-6]|blockquote|section|article|html|body|span)\b[^<>]{0,500}>", re.I)
_BREAK = "\x1e"


def is_markup(text: str) -> bool:
    """Whether a text plainly is HTML: it holds a tag of a paragraph, a list, a table, a heading or a line end."""
    return _MARKUP.search(text) is not None


def begins_as_markup(text: str) -> bool:
    """Whether a text is HTML from its first character to its last."""
    bare = text.strip()
    return _MARKUP.match(bare) is not None and bare.endswith(">")


def readable(markup: str, name: str) -> str:
    """The words that a reader sees, one line for each paragraph, heading, list item, table cell and line break.

    Scripts, styles, forms and what is styled as hidden are left out; nothing is judged to be boilerplate.

    Raises:
        SourceError: the markup is nested deeper than a parser follows.
    """
    # libxml2 takes a zero byte for the end and refuses text that declares its own encoding.
    plain = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup.replace("\x00", "\ufffd"))
    if not plain.strip():
        return ""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(plain.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    if any("depth" in error.message for error in parser.error_log):
        raise SourceError(f"{name} holds HTML that is nested too deeply to be read: save its words as a text file.")
    lines = visible("".join(_pieces(root)).replace("\n", " ").replace(_BREAK, "\n")).split("\n")
    return "\n".join(words for line in lines if (words := " ".join(line.split())))


def _pieces(root: etree._Element) -> list[str]:
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        seen = not (element.tag in _UNSEEN or _HIDDEN.search(element.get("style") or "") or "hidden" in element.attrib)
        block = element.tag in _BLOCKS or element.tag == "br"
        if event == "start":
            if block:
                pieces.append(_BREAK)
            if not seen:
                walk.skip_subtree()
            elif element.text:
                pieces.append(element.text.replace(_BREAK, " "))
        else:
            if block:
                pieces.append(_BREAK)
            if element.tail:
                pieces.append(element.tail.replace(_BREAK, " "))
    return pieces
