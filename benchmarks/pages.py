"""Web pages, and archives of them, made from the public sets: what a crawl brings home, for the benchmark to read."""

import base64
import gzip
import html
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.public import json_lines

PICTURE_BYTES = 12_000
"""A page carries about as much besides its text: pictures in the page, styles, menus."""
OFFICIAL_EVERY = 12
"""One page in so many of an archive is a document of a government, the others are general news."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a public set with what the set says of it."""

    name: str
    text: str
    title: str | None = None
    published: str | None = None


def news(data: Path, every: int = 1) -> list[Text]:
    """Articles of the BBC set, each ``every``-th; empty where the set isn't there."""
    path = data / "bbc-news" / "bbc.jsonl.gz"
    return [_text(f"news-{n:05}", one) for n, one in _each(path, every)]


def briefings(data: Path, every: int = 1) -> list[Text]:
    """Documents of the White House, each ``every``-th; empty where the set isn't there."""
    path = data / "wh-briefings" / "wh-briefings-2021-2023.jsonl.gz"
    return [_text(f"briefing-{n:05}", one) for n, one in _each(path, every)]


def page(text: Text) -> bytes:
    """A text as a web page with a menu, a picture and a footer; the same text makes the same page."""
    title = html.escape(text.title or text.text.split("\n", 1)[0][:90])
    day = f'<meta property="article:published_time" content="{text.published}">' if text.published else ""
    body = "\n".join(f"<p>{html.escape(line)}</p>" for line in text.text.split("\n") if line.strip())
    picture = base64.b64encode(random.Random(text.name).randbytes(PICTURE_BYTES)).decode()
    menu = "".join(f'<li><a href="/section/{n}">Section {n}</a></li>' for n in range(20))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{day}</head><body>'
        f'<nav><ul>{menu}</ul></nav><article><h1>{title}</h1><img alt="" src="data:image/png;base64,{picture}">\n'
        f"{body}\n</article><footer>All rights reserved.</footer></body></html>"
    ).encode()


def write_pages(texts: Iterable[Text], folder: Path) -> list[Path]:
    """Each text as a file of HTML."""
    paths = []
    for text in texts:
        path = folder / f"{text.name}.html"
        path.write_bytes(page(text))
        paths.append(path)
    return paths


def write_warc(path: Path, data: Path, size: int) -> int:
    """Write an archive of pages, each record compressed by itself as crawlers do; how many pages it holds.

    The sets are gone through as often as it takes; each time round a page has another address and another number in it.

    Args:
        size: of the file, in bytes, at least.
    """
    articles, official = cycle(news(data)), cycle(briefings(data, every=20))
    count = 0
    with path.open("wb") as archive:
        while archive.tell() < size:
            one = next(official if count % OFFICIAL_EVERY == 0 else articles)
            one = Text(f"{one.name}-{count}", f"{one.text}\nPage {count}.", one.title, one.published)
            archive.write(gzip.compress(_record(one, count), compresslevel=1))
            count += 1
    return count


def _record(text: Text, number: int) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(text)
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Target-URI: https://archive.example/{text.name}.html\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def _each(path: Path, every: int) -> Iterator[tuple[int, dict[str, Any]]]:
    return islice(enumerate(json_lines(path)), 0, None, every) if path.exists() else iter(())


def _text(name: str, one: dict[str, Any]) -> Text:
    published = one.get("published")
    return Text(name, one["text"], one.get("title"), published if published not in (None, "None") else None)
