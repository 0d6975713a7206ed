"""The store: one SQLite file, one document a transaction, entries derived when documents have changed."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from communique.ledger import checking, deciding, deriving, naming, pairs, reading, searching, watching, writing
from communique.ledger.connect import clear_errors, copy_in_memory, open_engine
from communique.ledger.current import CurrentRecords, listed
from communique.ledger.keeping import replace_actors
from communique.ledger.log import read_log
from communique.ledger.naming import Named
from communique.ledger.outlines import read_outlines
from communique.ledger.rereading import reread
from communique.ledger.shapes import (
    Actor,
    Added,
    Change,
    DecisionState,
    Derivation,
    Difference,
    Finding,
    Hit,
    People,
    Reported,
    StoredDocument,
)
from communique.ledger.tables import entries
from communique.ledger.watching import Watched, WatchedSite
from communique.model import Decision, Document, Entry, LedgerError, Record


class Read(NamedTuple):
    """A stored document with what a new reading found in it."""

    document_id: str
    document: Document
    found: Sequence[Record]
    people: People


class Store:
    """A ledger file that is open; see :class:`communique.api.Ledger` for the door that users take.

    Args:
        path: the file, created where it does not exist and may be written.
        derivation: what makes entries and actors of records.
        producer: the program and version that reads documents and derives entries.
        read_only: nothing is written; a missing file is an error, and what has to be brought up to
            date is so in a copy in memory.

    Raises:
        UsageError: the path is a directory, or there is nothing to read.
        LedgerError: the file can't be used; so for every method.
    """

    def __init__(self, path: Path, derivation: Derivation, producer: str, *, read_only: bool = False) -> None:
        self.path = path
        self._derivation = derivation
        self._producer = producer
        self._read_only = read_only
        self._copied = False
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
            return writing.add(connection, document, found, people, self._noted)

    def is_stale(self) -> bool:
        """Whether entries have to follow documents, decisions or a new version of the program."""
        with self._reading() as connection:
            return reading.is_stale(connection, self._producer)

    def refresh(self) -> None:
        """Bring the entries up to date with the documents and decisions, in one transaction.

        Readers call it, so a batch that was cut off before its end is healed by the next one who asks.
        """
        if not self.is_stale():
            return
        self._copy_if_read_only()
        with self._writing(in_copy=True) as connection:
            deriving.refresh(connection, self._derivation, self._producer)

    def rebuild(self) -> list[Change]:
        """Derive all entries anew; what that changed."""
        self.refresh()
        with self._writing() as connection:
            return deriving.refresh(connection, self._derivation, self._producer, wholly=True)

    def reread(self, found: Sequence[Read], *, apply: bool) -> Difference:
        """Put new readings in the place of old ones, or only tell what that would change."""
        self.refresh()
        if not apply:
            self._copy_if_read_only()
        with self._writing(in_copy=not apply) as connection:
            documents = tuple(reread(connection, *one, self._noted) for one in found)
            changes = deriving.refresh(connection, self._derivation, self._producer)
            if not apply:
                connection.rollback()
        return Difference(documents=documents, changes=tuple(changes))

    def decide(self, decision: Decision) -> Decision:
        """Append a decision; its number and moment are those of the ledger."""
        with self._writing() as connection:
            made = deciding.decide(connection, decision)
        self.refresh()
        return made

    def decisions(self) -> list[DecisionState]:
        """All decisions ever made, in order, and what has become of them."""
        self.refresh()
        with self._reading() as connection:
            return deciding.decision_states(connection)

    def named(self, typed: str) -> Named:
        """What an identifier of an entry or record means; see :func:`communique.ledger.naming.named`."""
        self.refresh()
        with self._reading() as connection:
            return naming.named(connection, typed)

    def own_records(self, named: Named) -> list[Reported]:
        """The records of the entry in order of its history; the record alone where that was named or makes none."""
        with self._reading() as connection:
            alone = named.record_alone or named.entry_id is None
            ids = (named.record_id,) if alone else naming.own_records(connection, str(named.entry_id))
            found = {one.source.record_id: one for one in CurrentRecords(connection).with_ids(ids)}
            return [found[key] for key in ids]

    def current_records(self) -> list[Reported]:
        """All records that count, in order of document and record ids."""
        with self._reading() as connection:
            return CurrentRecords(connection).all()

    def log(self, entry_id: str | None = None, cause: str | None = None) -> list[Change]:
        """Changes in order: all, those of an entry and of what has become part of it, or those of one cause."""
        self.refresh()
        with self._reading() as connection:
            return read_log(connection, entry_id, cause)

    def titles(self, ids: Collection[str]) -> dict[str, str]:
        """The titles of entries, by their ids."""
        with self._reading() as connection:
            query = select(entries.c.id, entries.c.title).where(entries.c.id.in_(listed(ids)))
            return {row.id: row.title for row in connection.execute(query)}

    def entries(self, ids: Select[Any]) -> list[Entry]:
        """The entries that a query from :func:`communique.ledger.reading.entry_query` asks for."""
        self.refresh()
        with self._reading() as connection:
            return reading.read_entries(connection, ids)

    def entries_with_ids(self, ids: Sequence[str]) -> list[Entry]:
        """The entries with these ids."""
        self.refresh()
        with self._reading() as connection:
            return reading.read_entries(connection, select(entries.c.id).where(entries.c.id.in_(listed(ids))))

    def between(self, one: str, other: str, until: str | None) -> list[Entry]:
        """Outlines of all that may belong on a page of two parties; see :mod:`communique.ledger.pairs`."""
        self.refresh()
        with self._reading() as connection:
            return read_outlines(connection, pairs.between(connection, one, other, until))

    def joined(self, each: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[Entry]]:
        """Outlines of the entries that name both of two parties, statements left out, for each of several pairs."""
        self.refresh()
        with self._reading() as connection:
            ids = {pair: pairs.joined_ids(connection, *pair) for pair in each}
            together = sorted({key for own in ids.values() for key in own})
            found = {entry.id: entry for entry in read_outlines(connection, together)}
            return {pair: [found[key] for key in own] for pair, own in ids.items()}

    def busiest(self, party: str | None, limit: int) -> list[tuple[str, str]]:
        """The pairs of parties that have most entries between them."""
        self.refresh()
        with self._reading() as connection:
            return pairs.busiest(connection, party, limit)

    def entry_ids(self) -> list[str]:
        """The ids of all entries, in order."""
        self.refresh()
        with self._reading() as connection:
            return list(connection.execute(select(entries.c.id).order_by(entries.c.id)).scalars())

    def parties(self) -> list[str]:
        """All parties that take part in entries, in order of their names."""
        self.refresh()
        with self._reading() as connection:
            return reading.read_parties(connection)

    def with_reasons(self, entry: Entry) -> Entry:
        """The entry with the reasons of its records."""
        with self._reading() as connection:
            return reading.with_reasons(connection, entry)

    def documents(self, key: str | None = None) -> list[StoredDocument]:
        """All documents, or the one with this id if there is one."""
        with self._reading() as connection:
            return reading.read_documents(connection, key)

    def given_by_hand(self) -> frozenset[str]:
        """The documents that have current records, none of which the program gave a confidence."""
        with self._reading() as connection:
            return reading.given_by_hand(connection)

    def search(self, query: str, limit: int) -> list[Hit]:
        """Passages that hold all words of the query, best first."""
        self.refresh()
        with self._reading() as connection:
            return searching.search(connection, query, limit)

    def actors(self) -> list[Actor]:
        """All actors, those with the most entries first; derived where entries changed since anybody asked."""
        self.refresh()
        with self._reading() as connection:
            known = reading.actors_known(connection)
        if known:
            with self._reading() as connection:
                return reading.read_actors(connection)
        self._copy_if_read_only()
        with self._writing(in_copy=True) as connection:
            everything = reading.read_entries(connection, select(entries.c.id))
            replace_actors(connection, self._derivation.actors(everything, CurrentRecords(connection).all()))
            return reading.read_actors(connection)

    def counts(self) -> dict[str, int]:
        """How many documents, revisions, records and entries there are."""
        self.refresh()
        with self._reading() as connection:
            return reading.read_counts(connection)

    def watched(self, source: str) -> dict[str, Watched]:
        """What is remembered of a watched source, by address."""
        with self._reading() as connection:
            return watching.read_watched(connection, source)

    def watched_site(self, site: str) -> WatchedSite:
        """What is remembered of a site."""
        with self._reading() as connection:
            return watching.read_site(connection, site)

    def remember(self, rows: Sequence[Watched]) -> None:
        """Remember what was seen of watched sources, in one transaction."""
        with self._writing() as connection:
            watching.remember(connection, rows)

    def remember_site(self, site: WatchedSite) -> None:
        """Remember what a site asks for."""
        with self._writing() as connection:
            watching.remember_site(connection, site)

    def check(self) -> list[Finding]:
        """Everything found wrong; an empty list for a ledger that is whole."""
        with self._reading() as connection:
            return checking.check(connection, self._derivation, self._producer)

    @property
    def _noted(self) -> writing.Reading:
        return writing.Reading(self._producer, self._derivation.entry_id)

    def _copy_if_read_only(self) -> None:
        if self._read_only and not self._copied:
            with clear_errors(self.path):
                copy = copy_in_memory(self.path)
            self._engine.dispose()
            self._engine, self._copied = copy, True

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with clear_errors(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self, *, in_copy: bool = False) -> Iterator[Connection]:
        """A transaction that writes: to the file, or to its copy in memory where only that may be written."""
        if self._copied and not in_copy:
            raise LedgerError(f"The ledger {self.path} was opened to be read only; open it to be written.")
        with (
            clear_errors(self.path),
            self._engine.connect().execution_options(write=True) as connection,
            connection.begin(),
        ):
            yield connection
