"""The questions of the pages as JSON, the feed and the calendar."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient
from tests.web_samples import HARM, client, make_ledger

from communique.api import Ledger
from communique.model import Kind, field_names

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_ledger(tmp_path_factory.mktemp("web") / "ledger.db")


@pytest.fixture(scope="module")
def asker(path: Path) -> Iterator[TestClient]:
    with client(path) as found:
        yield found


def test_the_description_names_every_question(asker: TestClient) -> None:
    described = asker.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.")
    assert all(path.startswith("/api/") for path in described["paths"])
    for path, methods in described["paths"].items():
        assert list(methods) == ["get"], path
        assert methods["get"]["summary"]
    assert {"/api/entries", "/api/relationships/{one}/{other}", "/api/search"} <= set(described["paths"])


@pytest.mark.parametrize("question", ["entries", "documents", "actors", "changes", "decisions", "review"])
def test_lists_come_in_parts(asker: TestClient, question: str) -> None:
    every = asker.get(f"/api/{question}?limit=200").json()
    assert set(every) == {"total", "limit", "offset", "next", "items"}
    assert every["next"] is None
    address: str | None = f"/api/{question}?limit=2"
    found = []
    while address is not None:
        part = asker.get(address).json()
        assert part["total"] == every["total"]
        assert len(part["items"]) <= 2
        found += part["items"]
        address = part["next"]
    assert found == every["items"]
    assert len(found) == every["total"]


def test_entries_have_the_fields_of_the_guide(asker: TestClient) -> None:
    for kind in Kind:
        (first, *_) = asker.get(f"/api/entries?kind={kind.value}").json()["items"]
        assert set(field_names(kind)) <= set(first["fields"])
        assert {"id", "kind", "title", "parties", "stage", "standing", "history", "disputes"} <= set(first)
        one = asker.get(f"/api/entries/{first['id']}").json()
        assert one == first


def test_entries_can_be_filtered(asker: TestClient) -> None:
    found = asker.get("/api/entries?kind=agreement&party=India&party=United States&stage=signed").json()["items"]
    assert found
    assert all(one["stage"] == "signed" and {"US", "IN"} <= set(one["parties"]) for one in found)


def test_reasons_come_when_asked_for(asker: TestClient) -> None:
    one = asker.get("/api/entries?kind=agreement").json()["items"][0]
    explained = asker.get(f"/api/entries/{one['id']}?explain=true").json()
    assert all("reasons" in report["record"] for report in explained["history"])


def test_relationships_and_timelines_are_those_of_the_command_line(asker: TestClient) -> None:
    brief = asker.get("/api/relationships/India/United States?as-of=2025-11-30").json()
    assert brief["parties"] == ["IN", "US"]
    assert {section["key"] for section in brief["sections"]} >= {"agreements", "open"}
    moments = asker.get("/api/relationships/IN/US/timeline?as-of=2025-11-30").json()["moments"]
    assert [moment["when"] for moment in moments]
    few = asker.get("/api/relationships/IN/US/timeline?as-of=2025-11-30&limit=2").json()
    assert len(few["entries"]) == 2
    assert few["hidden"] == len({moment["entry"] for moment in moments}) - 2
    assert ["US", "IN"] in [sorted(p["parties"], reverse=True) for p in asker.get("/api/relationships").json()["pairs"]]


def test_documents_come_with_their_text(asker: TestClient) -> None:
    first = next(d for d in asker.get("/api/documents").json()["items"] if d["title"] == "HAL orders engines")
    one = asker.get(f"/api/documents/{first['id']}").json()
    assert "113 F404" in one["text"]
    assert len(one["told"]) == first["records"]
    assert all(one["text"][s["start"] : s["end"]] for told in one["told"] for s in told["record"]["evidence"])


def test_revisions_are_compared(asker: TestClient) -> None:
    talks = next(d for d in asker.get("/api/documents").json()["items"] if d["title"] == "Talks")
    compared = asker.get(f"/api/documents/{talks['id']}/revisions").json()
    assert [words["text"] for words in compared["sentences"][0]["words"]][-2:] == ["Tokyo.", "Osaka."]


def test_search_gives_offsets_into_the_text(asker: TestClient) -> None:
    hit = asker.get("/api/search?q=engines").json()["items"][0]
    text = asker.get(f"/api/documents/{hit['document_id']}").json()["text"]
    assert text[hit["matches"][0]["start"] : hit["matches"][0]["end"]] == "engines"


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("entries/A-00000000", 404),
        ("documents/D-0", 404),
        ("relationships/US/ZZZ", 404),
        ("nothing", 404),
        ("entries?kind=treaty", 400),
        ("entries?limit=0", 400),
        ("entries?limit=9999", 400),
        ("entries?offset=-1", 400),
        ("entries?since=soon", 400),
        ("relationships/US/IN?as-of=2025-13", 400),
    ],
)
def test_errors_are_json_with_a_sentence(asker: TestClient, question: str, status: int) -> None:
    answer = asker.get(f"/api/{question}")
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    assert answer.json()["error"].endswith(".")


def test_unchanged_answers_are_not_sent_again(asker: TestClient) -> None:
    tag = asker.get("/api/entries").headers["etag"]
    assert asker.get("/api/entries", headers={"If-None-Match": tag}).status_code == 304
    assert asker.get("/api/entries?limit=1", headers={"If-None-Match": tag}).status_code == 200


def test_the_feed_has_what_moved(asker: TestClient) -> None:
    answer = asker.get("/relationships/IN/JP/changes.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    titles = feed.xpath("a:entry/a:title/text()", namespaces=ATOM)
    assert any(HARM in title for title in titles)  # as words: the parser has undone what was escaped
    assert len(set(feed.xpath("a:entry/a:id/text()", namespaces=ATOM))) == len(titles)
    assert all(feed.xpath("a:entry/a:updated/text()", namespaces=ATOM))
    assert not feed.xpath("//*[local-name()='script']")


def test_the_calendar_has_what_is_dated(asker: TestClient) -> None:
    answer = asker.get("/relationships/US/IN/dates.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    lines = answer.content.decode().split("\r\n")
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = answer.content.decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20250701" in unfolded  # the summit of the second half of the year
    assert "SUMMARY:Summit of United States and India" in unfolded
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == unfolded.count("UID:")


def test_names_with_slashes_have_addresses(tmp_path: Path) -> None:
    from tests.ledger_samples import sample, told

    document, records = sample(
        "2025-05-01",
        (
            "Rhein/Main GmbH and India signed a pact.",
            [told("agreement", name="pact", parties=("Rhein/Main GmbH", "IN"))],
        ),
    )
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add(document, records)
    with client(tmp_path / "l.db") as asker:
        assert asker.get("/relationships/IN/Rhein~1Main%20GmbH").status_code == 200
        assert asker.get("/actors/organisation/Rhein~1Main%20GmbH").status_code == 200
