"""What documents, names and reasons say never runs, leads elsewhere or breaks a line: pages, feeds, calendars, data."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from benchmarks.screenshots import chromium, served
from httpx2 import Response
from lxml import etree
from tests.web_attackers import ADDRESSES, hostile_ledger, media_type, walked
from tests.web_samples import HARM, client, markup

from communique.api import Ledger
from communique.web.words import web_address

CALENDAR = re.compile(
    r"(BEGIN|END):(VCALENDAR|VEVENT)|VERSION:2\.0|PRODID:\S.*|X-WR-CALNAME:.*|UID:[AEITU]-[0-9a-f]+@communique|"
    r"(DTSTAMP|DTSTART;VALUE=DATE|DTEND;VALUE=DATE|SUMMARY|DESCRIPTION|URL|TRANSP|CALSCALE|METHOD)[:;].*| .*"
)
UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
ATTRIBUTES_OF_LINKS = ("href", "src", "action", "formaction", "poster", "data", "xlink:href")


QUESTIONS = (
    *("/api/relationships/IN/JP", "/api/relationships/IN/JP/people", "/api/entries", "/api/documents", "/api/actors"),
    *("/api/search?q=India", "/api/decisions", "/api/problems", "/api/changes", "/api/review", "/api/due"),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_ledger(tmp_path_factory.mktemp("web") / "ledger.db")


@pytest.fixture(scope="module")
def pages(path: Path) -> Iterator[dict[str, Response]]:
    """All that can be reached from the first page, a search, a revised document and answers of the API, by address."""
    with Ledger(path, read_only=True) as ledger:
        (revised,) = [one.id for one in ledger.documents() if one.revisions > 1 and not one.document.title]
    begin = ("/", "/search?q=India", f"/documents/{revised}/revisions", "/relationships/IN/JP", *QUESTIONS)
    with client(path) as asker:
        yield dict(walked(asker, *begin))


def test_everything_is_reached(pages: dict[str, Response]) -> None:
    first = Counter(urlsplit(address).path.split("/")[1] for address in pages)
    assert {"", "relationships", "entries", "documents", "actors", "changes", "search", "api"} <= set(first)
    assert any(address.endswith("/revisions") for address in pages)
    assert any(address.endswith("/why") for address in pages)
    assert any(media_type(page) == "application/atom+xml" for page in pages.values())
    assert any(media_type(page) == "text/calendar" for page in pages.values())


def test_no_page_has_markup_of_a_document(pages: dict[str, Response]) -> None:
    for address, page in pages.items():
        if media_type(page) != "text/html":
            continue
        text = page.text
        assert HARM not in text, address
        assert "alert(1)</script>" not in text, address
        assert not UNSHOWN.search(text), address
        for tag, attributes in markup(text):
            assert tag not in ("img", "iframe", "object", "embed", "base", "style"), (address, tag)
            assert tag != "script" or str(attributes.get("src", "")).startswith("/static/"), address
            assert not any(name.startswith("on") or name == "style" for name in attributes), (address, attributes)
            for name in ATTRIBUTES_OF_LINKS:
                _check_link(address, tag, str(attributes.get(name) or ""))


def _check_link(address: str, tag: str, link: str) -> None:
    """A link stays here, or leads by http to where a document came from."""
    assert link.strip() == link, (address, link)
    here = link == "" or (link.startswith(("/", "#", "?")) and not link.startswith("//"))
    assert here or (tag == "a" and re.match(r"https?://[^\s\"'<>]+$", link)), (address, tag, link)


@pytest.mark.parametrize("address", [*ADDRESSES, "", None, "http:"])
def test_what_is_no_web_address_is_no_link(address: str | None) -> None:
    assert web_address(address) is None


def test_links_to_other_sites_tell_them_nothing(pages: dict[str, Response]) -> None:
    for address, page in pages.items():
        for _, attributes in markup(page.text) if media_type(page) == "text/html" else ():
            if str(attributes.get("href") or "").startswith("http"):
                assert {"noopener", "noreferrer"} <= set(str(attributes.get("rel")).split()), address
            assert attributes.get("target") is None


def test_feeds_have_only_elements_of_feeds(pages: dict[str, Response]) -> None:
    feeds = [page.content for page in pages.values() if media_type(page) == "application/atom+xml"]
    allowed = {"feed", "entry", "id", "title", "updated", "author", "name", "link", "summary"}
    for body in feeds:
        assert b"<!DOCTYPE" not in body
        for element in etree.fromstring(body).iter():
            assert etree.QName(element).localname in allowed
            assert etree.QName(element).namespace == "http://www.w3.org/2005/Atom"
            assert set(element.attrib) <= {"href", "rel"}
            assert not UNSHOWN.search(element.text or "")
    assert any(HARM.encode() not in body and b"&lt;script" in body for body in feeds)


def test_calendars_have_only_lines_of_calendars(pages: dict[str, Response]) -> None:
    calendars = [page.text for page in pages.values() if media_type(page) == "text/calendar"]
    assert any("eve@evil.example" in text.replace("\r\n ", "") for text in calendars)
    for text in calendars:
        lines = text.split("\r\n")
        assert lines.pop() == ""
        for line in lines:
            assert CALENDAR.fullmatch(line), line
            assert len(line.encode()) <= 75
            assert line.isprintable(), line


def test_data_is_data(pages: dict[str, Response]) -> None:
    """JSON says that it is JSON, and browsers may not guess otherwise; its letters are harmless on a terminal."""
    asked = {address: page for address, page in pages.items() if media_type(page) == "application/json"}
    assert any(address.startswith("/api/relationships/") for address in asked)
    for address, answer in asked.items():
        json.loads(answer.content)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not UNSHOWN.search(answer.text), address


def test_files_compute_nothing_and_keep_their_names(pages: dict[str, Response]) -> None:
    """What a table program would compute stands there as words; files have plain names, whatever parties are called."""
    files = {address: page for address, page in pages.items() if media_type(page) in ("text/csv", "text/markdown")}
    assert any("/relationships/" in address for address in files)
    for address, answer in files.items():
        named = answer.headers["content-disposition"]
        assert re.fullmatch(r'attachment; filename="[\w.+-]+"', named, re.ASCII), named
        assert not UNSHOWN.search(answer.text.replace("\r\n", "\n")), address
        if media_type(answer) == "text/csv":
            for row in csv.reader(io.StringIO(answer.text)):
                assert not [cell for cell in row if re.match(r"[=+@\t\r]|-(?![\d.]+$)", cell)], row
        else:
            assert HARM not in answer.text
            assert not re.search(r"\]\(\s*<?\s*(javascript|data|vbscript|file):", answer.text, re.IGNORECASE)


@pytest.mark.skipif(chromium() is None, reason="no chromium here: install Debian's, or name one in CHROMIUM")
def test_nothing_runs_in_a_browser(path: Path, pages: dict[str, Response]) -> None:
    """No page of the hostile ledger opens a dialog, complains, or asks another site for anything."""
    from playwright.sync_api import sync_playwright

    said: list[str] = []
    kinds: dict[tuple[str, ...], list[str]] = {}
    for address, answer in pages.items():
        if media_type(answer) == "text/html":
            # of each sort of page a few: entries of all six kinds, every document, all else once or twice
            sort = tuple(re.sub(r"[0-9a-f]{8}", "", part) for part in urlsplit(address).path.split("/")[:3])
            kinds.setdefault(sort, []).append(address)
    with served(path) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}") or dialog.dismiss())
        page.on("console", lambda message: _note(said, message))
        page.on("pageerror", lambda error: said.append(f"error {error}"))
        page.on("request", lambda asked: said.append(asked.url) if not asked.url.startswith(base) else None)
        for address in [one for found in kinds.values() for one in found[:3]]:
            said.clear()
            page.goto(base + address)
            assert said == [], address
            assert page.evaluate("document.querySelectorAll('img, iframe, svg[onload], [onerror]').length") == 0
        browser.close()


def _note(said: list[str], message: Any) -> None:
    if message.type in ("error", "warning"):
        said.append(message.text)


def test_walks_stay_small(pages: dict[str, Response]) -> None:
    """The tests above stay quick: a page that leads to itself in ever new ways would be seen here."""
    assert len(pages) < 700
