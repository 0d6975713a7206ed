"""Large tables, JSON Lines and mailboxes in slices of whole rows, so that no number of documents is too large."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace

from communique.model import SourceError
from communique.sources.item import Item
from communique.sources.loading import SIZE_LIMIT
from communique.sources.parse_csv import delimiter_of
from communique.sources.parse_mbox import is_separator
from communique.sources.streams import Buffered

SLICE = 2_000_000
"""Bytes from which on a slice ends with its row: about a thousand news reports, read in some seconds."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How texts of two and four bytes a character begin: a byte there that looks like a line end may be none."""


def slices(whole: Item, kind: str, stream: Buffered) -> Iterator[Item]:
    """The rows of a file, some at a time, under its name; each slice knows how many rows stand before it.

    A slice of a table begins with the table's first row. Text of two or four bytes a character is one slice.

    Args:
        whole: all but the bytes.
        kind: one of :data:`~communique.sources.kinds.LISTINGS`.
        stream: the bytes, from their beginning.

    Raises:
        SourceError: a row, or a file that is one slice, is larger than a document may be, or a table is no valid one.
    """
    begun = stream.read_up_to(SLICE)
    stream.put_back(begun)
    if len(begun) < SLICE or begun.startswith(_WIDE):
        yield replace(whole, data=stream.read_up_to(SIZE_LIMIT + 1))
        return
    rows = _ROWS[kind](whole.name, stream)
    head = next(rows, b"") if kind == "csv" else b""
    taken: list[bytes] = [head]
    size = before = 0
    for row in rows:
        if size >= SLICE:
            yield replace(whole, data=b"".join(taken), before=before)
            before, size, taken = before + len(taken) - 1, 0, [head]
        taken.append(row)
        size += len(row)
    yield replace(whole, data=b"".join(taken), before=before)


def _lines(name: str, stream: Buffered) -> Iterator[bytes]:
    while line := stream.readline(SIZE_LIMIT + 1):
        yield _bounded(name, line)


def _table_rows(name: str, stream: Buffered) -> Iterator[bytes]:
    """The rows of a table; a line end within quotation marks is part of a value."""
    csv.field_size_limit(SIZE_LIMIT)
    pending: list[bytes] = []

    def lines() -> Iterator[str]:
        for line in _lines(name, stream):
            pending.append(line)
            _bounded(name, *pending)
            yield line.decode("latin-1")  # the marks of a table are the same in every encoding of one byte and more

    begun = stream.readline(SIZE_LIMIT)
    stream.put_back(begun)
    try:
        for _ in csv.reader(lines(), delimiter=delimiter_of(begun.decode("utf-8-sig", "replace"))):
            yield b"".join(pending)
            pending.clear()
    except csv.Error as error:
        raise SourceError(
            f"{name} is not valid CSV ({error}): double the quotation marks inside values, and end rows by line ends."
        ) from None


def _messages(name: str, stream: Buffered) -> Iterator[bytes]:
    """The messages of a mailbox, each with the line that begins it."""
    pending: list[bytes] = []
    for line in _lines(name, stream):
        if pending and pending[-1] in (b"\n", b"\r\n") and is_separator(line):
            yield b"".join(pending)
            pending.clear()
        pending.append(line)
        _bounded(name, *pending)
    if pending:
        yield b"".join(pending)


def _bounded(name: str, *lines: bytes) -> bytes:
    """The last of the lines of one row.

    Raises:
        SourceError: the row is larger than a document may be.
    """
    if sum(map(len, lines)) > SIZE_LIMIT:
        raise SourceError(
            f"{name} holds a row of more than {SIZE_LIMIT // 1_000_000} MB, the limit for one document: split it."
        )
    return lines[-1]


_ROWS: dict[str, Callable[[str, Buffered], Iterator[bytes]]] = {
    "jsonl": _lines,
    "csv": _table_rows,
    "mbox": _messages,
}
