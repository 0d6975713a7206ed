"""The several documents of one page, where its markup says plainly that there are several.

It does so in two ways. Either the page has two or more ``article`` elements beside each other, each with a heading of
its own and running text, which together hold most of the page's words: a page of briefings. Or it has two or more
headings of one rank with an anchor, each of which names a document (``lexicon/collection_headings.csv``) or is followed
by a day of its own, each with running text below: a collection of notices. Teasers of other articles are short, a
document's own chapters have neither days nor such headings, and comments stand inside the article: no page is split
for them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache

from lxml import etree, html

from communique.lexicon.tables import rows
from communique.sources.characters import visible
from communique.sources.dates import iso_day

_HEADINGS = ("h1", "h2", "h3", "h4")
_RUNNING_WORDS = 40
"""Words of paragraphs, outside links, that make a document of a part; teasers have about 25."""

_MAIN_SHARE = 0.6
_PART_LIMIT = 2_000
_LONGEST_DAY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One document of a page.

    Attributes:
        anchor: what tells it from the others: an id, or the address of its own page; None where there is neither
            or another part has the same.
        title: its heading.
        link: the address that its heading leads to, as written.
        published: the day that it states, ISO 8601.
        root: a page of this part alone.
    """

    anchor: str | None
    title: str
    link: str | None
    published: str | None
    root: html.HtmlElement


def parts_of(root: html.HtmlElement) -> list[Part]:
    """The documents of a page, in its order; empty where the page is one document. ``root`` is left as it is."""
    parts = _articles(root) or _sections(root)
    repeated = {anchor for anchor, count in Counter(part.anchor for part in parts).items() if count > 1}
    return [replace(part, anchor=None) if part.anchor in repeated else part for part in parts]


def _articles(root: html.HtmlElement) -> list[Part]:
    outer = root.xpath("//article[not(ancestor::article or ancestor::aside or ancestor::footer)]")
    found = []
    for article in outer[:_PART_LIMIT]:
        heading = next(article.iter(*_HEADINGS), None)
        if heading is not None and _words(heading) and _running_words(article) >= _RUNNING_WORDS:
            found.append((article, heading))
    if len(found) < 2 or sum(_running_words(article) for article, _ in found) < _MAIN_SHARE * _running_words(root):
        return []
    return [_part(heading, article.get("id"), [article]) for article, heading in found]


def _sections(root: html.HtmlElement) -> list[Part]:
    for rank in _HEADINGS:
        headings = [
            (heading, anchor) for heading in root.iter(rank) if (anchor := _anchor(heading)) and _words(heading)
        ]
        if not 2 <= len(headings) <= _PART_LIMIT:
            continue
        contents = [_below(heading) for heading, _ in headings]
        if all(
            (_names_document(_words(heading)) or _own_day(content))
            and sum(map(_running_words, content)) >= _RUNNING_WORDS
            for (heading, _), content in zip(headings, contents, strict=True)
        ):
            pairs = zip(headings, contents, strict=True)
            return [_part(heading, anchor, [heading, *content]) for (heading, anchor), content in pairs]
    return []


def _anchor(heading: html.HtmlElement) -> str | None:
    """The id by which a heading, what it holds or an element right around it can be pointed to."""
    inner = heading.xpath("(.//a/@name | .//@id)[1]")
    own = heading.get("id") or (inner[0] if inner else None)
    parent = heading.getparent()
    if own is None and parent is not None and parent.tag in ("section", "div", "li") and parent[0] is heading:
        own = parent.get("id")
    return own.strip() if own and own.strip() else None


def _below(heading: html.HtmlElement) -> list[html.HtmlElement]:
    """The elements after a heading, up to the next of its rank or a higher one."""
    higher = set(_HEADINGS[: _HEADINGS.index(heading.tag) + 1])
    content = []
    for element in heading.itersiblings(etree.Element):
        if element.tag in higher or next(element.iter(*higher), None) is not None:
            break
        content.append(element)
    return content


def _names_document(heading: str) -> bool:
    pattern = _document_names()
    return pattern.match(heading.casefold()) is not None


@cache
def _document_names() -> re.Pattern[str]:
    forms = "|".join(re.escape(row["form"]) for row in rows("collection_headings"))
    return re.compile(rf"(?:the\s+)?(?:\W*\d+[.)]\s+)?\W*(?:{forms})\b")


def _own_day(content: list[html.HtmlElement]) -> str | None:
    """The day that stands by itself at the beginning of a part, or in a ``time`` element of it."""
    for element in content[:3]:
        for time in [element, *element.iter("time")]:
            stated = time.get("datetime") or _words(time)
            day = iso_day(stated.strip("() ")) if len(stated) <= _LONGEST_DAY else None
            if day and len(day) == 10:
                return day
    return None


def _part(heading: html.HtmlElement, anchor: str | None, content: list[html.HtmlElement]) -> Part:
    links = heading.xpath("(.//a/@href | ancestor::a/@href)[1]")
    link = links[0].strip() if links and not links[0].startswith("#") else None
    inside = [one for one in content if one is not heading]
    first = inside[0] if len(inside) == 1 and inside[0].tag == "article" else None
    day = _own_day(list(first) if first is not None else inside) or _own_day([html.Element("p"), *content[:1]])
    root = html.document_fromstring("<html><body><main><article></article></main></body></html>")
    target = next(root.iter("article"))
    for element in content:
        clone = deepcopy(element)
        clone.tail = None
        target.append(clone)
    return Part(anchor=anchor or link, title=_words(heading), link=link, published=day, root=root)


def _words(element: html.HtmlElement) -> str:
    return " ".join(visible(element.text_content()).split())


def _running_words(element: html.HtmlElement) -> int:
    """Words in paragraphs and list items, without those of links."""
    return sum(len(text.split()) for block in element.iter("p", "li", "blockquote", "td") for text in _own_texts(block))


def _own_texts(block: html.HtmlElement) -> Iterator[str]:
    for text in block.xpath(".//text()[not(ancestor::a)]"):
        holder = text.getparent()
        if holder is block or text.is_tail or holder.tag not in ("p", "li", "blockquote", "td"):
            yield str(text)
