"""Opening the ledger of a command."""

from pathlib import Path
from typing import TYPE_CHECKING

from communique.model import LedgerError

if TYPE_CHECKING:
    from communique.api import Ledger


def open_ledger(path: Path) -> "Ledger":
    """The ledger, to be read.

    Raises:
        LedgerError: there is none yet, or it can't be used.
    """
    return _open(path, read_only=True)


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
