"""The tree of an HTML page, and what of it a reader does not see taken out."""

import re

from lxml import etree, html

from communique.model import SourceError

TAG_LIMIT = 200_000
"""Most elements of a page; long transcripts have about 5,000, the longest tables of budgets 50,000."""
ATTRIBUTE_LIMIT = 10_000
"""Most attributes of an element; parsers compare each with each, so that 100,000 of them take minutes."""

_UNSEEN_TAGS = (
    "script style template noscript iframe object embed svg math canvas audio video map datalist select button "
    "textarea input dialog nav"
).split()
_HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_HIDING_CLASSES = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only govuk-visually-hidden usa-sr-only "
    "element-invisible show-for-sr u-visually-hidden a11y-hidden offscreen skip-link".split()
)
_CONSENT = re.compile(
    r"(?:^|[\s_-])(?:cookies?|cookie\w+|consent|onetrust|gdpr|ccpa|cybot\w*)(?:$|[\s_-])", re.IGNORECASE
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONG_TAG = re.compile("<[a-zA-Z][^<>]{20000,}")
_QUOTED = re.compile("\"[^\"]*\"|'[^']*'")
_NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z]|[*†‡]{1,3})[\])]?\s*")
_CONSENT_LENGTH = 3_000
_LAYOUT_CELL = 300
_NEVER_HIDDEN = frozenset({"html", "body"})
"""Pages that fade in hide these by style until a script shows them."""


def tree_of(markup: str, name: str) -> html.HtmlElement:
    """The page as browsers would build it, without comments; entities of an XHTML document type are not expanded.

    Raises:
        SourceError: there is no element in it, or it is nested too deeply, has more than :data:`TAG_LIMIT` elements or
            one with more than :data:`ATTRIBUTE_LIMIT` attributes.
    """
    if any(len(_QUOTED.sub("", tag).split()) > ATTRIBUTE_LIMIT for tag in _LONG_TAG.findall(markup)):
        raise SourceError(
            f"{name} has an element with more than {ATTRIBUTE_LIMIT:,} attributes: give its words as a text file."
        )
    # libxml2 takes a zero byte for the end, and text that declares an encoding of its own for something to decode.
    plain = re.sub(r"^\s*<\?xml[^>]{0,500}\?>", "", markup.replace("\0", "\ufffd"))
    plain = re.sub(r"<!DOCTYPE[^>\[]{0,500}\[[^\]]{0,100000}\]\s*>", "", plain, count=1, flags=re.IGNORECASE)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(plain.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise SourceError(
            f"{name} is a page without content: fetch it again, or give its words as a text file."
        ) from None
    if any("depth" in error.message.lower() for error in parser.error_log):
        raise too_deep(name)
    for number, element in enumerate(root.iter()):
        if number >= TAG_LIMIT:
            raise SourceError(
                f"{name} has more than {TAG_LIMIT:,} elements: split it, or give its words as a text file."
            )
        _remove_controls(element)
    return root


def _remove_controls(element: html.HtmlElement) -> None:
    """Take characters out that lxml reads but refuses to write, which come from references such as ``&#1;``."""
    if element.text and _CONTROLS.search(element.text):
        element.text = _CONTROLS.sub("", element.text)
    if element.tail and _CONTROLS.search(element.tail):
        element.tail = _CONTROLS.sub("", element.tail)


def too_deep(name: str) -> SourceError:
    """What to tell of a page whose elements are nested deeper than the libraries follow."""
    return SourceError(f"{name} nests its elements too deeply to be read: give its words as a text file.")


def remove_unseen(root: html.HtmlElement) -> None:
    """Take out scripts, menus, controls, hidden elements, words for screen readers, notices of cookies, note marks."""
    for element in list(root.iter(etree.Element)):
        if element.tag in _NEVER_HIDDEN or element.getparent() is None:
            continue
        if _is_unseen(element) or _asks_consent(element) or _is_menu_cell(element) or _is_note_mark(element):
            element.drop_tree()


def _is_unseen(element: html.HtmlElement) -> bool:
    if element.tag in _UNSEEN_TAGS or "hidden" in element.attrib or element.get("role") in ("navigation", "dialog"):
        return not (element.tag == "dialog" and "open" in element.attrib)
    if _HIDING_STYLE.search(element.get("style") or ""):
        return True
    return not _HIDING_CLASSES.isdisjoint((element.get("class") or "").split())


def _asks_consent(element: html.HtmlElement) -> bool:
    if not _CONSENT.search(f"{element.get('id') or ''} {element.get('class') or ''}"):
        return False
    return element.find(".//article") is None and len(element.text_content()) < _CONSENT_LENGTH


def _is_menu_cell(element: html.HtmlElement) -> bool:
    """Whether a table cell holds links and nothing else beside one that holds running text, as old layouts do."""
    if element.tag != "td" or len(element.findall(".//a")) < 2:
        return False
    linked = sum(len("".join(link.text_content().split())) for link in element.iter("a"))
    return len("".join(element.text_content().split())) == linked and any(
        len(cell.text_content()) > _LAYOUT_CELL for cell in element.itersiblings("td")
    )


def _is_note_mark(element: html.HtmlElement) -> bool:
    """Whether a raised figure or sign leads to a note on the page."""
    if element.tag != "sup" or not _NOTE_MARK.fullmatch(element.text_content()):
        return False
    links = [*element.iter("a"), *element.iterancestors("a")]
    return any((link.get("href") or "").startswith("#") for link in links)
