"""Good documents: what each format gives, and that text and offsets are what the file holds."""

import io
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model import Document
from communique.sources import discover, read

PAGE = """<!doctype html>
<html lang="en"><head>
<title>Ministers talk about sea lanes | Ministry of Examples</title>
<meta property="og:title" content="Ministers talk about sea lanes">
<meta property="og:site_name" content="Ministry of Examples">
<meta property="article:published_time" content="2025-07-02T10:00:00Z">
<link rel="canonical" href="https://example.org/readouts/17">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About the ministry</a></li></ul></nav>
<main><article>
<h1>Ministers talk about sea lanes</h1>
<p>The two ministers spoke on Tuesday&nbsp;about the <b>sea lanes</b>, and agreed to meet again in the autumn.</p>
<h2>What was agreed</h2>
<p>They decided to:</p>
<ul><li>open an office in Manila;</li><li>share <a href="/charts">charts</a> of the strait.</li></ul>
<table><tr><td>Patrol boats</td><td>4</td></tr></table>
</article></main>
<div id="cookie-banner">We use cookies to improve your visit.</div>
<footer>Copyright 2019 Ministry of Examples. All rights reserved.</footer>
</body></html>"""

FRONT_MATTER = """---
title: "Readout: the ministers' call"
publisher: Ministry of Examples
published: 2025-07-02
url: https://example.org/readouts/17
language: en-GB
---
# Readout: the ministers' call

The *two ministers* spoke with [their staff](https://example.org)
about the sea lanes.

## Next steps

- Open an office in Manila.
- Meet **again** in the autumn.
"""


def _written(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def _piped(monkeypatch: pytest.MonkeyPatch, content: str | bytes) -> Document:
    data = content if isinstance(content, bytes) else content.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    return read("-")


def test_html_gives_main_text_and_metadata(tmp_path: Path) -> None:
    path = _written(tmp_path, "page.html", PAGE)
    document = read(path)
    assert document == Document(
        text=(
            "The two ministers spoke on Tuesday about the sea lanes, and agreed to meet again in the autumn.\n"
            "What was agreed\nThey decided to:\nopen an office in Manila;\nshare charts of the strait.\nPatrol boats; 4"
        ),
        title="Ministers talk about sea lanes",
        publisher="Ministry of Examples",
        published="2025-07-02",
        url="https://example.org/readouts/17",
        language="en",
        source=path,
    )


def test_html_without_a_stated_date_has_none(tmp_path: Path) -> None:
    page = re.sub(r"<meta property=.article:published_time.*?>", "", PAGE)
    assert read(_written(tmp_path, "page.html", page)).published is None


def test_html_in_a_declared_older_charset(tmp_path: Path) -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>The café talks ended in “accord”.</p></body></html>'
    document = read(_written(tmp_path, "page.htm", page.encode("cp1252")))
    assert document.text == "The café talks ended in “accord”."


def test_markdown_gives_words_without_markup(tmp_path: Path) -> None:
    path = _written(tmp_path, "call.md", FRONT_MATTER)
    assert read(path) == Document(
        text=(
            "The two ministers spoke with their staff about the sea lanes.\n\nNext steps\n\n"
            "Open an office in Manila.\nMeet again in the autumn."
        ),
        title="Readout: the ministers' call",
        publisher="Ministry of Examples",
        published="2025-07-02",
        url="https://example.org/readouts/17",
        language="en",
        source=path,
    )


@pytest.mark.parametrize(
    ("content", "title", "published", "text"),
    [
        ("---\ndate: 2025-07\n---\nThey met.", None, "2025-07", "They met."),
        ("---\ndate: 2025\n---\nThey met.", None, "2025", "They met."),
        ("---\npublished: 2025-07-02 18:30:00\n---\nThey met.", None, "2025-07-02", "They met."),
        ("# They met\n\nThe ministers met.", "They met", None, "The ministers met."),
        ("---\ntitle: Talks\n---\n# They met\n\nToday.", "Talks", None, "They met\n\nToday."),
        ("They met.\r\nThey parted.\r\n\r\n    The end.", None, None, "They met. They parted.\n\nThe end."),
        ("A <b>bold</b> step &amp; a long one.", None, None, "A bold step & a long one."),
        ("---\n\nA rule is no front matter.", None, None, "A rule is no front matter."),
    ],
)
def test_markdown_front_matter_and_headings(
    tmp_path: Path, content: str, title: str | None, published: str | None, text: str
) -> None:
    document = read(_written(tmp_path, "call.md", content))
    assert (document.title, document.published, document.text) == (title, published, text)


def test_rulings_within_markdown_are_no_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "remarks.md"
    path.write_text(
        "Lisbon\n\n------\n\nThank you, Minister.\n\n------\n\nThe two will meet in May.\n", encoding="utf-8"
    )
    text = read(str(path)).text
    assert [line for line in text.splitlines() if line] == [
        "Lisbon",
        "Thank you, Minister.",
        "The two will meet in May.",
    ]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("Ministers Meet in Manila\n\nThe ministers met today.", "Ministers Meet in Manila"),
        ("Ministers Meet in Manila\nThe ministers met today.", None),
        ("The ministers met today.\n\nThey will meet again.", None),
        ("Dear colleagues,\n\nThe ministers met today.", None),
        ("Will they sign?\n\nThe ministers met today.", "Will they sign?"),
        ("Ministers Meet in Manila", None),
    ],
)
def test_heading_of_a_plain_text_is_its_title_and_stays(tmp_path: Path, content: str, title: str | None) -> None:
    document = read(_written(tmp_path, "readout.txt", content))
    assert (document.title, document.text) == (title, content)


