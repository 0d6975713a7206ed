"""Watching: what is new at feeds, sitemaps, pages and folders is read once, politely, and what fails is left alone."""

import gzip
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from communique.api import Ledger
from communique.api.visiting import Clock
from communique.api.watching import Found, Round, SourceReport
from communique.ledger import Taken
from communique.model import Document, SourceError
from communique.sources import Problem, documents_of, items_of
from communique.sources.watchlist import WatchedSource, read_watchlist
from small_web import Answer, Asked, SmallWeb, reroute, serving

START = datetime(2025, 7, 10, 12, tzinfo=UTC)
FEED = "http://ministry.example/feed"


@dataclass
class FakeTime:
    """A clock that goes on only when somebody sleeps."""

    at: datetime = START
    slept: list[float] = field(default_factory=list)

    def clock(self) -> Clock:
        return Clock(now=lambda: self.at, sleep=self.sleep, chance=lambda: 0.5)

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            self.slept.append(seconds)
            self.at += timedelta(seconds=seconds)


@dataclass
class Watch:
    """A web, a clock, a ledger and a list of sources."""

    web: SmallWeb
    time: FakeTime
    folder: Path

    def sources(self, text: str) -> tuple[WatchedSource, ...]:
        path = self.folder / "sources.toml"
        path.write_text(text, encoding="utf-8")
        return read_watchlist(path)

    def round(self, text: str, *, hours: float = 0, every: timedelta | None = None) -> tuple[SourceReport, ...]:
        """One round, some hours later."""
        self.time.at += timedelta(hours=hours)
        self.web.asked.clear()
        with Ledger(self.folder / "ledger.db") as ledger:
            store = ledger._store

            def add(found: Iterable[Found]) -> Iterator[Taken]:
                for one in found:
                    taken = Taken(item=one.item.name, origin=one.name, digest=None, given="{}", outcome="failed")
                    if isinstance(one.item, Problem):
                        yield taken_as(taken, "failed", one.item.reason)
                        continue
                    try:
                        for document in documents_of(one.item, one.origin):
                            assert isinstance(document, Document)
                            yield taken_as(taken, ledger.add(document, ()).outcome)
                    except SourceError as error:
                        yield taken_as(taken, "failed", str(error))

            return Round(store, self.sources(text), self.time.clock(), every=every).run(add, items_of).sources

    def documents(self) -> list[Document]:
        with Ledger(self.folder / "ledger.db") as ledger:
            return [stored.document for stored in ledger.documents()]

    def revisions(self) -> int:
        with Ledger(self.folder / "ledger.db") as ledger:
            return ledger.counts()["revisions"]


def taken_as(taken: Taken, outcome: str, reason: str | None = None) -> Taken:
    from dataclasses import replace

    return replace(taken, outcome=outcome, reason=reason)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Watch]:
    web = SmallWeb()
    reroute(web, monkeypatch)
    with serving(web):
        yield Watch(web, FakeTime(), tmp_path)


def page(text: str) -> bytes:
    return f"<html><head><title>A readout</title></head><body><article><p>{text}</p></article></body></html>".encode()


def feed(*entries: tuple[str, str]) -> bytes:
    items = "".join(f"<item><link>{url}</link><pubDate>{day}</pubDate></item>" for url, day in entries)
    return f"<rss><channel>{items}</channel></rss>".encode()


def outcomes(report: SourceReport) -> list[str]:
    return [taken.outcome for taken in report.taken]


FEED_LIST = f'[[source]]\nfeed = "{FEED}"\npublisher = "Ministry of Foreign Affairs"\n'


def test_a_feed_is_followed(watch: Watch) -> None:
    watch.web.page("/feed", feed(("/one", "Tue, 01 Jul 2025 09:00:00 GMT")), headers={"ETag": '"1"'})
    watch.web.page("/one", page("The two ministers met in Oslo and agreed to meet again."))
    watch.web.page("/two", page("The two ministers signed an agreement on fisheries."))
    (first,) = watch.round(FEED_LIST)
    assert outcomes(first) == ["new"]
    (document,) = watch.documents()
    assert document.publisher == "Ministry of Foreign Affairs"
    assert document.url == "http://ministry.example/one"
    assert document.published == "2025-07-01"
    assert watch.web.paths() == ["/robots.txt", "/feed", "/one"]

    (second,) = watch.round(FEED_LIST, hours=1)
    assert (second.looked, outcomes(second)) == (True, [])
    assert watch.web.paths() == ["/feed"]

    watch.web.page("/feed", feed(("/two", "2025-07-02"), ("/one", "Tue, 01 Jul 2025 09:00:00 GMT")))
    (third,) = watch.round(FEED_LIST, hours=1)
    assert outcomes(third) == ["new"]
    assert watch.web.paths() == ["/feed", "/two"]


