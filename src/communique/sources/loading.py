"""Bytes of a file or of standard input, within a limit."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from communique.model import SourceError, UsageError
from communique.sources.item import Item

SIZE_LIMIT = 20_000_000
"""Most bytes of one document; a book of 1,000 pages has about 3 million. It is also trafilatura's own limit."""
STANDARD_INPUT = "standard input"
"""How messages and items call what is piped in."""


@contextmanager
def opened(path: str) -> Iterator[BufferedReader]:
    """The file at a path, to be read.

    Raises:
        UsageError: it is missing, is a directory, a pipe or a device, or can't be opened.
    """
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(f"{shown(path)} is a directory: give a file of a document.")
        if not stat.S_ISREG(mode):  # reading it might never begin, or never end
            raise UsageError(f"{shown(path)} is no file but a pipe or a device: give -, and pipe it in.")
        file = Path(path).open("rb")  # noqa: SIM115 - closed below, where faults of the reader are not those of opening
    except (OSError, ValueError) as error:
        raise unusable(path, error) from None
    with file:
        yield file


def checked(item: Item) -> Item:
    """The item, if it is neither empty nor larger than a document may be.

    Raises:
        SourceError: it is.
    """
    if len(item.data) > SIZE_LIMIT:
        raise SourceError(
            f"{item.name} is larger than {SIZE_LIMIT // 1_000_000} MB, the limit for one document: split it."
        )
    if not item.data:
        raise SourceError(f"{item.name} is empty: give a document with text.")
    return item


def shown(path: str) -> str:
    """The path as messages and documents carry it: always valid Unicode, ``standard input`` for ``-``."""
    return STANDARD_INPUT if path == "-" else os.fsencode(path).decode("utf-8", "replace")


def unusable(path: str, error: OSError | ValueError) -> UsageError:
    """What to tell a user whose path the operating system refuses."""
    name = shown(path)
    if isinstance(error, FileNotFoundError):
        return UsageError(f"There is no file {name}: check the path.")
    if isinstance(error, PermissionError):
        return UsageError(f"{name} may not be read: ask for the permission to, or copy it where you have it.")
    reason = error.strerror if isinstance(error, OSError) else error
    return UsageError(f"{name} can't be opened ({reason}): check the path.")
