"""What a page says of itself: title, publisher, author, day, address and language.

For each, the first of these that says something sensible counts:

| what | in this order |
|---|---|
| title | JSON-LD headline, `og:title`, the only `h1`, `dc.title`, `title` without the site's name |
| publisher | JSON-LD publisher, `og:site_name`, `dc.publisher`, JSON-LD site name, `application-name`, end of `title` |
| author | JSON-LD author, `author`, `dc.creator`, microdata author, a byline |
| published | JSON-LD datePublished, `article:published_time`, `dc.date` ..., microdata, `time`, see `page_days` |
| url | `link rel=canonical`, `og:url`, JSON-LD url, the address that the page came from |
| language | `html lang`, JSON-LD inLanguage, `og:locale`, `content-language` |

JSON-LD stands first because it is written for this purpose and speaks of the article rather than the page; within it,
an article counts before the page around it. Nothing is taken from prose or copyright lines.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from courlan import extract_domain
from lxml import html

from communique.sources.characters import visible
from communique.sources.page_days import item_property, published_day

_ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle BlogPosting "
    "Report PressRelease GovernmentAnnouncement SpecialAnnouncement SocialMediaPosting LiveBlogPosting".split()
)
_PAGES = frozenset({"WebPage", "ItemPage", "AboutPage"})
_SITES = frozenset({"WebSite", "GovernmentOrganization", "Organization", "NewsMediaOrganization"})
_JSON_LIMIT = 2_000_000
_PUBLISHERS = "dc.publisher dcterms.publisher citation_publisher publisher".split()
_AUTHORS = "author dc.creator dcterms.creator citation_author parsely-author article:author".split()
_TITLE_PARTS = re.compile(r"\s+[|–—·»•:>-]{1,2}\s+")
_BY = re.compile(r"^(?:written\s+)?by:?\s+", re.IGNORECASE)
_NO_AUTHOR = frozenset("admin administrator editor webmaster staff root wordpress user superuser anonymous".split())
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOrigin:
    """What a page states of its origin, None for what it doesn't."""

    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str | None


def origin_of(root: html.HtmlElement, address: str | None) -> PageOrigin:
    """What the page says of itself; ``root`` still has its scripts.

    Args:
        address: where the page came from, None for a file.
    """
    metas = _metas(root)
    nodes = list(_json_ld(root))
    article = next((node for node in nodes if _types(node) & _ARTICLES), {})
    page = next((node for node in nodes if _types(node) & _PAGES), {})
    title, site = _title_and_site(root)
    publisher = _first(
        _name(article.get("publisher"), nodes),
        metas.get("og:site_name"),
        *(metas.get(name) for name in _PUBLISHERS),
        *(_name(node, nodes) for node in nodes if _types(node) & _SITES),
        item_property(root, "publisher"),
        metas.get("application-name"),
        site,
    )
    named = _first(article.get("headline"), metas.get("og:title"), _only_heading(root), metas.get("dc.title"), title)
    return PageOrigin(
        title=_without_site(named, publisher),
        publisher=publisher,
        author=_author(root, metas, article, nodes, publisher),
        published=published_day(root, metas, article, page),
        url=_address(root, metas, article, page, address),
        language=_first(
            root.get("lang"),
            root.get("{http://www.w3.org/XML/1998/namespace}lang"),
            article.get("inLanguage"),
            metas.get("og:locale"),
            metas.get("content-language"),
        ),
    )


def _first(*values: Any) -> str | None:
    """The first value that is a string and says something, on one line as a reader sees it."""
    for value in values:
        words = " ".join(visible(value).split()) if isinstance(value, str) else ""
        if words and len(words) <= _LONGEST:
            return words
    return None


def _metas(root: html.HtmlElement) -> dict[str, str]:
    """Contents of ``meta`` elements by name, property or http-equiv in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv") or ""
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _json_ld(root: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object with a type that stands at the top of a JSON-LD script, in a list there or in a graph."""
    for script in root.iter("script"):
        text = script.text or ""
        if (script.get("type") or "").strip().lower() != "application/ld+json" or len(text) > _JSON_LIMIT:
            continue
        try:
            data = json.loads(text.strip().removeprefix("<![CDATA[").removesuffix("]]>"), strict=False)
        except (ValueError, RecursionError):
            continue
        for one in data if isinstance(data, list) else [data]:
            graph = one.get("@graph") if isinstance(one, dict) else None
            for node in graph if isinstance(graph, list) else [one]:
                if isinstance(node, dict):
                    yield node
                    main = node.get("mainEntity")
                    if isinstance(main, dict):
                        yield main


