"""Bytes of a file or of standard input, within a limit, and their decoding to text.

Nothing is guessed: bytes that are not what they claim to be are refused with the place of the
first fault, since a mangled character would shift what a reader sees and what a ledger quotes.
"""

import codecs
import os
import re
import sys
from pathlib import Path

from communique.model import SourceError, UsageError

SIZE_LIMIT = 20_000_000
"""Most bytes of one document; a book of 1,000 pages has about 3 million. It is also trafilatura's own limit."""

_BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 stands before UTF-16, whose little-endian mark is the beginning of its own."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"{\\rtf", "an RTF document"),
)

_DECLARED_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_LATIN_1 = {"iso8859-1", "ascii"}


def load(path: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``.

    Raises:
        UsageError: the file is missing, is a directory, or can't be opened.
        SourceError: there is nothing in it, or more than :data:`SIZE_LIMIT` bytes.
    """
    data = sys.stdin.buffer.read(SIZE_LIMIT + 1) if path == "-" else _load_file(path)
    name = shown(path)
    if len(data) > SIZE_LIMIT:
        raise SourceError(
            f"{name} is larger than {SIZE_LIMIT // 1_000_000} MB, the limit for one document: "
            "split it into the documents it holds."
        )
    if not data:
        raise SourceError(f"{name} is empty: give a document with text.")
    return data


def decode(data: bytes, name: str) -> str:
    """Text of UTF-8 bytes, or of UTF-16 and UTF-32 bytes that begin with a byte order mark; the mark is dropped.

    Raises:
        SourceError: the bytes are a binary format, or broken at an offset that the message names.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, name, skipped=len(mark))
    _refuse_binary(data, name)
    return _decode_as(data, "utf-8", name, skipped=0)


def decode_html(data: bytes, name: str) -> str:
    """Text of an HTML page: by its byte order mark, else as UTF-8, else in the charset that the page declares.

    Raises:
        SourceError: the bytes are a binary format, or no stated encoding fits them.
    """
    if data.startswith(tuple(mark for mark, _ in _BYTE_ORDER_MARKS)):
        return decode(data, name)
    _refuse_binary(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _DECLARED_CHARSET.search(data, 0, 4096)
    if declared:
        try:
            return data.decode(_codec(declared.group(1).decode("ascii")))
        except (LookupError, UnicodeError):
            pass  # no charset, one that is no text encoding, or a false claim
    return decode(data, name)


def shown(path: str) -> str:
    """The path as messages and documents carry it: always valid Unicode, ``standard input`` for ``-``."""
    return "standard input" if path == "-" else os.fsencode(path).decode("utf-8", "replace")


def unusable(path: str, error: OSError | ValueError) -> UsageError:
    """What to tell a user whose path the operating system refuses."""
    name = shown(path)
    if isinstance(error, FileNotFoundError):
        return UsageError(f"There is no file {name}: check the path.")
    if isinstance(error, PermissionError):
        return UsageError(f"{name} may not be read: ask for the permission to, or copy it where you have it.")
    reason = error.strerror if isinstance(error, OSError) else error
    return UsageError(f"{name} can't be opened ({reason}): check the path.")


def _load_file(path: str) -> bytes:
    try:
        if Path(path).is_dir():
            raise UsageError(f"{shown(path)} is a directory: give a file of a document.")
        with Path(path).open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        raise unusable(path, error) from None


def _refuse_binary(data: bytes, name: str) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"{name} is {what}, not text: convert it to plain text or HTML first.")
    zero = data.find(0)
    if zero >= 0:
        raise SourceError(
            f"{name} is binary (a zero byte at offset {zero}), not text: convert it to plain text in UTF-8 first."
        )


def _decode_as(data: bytes, encoding: str, name: str, *, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} is not valid {encoding.upper()} at byte offset {error.start + skipped}: "
            "convert it to UTF-8 (for example with `iconv -f WINDOWS-1252 -t UTF-8`) and try again."
        ) from None


def _codec(label: str) -> str:
    """Python's name of a declared charset; Latin 1 means Windows 1252, as in browsers.

    Raises:
        LookupError: there is no such charset.
    """
    name = codecs.lookup(label).name
    return "cp1252" if name in _LATIN_1 else name
