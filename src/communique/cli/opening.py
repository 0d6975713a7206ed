"""Opening the ledger of a command."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from communique.model import LedgerError

if TYPE_CHECKING:
    from communique.api import Ledger


def open_ledger(path: Path) -> "Ledger":
    """The ledger, to be read.

    Entries that are out of date, after a batch that was cut off or with a new version of the program, are brought up to
    date in the file where that may be written, so that the next command finds them so; else in a copy in memory.

    Raises:
        LedgerError: there is none yet, or it can't be used.
    """
    opened = _open(path, read_only=True)
    if opened.is_stale() and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        opened.close()
        with suppress(LedgerError), _open(path, read_only=False):
            pass  # another program may be writing: then the copy has to do
        opened = _open(path, read_only=True)
    return opened


def open_to_write(path: Path) -> "Ledger":
    """The ledger, to be changed.

    Raises:
        LedgerError: there is none yet, or it can't be used or written.
    """
    return _open(path, read_only=False)


def _open(path: Path, *, read_only: bool) -> "Ledger":
    if not path.exists():
        raise LedgerError(f"No ledger at {path}: read documents into it with `communique add FILE...`.")
    from communique.api import Ledger

    return Ledger(path, read_only=read_only)
