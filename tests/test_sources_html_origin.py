"""What an HTML page says of itself: its day, its author, its address."""

import json

import pytest
from tests import html_samples as samples

from communique.sources.draft import Draft
from communique.sources.item import Item
from communique.sources.parse_html import parse

WORDS = samples.PARAGRAPHS


def _draft(page: str, url: str | None = None) -> Draft:
    (draft,) = parse(Item(name="page.html", data=page.encode(), url=url))
    return draft


def _page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>"


def _ld(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **node})}</script>'


DAYS = [
    (
        _ld(datePublished="2025-07-01T10:00:00-04:00")
        + '<meta property="article:published_time" content="2025-06-01">',
        "2025-07-01",
    ),
    (
        '<meta property="article:published_time" content="2025-07-01T10:00:00Z"><meta name="date" content="2025-06">',
        "2025-07-01",
    ),
    ('<meta name="DC.date.issued" content="2025-07-01">', "2025-07-01"),
    ('<meta name="dcterms.issued" content="1 July 2025">', "2025-07-01"),
    ('<meta name="pubdate" content="20250701">', "2025-07-01"),
    (_ld(datePublished="soon") + '<meta name="date" content="2025-07-01">', "2025-07-01"),
    (_ld(datePublished="2999-01-01"), None),
    (_ld(datePublished="2025-02-30"), None),
    (_ld(datePublished=["2025-07-01"]), None),
    ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "soon",}</script>', None),
    ('<script type="application/ld+json">[1, null, {"@graph": 5}, {"@type": 3}]</script>', None),
    ("", None),
]


@pytest.mark.parametrize(("head", "day"), DAYS)
def test_days_in_the_head(head: str, day: str | None) -> None:
    assert _draft(_page(WORDS, head)).published == day


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ('<time datetime="2025-07-01">Tuesday</time>', "2025-07-01"),
        ("<time>1 July 2025</time>", "2025-07-01"),
        ('<span itemprop="datePublished" content="2025-07-01">Tuesday</span>', "2025-07-01"),
        ('<span class="publish-date">July 1, 2025</span>', "2025-07-01"),
        ('<p><span class="fa fa-calendar"></span> July 01, 2025</p>', "2025-07-01"),
        ("<dl><dt>Date</dt><dd>2025-07-01</dd></dl>", "2025-07-01"),
        ('<div class="meta"><span>Published: 01.07.2025</span></div>', "2025-07-01"),
        ("<div>July 1, 2025</div><div>July 3, 2025</div>", None),
        (f"{WORDS * 2}<div>July 1, 2025</div>", None),
        ("<p>They met on July 1, 2025, in the capital.</p>", None),
        ("<footer>Copyright 2019 Ministry of Examples</footer>", None),
    ],
)
def test_days_in_the_body(body: str, day: str | None) -> None:
    assert _draft(_page(f"<h1>Talks</h1>{body}{WORDS}")).published == day


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (_ld(author=[{"name": "Ada Example"}, {"name": "Ben Sample"}]), "Ada Example, Ben Sample"),
        (_ld(author="Ada Example"), "Ada Example"),
        ('<meta name="author" content="By Ada Example">', "Ada Example"),
        ('<meta name="author" content="admin"><meta name="dc.creator" content="Ada Example">', "Ada Example"),
        ('<meta property="article:author" content="https://social.example.org/ada">', None),
        ('<meta name="author" content="aexample">', None),
        ('<meta name="author" content="8 July 2024">', None),
    ],
)
def test_authors(head: str, author: str | None) -> None:
    assert _draft(_page(WORDS, head)).author == author


@pytest.mark.parametrize(
    ("link", "came_from", "url"),
    [
        ("https://a.example.org/talks?id=7#top", None, "https://a.example.org/talks?id=7"),
        ("/talks", "https://a.example.org/x/y", "https://a.example.org/talks"),
        ("//www.example.org/talks", "https://a.example.org/x", "https://www.example.org/talks"),
        ("/talks", None, None),
        ("javascript:alert(1)", "https://a.example.org/x", "https://a.example.org/x"),
        ("file:///etc/passwd", None, None),
        ("https://[", None, None),
        ("https://palace.test/talks", "https://a.example.org/x", "https://a.example.org/x"),
        ("https://a.example.org/", "https://a.example.org/x", "https://a.example.org/x"),
        ("", "https://a.example.org/x", "https://a.example.org/x"),
    ],
)
def test_addresses(link: str, came_from: str | None, url: str | None) -> None:
    assert _draft(_page(WORDS, f'<link rel="canonical" href="{link}">'), came_from).url == url
