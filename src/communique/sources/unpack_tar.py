"""TAR archives, read once from front to back."""

import tarfile
from collections.abc import Iterator
from typing import IO, Self, cast

from communique.model import SourceError
from communique.sources.budget import Budget, Guarded, Member, Readable, damaged, shown_member
from communique.sources.item import Problem

_LARGEST_HEADER = 1_000_000
"""Bytes of an extended header; the longest path is 4,096 bytes."""
_MOST_LOST = 100_000
"""Blocks without a header that are passed over after damage, 50 MB: then what follows is no TAR archive."""
_MOST_AT_END = 100
"""Times that the end of the stream is read: a header may state more bytes than there are, up to 2**95 of them."""
_HEADER_TYPES = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_FAULTS = (tarfile.TarError, OSError, EOFError, ValueError, OverflowError)


def unpack(stream: Readable, name: str, budget: Budget) -> Iterator[Member | Problem]:
    """The files of a TAR archive, each to be read before the next one; links and devices are passed over.

    After a damaged header, reading goes on at the next header that holds.

    Raises:
        OverrunError: there is more in it than in any honest archive.
    """
    lost = [0]
    archive = _opened(stream, name, lost)
    told = 0
    while True:
        try:
            found = archive.next()
        except SourceError:
            raise
        except _FAULTS:
            yield Problem(name, str(damaged(name)))
            return
        archive.members = []  # type: ignore[attr-defined]  # tarfile keeps every header it has seen
        if lost[0] > told:
            told = lost[0]
            yield Problem(name, str(damaged(f"A part of {name}")))
        if found is None:
            return
        shown = shown_member(name, found.name)
        budget.enter(shown)
        if found.isreg():
            content = archive.extractfile(found)
            assert content is not None, "a regular file has content"
            yield Member(name=found.name, stream=Guarded(cast(Readable, content), shown, budget, _FAULTS))


class _Ended:
    """A stream that says so if it is read again and again beyond its end."""

    def __init__(self, stream: Readable, name: str) -> None:
        self._stream, self._name, self._ends = stream, name, 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self._ends += not data
        if self._ends > _MOST_AT_END:
            raise damaged(self._name)
        return data


def _opened(stream: Readable, name: str, lost: list[int]) -> tarfile.TarFile:
    """The archive, read with a watch on its headers: blocks that are none are counted, huge ones refused."""

    class Header(tarfile.TarInfo):
        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
            try:
                header = super().frombuf(buf, encoding, errors)
            except tarfile.HeaderError:
                if any(buf):
                    lost[0] += 1
                if lost[0] > _MOST_LOST:
                    raise damaged(name) from None
                raise
            if header.type in _HEADER_TYPES and header.size > _LARGEST_HEADER:
                raise damaged(name)
            return header

    try:
        return tarfile.open(fileobj=cast(IO[bytes], _Ended(stream, name)), mode="r|", tarinfo=Header, ignore_zeros=True)
    except _FAULTS:
        raise damaged(name) from None
