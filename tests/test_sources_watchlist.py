"""The list of what is watched: what it may say, and how a fault in it is named."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from communique.model import UsageError
from communique.sources.watchlist import WatchedSource, WatchKind, read_watchlist

GOOD = """
[[source]]
feed = "https://ministry.example/feed.xml"
publisher = "Ministry of Foreign Affairs"
include = ["*/readouts/*", "*statement*"]
exclude = ["*/es/*"]
since = 2025-01-01
every = "2 hours"

[[source]]
sitemap = "https://ministry.example/sitemap.xml"
since = "30 days"

[[source]]
page = "https://ministry.example/agreements"

[[source]]
folder = "saved"
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "sources.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_list_of_all_kinds(tmp_path: Path) -> None:
    assert read_watchlist(written(tmp_path, GOOD)) == (
        WatchedSource(
            WatchKind.FEED,
            "https://ministry.example/feed.xml",
            publisher="Ministry of Foreign Affairs",
            include=("*/readouts/*", "*statement*"),
            exclude=("*/es/*",),
            since=date(2025, 1, 1),
            every=timedelta(hours=2),
        ),
        WatchedSource(WatchKind.SITEMAP, "https://ministry.example/sitemap.xml", since=timedelta(days=30)),
        WatchedSource(WatchKind.PAGE, "https://ministry.example/agreements"),
        WatchedSource(WatchKind.FOLDER, str(tmp_path / "saved")),
    )


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("https://ministry.example/readouts/1", True),
        ("https://ministry.example/Joint-Statement-of-leaders", True),
        ("https://ministry.example/news/1", False),
        ("https://ministry.example/es/readouts/1", False),
    ],
)
def test_patterns(tmp_path: Path, name: str, wanted: bool) -> None:
    assert read_watchlist(written(tmp_path, GOOD))[0].wants(name) is wanted


def test_how_far_back(tmp_path: Path) -> None:
    feed, sitemap, page, _ = read_watchlist(written(tmp_path, GOOD))
    today = date(2025, 7, 31)
    assert [source.first_day(today) for source in (feed, sitemap, page)] == [date(2025, 1, 1), date(2025, 7, 1), None]


FEED = '[[source]]\nfeed = "https://ministry.example/feed"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "lists no source: begin each with [[source]] and name its feed, sitemap, page or folder"),
        ("source = 1", "lists no source"),
        ("[[sources]]\nfeed = 'x'", "there is no key 'sources' at the top; begin each source with [[source]]"),
        ("[[source]\n", "is no TOML"),
        (b"\xff", "is no TOML"),
        ("a=" + "[" * 5000, "is n"),
        (
            "[[source]]\npublisher = 'x'",
            "source 1: it has to have exactly one of the keys feed, sitemap, page, folder; it has none",
        ),
        (FEED + "page = 'x'", "it has feed and page"),
        ("[[source]]\nfeed = 1", "source 1: feed has to be a text in quotation marks"),
        ("[[source]]\nfeed = 'ftp://ministry.example/'", "feed is no address of the web"),
        ("[[source]]\nfeed = 'https://a:b@ministry.example/'", "feed carries a user name"),
        ('[[source]]\npage = "https://ministry.example/\\u001b[2J"', "page holds a character that can't be printed"),
        (
            FEED + "pubisher = 'x'",
            "(https://ministry.example/feed): there is no key 'pubisher'; did you mean 'publisher'?",
        ),
        (FEED + "colour = 'x'", "there is no key 'colour'; a feed takes publisher, include, exclude, since, every"),
        ("[[source]]\npage = 'https://ministry.example/'\nsince = '1 day'", "a page takes no 'since'"),
        (FEED + "include = '*'", 'include has to be a list of patterns, such as ["*/news/*"'),
        (FEED + "exclude = [1]", "exclude has to be a list of patterns"),
        (FEED + "since = 'yesterday'", 'since has to be a day or a time, such as "2025-01-31" or "30 days"'),
        (FEED + "since = '2025-02-30'", "since has to be a day or a time"),
        (FEED + "every = '0 days'", 'every has to be a time, such as "30 minutes"'),
        (FEED + "every = 5", "every has to be a time"),
        (FEED + FEED, "sources 1 and 2 are the same (https://ministry.example/feed); keep one"),
        (b"#" * 1_000_001, "is larger than 1 MB"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str | bytes, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UsageError) as failure:
        read_watchlist(path)
    assert said in str(failure.value)
    assert str(failure.value).startswith(str(path))


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no file .*sources\.toml"):
        read_watchlist(tmp_path / "sources.toml")
