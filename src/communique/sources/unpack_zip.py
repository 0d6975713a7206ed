"""ZIP archives and WACZ, read from a seekable file member by member."""

import lzma
import stat
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from communique.sources.budget import Budget, Guarded, Member, Readable, damaged, shown_member
from communique.sources.item import Problem
from communique.sources.zipped import FAULTS, open_zip

_ENCRYPTED = 0x1
_WARCS = "archive/"
"""The folder of a WACZ in which its WARC files lie; the others are indexes and lists of pages."""
_FAULTS = (*FAULTS, zlib.error, lzma.LZMAError)


def unpack(file: BinaryIO, name: str, budget: Budget, kind: str) -> Iterator[Member | Problem]:
    """The files of a ZIP archive, each to be read before the next one, and a Problem for each that can't be opened;
    symbolic links are passed over.

    Args:
        kind: ``zip``, or ``wacz`` to have the WARC files only.

    Raises:
        DamageError: there is no list of members.
        OverrunError: there is more in it than in any honest archive.
    """
    with open_zip(file, name) as archive:
        for info in archive.infolist():
            shown = shown_member(name, info.filename)
            budget.enter(shown)
            if info.filename.endswith("/") or (kind == "wacz" and not info.filename.startswith(_WARCS)):
                continue
            if stat.S_ISLNK(info.external_attr >> 16):
                continue
            if info.flag_bits & _ENCRYPTED:
                yield Problem(shown, f"{shown} is encrypted: unpack it with its password and give the file.")
                continue
            try:
                content = archive.open(info)
            except NotImplementedError:
                yield Problem(shown, f"{shown} is packed in a way that is not known: unpack it and give the file.")
                continue
            except _FAULTS:
                yield Problem(shown, str(damaged(shown)))
                continue
            with content:
                yield Member(name=info.filename, stream=Guarded(cast(Readable, content), shown, budget, _FAULTS))
