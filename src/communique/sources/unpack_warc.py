"""WARC files (ISO 28500): the pages and documents that a crawl was answered with."""

import io
import re
from collections.abc import Iterator
from email.message import Message
from http.client import HTTPException, parse_headers
from pathlib import PurePath
from typing import cast
from urllib.parse import urlsplit

from communique.sources.budget import Budget, DamageError, Member, Readable, shown_member
from communique.sources.http_bodies import unpacked_body
from communique.sources.item import Problem
from communique.sources.loading import SIZE_LIMIT
from communique.sources.streams import Buffered

_VERSION = re.compile(rb"WARC/\d\.\d+\s*")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_LONGEST_LINE = 65_536
_CHUNK = 1_000_000
_MEDIA_TYPES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "application/pdf",
        "application/rtf",
        "text/rtf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
    }
)
"""What holds documents; a crawl's feeds and JSON repeat its pages."""
_UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/force-download"})
_EXTENSIONS = frozenset({".html", ".htm", ".pdf", ".docx", ".odt", ".rtf", ".txt"})
"""Of addresses whose answers come without a media type, those that promise a document."""


def unpack(stream: Readable, name: str, budget: Budget) -> Iterator[Member | Problem]:
    """The documents of a WARC file: answers with status 200, and resources, that are text or a document.

    After damage, reading goes on at the next record that can be found.

    Raises:
        OverrunError: there is more in it than in any honest archive.
    """
    buffered = Buffered(stream)
    told = False
    while True:
        try:
            lost = _find_record(buffered)
            if lost is None:
                return
            if lost and not told:
                yield Problem(name, str(budget.damage(f"A part of {name}")))
            told = False
            budget.enter(name)
            headers = parse_headers(cast(io.BufferedIOBase, buffered))
            yield from _document(headers, _Block(buffered, headers), name, budget)
        except DamageError as error:
            told = True
            yield Problem(name, str(error))
        except (HTTPException, ValueError):
            told = True
            yield Problem(name, str(budget.damage(f"A record of {name}")))


class _Block:
    """The content of a record, within its length."""

    def __init__(self, stream: Buffered, headers: Message) -> None:
        length = headers.get("Content-Length", "").strip()
        if not re.fullmatch(r"[0-9]{1,18}", length):
            raise ValueError("a record without a length")
        self.left = int(length)
        self._stream = stream

    def read(self, size: int) -> bytes:
        data = self._stream.read_up_to(min(size, self.left))
        self.left -= len(data)
        return data

    def readline(self, size: int) -> bytes:
        line = self._stream.readline(min(size, self.left))
        self.left -= len(line)
        return line

    def skip(self) -> None:
        while self.left and self.read(_CHUNK):
            pass


def _find_record(stream: Buffered) -> int | None:
    """Reads the line that begins the next record; how many lines with words stood before it, None at the end."""
    lost = 0
    while line := stream.readline(_LONGEST_LINE):
        if _VERSION.fullmatch(line):
            return lost
        lost += bool(line.strip())
    return None


def _document(headers: Message, block: _Block, name: str, budget: Budget) -> Iterator[Member | Problem]:
    """The record as a member, if it holds a document; its block is read to the end."""
    kind = headers.get("WARC-Type", "").strip().lower()
    address = headers.get("WARC-Target-URI", "").strip().strip("<>")
    shown = shown_member(name, address)
    answer = headers
    if kind == "response" and address.startswith(("http:", "https:")):
        status = _STATUS.match(block.readline(_LONGEST_LINE))
        if status is None or status.group(1) != b"200":
            block.skip()
            return
        answer = parse_headers(cast(io.BufferedIOBase, block))
    elif kind != "resource":
        block.skip()
        return
    media_type = answer.get("Content-Type", "")
    if not _may_be_document(media_type, address):
        block.skip()
        return
    body = block.read(SIZE_LIMIT + 1)
    block.skip()
    if block.left:
        yield Problem(shown, str(budget.damage(shown)))
        return
    try:
        if answer is not headers:
            codings = (answer.get("Transfer-Encoding", ""), answer.get("Content-Encoding", ""))
            body = unpacked_body(body, *codings, shown, SIZE_LIMIT + 1)
    except DamageError as error:
        yield Problem(shown, str(error))
        return
    budget.take(len(body), shown)
    yield Member(name=address, stream=io.BytesIO(body), media_type=media_type, url=address or None)


def _may_be_document(media_type: str, address: str) -> bool:
    kind = media_type.partition(";")[0].strip().lower()
    if kind not in _MEDIA_TYPES and kind not in _UNSAID:
        return False
    try:
        path = PurePath(urlsplit(address).path)
    except ValueError:
        return kind in _MEDIA_TYPES
    if kind in _UNSAID:
        return path.suffix.lower() in _EXTENSIONS
    return path.name != "robots.txt"