def test_an_unchanged_feed_is_not_sent_again(watch: Watch) -> None:
    def answer(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == '"v1"' and asked.headers.get("if-modified-since") == "Tue":
            return Answer(status=304)
        return Answer(feed(), headers={"ETag": '"v1"', "Last-Modified": "Tue"})

    watch.web.pages["/feed"] = answer
    for _ in range(2):
        (report,) = watch.round(FEED_LIST, hours=1)
        assert report.problem is None
    assert watch.web.asked[-1].headers["if-none-match"] == '"v1"'


def test_a_page_that_its_feed_says_has_changed_becomes_a_revision(watch: Watch) -> None:
    watch.web.page("/feed", feed(("/one", "2025-07-01")))
    watch.web.page("/one", page("The two ministers met in Oslo and agreed to meet again."))
    watch.round(FEED_LIST)
    watch.web.page("/feed", feed(("/one", "2025-07-02")))
    watch.web.page("/one", page("The two ministers met in Oslo and agreed to meet again in May."))
    assert outcomes(watch.round(FEED_LIST, hours=1)[0]) == []  # not before six hours have passed
    assert outcomes(watch.round(FEED_LIST, hours=6)[0]) == ["revision"]
    assert (len(watch.documents()), watch.revisions()) == (1, 2)


def test_a_page_that_is_watched_becomes_a_revision_when_it_changes(watch: Watch) -> None:
    listed = '[[source]]\npage = "http://ministry.example/agreements"\n'
    texts = iter(["The agreement was signed in Oslo by both ministers.", "The agreement entered into force on Monday."])
    watch.web.page("/agreements", page(next(texts)), headers={"Last-Modified": "now"})
    assert outcomes(watch.round(listed)[0]) == ["new"]
    watch.web.pages["/agreements"] = lambda asked: Answer(status=304 if "if-modified-since" in asked.headers else 200)
    assert outcomes(watch.round(listed, hours=1)[0]) == []
    watch.web.page("/agreements", page(next(texts)))
    assert outcomes(watch.round(listed, hours=1)[0]) == ["revision"]
    assert (len(watch.documents()), watch.revisions()) == (1, 2)


def test_patterns_and_reach(watch: Watch) -> None:
    entries = [
        ("/news/a", "2025-07-01"),
        ("/news/es/b", "2025-07-01"),
        ("/jobs/c", "2025-07-01"),
        ("/news/d", "2025-01-01"),
    ]
    watch.web.page("/feed", feed(*entries))
    watch.web.page("/news/a", page("The two ministers met in Oslo."))
    watch.round(FEED_LIST + 'include = ["*/news/*"]\nexclude = ["*/es/*"]\nsince = "30 days"')
    assert watch.web.paths() == ["/robots.txt", "/feed", "/news/a"]


SITEMAP_LIST = '[[source]]\nsitemap = "http://ministry.example/sitemap.xml"\n'


def sitemap(*pages: tuple[str, str | None], root: str = "urlset", entry: str = "url") -> bytes:
    rows = "".join(
        f"<{entry}><loc>http://ministry.example{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{entry}>"
        for path, day in pages
    )
    return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>'.encode()


def test_a_sitemap_is_followed_from_a_month_ago_and_what_bears_no_date_from_now(watch: Watch) -> None:
    watch.web.page("/sitemap.xml", sitemap(("/old", "2025-05-01"), ("/late", "2025-07-09"), ("/undated", None)))
    for path in ("/late", "/new", "/undated"):
        watch.web.page(path, page(f"The two ministers met in Oslo to speak of {path}."))
    watch.round(SITEMAP_LIST)
    assert watch.web.paths() == ["/robots.txt", "/sitemap.xml", "/late"]
    watch.web.page("/sitemap.xml", sitemap(("/undated", None), ("/new", None)))
    watch.round(SITEMAP_LIST, hours=1)
    assert watch.web.paths() == ["/sitemap.xml", "/new"]


def test_an_index_of_sitemaps(watch: Watch) -> None:
    index = [("/s1.xml.gz", "2025-07-09"), ("/s2.xml", None), ("/old.xml", "2024-01-01"), ("/broken.xml", "2025-07-09")]
    watch.web.page("/sitemap.xml", sitemap(*index, root="sitemapindex", entry="sitemap"))
    watch.web.page("/s1.xml.gz", gzip.compress(sitemap(("/a", "2025-07-09"))))
    watch.web.page("/s2.xml", sitemap(("/b", "2025-07-08")))
    watch.web.page("/broken.xml", b"<html>")
    for path in ("/a", "/b", "/c"):
        watch.web.page(path, page(f"The two ministers met in Oslo to speak of {path}."))
    (first,) = watch.round(SITEMAP_LIST)
    assert outcomes(first) == ["new", "new"]
    assert "/old.xml" not in watch.web.paths()
    assert first.problem is None
    watch.web.page("/s2.xml", sitemap(("/c", "2025-07-10")))
    watch.round(SITEMAP_LIST, hours=0.1)
    assert watch.web.paths() == ["/sitemap.xml", "/s2.xml", "/c"]


def test_an_index_that_lists_itself_ends(watch: Watch) -> None:
    index = [("/sitemap.xml", None), *((f"/s{number}.xml", "2025-07-09") for number in range(40))]
    watch.web.page("/sitemap.xml", sitemap(*index, root="sitemapindex", entry="sitemap"))
    for number in range(40):
        watch.web.page(f"/s{number}.xml", watch.web.pages["/sitemap.xml"].body)  # type: ignore[union-attr]
    watch.round(SITEMAP_LIST)
    assert len(watch.web.asked) == 1 + 20


def test_a_folder_is_watched(watch: Watch) -> None:
    saved = watch.folder / "saved"
    saved.mkdir()
    (saved / "one.txt").write_text("The two ministers met in Oslo.")
    (saved / "draft.txt").write_text("Not this.")
    listed = '[[source]]\nfolder = "saved"\npublisher = "The Desk"\nexclude = ["*draft*"]\n'
    assert outcomes(watch.round(listed)[0]) == ["new"]
    assert outcomes(watch.round(listed, hours=1)[0]) == []
    (saved / "one.txt").write_text("The two ministers met in Oslo and Bergen.")
    (saved / "two.txt").write_text("They signed an agreement on fisheries.")
    os.utime(saved / "one.txt", ns=(1, 1))
    assert sorted(outcomes(watch.round(listed, hours=1)[0])) == ["new", "revision"]
    assert {document.publisher for document in watch.documents()} == {"The Desk"}


def test_an_empty_folder_is_no_failure_and_a_missing_one_is(watch: Watch) -> None:
    listed = '[[source]]\nfolder = "saved"\n'
    (missing,) = watch.round(listed)
    assert missing.problem is not None
    assert missing.problem.startswith("There is no file")
    (watch.folder / "saved").mkdir()
    (watch.folder / "saved" / "picture.png").write_bytes(b"no document")
    (empty,) = watch.round(listed, hours=1)
    assert (empty.looked, empty.problem, empty.unread) == (True, None, {})


def test_robots_txt_is_obeyed(watch: Watch) -> None:
    watch.web.page("/robots.txt", "User-agent: *\nDisallow: /private\nCrawl-delay: 10\n")
    watch.web.page("/feed", feed(("/private/a", "2025-07-01"), ("/b", "2025-07-01")))
    watch.web.page("/b", page("The two ministers met in Oslo."))
    (report,) = watch.round(FEED_LIST)
    assert watch.web.paths() == ["/robots.txt", "/feed", "/b"]
    assert "the robots.txt of http://ministry.example forbids it" in report.unread["http://ministry.example/private/a"]
    assert watch.time.slept == [2.0, 10.0]
    watch.round(FEED_LIST, hours=1)
    assert watch.web.paths() == ["/feed"]  # neither the rules nor what they forbid
    watch.round(FEED_LIST, hours=24)
    assert watch.web.paths() == ["/robots.txt", "/feed"]


def test_robots_txt_is_obeyed_where_a_page_leads(watch: Watch) -> None:
    watch.web.page("ministry.example/feed", feed(("/a", "2025-07-01"), ("/b", "2025-07-01")))
    watch.web.page("archive.example/robots.txt", "User-agent: *\nDisallow: /closed\n")
    watch.web.page("/a", status=302, headers={"Location": "http://archive.example/closed/a"})
    watch.web.page("/b", status=302, headers={"Location": "http://archive.example/open/b"})
    watch.web.page("archive.example/closed/a", page("The two ministers met in Oslo."))
    watch.web.page("archive.example/open/b", page("The two ministers signed an agreement."))
    (report,) = watch.round(FEED_LIST)
    assert outcomes(report) == ["new", "failed"]
    told = report.unread["http://ministry.example/a"]
    assert "leads to http://archive.example/closed/a, which may not be read by programs" in told
    assert watch.web.paths().count("/closed/a") == 0


def test_a_source_that_robots_txt_forbids(watch: Watch) -> None:
    watch.web.page("/robots.txt", "User-agent: communique\nDisallow: /\n")
    (report,) = watch.round(FEED_LIST)
    assert report.problem is not None
    assert "forbids it" in report.problem
    assert watch.web.paths() == ["/robots.txt"]


def test_a_site_whose_rules_can_not_be_read_is_left_alone(watch: Watch) -> None:
    watch.web.page("/robots.txt", status=500)
    (report,) = watch.round(FEED_LIST + SITEMAP_LIST)[:1]
    assert report.problem is not None
    assert "its rules for programs can't be read" in report.problem
    assert watch.web.paths() == ["/robots.txt"]
    watch.web.page("/robots.txt", "")
    watch.web.page("/feed", feed())
    (report,) = watch.round(FEED_LIST, hours=1)
    assert report.problem is None


def test_pages_of_several_sites_take_turns(watch: Watch) -> None:
    urls = [f"http://{host}.example/{number}" for host in ("one", "two") for number in (1, 2)]
    watch.web.page("ministry.example/feed", feed(*((url, "2025-07-01") for url in urls)))
    for number in (1, 2):
        watch.web.page(f"/{number}", page("The two ministers met in Oslo."))
    watch.round(FEED_LIST)
    hosts = [asked.host for asked in watch.web.asked if asked.path in ("/1", "/2")]
    assert hosts in (["one.example", "two.example"] * 2, ["two.example", "one.example"] * 2)
    assert sum(watch.time.slept) <= 8


@pytest.mark.parametrize("status", [429, 503])
def test_a_site_that_asks_for_patience_gets_it(watch: Watch, status: int) -> None:
    watch.web.page("/feed", feed(("/a", "2025-07-02"), ("/b", "2025-07-01")))
    watch.web.page("/a", status=status, headers={"Retry-After": "7200"})
    watch.web.page("/b", page("The two ministers met in Oslo."))
    (first,) = watch.round(FEED_LIST)
    assert watch.web.paths() == ["/robots.txt", "/feed", "/a"]
    assert f"({status}): try again in 2 hours" in first.unread["http://ministry.example/a"]
    (second,) = watch.round(FEED_LIST, hours=1)
    assert watch.web.paths() == []
    assert second.problem is not None
    assert "not to be asked before 2025-07-10T14:00:0" in second.problem
    watch.web.page("/a", page("The two ministers signed an agreement on fisheries."))
    (third,) = watch.round(FEED_LIST, hours=1.1)
    assert outcomes(third) == ["new", "new"]


def test_a_failing_source_stops_no_other_and_is_asked_less_and_less(watch: Watch) -> None:
    listed = '[[source]]\nfeed = "http://broken.example/feed"\n' + FEED_LIST
    watch.web.page("broken.example/feed", status=500)
    watch.web.page("ministry.example/feed", feed(("/one", "2025-07-01")))
    watch.web.page("/one", page("The two ministers met in Oslo."))
    broken, good = watch.round(listed)
    assert broken.problem is not None
    assert "(500)" in broken.problem
    assert outcomes(good) == ["new"]
    asked = []
    for _ in range(24):
        watch.round(listed, hours=0.25)
        asked.append("broken.example" in {one.host for one in watch.web.asked})
    assert [number for number, was in enumerate(asked) if was] == [0, 2, 5, 11, 22]


def test_a_page_that_is_gone_is_not_asked_for_again(watch: Watch) -> None:
    watch.web.page("/feed", feed(("/gone", "2025-07-01")))
    (first,) = watch.round(FEED_LIST)
    assert "does not exist (404)" in first.unread["http://ministry.example/gone"]
    watch.round(FEED_LIST, hours=48)
    assert "/gone" not in watch.web.paths()


def test_a_page_without_text_is_told_once(watch: Watch) -> None:
    watch.web.page("/feed", feed(("/blank", "2025-07-01")))
    watch.web.page("/blank", b"<html><body></body></html>")
    (first,) = watch.round(FEED_LIST)
    assert len(first.unread) == 1
    (second,) = watch.round(FEED_LIST, hours=48)
    assert second.unread == {}


def test_pages_that_lead_inside_are_refused(watch: Watch) -> None:
    inside = [
        "http://127.0.0.1/admin",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "http://a:b@ministry.example/",
    ]
    watch.web.page("/feed", feed(*((url, "2025-07-01") for url in [*inside, "/leads"])))
    watch.web.page("/leads", status=302, headers={"Location": "http://169.254.169.254/latest"})
    (report,) = watch.round(FEED_LIST)
    assert all("is no public host" in reason for reason in report.unread.values())
    assert len(report.unread) == 3
    assert set(watch.web.connected) == {"93.184.215.14"}


def test_intervals(watch: Watch) -> None:
    watch.web.page("/feed", feed())
    listed = FEED_LIST + 'every = "2 hours"\n'
    looked = [watch.round(listed, hours=1)[0].looked for _ in range(5)]
    assert looked == [True, False, True, False, True]
    in_a_loop = [watch.round(FEED_LIST, hours=0.25, every=timedelta(minutes=30))[0].looked for _ in range(12)]
    assert in_a_loop[-4:] in ([True, False, True, False], [False, True, False, True])


def test_many_pages_are_read_over_several_rounds(watch: Watch) -> None:
    watch.web.page("/feed", feed(*((f"/p/{number:03}", f"2025-06-{number % 28 + 1:02}") for number in range(130))))
    for number in range(130):
        watch.web.page(f"/p/{number:03}", page(f"The two ministers met {number} times in Oslo."))
    (first,) = watch.round(FEED_LIST)
    assert (len(first.taken), first.waiting) == (100, 30)
    (second,) = watch.round(FEED_LIST, hours=1)
    assert (len(second.taken), second.waiting) == (30, 0)


def test_what_was_interrupted_is_taken_up_again(watch: Watch) -> None:
    watch.web.page("/feed", feed(("/one", "2025-07-02"), ("/two", "2025-07-01")))
    watch.web.page("/one", page("The two ministers met in Oslo."))

    def stopped(asked: Asked) -> Answer:
        watch.web.page("/two", page("The two ministers met in Bergen."))
        return Answer(b"", headers={"Content-Length": "", "Content-Encoding": "br"})

    watch.web.pages["/two"] = stopped
    interrupted = Clock(now=lambda: watch.time.at, sleep=_interrupt, chance=lambda: 0.5)
    with pytest.raises(KeyboardInterrupt), Ledger(watch.folder / "ledger.db") as ledger:
        Round(ledger._store, watch.sources(FEED_LIST), interrupted).run(nothing_added, items_of)
    watch.web.page("/two", page("The two ministers met in Bergen."))
    assert outcomes(watch.round(FEED_LIST)[0]) == ["new", "new"]


def nothing_added(found: Iterable[Found]) -> Iterator[Taken]:
    assert len(list(found)) >= 0
    return iter(())


def _interrupt(seconds: float) -> None:
    if seconds > 0:
        raise KeyboardInterrupt


def test_a_source_that_nobody_was_asked_for_is_looked_at_at_its_next_turn(watch: Watch) -> None:
    listed = '[[source]]\nfeed = "http://127.0.0.1/feed"\n'
    for _ in range(2):
        (report,) = watch.round(listed)
        assert report.problem is not None
        assert "127.0.0.1 is no public host" in report.problem
        assert (report.looked, report.next_at) == (True, None)
    assert watch.web.connected == []
    (report,) = watch.round(listed, every=timedelta(minutes=30))
    assert report.next_at == "2025-07-10T12:30:00+00:00"


def test_a_page_that_was_given_up_is_handed_on_with_its_reason(watch: Watch) -> None:
    watch.web.page("/feed", feed(("/gone", "2025-07-01"), ("/late", "2025-07-01")))
    watch.web.page("/late", status=500)
    (first,) = watch.round(FEED_LIST)
    assert [taken.origin for taken in first.taken] == ["http://ministry.example/gone"]
    assert sorted(first.unread) == ["http://ministry.example/gone", "http://ministry.example/late"]
    watch.web.page("/late", page("The two ministers met in Oslo."))
    assert outcomes(watch.round(FEED_LIST, hours=1)[0]) == ["new"]
