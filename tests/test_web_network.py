"""Who deals with whom, and the digest of what changed: the whole ledger looked over."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient
from tests.web_samples import client, ids, links, make_ledger, markup

from communique.api import Ledger
from communique.ledger.dealings import Tie
from communique.model import Kind
from communique.views.network import MOST_PARTIES, ring_of

ATOM = "{http://www.w3.org/2005/Atom}"
TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_ledger(tmp_path_factory.mktemp("web") / "ledger.db")


@pytest.fixture(scope="module")
def asker(path: Path) -> Iterator[TestClient]:
    with client(path) as found:
        yield found


def test_a_ring_has_each_party_once_and_the_same_lines_each_time() -> None:
    ties = [Tie(("A", "B"), {Kind.AGREEMENT: 1, Kind.TRANSFER: 3}, "2025-01-01", 4)]
    ties += [Tie(("A", f"P{n:02}"), {Kind.ENGAGEMENT: 1}, "", 1) for n in range(60)]
    ring = ring_of(ties)
    assert len({node.party for node in ring.nodes}) == len(ring.nodes) == MOST_PARTIES
    assert ring.left_out == 62 - MOST_PARTIES
    assert ring == ring_of(ties)
    assert {line.kind for line in ring.lines if line.parties == ("A", "B")} == {Kind.TRANSFER, Kind.AGREEMENT}
    assert "P59" in {node.party for node in ring_of(ties, "P59").nodes}


def test_the_table_has_what_the_drawing_has(asker: TestClient, path: Path) -> None:
    text = asker.get("/network").text
    drawn = {a["data-ends"] for name, a in markup(text) if name == "a" and a.get("data-ends")}
    told = asker.get("/api/network").json()
    assert drawn == {"\n".join(one["parties"]) for one in told}
    assert all(
        f"/relationships/{'/'.join(one['parties'])}" in links(text) for one in told if one["parties"] == ["IN", "US"]
    )
    with Ledger(path, read_only=True) as ledger:
        entries = [e for e in ledger.entries(parties=("US", "IN")) if e.kind is not Kind.STATEMENT]
    assert next(one["entries"] for one in told if one["parties"] == ["IN", "US"]) == len(entries)


@pytest.mark.parametrize(
    ("query", "least", "most"),
    [
        ("kind=transfer", 1, 3),
        ("party=India", 1, 10),
        ("since=2025-10-01&until=2025-12-31", 1, 10),
        ("until=1990-01-01", 0, 0),
        ("least=1000", 0, 0),
    ],
)
def test_a_network_is_narrowed(asker: TestClient, query: str, least: int, most: int) -> None:
    every, found = asker.get("/api/network").json(), asker.get(f"/api/network?{query}").json()
    assert least <= len(found) <= most
    assert sum(one["entries"] for one in found) <= sum(one["entries"] for one in every)
    assert asker.get(f"/network?{query}").status_code == 200


def test_a_day_and_a_week_of_changes_are_told_by_relationship(asker: TestClient) -> None:
    year, week, _ = datetime.now(UTC).date().isocalendar()
    for name in (TODAY, f"{year}-W{week:02}"):
        text = asker.get(f"/digest/{name}").text
        assert "India and United States" in text
        assert "/relationships/IN/US" in links(text)
    kept = asker.get(f"/digest/{TODAY}?between=IN,JP").text
    assert "India and United States" not in kept
    assert asker.get("/digest").text.count(f"/digest/{TODAY}") >= 1
    assert "Nothing happened" in asker.get("/digest/2001-01-01").text


def test_new_entries_and_moves_are_told_in_words(tmp_path: Path) -> None:
    path = make_ledger(tmp_path / "ledger.db")
    with client(path) as asker:
        groups = asker.get(f"/api/digest/{TODAY}").json()["relationships"]
        told = [change["told"] for group in groups for change in group["changes"]]
        assert any(words.startswith("New agreement: ") for words in told)
        assert sum(group["counts"].get("new", 0) for group in groups) > 10
        assert all(len(group["changes"]) <= 6 for group in groups)


def test_a_feed_of_digests_has_one_item_a_day_once_it_is_over(tmp_path: Path) -> None:
    from sqlalchemy import update

    from communique.ledger.happenings import keep_happenings
    from communique.ledger.tables import changes

    path = make_ledger(tmp_path / "ledger.db")
    with client(path) as asker:
        feed = etree.fromstring(asker.get("/digest.atom").content)
        assert feed.findall(f"{ATOM}entry") == []  # today goes on
    with Ledger(path) as ledger, ledger._store._writing() as connection:
        connection.execute(update(changes).values(at="2025-03-04T05:06:07+00:00"))
        keep_happenings(connection)
    with client(path) as asker:
        feed = etree.fromstring(asker.get("/digest.atom").content)
        (item,) = feed.findall(f"{ATOM}entry")
        assert item.findtext(f"{ATOM}id") == "http://localhost/digest/2025-03-04"
        assert item.findtext(f"{ATOM}updated") == "2025-03-04T23:59:59Z"
        content = item.find(f"{ATOM}content")
        assert content is not None
        names = {etree.QName(one).localname for one in content.iter()}
        assert names <= {"content", "div", "p", "h3", "a", "ul", "li"}
        assert all(str(a.get("href")).startswith("http://localhost/") for a in content.iter("{*}a"))
        weekly = etree.fromstring(asker.get("/digest.atom?every=week&between=US,IN").content)
        assert [one.findtext(f"{ATOM}id") for one in weekly.findall(f"{ATOM}entry")] == [
            "http://localhost/digest/2025-W10?between=US%2CIN"
        ]


def test_a_slider_leads_to_its_day(asker: TestClient) -> None:
    text = asker.get("/relationships/US/IN").text
    stops = [a["label"] for name, a in markup(text) if name == "option" and a.get("label")]
    assert stops == sorted(stops)
    assert stops[-1] == datetime.now().date().isoformat()
    answer = asker.get("/relationships/US/IN?stop=0")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/relationships/US/IN?as-of={stops[0]}")
    assert f"/relationships/US/IN?as-of={stops[-2]}" in links(text)


def test_a_timeline_is_looked_at_nearer(asker: TestClient) -> None:
    every = asker.get("/relationships/US/IN/timeline").text
    near = asker.get("/relationships/US/IN/timeline?since=2025-07-01&until=2025-07-31").text
    drawn = next(a for name, a in markup(near) if name == "svg" and a.get("data-first"))
    assert (drawn["data-first"], drawn["data-last"]) == ("2025-07-01", "2025-07-31")
    assert 0 < near.count('class="lane"') < every.count('class="lane"')
    assert len(ids(near)) == len(set(ids(near)))
    assert asker.get("/relationships/US/IN/timeline?since=2025-08-01&until=2025-07-31").status_code == 400
    for extreme in ("since=0001-01-01&until=0001-01-02", "since=9999-12-31", "as-of=0001-01-01", "as-of=9999-12-31"):
        assert asker.get(f"/relationships/US/IN/timeline?{extreme}").status_code in (200, 400)


def test_a_period_shows_the_same_moments_as_the_whole(path: Path) -> None:
    from datetime import date

    from communique.api.pages import timeline_between

    with Ledger(path, read_only=True) as ledger:
        every = timeline_between(ledger, ("US", "IN"), date(2025, 12, 1))
        since, until = date(2025, 3, 1), date(2025, 9, 30)
        near = timeline_between(ledger, ("US", "IN"), date(2025, 12, 1), since, until)
        few = timeline_between(ledger, ("US", "IN"), date(2025, 12, 1), most=3)
    told = [(m.entry.id, m.stage, m.when) for m in every.moments if since <= m.day <= until]
    assert [(m.entry.id, m.stage, m.when) for m in near.moments] == told
    assert len(few.lanes) == 3
    assert few.hidden + 3 >= len(every.lanes)
