"""What bytes are: by their content first, then by the media type that came with them, then by the extension.

A kind is a word: one that a parser reads (:data:`PARSERS`), one that is unpacked (:data:`CONTAINERS`), or one that
is named and refused (:mod:`~communique.sources.unread`).
"""

import re
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from communique.model import SourceError
from communique.sources.decoding import beginning
from communique.sources.item import Item
from communique.sources.loading import SIZE_LIMIT
from communique.sources.shapes import has_front_matter, kind_of_text
from communique.sources.unread import by_extension, by_magic, sentence
from communique.sources.zipped import kind_of_zip

PARSERS: dict[str, str] = {
    "plain": "parse_plain",
    "markdown": "parse_markdown",
    "html": "parse_html",
    "json": "parse_json",
    "jsonl": "parse_jsonl",
    "csv": "parse_csv",
    "pdf": "parse_pdf",
    "docx": "parse_docx",
    "odt": "parse_odt",
    "rtf": "parse_rtf",
    "email": "parse_email",
    "mbox": "parse_mbox",
    "feed": "parse_feed",
}
"""Kind of a document to the module of this room that parses it."""

CONTAINERS = frozenset({"zip", "wacz", "tar", "gzip", "bzip2", "xz", "zstd", "warc"})
"""Kinds that hold further items."""

LISTINGS = frozenset({"jsonl", "csv", "mbox"})
"""Kinds of files that hold many documents, and may be larger than one."""

EXTENSIONS: dict[str, str] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".eml": "email",
    ".mbox": "mbox",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".zip": "zip",
    ".wacz": "wacz",
    ".tar": "tar",
    ".tgz": "gzip",
    ".tbz2": "bzip2",
    ".txz": "xz",
    ".gz": "gzip",
    ".bz2": "bzip2",
    ".xz": "xz",
    ".zst": "zstd",
    ".warc": "warc",
}
"""File extension, lower case, to the kind that it promises: what a folder is searched for."""

_MEDIA_TYPES: dict[str, str] = {
    "text/plain": "plain",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "message/rfc822": "email",
    "application/mbox": "mbox",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
}
"""Media type to kind, for text: binary formats speak for themselves."""

_TEXTUAL = frozenset(_MEDIA_TYPES.values())
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"{\\rtf", "rtf"),
)
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_WARC = re.compile(rb"WARC/\d\.\d\r?\n")
_ZSTD_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
HEAD = 65_536
"""Bytes that are enough to tell a kind: a header of an e-mail or the first line of a table may be long."""


def kind_of(item: Item) -> str:
    """The kind of the item: a key of :data:`PARSERS` or one of :data:`CONTAINERS`.

    Raises:
        SourceError: it is of a kind that is not read; the sentence says which and what to do.
    """
    kind = kind_by_content(BytesIO(item.data), item.name)
    if kind is not None and kind != "json":
        return kind
    stated = _stated_kind(item)
    if kind == "json":
        return "jsonl" if stated == "jsonl" else kind  # lines of one object each, of which there is but one
    if stated is None and has_front_matter(beginning(item.data[:HEAD])):
        return "markdown"
    return stated or "plain"


def kind_by_content(file: BinaryIO, name: str) -> str | None:
    """The kind that the bytes plainly have, None where they don't say; the file is left at its beginning.

    Args:
        file: seekable, at its beginning.

    Raises:
        SourceError: the bytes are of a kind that is not read.
    """
    head = file.read(HEAD)
    file.seek(0)
    kind = kind_by_signature(head)
    if kind == "zip":
        kind = kind_of_zip(file, name)
        file.seek(0)
    if kind is None:
        refused = by_magic(head)
        if refused is not None:
            raise SourceError(sentence(name, refused))
        kind = kind_of_text(beginning(head))
        if kind == "json" and len(head) == HEAD and b"\n" not in head:
            kind = kind_of_text(beginning(file.readline(SIZE_LIMIT) + file.read(HEAD)))
            file.seek(0)
    if kind in PARSERS or kind in CONTAINERS or kind is None:
        return kind
    raise SourceError(sentence(name, kind))


def kind_by_signature(head: bytes) -> str | None:
    """The kind that the first bytes name by a signature, None where they name none."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if _ZSTD_SKIPPABLE.match(head):  # a dictionary for the frames that follow
        return "zstd"
    for pattern, kind in ((_BZIP2, "bzip2"), (_WARC, "warc")):
        if pattern.match(head):
            return kind
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return "pdf"
    return "tar" if _is_tar(head) else None


def _is_tar(head: bytes) -> bool:
    """Whether a header of a TAR member stands first: its checksum holds, whatever dialect it is in."""
    if len(head) < 512 or not any(head[:512]):
        return False
    stored = head[148:156].strip(b"\0 ")
    if not re.fullmatch(rb"[0-7]{1,8}", stored):
        return False
    return sum(head[:148]) + sum(head[156:512]) + 8 * 0x20 == int(stored, 8)


def _stated_kind(item: Item) -> str | None:
    """The kind that media type or extension state of bytes that don't speak for themselves: a kind of text.

    Raises:
        SourceError: they state a kind that is not read.
    """
    media_type = (item.media_type or "").partition(";")[0].strip().lower()
    kind = _MEDIA_TYPES.get(media_type)
    if kind is not None and kind != "plain":
        return kind
    extension = PurePath(item.name).suffix.lower()
    if kind is None:
        refused = by_extension(extension, media_type)
        if refused is not None:
            raise SourceError(sentence(item.name, refused))
    promised = EXTENSIONS.get(extension)
    return promised if promised in _TEXTUAL else kind
