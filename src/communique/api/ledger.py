"""A ledger as users have it: documents go in, and it answers."""

from collections.abc import Collection, Iterator, Sequence

from communique.api.actors import KnownActors
from communique.api.browsing import BrowsedLedger, wanted
from communique.api.deciding import DecidedLedger
from communique.api.filling import FilledLedger
from communique.api.overviewing import OverviewedLedger
from communique.ledger import (
    Actor,
    Finding,
    Hit,
    Revision,
    RevisionComparison,
    StoredDocument,
    entry_query,
)
from communique.ledger.offices import Held
from communique.ledger.tallies import Measure, Tally
from communique.model import Entry, Kind, Outline, Sketch, Standing, UsageError

_EXPORTED_AT_ONCE = 1000


class Ledger(FilledLedger, DecidedLedger, KnownActors, BrowsedLedger, OverviewedLedger):
    """One ledger, in a file or a database: add documents, and ask what stands in it.

    >>> with Ledger("ledger.db") as ledger:  # doctest: +SKIP
    ...     ledger.add(read("readout.txt"))
    ...     for entry in ledger.entries(parties=("US", "IN")):
    ...         print(entry.standing, entry.title, entry.history[-1].source.quotes)

    Args:
        place: a file, or ``postgresql://USER@HOST/DATABASE``; created if it does not exist, unless ``read_only``.
        read_only: never write to the ledger, which has to exist.

    Raises:
        UsageError: the path is a directory, or ``read_only`` and there is no ledger.
        LedgerError: it is no ledger, comes from a newer version, or can't be opened.
    """

    def entries(
        self,
        kind: Kind | str | None = None,
        parties: Sequence[str] = (),
        stage: str | None = None,
        standing: Standing | str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> list[Entry]:
        """Entries that meet all conditions, with their histories, by kind, then by time.

        Args:
            kind: one of the six kinds.
            parties: actors that all have to take part, as ISO 3166-1 alpha-2 codes or short names.
            stage: the stage that the entry has reached.
            standing: where it stands.
            since: an EDTF date; the entry's own date, else its latest report, is not wholly before it.
            until: likewise, not wholly after it.

        Raises:
            UsageError: a kind, standing or date that does not exist.
        """
        asked = wanted(kind=kind, parties=parties, stage=stage, standing=standing, since=since, until=until)
        return self._store.entries(entry_query(asked))

    def entry(self, named: str) -> Entry:
        """The entry with this id, or the only one whose id begins so; letter case does not matter.

        An id that the entry had before it became part of another one leads to that; the id of a record
        leads to the entry that it is a report of.

        Raises:
            UsageError: there is none, or more than one.
        """
        found = self._store.named(named)
        if found.entry_id is None:
            raise UsageError(
                f"Record {found.record_id} was rejected and makes no entry; `communique confirm` it first."
            )
        return self._store.entries_with_ids([found.entry_id])[0]

    def entries_with_ids(self, ids: Sequence[str]) -> list[Entry]:
        """The entries with exactly these ids, those that there are, by kind, then by time."""
        return self._store.entries_with_ids(ids) if ids else []

    def entries_in_short(self, ids: Sequence[str], until: str | None = None) -> list[Entry]:
        """The entries with exactly these ids, those that there are, in order of the ids, as lists show them.

        Fields, stages and disputes are whole, and so are the reports that a line quotes: that which tells of each
        stage first, the last one and those of disputes. Of others the records have only their kind and confidence,
        and the sources only their document and day.

        Args:
            until: the day as of which they are to be told: reports up to it are whole as far as that takes, and of
                later ones only as much is there as tells that something was reported later.
        """
        return self._store.entries_in_short(ids, until) if ids else []

    def offices_in(self, ids: Collection[str], until: str = "~") -> list[Held]:
        """The offices that sentences of these entries give to people, in order of their histories.

        Args:
            until: the last day of publication of documents that count, ISO 8601; all do where it is left out.
        """
        return self._store.offices_in(ids, until) if ids else []

    def between(self, one: str, other: str, until: str | None = None) -> list[Outline]:
        """All that may belong on a page of two parties, in outline: what choosing among many needs, quickly read.

        Entries of both, and what documents about the two tell of promises of one of them and of words that were
        said; ask for the whole of those that matter with :meth:`entries_with_ids`.

        Args:
            until: the last day of publication of documents that count.
        """
        return self._store.between(one, other, until)

    def sketched(self, one: str, other: str, until: str, *, statements: bool = True) -> list[Sketch]:
        """The same as sketches, in no order: enough to count them and to tell which may be shown.

        Args:
            until: the last day of publication of documents that count; what they don't tell is left out.
            statements: with what was said in documents about the two.
        """
        return self._store.sketched(one, other, until, statements=statements)

    def tallies(self, pairs: Sequence[tuple[str, str]], measure: Measure) -> tuple[Sequence[Tally], set[str]]:
        """What pairs of parties have between them, statements apart, counted by standing.

        Returns:
            The counts, and the ids of entries that are not counted: later documents than those of the day tell them,
            or what they refer to, otherwise.
        """
        return self._store.tallies(pairs, measure)

    def outlines(self, ids: Collection[str]) -> list[Outline]:
        """The entries with exactly these ids, those that there are, in outline."""
        return self._store.outlines(ids) if ids else []

    def wordless(self, ids: Sequence[str], until: str | None = None) -> list[Entry]:
        """The entries with exactly these ids, as far as telling how they stood on a day needs them, quickly read.

        Reports have neither title, publisher nor quotes, records only their kind and confidence.

        Args:
            until: the day; of what was reported later, only as much is there as tells that something was.
        """
        return self._store.wordless(ids, until) if ids else []

    def busiest(self, party: str | None = None, limit: int = 20) -> list[tuple[str, str]]:
        """The pairs of parties that have most entries between them, or those of one party, the busiest first."""
        return self._store.busiest(party, limit)

    def export(self) -> Iterator[Entry]:
        """All entries with their histories, in order of their ids, some at a time."""
        ids = self._store.entry_ids()
        for start in range(0, len(ids), _EXPORTED_AT_ONCE):
            found = self._store.entries_with_ids(ids[start : start + _EXPORTED_AT_ONCE])
            yield from sorted(found, key=lambda entry: entry.id)

    def explained(self, entry: Entry) -> Entry:
        """The entry with the reasons of its records: what proposed each, and what its fields rest on.

        Records that were added by hand, or by a version that kept no reasons, have none.
        """
        return self._store.with_reasons(entry)

    def documents(self) -> list[StoredDocument]:
        """All documents in their current revisions, by date of publication."""
        return self._store.documents()

    def document(self, document_id: str) -> StoredDocument:
        """The document with this id.

        Raises:
            UsageError: there is none.
        """
        found = self._store.documents(document_id)
        if not found:
            raise UsageError(f"There is no document {document_id!r} in this ledger.")
        return found[0]

    def document_named(self, name: str) -> str:
        """The id of the document that is meant by an id, the beginning of one, an address or a path.

        Raises:
            UsageError: there is none, or more than one.
        """
        found = self._store.documents_named(name)
        if len(found) != 1:
            told = f"More than one document is called {name!r} ({', '.join(found)})"
            raise UsageError(
                f"{told if found else f'There is no document {name!r}'}; "
                "`communique search WORDS --format json` shows the ids of documents."
            )
        return found[0]

    def revisions(self, document_id: str) -> list[Revision]:
        """All revisions of a document in the order in which they were first added, each with its records."""
        return self._store.revisions(document_id)

    def compare_revisions(
        self, document_id: str, before: int | None = None, after: int | None = None
    ) -> RevisionComparison:
        """What changed from one revision of a document to another, and what followed from it.

        Args:
            before: number of the first, as in :meth:`revisions`; where None, that of the last one added before the
                second, or where there is none of the last one beside it.
            after: number of the second; where None, that of the current one.

        Raises:
            UsageError: there is no such revision, both are the same, or the document has only one.
        """
        every = self._store.revisions(document_id)
        if len(every) < 2:
            raise UsageError(f"Document {document_id} has one revision: nothing of it has changed.")
        numbers = range(1, len(every) + 1)
        for number in (before, after):
            if number is not None and number not in numbers:
                raise UsageError(f"Document {document_id} has no revision {number}: give one from 1 to {len(every)}.")
        current = next(one.number for one in every if one.current)
        to = after or (current if current != before else numbers[-1])
        since = before or (to - 1 if to > 1 else numbers[-1])
        if since == to:
            raise UsageError(f"Revision {to} is compared with itself: name two, from 1 to {len(every)}.")
        return self._store.compare_revisions(document_id, since, to)

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Passages that hold all words of the query, best first.

        Quotation marks keep words together, and ``word*`` stands for all words that begin so.
        """
        return self._store.search(query, limit)

    def actors(self) -> list[Actor]:
        """States, organisations and people that take part in entries, those in most entries first."""
        return self._store.actors()

    def parties(self) -> list[str]:
        """All parties that take part in entries, in order of their names."""
        return self._store.parties()

    def counts(self) -> dict[str, int]:
        """How many documents, revisions, records, entries, and entries of each kind there are."""
        return self._store.counts()

    def check(self) -> list[Finding]:
        """What is wrong with the ledger; an empty list if nothing is."""
        return self._store.check()
