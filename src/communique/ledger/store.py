"""The store: one SQLite file, one document a transaction, entries derived when documents have changed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Select, select

from communique.ledger import checking, reading, searching, writing
from communique.ledger.connect import clear_errors, copy_in_memory, open_engine
from communique.ledger.shapes import Actor, Added, Derivation, Finding, Hit, People, StoredDocument
from communique.ledger.tables import entries
from communique.model import Document, Entry, Record


class Store:
    """A ledger file that is open; see :class:`communique.api.Ledger` for the door that users take.

    Args:
        path: the file, created where it does not exist and may be written.
        derive: what makes entries and actors of records; called when a reader finds them out of date.
        producer: the program and version that reads documents and derives entries.
        read_only: nothing is written; a missing file is an error, and what has to be brought up to
            date is so in a copy in memory.

    Raises:
        UsageError: the path is a directory, or there is nothing to read.
        LedgerError: the file can't be used; so for every method.
    """

    def __init__(self, path: Path, derive: Derivation, producer: str, *, read_only: bool = False) -> None:
        self.path = path
        self._derive = derive
        self._producer = producer
        self._read_only = read_only
        self._engine = open_engine(path, read_only=read_only)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def current(self, document: Document) -> Added | None:
        """What is known of exactly this document, or None if adding it would change something."""
        with self._reading() as connection:
            return writing.current(connection, document)

    def add(self, document: Document, found: Sequence[Record], people: People) -> Added:
        """Store the document with its records in one transaction; its entries follow when they are asked for."""
        with self._writing() as connection:
            return writing.add(connection, document, found, people, self._producer)

    def refresh(self) -> None:
        """Derive the entries anew if documents have changed since they were derived.

        Readers call it, so a batch that was cut off before its end is healed by the next one who asks.
        """
        with self._reading() as connection:
            if not reading.is_stale(connection, self._producer):
                return
        if self._read_only:
            with clear_errors(self.path):
                copy = copy_in_memory(self.path)
            self._engine.dispose()
            self._engine = copy
        with self._writing() as connection:
            numbered = list(reading.current_records(connection))
            derived = self._derive([reported for _, reported in numbered])
            numbers = {reported.source.record_id: number for number, reported in numbered}
            writing.replace_derived(connection, derived, numbers, self._producer)

    def entries(self, ids: Select[tuple[str]]) -> list[Entry]:
        """The entries that a query from :func:`communique.ledger.reading.entry_query` asks for."""
        self.refresh()
        with self._reading() as connection:
            return reading.read_entries(connection, ids)

    def entries_by_prefix(self, prefix: str, limit: int) -> list[Entry]:
        """Entries whose ids begin with the prefix, at most ``limit`` of them."""
        self.refresh()
        with self._reading() as connection:
            ids = reading.ids_with_prefix(connection, prefix, limit)
            return reading.read_entries(connection, select(entries.c.id).where(entries.c.id.in_(ids)))

    def with_reasons(self, entry: Entry) -> Entry:
        """The entry with the reasons of its records."""
        with self._reading() as connection:
            return reading.with_reasons(connection, entry)

    def documents(self, key: str | None = None) -> list[StoredDocument]:
        """All documents, or the one with this id if there is one."""
        with self._reading() as connection:
            return reading.read_documents(connection, key)

    def search(self, query: str, limit: int) -> list[Hit]:
        """Passages that hold all words of the query, best first."""
        self.refresh()
        with self._reading() as connection:
            return searching.search(connection, query, limit)

    def actors(self) -> list[Actor]:
        """All actors, those with the most entries first."""
        self.refresh()
        with self._reading() as connection:
            return reading.read_actors(connection)

    def counts(self) -> dict[str, int]:
        """How many documents, revisions, records and entries there are."""
        self.refresh()
        with self._reading() as connection:
            return reading.read_counts(connection)

    def check(self) -> list[Finding]:
        """Everything found wrong; an empty list for a ledger that is whole."""
        with self._reading() as connection:
            return checking.check(connection, self._derive, self._producer)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with clear_errors(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with (
            clear_errors(self.path),
            self._engine.connect().execution_options(write=True) as connection,
            connection.begin(),
        ):
            yield connection
