"""The store: one document a transaction, entries derived when documents have changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from communique.ledger import (
    deciding,
    deriving,
    intake,
    reading,
    versions,
    watching,
    writing,
)
from communique.ledger.answering import AnsweringStore
from communique.ledger.rereading import reread
from communique.ledger.shapes import (
    Added,
    Change,
    Difference,
    People,
    Taken,
)
from communique.ledger.watching import Watched, WatchedSite
from communique.model import Decision, Document, Record

T = TypeVar("T")


class Read(NamedTuple):
    """A stored document with what a new reading found in it."""

    document_id: str
    document: Document
    found: Sequence[Record]
    people: People


class Store(AnsweringStore):
    """A ledger that is open; see :class:`communique.api.Ledger` for the door that users take."""

    def add(self, document: Document, found: Sequence[Record], people: People, taken: Taken | None = None) -> Added:
        """Store the document with its records in one transaction; its entries follow when they are asked for.

        Args:
            taken: where the document came from, to be noted with what became of it.
        """
        with self._writing() as connection:
            added = writing.add(connection, document, found, people, self._noted)
            if taken is not None:
                noted = replace(taken, document_id=added.document_id, outcome=taken.outcome or added.outcome)
                intake.note(connection, [noted], self._producer, writing.now())
            return added

    def note(self, taken: Sequence[Taken]) -> None:
        """Note what became of things that were given to be read."""
        with self._writing() as connection:
            intake.note(connection, taken, self._producer, writing.now())

    def end_item(self, taken: Taken) -> None:
        """Note that all documents of an item have been taken, and forget those that it had with other bytes."""
        with self._writing() as connection:
            if taken.digest is not None:
                intake.end_item(connection, taken.item, taken.digest)
            intake.note(connection, [taken], self._producer, writing.now())

    def forget_failed(self, origin: str, before: str, *, tried: bool) -> None:
        """Forget failures behind a name that was gone through; see :func:`communique.ledger.intake.forget_failed`."""
        with self._writing() as connection:
            intake.forget_failed(connection, origin, before, tried=tried)

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

    def decide(self, decision: Callable[[Connection], Decision], expected: str | None = None) -> Decision:
        """Append a decision; its number and moment are those of the ledger.

        Args:
            decision: makes it of the entries as they are while nobody else can change them.
            expected: versions of entries that must not have changed, as :meth:`version` gave them.

        Raises:
            ConflictError: one of them has.
        """
        self.refresh()
        with self._writing() as connection:
            if reading.is_stale(connection, self._producer):  # another program was quicker to get hold of the ledger
                deriving.refresh(connection, self._derivation, self._producer)
            if expected is not None:
                versions.refuse_changed(connection, expected)
            made = deciding.decide(connection, decision(connection))
        self.refresh()
        return made

    def remember(self, rows: Sequence[Watched]) -> None:
        """Remember what was seen of watched sources, in one transaction."""
        with self._writing() as connection:
            watching.remember(connection, rows)

    def remember_site(self, site: WatchedSite) -> None:
        """Remember what a site asks for."""
        with self._writing() as connection:
            watching.remember_site(connection, site)
