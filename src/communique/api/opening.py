"""A ledger file, opened and let go of."""

from functools import cache
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from communique.ledger import Store
from communique.resolve.derivation import DERIVATION


class OpenLedger:
    """A ledger that is open; as a context it brings its entries up to date when nothing went wrong, and closes.

    Args:
        path: the file; it is created if it does not exist, unless ``read_only``.
        read_only: never write to the file, which has to exist.

    Raises:
        UsageError: the path is a directory, or ``read_only`` and there is no file.
        LedgerError: the file is no ledger, comes from a newer version, or can't be opened.
    """

    def __init__(self, path: str | PathLike[str], *, read_only: bool = False) -> None:
        self._store = Store(Path(path), DERIVATION, producer(), read_only=read_only)

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
        """Let go of the file."""
        self._store.close()


@cache
def producer() -> str:
    """The program and its version, as the ledger notes who read and derived."""
    return f"communique {version('communique')}"
