"""Documents go into a ledger: one, a batch, whatever is given or sent, and what is new at watched sources."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING

from communique.api.adding import Batch, retry_failed
from communique.api.opening import OpenLedger, producer
from communique.api.reading import extract
from communique.intake.reading import people_of
from communique.ledger import Added, Store, Taken
from communique.model import Document, Record, SourceError

if TYPE_CHECKING:
    from datetime import timedelta

    from communique.api.uploading import Upload
    from communique.api.visiting import Clock
    from communique.api.watching import RoundReport
    from communique.intake import Call, Crew, Reading
    from communique.sources.watchlist import WatchedSource


class FilledLedger(OpenLedger):
    """A ledger into which documents are read."""

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
            for added in _added(self._store, crew, documents, progress):
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


def _added(
    store: Store, crew: "Crew", documents: Iterable[Document], progress: Callable[[Document, Added], None] | None
) -> Iterator[Added]:
    """Read documents and put each into the ledger; what that did, in order.

    Raises:
        SourceError: a document could not be read.
    """
    from communique.intake import Broken, Call, Reading, read

    def step(document: Document) -> "Call[Reading] | Reading":
        known = not document.is_english or store.current(document) is not None
        return Reading((), {}) if known else Call(read, document)

    for document, found in crew.results((document, step(document)) for document in documents):
        if isinstance(found, Broken):
            raise SourceError(f"{document.title or document.key} {found.reason}")
        added = store.add(document, found.records, found.people)
        if added.outcome != "known" and not document.is_english:
            added = replace(added, outcome="unread")
        if progress is not None:
            progress(document, added)
        yield added
