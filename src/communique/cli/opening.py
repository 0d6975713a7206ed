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
    if not path.exists():
        raise LedgerError(f"No ledger at {path}: read documents into it with `communique add FILE...`.")
    from communique.api import Ledger

    return Ledger(path, read_only=True)
