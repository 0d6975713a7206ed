"""Watching: what is new at feeds, sitemaps, pages and folders is read once."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from small_web import Answer, Asked
from watched_samples import FEED_LIST, SITEMAP_LIST, Watch, feed, outcomes, page, sitemap, watching


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    with watching(tmp_path, monkeypatch) as found:
        yield found


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