@pytest.mark.parametrize(
    ("content", "title", "publisher", "published", "text"),
    [
        (
            "Title: Talks: a beginning\r\nPublisher: Ministry\r\nPublished: 2025-07-02\r\n\r\nThey met.\r\n",
            "Talks: a beginning",
            "Ministry",
            "2025-07-02",
            "They met.",
        ),
        ("TITLE: Talks\nDate: 2025-07\n\n\nThey met.", "Talks", None, "2025-07", "They met."),
        ("Title: Talks\nPublisher:\n\nThey met.", "Talks", None, None, "They met."),
        ("Title: Talks\nThey met.", None, None, None, "Title: Talks\nThey met."),
        ("Publisher: the word of the day.\n\nThey met.", None, None, None, None),
    ],
)
def test_header_of_a_plain_text(
    tmp_path: Path, content: str, title: str | None, publisher: str | None, published: str | None, text: str | None
) -> None:
    document = read(_written(tmp_path, "readout.txt", content))
    assert (document.title, document.publisher, document.published) == (title, publisher, published)
    assert document.text == (content if text is None else text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_no_part_of_the_text(tmp_path: Path, encoding: str) -> None:
    text = "Çavuşoğlu met Dendias.\nThey talked."
    assert read(_written(tmp_path, "readout.txt", text.encode(encoding))).text == text


@given(text=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1))
def test_text_of_json_is_taken_exactly(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    text += "x"
    for ascii_only in (True, False):
        content = json.dumps({"text": text, "published": "2025-07-02"}, ensure_ascii=ascii_only)
        document = read(_written(tmp_path_factory.mktemp("json"), "document.json", content))
        assert document.text == text
        assert document.published == "2025-07-02"


def test_members_of_json_beside_the_text(tmp_path: Path) -> None:
    content = {"id": 7, "text": " They met.\r\n", "title": None, "publisher": "Ministry", "records": [], "url": "u:1"}
    path = _written(tmp_path, "document.json", json.dumps(content))
    document = read(path)
    assert (document.text, document.title, document.publisher) == (" They met.\r\n", None, "Ministry")
    assert (document.published, document.url) == (None, "u:1")


def test_the_callers_word_overrides_the_files(tmp_path: Path) -> None:
    path = _written(tmp_path, "call.md", FRONT_MATTER)
    document = read(path, title="A call", publisher="Another", published="2025-08", url="https://example.org/x")
    assert (document.title, document.publisher) == ("A call", "Another")
    assert (document.published, document.url) == ("2025-08", "https://example.org/x")


def test_the_callers_date_saves_a_document_with_an_impossible_one(tmp_path: Path) -> None:
    path = _written(tmp_path, "call.md", "---\npublished: someday\n---\nThey met.")
    assert read(path, published="2025-07-02").published == "2025-07-02"


def test_today_is_not_the_future(tmp_path: Path) -> None:
    path = _written(tmp_path, "readout.txt", "They met.")
    assert read(path, published=date.today().isoformat()).published == date.today().isoformat()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("The ministers met.\r\nThey parted.\r\n", "The ministers met.\nThey parted."),
        ('{"text": "The ministers met.\\r\\n"}', "The ministers met.\r\n"),
        ("<!DOCTYPE html><html><body><p>The ministers met.</p></body></html>", "The ministers met."),
        (" <html><body><p>The café met.</p></body></html>".replace("é", "e"), "The cafe met."),
        ("---\ntitle: Talks\n---\nThe *ministers* met.", "The ministers met."),
        ("{They met} is what the note said.", "{They met} is what the note said."),
        ("<They> met.", "<They> met."),
        ("--- They met ---", "--- They met ---"),
    ],
)
def test_standard_input_is_what_it_plainly_is(monkeypatch: pytest.MonkeyPatch, content: str, text: str) -> None:
    document = _piped(monkeypatch, content)
    assert (document.text, document.source) == (text, "-")


