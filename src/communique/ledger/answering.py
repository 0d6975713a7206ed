"""What an open ledger is asked."""

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, select

from communique.ledger import (
    acting,
    checking,
    deciding,
    intake,
    naming,
    pairs,
    reading,
    searching,
    versions,
    watching,
    weighing,
    writing,
)
from communique.ledger.current import CurrentRecords
from communique.ledger.log import read_log
from communique.ledger.naming import Named
from communique.ledger.offices import Held, read_offices
from communique.ledger.opened import OpenStore
from communique.ledger.outlines import read_outlines
from communique.ledger.portable import listed
from communique.ledger.revisions import compare_revisions, read_revisions
from communique.ledger.shapes import (
    Actor,
    Added,
    Change,
    DecisionState,
    Doubted,
    Finding,
    Hit,
    Reported,
    Revision,
    RevisionComparison,
    StoredDocument,
    Taken,
)
from communique.ledger.short import read_short
from communique.ledger.tables import entries
from communique.ledger.tables import outlines as outline_table
from communique.ledger.tallies import Measure, Tally, tallies
from communique.ledger.watching import Watched, WatchedSite
from communique.ledger.wordless import read_wordless
from communique.model import Document, Entry, Outline, Sketch

T = TypeVar("T")


class AnsweringStore(OpenStore):
    """An open ledger that answers; entries are brought up to date before it does."""

    def current(self, document: Document) -> Added | None:
        """What is known of exactly this document, or None if adding it would change something."""
        with self._reading() as connection:
            return writing.current(connection, document)

    def taken_before(self, item: str, digest: str) -> list[Taken]:
        """What became of an item when it was read to its end with these bytes."""
        with self._reading() as connection:
            return intake.taken_before(connection, item, digest)

    def failed(self) -> list[Taken]:
        """What could not be read when it was last tried."""
        with self._reading() as connection:
            return intake.read_taken(connection, "failed")

    def unread(self) -> int:
        """How many documents are stored and not read."""
        with self._reading() as connection:
            return intake.count_unread(connection)

    def skipped(self) -> list[Taken]:
        """What the gate passed over, and documents that are stored and not read."""
        with self._reading() as connection:
            return [*intake.read_taken(connection, "passed over"), *intake.read_unread(connection)]

    def holds(self, document: Document) -> bool:
        """Whether there is a revision of the document, with these words or others."""
        with self._reading() as connection:
            return writing.holds(connection, document)

    def version(self, names: Sequence[str]) -> str:
        """What tells whether one of these entries has changed since; see :mod:`communique.ledger.versions`."""
        with self._current() as connection:
            return versions.version(connection, names)

    def decisions(self) -> list[DecisionState]:
        """All decisions ever made, in order, and what has become of them."""
        with self._current() as connection:
            return deciding.decision_states(connection)

    def named(self, typed: str) -> Named:
        """What an identifier of an entry or record means; see :func:`communique.ledger.naming.named`."""
        with self._current() as connection:
            return naming.named(connection, typed)

    def own_records(self, named: Named) -> list[Reported]:
        """The records of the entry in order of its history; the record alone where that was named or makes none."""
        with self._reading() as connection:
            alone = named.record_alone or named.entry_id is None
            ids = (named.record_id,) if alone else naming.own_records(connection, str(named.entry_id))
            found = {one.source.record_id: one for one in CurrentRecords(connection).with_ids(ids)}
            return [found[key] for key in ids]

    def records(self, ids: Collection[str]) -> list[Reported]:
        """The records with these ids that count."""
        with self._current() as connection:
            return CurrentRecords(connection).with_ids(ids)

    def doubts(self, most: int | None = None) -> list[Doubted]:
        """Pairs of records of which it is doubtful whether they are of one thing; weighed where documents changed.

        Args:
            most: as many of the documents that have to be weighed, the latest first; all for None.
        """
        with self._current() as connection:
            if weighing.is_weighed(connection) or (most == 0 and weighing.is_begun(connection)):
                return weighing.read_doubts(connection)
        self._copy_if_read_only()
        with self._writing(in_copy=True) as connection:
            weighing.weigh(connection, self._derivation, most)
            return weighing.read_doubts(connection)

    def weighed(self) -> bool:
        """Whether the pairs of all documents are weighed."""
        with self._reading() as connection:
            return weighing.is_weighed(connection)

    def doubted(self, below: float) -> list[Outline]:
        """Outlines of entries that nobody confirmed and that are disputed or less sure than this, in order of ids."""
        with self._current() as connection:
            unsure = (outline_table.c.disputed == 1) | (outline_table.c.confidence < below)
            return read_outlines(connection, select(outline_table.c.id).where(outline_table.c.confirmed == 0, unsure))

    def log(self, entry_id: str | None = None, cause: str | None = None) -> list[Change]:
        """Changes in order: all, those of an entry and of what has become part of it, or those of one cause."""
        with self._current() as connection:
            return read_log(connection, entry_id, cause)

    def titles(self, ids: Collection[str]) -> dict[str, str]:
        """The titles of entries, by their ids."""
        with self._reading() as connection:
            query = select(entries.c.id, entries.c.title).where(entries.c.id.in_(listed(ids)))
            return {row.id: row.title for row in connection.execute(query)}

    def entries(self, ids: Select[Any]) -> list[Entry]:
        """The entries that a query from :func:`communique.ledger.reading.entry_query` asks for."""
        with self._current() as connection:
            return reading.read_entries(connection, ids)

    def entries_with_ids(self, ids: Sequence[str]) -> list[Entry]:
        """The entries with these ids."""
        with self._current() as connection:
            return reading.read_entries(connection, select(entries.c.id).where(entries.c.id.in_(listed(ids))))

    def entries_in_short(self, ids: Sequence[str], until: str | None) -> list[Entry]:
        """The entries with these ids, as lists show them; see :mod:`communique.ledger.short`."""
        with self._current() as connection:
            return read_short(connection, ids, until)

    def offices_in(self, entry_ids: Collection[str], until: str) -> list[Held]:
        """The offices that sentences of these entries give to people; see :mod:`communique.ledger.offices`."""
        with self._reading() as connection:
            return read_offices(connection, entry_ids, until)

    def between(self, one: str, other: str, until: str | None) -> list[Outline]:
        """Outlines of all that may belong on a page of two parties; see :mod:`communique.ledger.pairs`."""
        with self._current() as connection:
            return pairs.between(connection, one, other, until)

    def sketched(self, one: str, other: str, until: str, *, statements: bool) -> list[Sketch]:
        """The same as sketches, save what documents told only later."""
        with self._current() as connection:
            return pairs.sketched(connection, one, other, until, statements=statements)

    def tallies(self, each: Sequence[tuple[str, str]], measure: Measure) -> tuple[Sequence[Tally], set[str]]:
        """What pairs have between them, counted; see :func:`communique.ledger.tallies.tallies`."""
        with self._current() as connection:
            return tallies(connection, each, measure)

    def outlines(self, ids: Collection[str]) -> list[Outline]:
        """Outlines of those of these entries that there are."""
        with self._reading() as connection:
            return read_outlines(connection, ids)

    def wordless(self, ids: Sequence[str], until: str | None) -> list[Entry]:
        """The entries with these ids, without their words; see :mod:`communique.ledger.wordless`."""
        with self._reading() as connection:
            return read_wordless(connection, ids, until)

    def busiest(self, party: str | None, limit: int) -> list[tuple[str, str]]:
        """The pairs of parties that have most entries between them."""
        with self._current() as connection:
            return pairs.busiest(connection, party, limit)

    def entry_ids(self) -> list[str]:
        """The ids of all entries, in order."""
        with self._current() as connection:
            return list(connection.execute(select(entries.c.id).order_by(entries.c.id)).scalars())

    def parties(self) -> list[str]:
        """All parties that take part in entries, in order of their names."""
        with self._current() as connection:
            return reading.read_parties(connection)

    def with_reasons(self, entry: Entry) -> Entry:
        """The entry with the reasons of its records."""
        with self._reading() as connection:
            return reading.with_reasons(connection, entry)

    def documents(self, key: str | None = None) -> list[StoredDocument]:
        """All documents, or the one with this id if there is one."""
        with self._reading() as connection:
            return reading.read_documents(connection, key)

    def documents_named(self, typed: str) -> list[str]:
        """The ids of the documents that are meant; see :func:`communique.ledger.naming.documents_named`."""
        with self._reading() as connection:
            return naming.documents_named(connection, typed)

    def revisions(self, document_id: str) -> list[Revision]:
        """All revisions of a document in the order in which they were first added."""
        with self._reading() as connection:
            return read_revisions(connection, document_id)

    def compare_revisions(self, document_id: str, before: int, after: int) -> RevisionComparison:
        """What changed from one revision of a document to another, by their numbers, and what followed from it."""
        with self._current() as connection:
            return compare_revisions(connection, document_id, before, after)

    def given_by_hand(self) -> frozenset[str]:
        """The documents that have current records, none of which the program gave a confidence."""
        with self._reading() as connection:
            return reading.given_by_hand(connection)

    def search(self, query: str, limit: int) -> list[Hit]:
        """Passages that hold all words of the query, best first."""
        with self._current() as connection:
            return searching.search(connection, query, limit)

    def actors(self) -> list[Actor]:
        """All actors, those with the most entries first."""
        with self._current() as connection:
            return acting.read_actors(connection)

    def counts(self) -> dict[str, int]:
        """How many documents, revisions, records and entries there are, and how much was not read."""
        with self._current() as connection:
            return reading.read_counts(connection) | intake.read_left(connection)

    def watched(self, source: str) -> dict[str, Watched]:
        """What is remembered of a watched source, by address."""
        with self._reading() as connection:
            return watching.read_watched(connection, source)

    def watched_site(self, site: str) -> WatchedSite:
        """What is remembered of a site."""
        with self._reading() as connection:
            return watching.read_site(connection, site)

    def check(self) -> list[Finding]:
        """Everything found wrong; an empty list for a ledger that is whole."""
        with self._reading() as connection:
            return checking.check(connection, self._derivation, self._producer)
