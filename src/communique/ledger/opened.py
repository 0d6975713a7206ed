"""A ledger that is open: its transactions, and entries that are brought up to date before anybody asks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from sqlalchemy import Connection

from communique.ledger import deriving, reading, writing
from communique.ledger.connect import clear_errors, home_of
from communique.ledger.shapes import BusyError, Derivation
from communique.model import LedgerError, Place

T = TypeVar("T")


class OpenStore:
    """A ledger that is open.

    Args:
        place: where it is kept; created where it does not exist and may be written.
        derivation: what makes entries and actors of records.
        producer: the program and version that reads documents and derives entries.
        read_only: nothing is written; a missing ledger is an error, and what has to be brought up to
            date is so in a copy in memory.

    Raises:
        UsageError: the path is a directory, or there is nothing to read.
        LedgerError: the ledger can't be used; so for every method.
    """

    def __init__(
        self,
        place: Place,
        derivation: Derivation,
        producer: str,
        *,
        read_only: bool = False,
        as_it_stands: bool = False,
    ) -> None:
        self._home = home_of(place)
        self._derivation = derivation
        self._producer = producer
        self._read_only = read_only
        self._as_it_stands = as_it_stands
        self._copied = False
        with clear_errors(self._home):
            self._engine = self._home.open(read_only=read_only)

    def close(self) -> None:
        """Let go of it."""
        self._engine.dispose()

    def is_stale(self) -> bool:
        """Whether entries have to follow documents, decisions or a new version of the program."""
        with self._reading() as connection:
            return reading.is_stale(connection, self._producer)

    def refresh(self) -> None:
        """Bring the entries up to date with the documents and decisions, in one transaction.

        Readers call it, so a batch that was cut off before its end is healed by the next one who asks. While another
        program is writing for long, they are told what the ledger says as yet.
        """
        if not self.is_stale():
            return
        self._copy_if_read_only()
        with suppress(BusyError), self._writing(in_copy=True) as connection:
            deriving.refresh(connection, self._derivation, self._producer)

    def ask(self, question: Callable[[Connection], T]) -> T:
        """The answer to one of the questions of :mod:`communique.ledger.browsing`, the entries being up to date."""
        with self._current() as connection:
            return question(connection)

    def now(self) -> str:
        """The moment as the ledger notes it."""
        return writing.now()

    @property
    def _noted(self) -> writing.Reading:
        return writing.Reading(self._producer, self._derivation.entry_id)

    def _copy_if_read_only(self) -> None:
        if self._read_only and not self._copied:
            with clear_errors(self._home):
                copy = self._home.copy_in_memory()
            self._engine.dispose()
            self._engine, self._copied = copy, True

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with clear_errors(self._home), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _current(self) -> Iterator[Connection]:
        """The same with the entries up to date; where they are, one transaction tells so and answers."""
        with self._reading() as connection:
            is_stale = not self._as_it_stands and reading.is_stale(connection, self._producer)
            if not is_stale:
                yield connection
        if is_stale:
            self.refresh()
            with self._reading() as connection:
                yield connection

    @contextmanager
    def _writing(self, *, in_copy: bool = False) -> Iterator[Connection]:
        """A transaction that writes: to the file, or to its copy in memory where only that may be written."""
        if self._copied and not in_copy:
            raise LedgerError(f"The ledger {self._home} was opened to be read only; open it to be written.")
        with (
            clear_errors(self._home),
            self._engine.connect().execution_options(write=True) as connection,
            connection.begin(),
        ):
            yield connection
