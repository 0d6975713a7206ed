"""A ledger, opened and let go of."""

from functools import cache
from importlib.metadata import version
from os import PathLike
from types import TracebackType
from typing import Self

from communique.ledger import Store
from communique.ledger.connect import clear_errors, home_of
from communique.model import LedgerError, Place, place_of
from communique.resolve.derivation import DERIVATION


class OpenLedger:
    """A ledger that is open; as a context it brings its entries up to date when nothing went wrong, and closes.

    Args:
        place: a file, or ``postgresql://USER@HOST/DATABASE``; created if it does not exist, unless ``read_only``.
        read_only: never write to the ledger, which has to exist.
        as_it_stands: questions are answered as entries stand, and bringing them up to date is left to whoever calls
            :meth:`refresh`.

    Raises:
        UsageError: the path is a directory, or ``read_only`` and there is no ledger.
        LedgerError: it is no ledger, comes from a newer version, or can't be opened.
    """

    def __init__(
        self, place: str | PathLike[str] | Place, *, read_only: bool = False, as_it_stands: bool = False
    ) -> None:
        self._store = Store(place_of(place), DERIVATION, producer(), read_only=read_only, as_it_stands=as_it_stands)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._store.refresh()
        finally:
            self.close()

    def is_stale(self) -> bool:
        """Whether entries are out of date: documents were added since they were derived, or by another version."""
        return self._store.is_stale()

    def refresh(self) -> None:
        """Bring the entries up to date, if they are not; all that asks for entries does so, too."""
        self._store.refresh()

    def close(self) -> None:
        """Let go of the ledger."""
        self._store.close()


def ledger_exists(place: Place) -> bool:
    """Whether there is a ledger, or something that is none.

    Raises:
        LedgerError: the server of its database can't be reached.
    """
    home = home_of(place)
    with clear_errors(home):
        return home.exists()


def refuse_missing(place: Place) -> None:
    """Refuse to go on where there is no ledger.

    Raises:
        LedgerError: there is none, or the server of its database can't be reached.
    """
    if not ledger_exists(place):
        raise LedgerError(f"No ledger at {place}: read documents into it with `communique add FILE...`.")


def ledger_may_be_written(place: Place) -> bool:
    """Whether a ledger that exists may be changed.

    Raises:
        LedgerError: the server of its database can't be reached.
    """
    home = home_of(place)
    with clear_errors(home):
        return home.may_write()


@cache
def producer() -> str:
    """The program and its version, as the ledger notes who read and derived."""
    return f"communique {version('communique')}"
