"""HTML pages: what a reader sees, and several documents in one page."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from tests import html_samples as samples

from communique.lexicon.tables import rows
from communique.model import SourceError
from communique.sources.draft import Draft
from communique.sources.item import Item
from communique.sources.parse_html import parse

WORDS = samples.PARAGRAPHS
PALACE = "https://palace.example.org/briefings/2025/07/readout-ostria/"


def _drafts(page: str | bytes, url: str | None = None, media_type: str | None = None) -> list[Draft]:
    data = page if isinstance(page, bytes) else page.encode()
    return list(parse(Item(name="page.html", data=data, url=url, media_type=media_type)))


def _draft(page: str | bytes, url: str | None = None) -> Draft:
    (draft,) = _drafts(page, url)
    return draft


def _page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>"


SITES = [
    (
        samples.BLOCK_EDITOR,
        ("Readout of the Meeting With Ostria", "The Palace", "2025-07-01", PALACE, None),
    ),
    (
        samples.BUREAU,
        (
            "Secretary’s Meeting With Marland",
            "Department of State of Ostria",
            "2025-07-01",
            "https://state.example.org/secretarys-meeting-with-marland/",
            None,
        ),
    ),
    (
        samples.GOVERNMENT_PORTAL,
        (
            "Marland and Ostria sign radar arrangement",
            "GOV.EX",
            "2025-07-01",
            "https://www.gov.example.org/government/news/radar-arrangement",
            "Foreign Ministry of Marland",
        ),
    ),
    (
        samples.PRESIDENTIAL_EVENT,
        (
            "Talks with Secretary of State of Ostria",
            "President of Marland",
            "2025-07-01",
            None,
            "Administration of the President",
        ),
    ),
    (samples.DEFENCE_NOTICE, ("Ostria – Patrol Aircraft", "Defence Export Agency", "2025-07-01", None, None)),
    (samples.OLD_MINISTRY, ("MOFX: Meeting of the Foreign Ministers", None, "2025-07-01", None, None)),
]


@pytest.mark.parametrize(("page", "origin"), SITES)
def test_sites_say_where_a_page_comes_from(page: str, origin: tuple[str | None, ...]) -> None:
    draft = _draft(page)
    assert (draft.title, draft.publisher, draft.published, draft.url, draft.author) == origin


@pytest.mark.parametrize(("page", "origin"), SITES)
def test_the_text_is_the_words_of_the_page_and_no_menu(page: str, origin: tuple[str | None, ...]) -> None:
    del origin
    text = _draft(page).text
    assert samples.TEXT in text
    for unwanted in ("Home", "Skip to content", "cookies", "new tab", "Here's how", "Accept", "__VIEWSTATE"):
        assert unwanted not in text


@pytest.mark.parametrize("page", [page for page, _ in SITES] + [samples.BRIEFINGS, samples.NOTICES, samples.CHAPTERS])
def test_each_line_stands_in_the_page_as_it_is(page: str) -> None:
    shown = " ".join(html.document_fromstring(page).text_content().split())
    for draft in _drafts(page):
        for line in draft.text.split("\n"):
            assert all(" ".join(cell.split()) in shown for cell in line.split("; ")), line


def test_table_rows_stand_one_a_line() -> None:
    assert "Type; Number\nCoastal radar; 12\nAir radar; 4" in _draft(samples.GOVERNMENT_PORTAL).text


def test_characters_that_nobody_sees() -> None:
    body = "<p>The&nbsp;min\u200bister\u202e met\u2009them in Bogot&aacute; &amp; agree&shy;d; &#8220;fine&#8221;.</p>"
    assert _draft(_page(body + WORDS)).text.startswith("The minister met them in Bogotá & agreed; “fine”.\n")


HIDDEN = [
    "<p hidden>Unseen words of the page.</p>",
    '<div style="color:red; display: none"><p>Unseen words of the page.</p></div>',
    '<p style="visibility:hidden">Unseen words of the page.</p>',
    '<p class="note sr-only">Unseen words of the page.</p>',
    "<template><p>Unseen words of the page.</p></template>",
    "<noscript><p>Unseen words of the page.</p></noscript>",
    "<script>document.write('<p>Unseen words of the page.</p>')</script>",
    '<div id="cookie-consent"><p>Unseen words of the page.</p></div>',
    "<!-- <p>Unseen words of the page.</p> -->",
    "<dialog><p>Unseen words of the page.</p></dialog>",
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_hidden_is_no_text(hidden: str) -> None:
    assert "Unseen" not in _draft(_page(WORDS + hidden + WORDS)).text


def test_headings_stay_where_nothing_marks_the_main_part() -> None:
    page = (
        f"<html><body><div><h2>Defence</h2>{WORDS}<h3>Trade</h3>{WORDS.replace('radars', 'ships')}</div></body></html>"
    )
    assert _draft(page).text == f"Defence\n{samples.TEXT}\nTrade\n{samples.TEXT.replace('radars', 'ships')}"


def test_marks_of_notes_are_left_out_and_other_raised_words_are_not() -> None:
    body = '<p>They signed.<sup><a href="#n1">1</a></sup> The 10<sup>th</sup> round of CO<sub>2</sub> talks began.</p>'
    assert _draft(_page(body + WORDS)).text.startswith("They signed. The 10th round of CO2 talks began.\n")


@pytest.mark.parametrize("control", ["&#1;", "&#x1f;", "\x02", "&#xFFFF;"])
def test_control_characters_beside_what_is_left_out(control: str) -> None:
    # Found by mutating bytes: lxml reads such characters, and refuses to write them when an element goes.
    page = f"<p>{control}<script>a</script>{control}<b>They</b><style>b</style>{control} met.</p>{WORDS}"
    assert _draft(_page(page)).text == f"They met.\n{samples.TEXT}"


def test_parts_that_share_an_anchor_have_none() -> None:
    page = samples.BRIEFINGS.replace('id="ps-42"', 'id="ps-41"')
    assert [draft.part for draft in _drafts(page)] == [None, None]


def test_a_page_that_fades_in_is_read() -> None:
    assert _draft(f'<html><body style="visibility:hidden"><main>{WORDS}</main></body></html>').text == samples.TEXT


def test_a_page_of_briefings_is_several_documents() -> None:
    drafts = _drafts(samples.BRIEFINGS, "https://mfa.example.org/weekly")
    assert [(draft.part, draft.title, draft.published, draft.url) for draft in drafts] == [
        ("ps-41", "Meeting With Ostria", "2025-07-01", "https://mfa.example.org/statements/41"),
        ("ps-42", "Call With Nordia", "2025-07-03", "https://mfa.example.org/weekly"),
    ]
    elsewhere = _drafts(
        samples.BRIEFINGS.replace("/statements/41", "https://palace.test/41"), "https://mfa.example.org/weekly"
    )
    assert elsewhere[0].url == "https://mfa.example.org/weekly"
    assert samples.TEXT in drafts[0].text
    assert "Nordia" not in drafts[0].text
    assert "Ostria" not in drafts[1].text


def test_a_collection_of_notices_is_several_documents() -> None:
    drafts = _drafts(samples.NOTICES)
    assert [(draft.part, draft.title) for draft in drafts] == [
        ("n17", "Transmittal No. 99-17: Ostria"),
        ("n18", "Transmittal No. 99-18: Nordia"),
    ]
    assert [draft.text for draft in drafts] == [samples.TEXT, samples.TEXT.replace("Ostria", "Nordia")]


@pytest.mark.parametrize(
    "page",
    [
        samples.CHAPTERS,
        _page(f"<h1>Talks</h1>{WORDS}") + samples.TEASERS,
        _page(f"<h1>Talks</h1>{WORDS}<article><h3>A comment</h3>{WORDS}</article>"),
        _page(f"<h1>Talks</h1>{WORDS}") + f"<aside><article><h2>More</h2>{WORDS}</article></aside>",
    ],
)
def test_one_article_stays_one_document(page: str) -> None:
    assert len(_drafts(page)) == 1


@pytest.mark.parametrize("row", rows("collection_headings"), ids=lambda row: row["form"])
def test_headings_that_name_a_document(row: dict[str, str]) -> None:
    second = f"{row['example']} (2)"
    page = f'<html><body><h2 id="a">{row["example"]}</h2>{WORDS}<h2 id="b">{second}</h2>{WORDS}</body></html>'
    assert row["form"] in row["example"].casefold()
    assert [draft.title for draft in _drafts(page)] == [row["example"], second]


WITHOUT_TEXT = [
    ("<html><head><title>Talks</title></head><body></body></html>", "has no main text: save the article's own page"),
    ("<div id=root></div><script>render()</script>", "has no main text without its scripts: save the page from"),
    ("<html><frameset><frame src=a.html></frameset></html>", "has no main text, only frames: give the page"),
    ("<p>" + "<b>" * 20_000 + "deep", "nests its elements too deeply to be read: give its words"),
    ("<br>" * 200_001, "has more than 200,000 elements: split it"),
    ("<!-- nothing -->", "is a page without content: fetch it again"),
]


@pytest.mark.parametrize(("page", "sentence"), WITHOUT_TEXT, ids=[sentence for _, sentence in WITHOUT_TEXT])
def test_one_sentence_for_a_page_without_text(page: str, sentence: str) -> None:
    with pytest.raises(SourceError) as caught:
        _drafts(page)
    assert str(caught.value).startswith(f"page.html {sentence}")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<div>" * 1_500 + WORDS, samples.TEXT),
        (_page("<p>" + "The ministers met again. " * 45_000 + "</p>"), "The ministers met again."),
        (_page("".join(f"<p>Line {number} of it.</p>" for number in range(5_000))), "Line 4999 of it."),
        ("<script type='application/ld+json'>" + "[" * 100_000 + f"</script>{WORDS}", samples.TEXT),
    ],
    ids=["nested", "one line", "many tags", "nested JSON-LD"],
)
def test_pages_beyond_measure_are_read(page: str, words: str) -> None:
    assert words in _draft(page).text


def test_entities_of_a_document_type_are_not_expanded() -> None:
    page = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd" '
        '[<!ENTITY file SYSTEM "file:///etc/hostname"><!ENTITY lol "laughter">]>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>They met &file; &lol; &eacute;.</p>{WORDS}</body></html>'
    )
    assert _draft(page).text == f"They met &file; &lol; é.\n{samples.TEXT}"


@pytest.mark.parametrize(
    ("declared", "encoding"), [("Shift_JIS", "shift_jis"), ("euc-kr", "euc_kr"), ("windows-1251", "cp1251")]
)
def test_older_charsets(declared: str, encoding: str) -> None:
    words = {"shift_jis": "外務大臣", "euc_kr": "외교부", "cp1251": "министр"}[encoding]
    page = f'<html><head><meta charset="{declared}"></head><body><p>The {words} spoke.</p>{WORDS}</body></html>'
    assert _draft(page.encode(encoding)).text.startswith(f"The {words} spoke.")


SEED = samples.BRIEFINGS.encode() + samples.GOVERNMENT_PORTAL.encode()
TOKENS = [
    b"<",
    b"</article>",
    b"<article>",
    b"&#xd800;",
    b"\xff",
    b'{"@graph":[',
    b"<frameset>",
    b"<time datetime=9999-12-31>",
]


@settings(max_examples=60, deadline=None)
@given(
    edits=st.lists(st.tuples(st.integers(0, len(SEED)), st.sampled_from(TOKENS), st.integers(0, 60)), max_size=12),
    cut=st.integers(0, len(SEED)),
)
def test_any_bytes_give_texts_or_a_sentence(edits: list[tuple[int, bytes, int]], cut: int) -> None:
    data = SEED[cut:]
    for place, token, removed in edits:
        data = data[:place] + token + data[place + removed :]
    with suppress(SourceError):
        for draft in _drafts(data):
            assert draft.text.strip()
            draft.text.encode("utf-8")
