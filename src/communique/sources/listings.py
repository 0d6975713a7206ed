"""Feeds and sitemaps: the pages that they list, with when they say that each came out or changed.

Both are read by libxml2 with its limits on, without entities and without the network. It takes a second for the worst
three megabytes that were tried, of which a tenth costs feedparser twenty seconds: what polls the web by itself has to
bear whatever is sent to it.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urldefrag, urljoin

from lxml import etree

from communique.model import SourceError
from communique.sources.bodies import unpacked
from communique.sources.dates import iso_day
from communique.sources.item import Item

LISTING_LIMIT = 52_428_800
"""Most bytes of a feed or sitemap, unpacked: what the protocol of sitemaps allows."""
MOST_LISTED = 50_000
"""Most entries of one listing: what the protocol of sitemaps allows."""

_LISTING_ROOTS = {"rss", "RDF", "feed", "urlset", "sitemapindex"}
_ENTRIES = ("{*}item", "{*}entry", "{*}url", "{*}sitemap")
_CHANGED = ("lastmod", "updated", "modified", "pubDate", "date", "published", "publication_date")
_PUBLISHED = ("published", "pubDate", "publication_date", "issued", "date", "created")
_GZIP_START = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Listed:
    """One page, or one further sitemap, as a listing names it.

    Attributes:
        url: its address, without a fragment.
        changed: the listing's own words for when it last changed, to be compared with those of another day.
        published: the day on which it came out, ``YYYY-MM-DD`` or less, None where the listing does not say.
        day: that day, else the one on which it changed.
    """

    url: str
    changed: str | None = None
    published: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or sitemap lists, in its order, each address once."""

    pages: tuple[Listed, ...]
    sitemaps: tuple[Listed, ...] = ()


def read_listing(item: Item) -> Listing:
    """The pages of an RSS or Atom feed or of a sitemap, and the sitemaps of an index of sitemaps.

    A feed that breaks off gives what stands before the fault. Sitemaps may be packed by gzip, and be plain lists of
    addresses.

    Raises:
        SourceError: it is none of these.
    """
    data = item.data
    if data.startswith(_GZIP_START):
        data = unpacked(item.name, iter([data]), LISTING_LIMIT)
    base = item.url or item.name
    lines = _lines(data)
    if lines is not None:
        return Listing(tuple(dict.fromkeys(Listed(line) for line in lines[:MOST_LISTED])))
    if _root(data) not in _LISTING_ROOTS:
        raise SourceError(f"{item.name} is no feed and no sitemap: look in a browser for the address of one.")
    pages, sitemaps = dict[str, Listed](), dict[str, Listed]()
    for entry in islice(_entries(data), MOST_LISTED):
        listed = _listed(entry, base)
        if listed is not None:
            (sitemaps if _name(entry) == "sitemap" else pages).setdefault(listed.url, listed)
    return Listing(tuple(pages.values()), tuple(sitemaps.values()))


def _entries(data: bytes) -> Iterator[etree._Element]:
    """Each entry; it is emptied when the next one is asked for."""
    try:
        for _, entry in _parsed(data, ("end",), _ENTRIES):
            yield entry
            entry.clear()
            parent = entry.getparent()
            while parent is not None and entry.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError:
        return  # what stands before the fault was told


def _root(data: bytes) -> str | None:
    try:
        for _, element in _parsed(data, ("start",), None):
            return _name(element)
    except etree.XMLSyntaxError:
        pass
    return None


def _parsed(data: bytes, events: tuple[str, ...], tags: tuple[str, ...] | None) -> "etree.iterparse":
    return etree.iterparse(
        io.BytesIO(data.lstrip()),
        events=events,
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )


def _listed(entry: etree._Element, base: str) -> Listed | None:
    """What an entry says; None where it names no page of the web."""
    texts = dict[str, str]()
    for element in entry.iterdescendants(etree.Element):
        if element.text and (name := _name(element)) not in texts:
            texts[name] = element.text.strip()
    place = _link(entry) or texts.get("loc") or texts.get("link") or _permanent(entry) or ""
    try:
        place = urljoin(entry.base, place.strip()) if entry.base else place.strip()
        url = urldefrag(urljoin(base, place)).url if place else ""
    except ValueError:
        return None
    if not url.startswith(("http://", "https://")):
        return None
    changed = next((texts[name] for name in _CHANGED if texts.get(name)), None)
    days = (iso_day(texts[name]) for name in _PUBLISHED if texts.get(name))
    published = next(filter(None, days), None)
    return Listed(url, changed, published, published or (iso_day(changed) if changed else None))


def _link(entry: etree._Element) -> str | None:
    """The page of an Atom entry (RFC 4287, section 4.2.7.2)."""
    for link in entry.iterchildren("{*}link"):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href"))
    return None


def _permanent(entry: etree._Element) -> str | None:
    """The identifier of an RSS item where it is the address of its page."""
    guid = entry.find("{*}guid")
    return str(guid.text or "") if guid is not None and guid.get("isPermaLink", "true") == "true" else None


def _lines(data: bytes) -> list[str] | None:
    """The addresses of a sitemap that is a plain list of them, one a line; None for anything else."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith((b"http://", b"https://")):
        return None
    lines = [urldefrag(line.strip()).url for line in start.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines if all(line.startswith(("http://", "https://")) for line in lines) else None


def _name(element: etree._Element) -> str:
    """The name without its namespace, or without a prefix that nobody declared."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]
