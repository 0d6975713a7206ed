"""What unpacking may cost, so that no archive can fill the memory, the disk or the day."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from communique.model import SourceError

MOST_NESTING = 6
"""Archives within archives; a WACZ in a ZIP has four: ZIP, WACZ, gzip, WARC."""
MOST_MEMBERS = 2_000_000
"""Members of one archive with all within it; a WARC of a crawl has about 100,000 records a gigabyte."""
MOST_UNPACKED = 100_000_000_000
"""Bytes unpacked from one archive: about ten minutes of work, and more than 10 GB of packed pages give."""
RATIO = 200
"""Bytes unpacked for each byte of the archive; text packs 3 to 20 times, logs up to 100, a bomb 1,000 and more."""
UNCOUNTED = 100_000_000
"""Bytes before the ratio counts, since a short file of blank lines may pack well; a hundredth of a second a layer."""
MOST_FAULTS = 10_000
"""Damaged places in one archive after which nobody would trust the rest."""
LARGEST_WINDOW = 128 * 1024 * 1024
"""Bytes that unpacking may keep to refer back to: xz -9 takes 65 MB, zstd --ultra 128 MB."""
LONGEST_NAME = 1_000
"""Characters of a member's name that are shown; file systems allow 255 for each of its parts."""


class OverrunError(SourceError):
    """An archive costs more than any honest one: nothing further of it is read."""


class DamageError(SourceError):
    """Bytes of an archive are not what its format asks for."""


class Readable(Protocol):
    """Bytes that are read once, in order."""

    def read(self, size: int = -1, /) -> bytes:
        """At most so many of the next bytes, none at the end."""
        ...


@dataclass(slots=True)
class Budget:
    """What one archive with all that is packed within it has cost so far.

    Attributes:
        packed: bytes of the archive itself that have been read or are there to be read.
    """

    packed: Callable[[], int]
    unpacked: int = field(default=0, init=False)
    members: int = field(default=0, init=False)
    faults: int = field(default=0, init=False)

    def take(self, size: int, name: str) -> None:
        """Counts bytes that came out of a packed form.

        Raises:
            OverrunError: they are more than an honest archive gives.
        """
        self.unpacked += size
        if self.unpacked > UNCOUNTED and self.unpacked > RATIO * self.packed():
            raise OverrunError(
                f"{name} unpacks to more than {RATIO} times the size of its archive, as only a bomb does: "
                "reading stops here; unpack it yourself if you trust it."
            )
        if self.unpacked > MOST_UNPACKED:
            raise OverrunError(
                f"{name} lies beyond the first {MOST_UNPACKED // 1_000_000_000} GB of its archive: split the archive."
            )

    def enter(self, name: str) -> None:
        """Counts a member.

        Raises:
            OverrunError: there are more than :data:`MOST_MEMBERS`.
        """
        self.members += 1
        if self.members > MOST_MEMBERS:
            raise OverrunError(
                f"{name} lies beyond the first {MOST_MEMBERS:,} members of its archive: split the archive."
            )

    def damage(self, name: str) -> "DamageError":
        """Counts a damaged place, and gives the error to raise for it.

        Raises:
            OverrunError: there are more than :data:`MOST_FAULTS`.
        """
        self.faults += 1
        if self.faults > MOST_FAULTS:
            raise OverrunError(f"{name} is damaged in more than {MOST_FAULTS:,} places: fetch or save it again.")
        return damaged(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One thing that a container holds, to be read before the next one is asked for.

    Attributes:
        name: as the container calls it; only ever shown, never a path on this machine.
        stream: its bytes; reading raises :class:`DamageError` and :class:`OverrunError` and nothing else.
        same: whether the member is all there is, so that containers in it keep the name of the outer one.
    """

    name: str
    stream: Readable
    media_type: str | None = None
    url: str | None = None
    same: bool = False


class Guarded(io.RawIOBase):
    """The bytes of a member, counted, with every fault of its format as one sentence."""

    def __init__(self, stream: Readable, name: str, budget: Budget, faults: tuple[type[Exception], ...]) -> None:
        self._stream, self._name, self._budget, self._faults = stream, name, budget, faults

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes of the member.

        Raises:
            DamageError, OverrunError: they can't be had.
        """
        try:
            data = self._stream.read(size)
        except SourceError:
            raise
        except self._faults:
            raise damaged(self._name) from None
        self._budget.take(len(data), self._name)
        return data


def damaged(name: str) -> DamageError:
    """What to tell of bytes that break the rules of their format."""
    return DamageError(f"{name} is damaged or cut off: fetch or save it again.")


def shown_member(outer: str, member: str) -> str:
    """The name of a member in messages and documents: ``archive.zip!folder/page.html``, printable and bounded."""
    printable = "".join(c if c.isprintable() else "\ufffd" for c in member[:LONGEST_NAME])
    return f"{outer}!{printable}"
