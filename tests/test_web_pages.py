"""Every page of the web application, over a sample ledger and an empty one."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web_samples import client, ids, links, make_ledger, markup

from communique.api import Ledger

PAGES = ("/", "/relationships", "/entries", "/documents", "/actors", "/search", "/search?q=framework", "/changes")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_ledger(tmp_path_factory.mktemp("web") / "ledger.db")


@pytest.fixture(scope="module")
def asker(path: Path) -> Iterator[TestClient]:
    with client(path) as found:
        yield found


@pytest.fixture(scope="module")
def known(path: Path) -> dict[str, str]:
    """Ids by what they are of."""
    with Ledger(path, read_only=True) as ledger:
        found = {e.kind.value: e.id for e in ledger.entries() if len(e.history) == 1}
        found["framework"] = max(ledger.entries(kind="agreement"), key=lambda e: len(e.history)).id
        found |= {str(d.document.title): d.id for d in ledger.documents()}
    return found


def test_every_page_that_any_page_leads_to_is_there(asker: TestClient) -> None:
    """No dead link: from the first page on, every address of the application is asked, and every anchor is there."""
    waiting, seen = ["/"], dict[str, list[str]]()
    wanted: list[tuple[str, str]] = []
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 400:
            continue
        answer = asker.get(path)
        while answer.status_code == 303:
            answer = asker.get(answer.headers["location"])
        assert answer.status_code == 200, path
        seen[path] = ids(answer.text)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        assert len(seen[path]) == len(set(seen[path])), f"two elements of {path} have one id"
        for link in links(answer.text):
            target, _, anchor = link.partition("#")
            if link.startswith(("/", "#")) and not re.search("[?&](do|next)=", link):  # forms have tests of their own
                wanted.append((target or path, anchor))
                waiting.append(target or path)
    missing = [(path, anchor) for path, anchor in wanted if anchor and path in seen and anchor not in seen[path]]
    assert not missing
    assert len(seen) > 60


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_ledger_has_the_same_pages(tmp_path: Path, page: str) -> None:
    with client(make_ledger(tmp_path / "empty.db", empty=True)) as asker:
        answer = asker.get(page)
        assert answer.status_code == 200
        assert "<h1" in answer.text
    if page == "/":
        assert "communique add" in answer.text


@pytest.mark.parametrize(
    "page",
    [
        "/nothing",
        "/entries/A-00000000",
        "/entries/A-00000000/why",
        "/documents/D-000000000000",
        "/documents/D-000000000000/revisions",
        "/relationships/US/ZZZ",
        "/relationships/US/US",
        "/relationships/US/ZZZ/timeline",
        "/relationships/US/ZZZ/changes.atom",
        "/actors/state/Nowhere",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/login",
    ],
)
def test_what_is_not_there_is_told_on_a_page(asker: TestClient, page: str) -> None:
    answer = asker.get(page)
    assert answer.status_code == 404
    assert "Not found" in answer.text or page.startswith("/static")


@pytest.mark.parametrize(
    "page",
    [
        "/relationships/US/IN?as-of=yesterday",
        "/relationships/US/IN?since=2025-02-30",
        "/entries?kind=treaty",
        "/entries?standing=lost",
        "/entries?since=soon",
        "/entries?party=Atlantis",
        "/entries?page=0",
        "/entries?page=x",
        "/actors/ghost/Anybody",
    ],
)
def test_what_can_not_be_asked_is_told_in_a_sentence(asker: TestClient, page: str) -> None:
    answer = asker.get(page)
    assert answer.status_code == 400
    assert "That can&#39;t be asked" in answer.text


def test_the_first_page_has_what_comes_and_what_waits(asker: TestClient) -> None:
    text = asker.get("/").text
    for words in ("United States", "Falls due", "Waits for review", "Latest documents", "Latest news"):
        assert words in text


def test_a_relationship_has_its_parts(asker: TestClient) -> None:
    text = asker.get("/relationships/US/IN").text
    for words in (
        "Where things stand",
        "Promised and still open",
        "Who met when",
        "Who said what",
        "People",
        "Documents",
    ):
        assert words in text
    assert "Pete Hegseth" in text
    assert "silent since" in text


def test_as_of_a_day_shows_what_was_known_then(asker: TestClient) -> None:
    before = asker.get("/relationships/US/IN?as-of=2025-07-31").text
    after = asker.get("/relationships/US/IN?as-of=2025-11-30").text
    assert "As of 2025-07-31" in before
    assert "Kuala Lumpur" not in before
    assert "Kuala Lumpur" in after


def test_since_a_day_tells_what_changed(asker: TestClient) -> None:
    text = asker.get("/relationships/US/IN?as-of=2025-11-30&since=2025-10-01").text
    assert "What changed since 2025-10-01" in text
    assert "(was proposed)" in text


def test_an_entry_has_its_stages_with_their_sentences(asker: TestClient, known: dict[str, str]) -> None:
    text = asker.get(f"/entries/{known['framework']}").text
    assert text.index("Hegseth hosts Jaishankar at the Pentagon") < text.index("sign ten-year defence framework")
    assert "On the margins of the" in text
    assert f"/entries/{known['framework']}/why" in text


def test_why_reports_are_one_thing(asker: TestClient, known: dict[str, str]) -> None:
    text = asker.get(f"/entries/{known['framework']}/why").text
    assert "Weight" in text
    assert text.count('class="compared"') >= 1


def test_a_document_and_its_records_lead_to_each_other(asker: TestClient, known: dict[str, str]) -> None:
    text = asker.get(f"/documents/{known['Hegseth hosts Jaishankar at the Pentagon']}").text
    anchors = ids(text)
    to_records = [link[1:] for link in links(text) if link.startswith("#r") and link[2:].isdigit()]
    to_sentences = [link[1:] for link in links(text) if link.startswith("#R-")]
    assert to_records
    assert set(to_records) | set(to_sentences) <= set(anchors)
    assert len(set(to_sentences)) == len(set(to_records))


def test_revisions_are_told_with_their_differences(asker: TestClient, known: dict[str, str]) -> None:
    text = asker.get(f"/documents/{known['Talks']}/revisions").text
    assert "<del>Tokyo.</del>" in text
    assert "<ins>Osaka.</ins>" in text


def test_search_can_be_narrowed(asker: TestClient) -> None:
    every = asker.get("/search?q=framework").text
    kept = asker.get("/search?q=framework&kind=transfer").text
    assert "<mark>" in every
    assert every.count('class="hit"') > kept.count('class="hit"')
    assert "chosen" in kept


def test_entries_can_be_filtered_and_turned_over(asker: TestClient) -> None:
    text = asker.get("/entries?kind=undertaking&party=India&party=US").text
    assert "entries, those with the latest news first" in text
    assert "Settle the terms" not in text  # India alone promised that
    assert 'value="undertaking" selected' in text


def test_people_are_found_by_shorter_names(asker: TestClient) -> None:
    answer = asker.get("/actors/person/Hegseth")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/actors/person/Pete%20Hegseth"
    assert "Meeting" in asker.get("/actors/person/Pete%20Hegseth").text


def test_unchanged_pages_are_not_sent_again(asker: TestClient, path: Path) -> None:
    first = asker.get("/relationships/US/IN")
    again = asker.get("/relationships/US/IN", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = asker.get("/relationships/US/IN?as-of=2025-07-31", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_pages_follow_the_ledger(tmp_path: Path) -> None:
    path = make_ledger(tmp_path / "ledger.db")
    with client(path) as asker:
        first = asker.get("/")
        with Ledger(path) as ledger:
            ledger.confirm(ledger.entries(kind="agreement")[0].id, by="Jo")
        again = asker.get("/", headers={"If-None-Match": first.headers["etag"]})
        assert again.status_code == 200


def test_pages_are_built_for_keyboards_and_readers_of_screens(asker: TestClient) -> None:
    for page in (*PAGES, "/relationships/US/IN"):
        tags = markup(asker.get(page).text)
        names = [name for name, _ in tags]
        assert names.count("h1") == 1
        assert {"main", "nav", "header", "footer"} <= set(names)
        assert ("a", "#main") in [(name, attributes.get("href")) for name, attributes in tags]
        assert ("html", "en") in [(name, attributes.get("lang")) for name, attributes in tags]


def test_a_ledger_that_may_not_be_written_is_shown(tmp_path: Path) -> None:
    path = make_ledger(tmp_path / "ledger.db")
    with client(path) as asker:
        asker.app.state.desk.may_write = False  # type: ignore[attr-defined]
        for page in PAGES:
            assert asker.get(page).status_code == 200
