"""Sources that are watched: a small web, a clock that stands still unless somebody sleeps, a ledger, a list."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
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
from small_web import SmallWeb, reroute, serving

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
    return replace(taken, outcome=outcome, reason=reason)


@contextmanager
def watching(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    web = SmallWeb()
    reroute(web, monkeypatch)
    with serving(web):
        yield Watch(web, FakeTime(), folder)


def page(text: str) -> bytes:
    return f"<html><head><title>A readout</title></head><body><article><p>{text}</p></article></body></html>".encode()


def feed(*entries: tuple[str, str]) -> bytes:
    items = "".join(f"<item><link>{url}</link><pubDate>{day}</pubDate></item>" for url, day in entries)
    return f"<rss><channel>{items}</channel></rss>".encode()


def sitemap(*pages: tuple[str, str | None], root: str = "urlset", entry: str = "url") -> bytes:
    rows = "".join(
        f"<{entry}><loc>http://ministry.example{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{entry}>"
        for path, day in pages
    )
    return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>'.encode()


def outcomes(report: SourceReport) -> list[str]:
    return [taken.outcome for taken in report.taken]


FEED_LIST = f'[[source]]\nfeed = "{FEED}"\npublisher = "Ministry of Foreign Affairs"\n'
SITEMAP_LIST = '[[source]]\nsitemap = "http://ministry.example/sitemap.xml"\n'