def _types(node: dict[str, Any]) -> set[str]:
    stated = node.get("@type")
    return {kind for kind in (stated if isinstance(stated, list) else [stated]) if isinstance(kind, str)}


def _name(value: Any, nodes: list[dict[str, Any]]) -> str | None:
    """The name of an organisation or person given as a string, an object, a list, or a reference to another node."""
    if isinstance(value, list):
        names = [name for one in value[:20] if (name := _name(one, nodes))]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, str):
        return None if urlsplit(value).scheme in ("http", "https") else value
    if not isinstance(value, dict):
        return None
    name = value.get("name")
    if isinstance(name, str) and name.strip():
        return name
    reference = value.get("@id")
    named = (node.get("name") for node in nodes if reference is not None and node.get("@id") == reference)
    return next((name for name in named if isinstance(name, str)), None)


def _only_heading(root: html.HtmlElement) -> str | None:
    headings = [words for heading in root.iter("h1") if (words := heading.text_content().strip())]
    return headings[0] if len(headings) == 1 else None


def _title_and_site(root: html.HtmlElement) -> tuple[str | None, str | None]:
    """The parts of the page's ``title``: the longest is the headline, a short one at its end the site."""
    element = root.find(".//head/title")
    whole = _first(element.text_content()) if element is not None else None
    if whole is None:
        return None, None
    parts = _TITLE_PARTS.split(whole)
    if len(parts) == 1:
        return whole, None
    separators = _TITLE_PARTS.findall(whole)
    if separators[-1].strip() in (":", "-", ">") or len(parts[-1]) > len(whole) / 2:
        return whole, None
    return whole[: whole.rindex(separators[-1])].strip(), parts[-1].strip()


def _without_site(title: str | None, site: str | None) -> str | None:
    """The title without the site's name at its end or its beginning, where a sign parts them."""
    if not title or not site:
        return title
    parts = _TITLE_PARTS.split(title)
    if len(parts) < 2 or site.casefold() not in (parts[0].casefold(), parts[-1].casefold()):
        return title
    separators = list(_TITLE_PARTS.finditer(title))
    return title[: separators[-1].start()] if parts[-1].casefold() == site.casefold() else title[separators[0].end() :]


def _author(
    root: html.HtmlElement,
    metas: dict[str, str],
    article: dict[str, Any],
    nodes: list[dict[str, Any]],
    publisher: str | None,
) -> str | None:
    byline = root.xpath(
        "//*[@rel='author' or contains(concat(' ', @class, ' '), ' byline ') or "
        "contains(concat(' ', @class, ' '), ' author-name ') or contains(concat(' ', @class, ' '), ' p-author ')]"
    )
    candidates = (
        _name(article.get("author"), nodes),
        *(metas.get(name) for name in _AUTHORS),
        item_property(root, "author"),
        *(element.text_content() for element in byline[:1]),
    )
    for candidate in candidates:
        name = _BY.sub("", _first(candidate) or "")
        if name and len(name) <= 150 and not _is_no_author(name) and name != publisher:
            return name
    return None


def _is_no_author(name: str) -> bool:
    """Whether a name is an address, a day, a login or a role that a system fills in."""
    is_login = " " not in name and not name[0].isupper()
    return is_login or name.lower() in _NO_AUTHOR or re.search(r"@|://|\d", name) is not None


def _address(
    root: html.HtmlElement, metas: dict[str, str], article: dict[str, Any], page: dict[str, Any], came_from: str | None
) -> str | None:
    canonical = (
        link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    )
    entity = article.get("mainEntityOfPage")
    named = (
        *canonical,
        metas.get("og:url"),
        article.get("url"),
        entity.get("@id") if isinstance(entity, dict) else entity,
        page.get("url"),
    )
    for candidate in named:
        address = absolute(candidate, came_from)
        if address and (came_from is None or may_be_called(address, came_from)):
            return address
    return came_from


def absolute(address: Any, base: str | None) -> str | None:
    """An http or https address without its fragment, made absolute; None for any other."""
    if not isinstance(address, str) or not address.strip() or len(address) > 2_000:
        return None
    try:
        parts = urlsplit(urljoin(base or "", "".join(visible(address).split())))
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return urlunsplit(parts._replace(fragment=""))


def may_be_called(address: str, came_from: str) -> bool:
    """Whether a page from one address may name itself by another: one of the same domain, and no front page.

    Otherwise any page could pass for a new revision of another publisher's document.
    """
    if urlsplit(address).path in ("", "/") and urlsplit(came_from).path not in ("", "/"):
        return False
    return urlsplit(address).hostname == urlsplit(came_from).hostname or (
        extract_domain(address) is not None and extract_domain(address) == extract_domain(came_from)
    )