def test_standard_input_in_the_charset_that_the_page_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    page = '<html><head><meta charset="windows-1252"></head><body><p>The café talks ended.</p></body></html>'
    assert _piped(monkeypatch, page.encode("cp1252")).text == "The café talks ended."


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("page.html", '<html lang="en-GB"><body><p>Talks in Oslo.</p></body></html>', "en"),
        (
            "page.html",
            '<html lang="en-US"><body><p>Le ministre de la défense a reçu mardi le secrétaire d\'État. Les deux pays '
            "ont signé un accord sur les radars côtiers, et le ministre a salué la livraison.</p></body></html>",
            "fr",
        ),
        ("rows.jsonl", '{"text": "The two ministers met in Oslo and signed an agreement.", "language": "fr"}', "en"),
        ("rows.jsonl", '{"text": "Oslo, 4.", "language": "no"}', "no"),
    ],
)
def test_a_declared_language_is_believed_unless_the_text_is_plainly_in_another(
    tmp_path: Path, name: str, text: str, language: str
) -> None:
    assert read(_written(tmp_path, name, text)).language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The two leaders agreed to sign the framework later this year.", "en"),
        ("Les deux ministres ont signé un accord sur la pêche à Dakar.", "fr"),
        ("Beide Minister haben in Berlin eine Vereinbarung unterzeichnet.", "de"),
        ("1234 5678", None),
    ],
)
def test_language_is_detected_or_unknown(tmp_path: Path, text: str, language: str | None) -> None:
    assert read(_written(tmp_path, "readout.txt", text)).language == language


def test_folders_stand_for_the_documents_in_them(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.HTML", "notes.py", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        _written(tmp_path, name, "They met.")
    names = [str(Path(path).relative_to(tmp_path)) for path in discover([str(tmp_path), str(tmp_path / "b.txt")])]
    assert names == ["a/y.HTML", "a/z.md", "b.txt"]


def test_files_and_standard_input_keep_their_order(tmp_path: Path) -> None:
    first, second = _written(tmp_path, "b.txt", "They met."), _written(tmp_path, "a.txt", "They met.")
    assert discover([first, "-", second, first]) == [first, "-", second]


def test_two_piped_texts_are_no_revisions_of_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _piped(monkeypatch, "They met.").key != _piped(monkeypatch, "They parted.").key


def test_two_texts_of_one_file_are_revisions(tmp_path: Path) -> None:
    first = read(_written(tmp_path, "readout.txt", "They met."))
    assert read(_written(tmp_path, "readout.txt", "They parted.")).key == first.key


def test_parsers_are_loaded_only_when_needed() -> None:
    code = "import sys, communique.sources; print(*{'trafilatura', 'py3langid', 'yaml', 'lxml'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
