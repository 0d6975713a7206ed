"""Single compressed files: gzip, bzip2, xz and Zstandard."""

from collections.abc import Iterator
from pathlib import PurePath

from communique.sources.budget import Budget, Member, Readable
from communique.sources.frames import Frames

_PACKED = frozenset({".gz", ".bz2", ".xz", ".zst"})


def unpack(stream: Readable, name: str, budget: Budget, kind: str) -> Iterator[Member]:
    """The one file within a compressed one, unpacked as it is read.

    Args:
        kind: ``gzip``, ``zstd``, ``bzip2`` or ``xz``.
    """
    path = PurePath(name)
    inner = path.stem if path.suffix.lower() in _PACKED else path.name
    yield Member(name=inner, stream=Frames(stream, name, budget, kind), same=True)
