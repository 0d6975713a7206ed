"""Feeds and sitemaps: what they list, and what a hostile one can not do."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import SourceError
from communique.sources.item import Item
from communique.sources.listings import Listed, Listing, read_listing
from communique.sources.robots import Robots
from small_web import zipped

URL = "https://ministry.example/news/feed.xml"


def listing(text: str | bytes) -> Listing:
    data = text.encode() if isinstance(text, str) else text
    return read_listing(Item(name=URL, data=data, url=URL))


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://ministry.example/</link>
<item><title>One</title><link> https://ministry.example/one#top </link>
<pubDate>Tue, 01 Jul 2025 09:30:00 -0400</pubDate>
<guid isPermaLink="false">n1</guid></item>
<item><title>Two</title><guid>https://ministry.example/two</guid></item>
<item><title>Three</title><link>three?a=1&amp;b=2</link><dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2025-07-03</dc:date></item>
<item><title>Twice</title><link>https://ministry.example/one</link></item>
<item><title>None</title><guid isPermaLink="false">n5</guid></item>
<item><title>Mail</title><link>mailto:press@ministry.example</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/speeches/"><link href="https://ministry.example/"/>
<entry><link rel="self" href="/api/1"/><link rel="alternate" href="1"/><updated>2025-07-05T10:00:00Z</updated>
<published>2025-07-01T00:00:00+09:00</published></entry>
<entry><link href="https://other.example/2"/><updated>2025-07-02</updated></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="x"><items><rdf:Seq><rdf:li rdf:resource="y"/></rdf:Seq></items></channel>
<item rdf:about="https://ministry.example/1"><link>https://ministry.example/1</link></item></rdf:RDF>"""

SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://ministry.example/a</loc><lastmod>2025-07-01T10:00:00+02:00</lastmod></url>
<url><loc>https://ministry.example/b</loc><n:news><n:publication_date>2025-06-30</n:publication_date></n:news></url>
<url><loc>https://ministry.example/c</loc></url></urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/s1.xml.gz</loc>
<lastmod>2025-07-01</lastmod></sitemap><sitemap><loc>https://ministry.example/s2.xml</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        (
            RSS,
            [
                Listed("https://ministry.example/one", "Tue, 01 Jul 2025 09:30:00 -0400", "2025-07-01", "2025-07-01"),
                Listed("https://ministry.example/two"),
                Listed("https://ministry.example/news/three?a=1&b=2", "2025-07-03", "2025-07-03", "2025-07-03"),
            ],
        ),
        (
            ATOM,
            [
                Listed("https://ministry.example/speeches/1", "2025-07-05T10:00:00Z", "2025-07-01", "2025-07-01"),
                Listed("https://other.example/2", "2025-07-02", None, "2025-07-02"),
            ],
        ),
        (RDF, [Listed("https://ministry.example/1")]),
        (
            SITEMAP,
            [
                Listed("https://ministry.example/a", "2025-07-01T10:00:00+02:00", None, "2025-07-01"),
                Listed("https://ministry.example/b", "2025-06-30", "2025-06-30", "2025-06-30"),
                Listed("https://ministry.example/c"),
            ],
        ),
        (zipped(SITEMAP.encode()), listing(SITEMAP).pages),
        ("https://ministry.example/a\n\nhttps://ministry.example/b#x\n", ["a", "b"]),
        (RSS[: RSS.index("Two")], listing(RSS).pages[:1]),
        ("<rss/>", []),
        (
            "\n <?xml version='1.0' encoding='ISO-8859-1'?><rss><item><link>https://ministry.example/é</link></item></rss>",
            None,
        ),
    ],
    ids=["RSS", "Atom", "RSS 1.0", "sitemap", "packed", "plain", "broken off", "empty", "Latin 1"],
)
def test_what_is_listed(text: str | bytes, pages: object) -> None:
    found = list(listing(text).pages)
    if pages is None:
        assert len(found) == 1
    elif pages and isinstance(pages, list) and isinstance(pages[0], str):
        assert [page.url for page in found] == [f"https://ministry.example/{name}" for name in pages]
    else:
        assert found == list(pages)  # type: ignore[call-overload]


