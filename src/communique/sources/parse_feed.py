"""RSS and Atom feeds as files: one document for each entry that carries its text."""

import io
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser

from communique.model import SourceError
from communique.sources.dates import iso_day
from communique.sources.draft import Draft
from communique.sources.item import Item, Problem
from communique.sources.markup import readable
from communique.sources.parts import with_parts


def parse(item: Item) -> Iterator[Draft | Problem]:
    """The entries with a content or a summary, whichever says more, in the order of the feed.

    The publisher is the source that the entry names, else the feed. The part is the entry's id, else its address.
    Entries without words are passed over: their pages are for `communique watch` to fetch.

    Raises:
        SourceError: no feed, or one whose entries bring no text.
    """
    headers = {"content-type": item.media_type or "", "content-location": item.url or ""}
    try:
        # A stream, since feedparser takes a string that looks like an address or a path for one.
        found = feedparser.parse(io.BytesIO(item.data), response_headers={k: v for k, v in headers.items() if v})
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError, OSError):
        raise _no_feed(item) from None
    if not found.entries:
        if found.get("version"):
            raise SourceError(f"{item.name} is a feed without entries: look whether there is a later one.")
        raise _no_feed(item)
    drafts = list(_entries(item, found))
    if not drafts:
        raise SourceError(
            f"{item.name} is a feed whose entries bring no text, only titles: "
            "name its address to `communique watch`, which fetches the pages."
        )
    yield from with_parts(drafts, item.name, "entry")


def _no_feed(item: Item) -> SourceError:
    return SourceError(f"{item.name} is no RSS or Atom feed that can be read: save it again, or its pages as HTML.")


def _entries(item: Item, found: Any) -> Iterator[tuple[int, Draft | SourceError]]:
    feed = found.feed
    for number, entry in enumerate(found.entries, start=1):
        where = f"Entry {number} of {item.name}"
        try:
            text = max((_words(detail, where) for detail in _details(entry)), key=len, default="")
            title = _words(entry.get("title_detail") or {}, where)
        except SourceError as error:
            yield number, error
            continue
        if not text or text == title:
            continue
        link = entry.get("link") or ""
        source = entry.get("source") or {}
        yield (
            number,
            Draft(
                text=text,
                title=" ".join(title.split()) or None,
                publisher=source.get("title") or entry.get("publisher") or feed.get("title"),
                published=_day(entry),
                url=link if link.startswith(("http://", "https://")) else None,
                language=entry.get("language") or feed.get("language"),
                author=entry.get("author"),
                part=entry.get("id") or link or None,
            ),
        )


def _details(entry: Any) -> list[Any]:
    """The contents of an entry and its summary."""
    summary = entry.get("summary_detail")
    return [*(entry.get("content") or ()), *([summary] if summary else ())]


def _words(detail: Any, where: str) -> str:
    # feedparser calls a text HTML that only may be; where there is no tag, the parser finds only words.
    return readable(detail.get("value") or "", where)


def _day(entry: Any) -> str | None:
    """The day in the feed's own time zone, else, in a notation that only feedparser reads, in UTC."""
    for key in ("published", "updated", "created"):
        if entry.get(key):
            day = iso_day(entry[key])
            parsed = entry.get(f"{key}_parsed")
            if day is None and parsed:
                day = datetime.fromtimestamp(timegm(parsed), UTC).date().isoformat()
            return day
    return None
