"""Bytes that come once, in order: read in full, begun again, counted, or laid on the disk to be read in any order."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from communique.model import SourceError
from communique.sources.budget import Readable
from communique.sources.loading import SIZE_LIMIT

_CHUNK = 1_000_000
_BUFFER = 65_536
LARGEST_SPOOL = 4_000_000_000
"""Bytes laid on the disk for a ZIP file within another archive: its list of members stands last."""


class Counted:
    """A stream with the number of bytes that were read of it."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int = -1, /) -> bytes:
        """At most so many of the next bytes, none at the end."""
        data = self._stream.read(size)
        self.count += len(data)
        return data


class Rewound(io.RawIOBase):
    """A stream of which the beginning is looked at first, and read once more with the rest.

    Attributes:
        head: the first bytes, as many as were asked for unless the stream ends or breaks before.
    """

    def __init__(self, stream: Readable, size: int) -> None:
        self.stream = stream
        self._fault: SourceError | None = None
        pieces = []
        try:
            while size > 0 and (data := stream.read(size)):
                pieces.append(data)
                size -= len(data)
        except SourceError as error:
            if not pieces:
                raise
            self._fault = error  # what stands before the damage is worth reading
        self.head = self._first = b"".join(pieces)

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """At most so many of the next bytes, for a negative size as many as are at hand; none at the end.

        Raises:
            SourceError: as the stream does.
        """
        if self._first:
            end = len(self._first) if size < 0 else size
            data, self._first = self._first[:end], self._first[end:]
            return data
        if self._fault is not None:
            fault, self._fault = self._fault, None
            raise fault
        return self.stream.read(size if size >= 0 else _CHUNK)


class Buffered:
    """A stream that is read by lines and by lengths; a fault of the stream is raised once what came before is read."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._data = b""
        self._place = 0

    def read_up_to(self, size: int) -> bytes:
        """As many bytes as that, fewer only at the end."""
        pieces = []
        while size > 0 and (self._place < len(self._data) or self._fill()):
            piece = self._data[self._place : self._place + size]
            self._place += len(piece)
            size -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def put_back(self, data: bytes) -> None:
        """Have these bytes read once more, before all others."""
        self._data, self._place = data + self._data[self._place :], 0

    def readline(self, size: int = -1) -> bytes:
        """The bytes to the end of the line, at most so many; none at the end."""
        pieces, left = [], size if size >= 0 else _CHUNK
        while left > 0 and (self._place < len(self._data) or self._fill()):
            end = self._data.find(b"\n", self._place, self._place + left) + 1
            piece = self._data[self._place : end or self._place + left]
            self._place += len(piece)
            left -= len(piece)
            pieces.append(piece)
            if end:
                break
        return b"".join(pieces)

    def _fill(self) -> bool:
        self._data, self._place = self._stream.read(_BUFFER), 0
        return bool(self._data)


def read_up_to(stream: Readable, size: int) -> bytes:
    """As many bytes as that, fewer only at the end."""
    pieces = []
    while size > 0 and (data := stream.read(size)):
        pieces.append(data)
        size -= len(data)
    return b"".join(pieces)


@contextmanager
def seekable(begun: Rewound, name: str) -> Iterator[BinaryIO]:
    """The stream from its beginning as a file that can be read in any order, in memory or on the disk as it is large.

    Raises:
        SourceError: it can't be read, or there are more than :data:`LARGEST_SPOOL` bytes.
    """
    if isinstance(begun.stream, io.BufferedIOBase) and begun.stream.seekable():
        begun.stream.seek(0)
        yield cast(BinaryIO, begun.stream)
        return
    with SpooledTemporaryFile(max_size=SIZE_LIMIT) as file:
        size = 0
        while data := begun.read(_CHUNK):
            file.write(data)
            size += len(data)
            if size > LARGEST_SPOOL:
                raise SourceError(f"{name} is larger than {LARGEST_SPOOL // 1_000_000_000} GB: unpack it first.")
        file.seek(0)
        yield cast(BinaryIO, file)
