"""Watching politely: rules of sites are kept, what fails is asked for less and less, what is given up is told."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from communique.api import Ledger
from communique.api.visiting import Clock
from communique.api.watching import Found, Round
from communique.ledger import Taken
from communique.sources import items_of
from small_web import Answer, Asked
from watched_samples import FEED_LIST, SITEMAP_LIST, Watch, feed, outcomes, page, watching


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    with watching(tmp_path, monkeypatch) as found:
        yield found


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