def test_an_index_of_sitemaps_lists_sitemaps() -> None:
    found = listing(INDEX)
    assert found.pages == ()
    assert [one.url for one in found.sitemaps] == [
        "https://ministry.example/s1.xml.gz",
        "https://ministry.example/s2.xml",
    ]


@pytest.mark.parametrize(
    "text", ["", "<html><body>Sign in</body></html>", "hello", "{}", "<", b"\xff\xfe\0", "<!DOCTYPE html>", "<rdf:"]
)
def test_what_is_no_listing(text: str | bytes) -> None:
    with pytest.raises(SourceError, match=r"is no feed and no sitemap: look in a browser"):
        listing(text)


def test_entities_and_files_stay_out() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    text = f"""<!DOCTYPE rss [<!ENTITY a0 "aaaaaaaaaa">{bomb}<!ENTITY file SYSTEM "file:///etc/passwd">]><rss><channel>
        <item><link>https://ministry.example/&a8;</link></item><item><link>https://ministry.example/&file;</link></item>
        <item><link>https://ministry.example/plain</link></item></channel></rss>"""
    addresses = [page.url for page in listing(text).pages]
    assert all("aaaa" not in url and "root" not in url for url in addresses)


HOSTILE = {
    "opened": b"<rss>" + b"<" * 1_000_000,
    "nested": b"<rss>" + b"<a>" * 300_000,
    "items in items": b"<rss>" + b"<item>" * 100_000,
    "quotes": b"<rss><item " + b"a='" * 300_000,
    "ampersands": b"<rss><item><link>" + b"&" * 1_000_000,
    "sections": b"<rss>" + b"<![CDATA[" * 100_000,
    "declarations": b"<!DOCTYPE rss [" + b"<!ENTITY a 'b'>" * 60_000,
    "entries": b"<rss>" + b"<item><link>https://a.example/</link></item>" * 10_000,
    "many links": b"<feed><entry>" + b"<link href='https://a.example/'/>" * 30_000 + b"</entry></feed>",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_megabyte_of_malice_takes_a_moment(data: bytes) -> None:
    before = time.process_time()
    with contextlib.suppress(SourceError):
        assert len(listing(data).pages) <= 1
    assert time.process_time() - before < 5


@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: f"<rss><item><link>{text}</link>".encode("utf-8", "replace"))
)
def test_any_bytes_give_a_listing_or_one_sentence(data: bytes) -> None:
    try:
        assert all(page.url.startswith("http") for page in listing(data).pages)
    except SourceError as error:
        assert str(error).startswith(URL)


@settings(deadline=None)
@given(
    st.sampled_from([RSS, ATOM, RDF, SITEMAP, INDEX]),
    st.lists(st.tuples(st.integers(0, 900), st.binary(max_size=6)), max_size=5),
    st.integers(0, 1200),
)
def test_a_damaged_listing_gives_pages_or_one_sentence(text: str, damage: list[tuple[int, bytes]], end: int) -> None:
    data = bytearray(text.encode()[:end])
    for place, replaced in damage:
        data[place : place + len(replaced)] = replaced
    try:
        found = listing(bytes(data))
    except SourceError as error:
        assert str(error).startswith(URL)
    else:
        assert all(one.url.startswith(("http://", "https://")) for one in (*found.pages, *found.sitemaps))


@pytest.mark.parametrize(
    ("text", "url", "allowed"),
    [
        ("", "https://ministry.example/a", True),
        ("User-agent: *\nDisallow: /private/", "https://ministry.example/private/a", False),
        ("User-agent: *\nDisallow: /private/", "https://ministry.example/public/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: communique\nAllow: /", "https://ministry.example/a", True),
        ("User-agent: Communique\nDisallow: /*.pdf$", "https://ministry.example/a.pdf", False),
        ("User-agent: other\nDisallow: /", "https://ministry.example/a", True),
        ("<html>no rules</html>", "https://ministry.example/a", True),
    ],
)
def test_what_robots_txt_allows(text: str, url: str, allowed: bool) -> None:
    assert Robots.of(text).allow(url) is allowed


@pytest.mark.parametrize(
    ("text", "delay"), [("", 0), ("User-agent: *\nCrawl-delay: 7.5", 7.5), ("User-agent: *\nCrawl-delay: x", 0)]
)
def test_how_long_robots_txt_asks_to_wait(text: str, delay: float) -> None:
    assert Robots.of(text).delay == delay
