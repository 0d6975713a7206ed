"""On which day a page came out, as it states it in its markup.

In this order: JSON-LD ``datePublished`` of the article, then of the page; ``article:published_time``, ``dc.date`` and
their like; microdata; ``time`` elements that are marked as the page's own or stand above its text; a day that stands
alone between heading and text; what htmldate finds in the markup. A day is taken as written, in the page's own time
zone; where it is given in UTC and the page also writes the day before or after it, that one counts: it is what a reader
sees. Days to come are no days of publication.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import htmldate
from lxml import html

from communique.sources.dates import iso_day

_PUBLISHED = (
    "article:published_time og:article:published_time govuk:first-published-at citation_publication_date "
    "dcterms.date.published dc.date.published dcterms.issued dc.date.issued dc.issued dcterms.date dc.date "
    "dcterms.created dc.date.created datepublished publishdate publish_date publication_date pubdate "
    "sailthru.date parsely-pub-date date"
).split()
_UTC = re.compile(r"T\d{2}:?\d{2}.*(?:Z|[+-]00:?00)$")
_HOLDERS = ("h1", "h2", "p", "span", "div", "dd", "td", "em", "strong", "li", "b", "i", "h5", "h6")
_LABEL = re.compile(r"^(?:published|posted|issued|released|date)(?:\s+(?:on|at))?\s*[:|-]?\s*", re.IGNORECASE)
_LONGEST_DAY = 40
_RUNNING = 80
_FEW_CHILDREN = 3


def published_day(
    root: html.HtmlElement, metas: dict[str, str], article: dict[str, Any], page: dict[str, Any]
) -> str | None:
    """The day of publication in ISO 8601, None where the page states none.

    Args:
        metas: contents of ``meta`` elements by their names in lower case.
        article: the JSON-LD object of the article, empty without one.
        page: the JSON-LD object of the page around it.
    """
    stated = [
        article.get("datePublished"),
        page.get("datePublished"),
        *(metas.get(name) for name in _PUBLISHED),
        item_property(root, "datePublished"),
    ]
    shown = list(_shown_times(root))
    candidates = [(value, day) for value in (*stated, *shown) if isinstance(value, str) and (day := _day(value))]
    if not candidates:
        return _standing_alone(root) or _by_htmldate(root)
    first, day = candidates[0]
    return next((other for other in _neighbours(first, day, candidates)), day)


def _neighbours(first: str, day: str, candidates: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Days next to one in UTC that the page writes without UTC."""
    if not _UTC.search(first.strip()) or len(day) != 10:
        return
    for value, other in candidates:
        apart = len(other) == 10 and abs(date.fromisoformat(other) - date.fromisoformat(day)) == timedelta(days=1)
        if apart and not _UTC.search(value.strip()):
            yield other


def _shown_times(root: html.HtmlElement) -> Iterator[str]:
    """Days of ``time`` elements that say that they are the page's own: marked so, or before the first paragraph."""
    for element in root.xpath("//time")[:20]:
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''} {' '.join(element.attrib)}".lower()
        own = "publish" in marks or "pubdate" in marks or "entry-date" in marks or "posted" in marks
        if own or element.xpath("boolean(following::p) and not(preceding::p[string-length() > 200])"):
            words = element.text_content()
            yield from (words, element.get("datetime") or "") if _day(words) else (element.get("datetime") or "",)


def _standing_alone(root: html.HtmlElement) -> str | None:
    """The only day that stands by itself between the heading and the first paragraph of running text."""
    found: set[str] = set()
    headed = False
    for element in root.iter(*_HOLDERS):
        words = " ".join(element.text_content().split()) if len(element) <= _FEW_CHILDREN else ""
        if headed and len(words) > _RUNNING and element.tag == "p":
            break
        if element.tag in ("h1", "h2"):
            headed = True
        elif (
            headed and words and len(words) <= _LONGEST_DAY and (day := _day(_LABEL.sub("", words))) and len(day) == 10
        ):
            found.add(day)
    return found.pop() if len(found) == 1 else None


def _by_htmldate(root: html.HtmlElement) -> str | None:
    try:
        found = htmldate.find_date(root, extensive_search=False, original_date=True, max_date=date.today().isoformat())
    except (ValueError, RecursionError):
        return None
    return found if found and _day(found) else None


def _day(value: str) -> str | None:
    """The day that a value states, if something can have been published on it."""
    day = iso_day(value)
    return day if day and "1900" <= day <= date.today().isoformat() else None


def item_property(root: html.HtmlElement, name: str) -> str | None:
    """The value of a microdata property."""
    element = next(iter(root.xpath("//*[@itemprop=$name]", name=name)), None)
    if element is None:
        return None
    stated: str | None = element.get("content") or element.get("datetime")
    if stated is None:
        inner = next(iter(element.xpath(".//*[@itemprop='name']")), element)
        stated = inner.get("content") or inner.text_content()
    return stated
