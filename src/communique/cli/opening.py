"""Opening the ledger of a command."""

from contextlib import suppress
from typing import TYPE_CHECKING

from communique.model import LedgerError, Place

if TYPE_CHECKING:
    from communique.api import Ledger


def open_ledger(place: Place) -> "Ledger":
    """The ledger, to be read.

    Entries that are out of date, after a batch that was cut off or with a new version of the program, are brought up to
    date in the ledger where that may be written, so that the next command finds them so; else in a copy in memory.

    Raises:
        LedgerError: there is none yet, or it can't be used.
    """
    from communique.api.opening import ledger_may_be_written

    opened = _open(place, read_only=True)
    if opened.is_stale() and ledger_may_be_written(place):
        opened.close()
        with suppress(LedgerError), _open(place, read_only=False):
            pass  # another program may be writing: then the copy has to do
        opened = _open(place, read_only=True)
    return opened


def open_to_write(place: Place) -> "Ledger":
    """The ledger, to be changed.

    Raises:
        LedgerError: there is none yet, or it can't be used or written.
    """
    return _open(place, read_only=False)


def _open(place: Place, *, read_only: bool) -> "Ledger":
    from communique.api import Ledger
    from communique.api.opening import refuse_missing

    refuse_missing(place)
    return Ledger(place, read_only=read_only)
