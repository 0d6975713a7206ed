"""A ledger as users have it: documents go in, and it answers."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING

from communique.api.adding import Batch, add_documents, retry_failed
from communique.api.browsing import BrowsedLedger, asked_for
from communique.api.deciding import DecidedLedger
from communique.api.opening import producer
from communique.api.overviewing import OverviewedLedger
from communique.api.reading import extract
from communique.intake.reading import people_of
from communique.ledger import (
    Actor,
    Added,
    Finding,
    Hit,
    Revision,
    RevisionComparison,
    StoredDocument,
    Taken,
)
from communique.ledger.tallies import Measure, Tally
from communique.model import Document, Entry, Kind, Outline, Record, Sketch, Standing, UsageError

if TYPE_CHECKING:
    from datetime import timedelta

    from communique.api.uploading import Upload
    from communique.api.visiting import Clock
    from communique.api.watching import RoundReport
    from communique.intake import Crew
    from communique.sources.watchlist import WatchedSource

_EXPORTED_AT_ONCE = 1000


class Ledger(DecidedLedger, BrowsedLedger, OverviewedLedger):
    """One ledger file: add documents, and ask what stands in it.

    >>> with Ledger("ledger.db") as ledger:  # doctest: +SKIP
    ...     ledger.add(read("readout.txt"))
    ...     for entry in ledger.entries(parties=("US", "IN")):
    ...         print(entry.standing, entry.title, entry.history[-1].source.quotes)

    Args:
        path: the file; it is created if it does not exist, unless ``read_only``.
        read_only: never write to the file, which has to exist.

    Raises:
        UsageError: the path is a directory, or ``read_only`` and there is no file.
        LedgerError: the file is no ledger, comes from a newer version, or can't be opened.
    """

    def add(self, document: Document, records: Sequence[Record] | None = None) -> Added:
        """Add a document, in one transaction, with its records.

        The same document again changes nothing; one with the same address (URL, else source) and
        other words becomes a new revision, whose records take the place of the old one's. One in another
        language than English is kept and not read.

        Args:
            document: what was read.
            records: what it reports; extracted from it where None.

        Raises:
            LedgerError: a record's evidence lies outside the text, or the ledger can't be written.
            ModelError: records have to be extracted, and the reader's weights are missing or damaged.
        """
        known = self._store.current(document)
        if known is not None:
            return known
        if records is None and not document.is_english:
            return replace(self._store.add(document, (), {}), outcome="unread")
        found = extract(document) if records is None else tuple(records)
        return self._store.add(document, found, people_of(document))

    def add_all(
        self, documents: Iterable[Document], progress: Callable[[Document, Added], None] | None = None
    ) -> list[Added]:
        """Add documents one by one, each in its own transaction, and bring the entries up to date at the end.

        They are read in processes of their own, one for each core. Whatever interrupts it, the documents added so far
        are kept; adding all of them again does only what is left.

        Args:
            documents: what was read; an iterator is read as it goes.
            progress: called after each document.

        Raises:
            SourceError: a document could not be read within the limits of time and memory.
        """
        from communique.intake import Crew, prepare

        done = []
        with Crew(prepare) as crew:
            for added in add_documents(self._store, crew, documents, progress):
                done.append(added)
        self._store.refresh()
        return done

    def add_paths(
        self,
        paths: Iterable[str | PathLike[str]],
        *,
        title: str | None = None,
        publisher: str | None = None,
        published: str | None = None,
        url: str | None = None,
        ungated: bool = False,
        retry: bool = False,
        allow_private: bool = False,
        begun: Callable[[str], None] | None = None,
        crew: "Crew | None" = None,
    ) -> Iterator[Taken]:
        """Read files, folders, globs, archives and addresses into the ledger; what becomes of each document, in order.

        Documents are read in processes of their own, within limits; one that can't be read stops no other. What was
        taken before and has not changed is not even opened as a document. The entries are brought up to date when
        they are next asked for.

        Args:
            title, publisher, published, url: the caller's own word, over what a document says of itself.
            ungated: read also what plainly holds nothing for a ledger.
            retry: try again what failed before, though neither it nor the program has changed.
            allow_private: fetch from addresses of private networks, too.
            begun: called with the name of each item as it is handed out to be read.
            crew: the processes that read, where they are running already.

        Raises:
            UsageError: a path is missing, or there is nothing to read in a folder.
            ModelError: the reader's weights are missing or damaged.
            LedgerError: the ledger can't be written.
        """
        from communique.intake import Crew, prepare
        from communique.sources import Origin, discover

        names = discover(str(path) for path in paths)
        origin = Origin(title=title, publisher=publisher, published=published, url=url)
        with Crew(prepare) if crew is None else nullcontext(crew) as at_work:
            batch = Batch(
                self._store,
                at_work,
                origin,
                producer(),
                ungated=ungated,
                retry=retry,
                allow_private=allow_private,
                begun=begun,
            )
            yield from batch.run(names)

    def add_uploads(
        self,
        uploads: "Iterable[Upload]",
        *,
        title: str | None = None,
        publisher: str | None = None,
        published: str | None = None,
        url: str | None = None,
        ungated: bool = False,
        begun: Callable[[str], None] | None = None,
        crew: "Crew",
    ) -> Iterator[Taken]:
        """Read files that somebody sent into the ledger, as :meth:`add_paths` does; what becomes of each document.

        What can't be read is only told and not noted, since the files are not there to be tried again.

        Raises:
            ModelError: the reader's weights are missing or damaged.
            LedgerError: the ledger can't be written.
        """
        from communique.api.uploading import items_of_uploads
        from communique.sources import Origin

        origin = Origin(title=title, publisher=publisher, published=published, url=url)
        batch = Batch(self._store, crew, origin, producer(), ungated=ungated, begun=begun)
        yield from batch.run_items(items_of_uploads(uploads, crew, origin))

    def watch(
        self,
        sources: "Sequence[WatchedSource]",
        *,
        allow_private: bool = False,
        every: "timedelta | None" = None,
        begun: Callable[[str], None] | None = None,
        clock: "Clock | None" = None,
    ) -> "RoundReport":
        """Look once at all sources that are due, politely, and read what is new there.

        What was seen is remembered in the ledger, so that the next round goes on from there, in this program or
        another; a source that fails stops no other, and is left alone for a while.

        Args:
            sources: as :func:`communique.sources.watchlist.read_watchlist` gives them.
            allow_private: fetch from addresses of private networks, too.
            every: the time between two looks at a source that states none; None for every round.
            begun: called with the name of each item as it is handed out to be read.
            clock: time and chance, for tests.

        Raises:
            ModelError: the reader's weights are missing or damaged.
            LedgerError: the ledger can't be written.
        """
        from communique.api.watching import watch

        return watch(self._store, sources, allow_private=allow_private, every=every, begun=begun, clock=clock)

    def retry(
        self,
        *,
        allow_private: bool = False,
        begun: Callable[[str], None] | None = None,
        crew: "Crew | None" = None,
    ) -> Iterator[Taken]:
        """Try again all that failed, with what was given with it then; what becomes of each document.

        Args:
            allow_private: fetch from addresses of private networks, too.
            begun: called with the name of each item as it is handed out to be read.
            crew: the processes that read, where they are running already.

        Raises:
            ModelError: the reader's weights are missing or damaged.
            LedgerError: the ledger can't be written.
        """
        from communique.intake import Crew, prepare

        with Crew(prepare) if crew is None else nullcontext(crew) as at_work:
            yield from retry_failed(self._store, at_work, producer(), allow_private=allow_private, begun=begun)

    def problems(self) -> list[Taken]:
        """What was given to be read and could not be, with the reason, by what it came from."""
        return self._store.failed()

    def unread(self) -> int:
        """How many documents are kept and not read, since they are in another language than English."""
        return self._store.unread()

    def skipped(self) -> list[Taken]:
        """What was not read: passed over since it can hold nothing for a ledger, or in another language and kept."""
        return self._store.skipped()

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
        return self._store.entries(
            asked_for(kind=kind, parties=parties, stage=stage, standing=standing, since=since, until=until)
        )

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

    def between(self, one: str, other: str, until: str | None = None) -> list[Outline]:
        """All that may belong on a page of two parties, in outline: what choosing among many needs, quickly read.

        Entries of both, and what documents about the two tell of promises of one of them and of words that were
        said; ask for the whole of those that matter with :meth:`entries_with_ids`.

        Args:
            until: the last day of publication of documents that count.
        """
        return self._store.between(one, other, until)

    def sketched(self, one: str, other: str, until: str) -> list[Sketch]:
        """The same as sketches, in no order: enough to count them and to tell which may be shown.

        Args:
            until: the last day of publication of documents that count; what they don't tell is left out.
        """
        return self._store.sketched(one, other, until)

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

    def wordless(self, ids: Sequence[str]) -> list[Entry]:
        """The entries with exactly these ids, as far as telling how they stood on a day needs them, quickly read.

        Reports have neither title, publisher nor quotes, records only their kind and confidence.
        """
        return self._store.wordless(ids) if ids else []

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
