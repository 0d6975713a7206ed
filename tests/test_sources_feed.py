"""RSS and Atom feeds: entries that carry their text, and the HTML in them as a reader sees it."""

import pytest

from communique.model import SourceError
from communique.sources import parse_feed
from communique.sources.draft import Draft
from communique.sources.item import Item
from communique.sources.markup import readable
from source_samples import ATOM, RSS


def _feed(data: bytes) -> list[Draft]:
    found = list(parse_feed.parse(Item(name="news.xml", data=data)))
    assert all(isinstance(one, Draft) for one in found)
    return [one for one in found if isinstance(one, Draft)]


def test_an_rss_feed() -> None:
    (draft,) = _feed(RSS)
    assert draft.text == "The two ministers met in Vilnius.\nThey agreed to open an office."
    assert (draft.title, draft.publisher, draft.author) == (
        "Ministers & staff meet",
        "Ministry of Examples: news",
        "Press Office",
    )
    assert (draft.published, draft.url, draft.part) == ("2025-07-01", "https://example.org/1", "urn:news:17")
    assert draft.language == "en-GB"


def test_an_atom_feed() -> None:
    (draft,) = _feed(ATOM)
    assert (draft.text, draft.title) == ("The joint office opened in Vilnius.", "Office opens")
    assert (draft.published, draft.url, draft.part) == (
        "2025-08-01",
        "https://example.org/18",
        "tag:example.org,2025:18",
    )
    assert (draft.publisher, draft.author) == ("Ministry of Examples", "Rosa Example")


def test_the_source_of_an_entry_is_its_publisher() -> None:
    data = RSS.replace(b"</item>", b'<source url="https://paper.example/rss">The Paper</source></item>', 1)
    assert _feed(data)[0].publisher == "The Paper"


def test_a_cut_feed_gives_the_entries_that_are_whole() -> None:
    (draft,) = _feed(RSS[: RSS.index(b"<item><title>Photographs")])
    assert draft.part == "urn:news:17"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (RSS.replace(b"description", b"x").replace(b"content:encoded", b"y"), "entries bring no text, only titles"),
        (b'<rss version="2.0"><channel><title>News</title></channel></rss>', "is a feed without entries"),
        (b"", "is no RSS or Atom feed"),
        (b"Dear all, we met.", "is no RSS or Atom feed"),
        (b"https://example.org/feed", "is no RSS or Atom feed"),
        (b"\x00\xff" * 50, "is no RSS or Atom feed"),
    ],
)
def test_no_text_in_a_feed(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as error:
        _feed(data)
    assert str(error.value).startswith("news.xml ") and reason in str(error.value)


def test_entities_of_a_document_type_stay_closed() -> None:
    levels = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    head = b'<!DOCTYPE rss [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">' + levels + b"]>"
    data = RSS.replace(b"<rss ", head + b"<rss ", 1).replace(b"agreed", b"agreed &a11; &f;")
    (draft,) = _feed(data.replace(b"<![CDATA[", b"").replace(b"]]>", b""))
    assert len(draft.text) < 500 and "root:" not in draft.text


READABLE = [
    ("plain words", "plain words"),
    ("a &amp; b &lt; c &#8212; d", "a & b < c — d"),
    ("<p>One</p><p>Two<br>Three</p>", "One\nTwo\nThree"),
    ("<ul><li>One<li>Two</ul>", "One\nTwo"),
    ("<table><tr><td>A</td><td>B</td></tr></table>", "A\nB"),
    ("<p>One\n  line</p>", "One line"),
    ("Seen<span hidden>not</span> too<style>p {}</style>.", "Seen too."),
    ("<div style='DISPLAY : none'>not</div>Seen", "Seen"),
    ("<!-- not --><script>not()</script>Seen<noscript>not</noscript>", "Seen"),
    ("<p>a\u202eb\u200bc\u00a0d</p>", "abc d"),
    ("<?xml version='1.0' encoding='utf-16'?><p>é</p>", "é"),
    ("<p>cut <b>off", "cut off"),
    ("<p>\x00</p>", "\ufffd"),
    ("", ""),
    ("<!-- -->", ""),
    ("<p></p>", ""),
]


@pytest.mark.parametrize(("markup", "words"), READABLE)
def test_what_a_reader_sees(markup: str, words: str) -> None:
    assert readable(markup, "note") == words


def test_many_tags_side_by_side_and_nested() -> None:
    assert readable("<p>a</p>" * 100_000, "note").count("a") == 100_000
    assert len(readable("<p>" + "a b " * 300_000, "note")) == 1_199_999
    with pytest.raises(SourceError, match=r"^note holds HTML that is nested too deeply"):
        readable("<div>" * 100_000 + "deep", "note")


def test_a_feed_without_a_declared_version_is_still_none() -> None:
    with pytest.raises(SourceError, match=r"^news\.xml is no RSS or Atom feed"):
        _feed(b"<urlset><url><loc>https://example.org</loc></url></urlset>")
