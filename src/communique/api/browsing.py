"""What those ask who turn over the pages of a ledger."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from communique.api.opening import OpenLedger, producer
from communique.ledger import acting, browsing, shortlists
from communique.ledger.browsing import Listed, Part
from communique.ledger.dealings import Tie, ties
from communique.ledger.digesting import Happened, Span, days_of_change, documents_added, foremost, happened
from communique.ledger.lanes import Lanes, Period, lanes
from communique.ledger.listings import Wanted, list_ids
from communique.ledger.searching import aspects
from communique.ledger.shapes import Actor, Aspects, Change
from communique.ledger.shortlists import Depth, Shortlist
from communique.ledger.tallies import Measure, pair_numbers
from communique.model import Entry, Kind, Sketch, Standing, UsageError
from communique.model.edtf import is_valid


def wanted(
    *,
    kind: Kind | str | None = None,
    parties: Sequence[str] = (),
    stage: str | None = None,
    standing: Standing | str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Wanted:
    """The conditions of :meth:`communique.api.Ledger.entries`, checked.

    Raises:
        UsageError: a kind, standing or date that does not exist.
    """
    for day in (since, until):
        if day is not None and not is_valid(day):
            raise UsageError(f"{day} is no date; write it as 2025-07-01, 2025-07 or 2025.")
    try:
        kinds = (Kind(kind),) if kind is not None else ()
        stands = Standing(standing) if standing is not None else None
    except ValueError as error:
        names = ", ".join((*Kind, *Standing))
        raise UsageError(f"{error}; kinds and standings are {names}.") from error
    return Wanted(tuple(parties), kinds, stage, stands, since, until)


class BrowsedLedger(OpenLedger):
    """A ledger whose entries and documents are looked at some at a time."""

    def state(self) -> str:
        """Words that change whenever anything does that the ledger could answer."""
        return f"{producer()} {self._store.ask(browsing.state)}"

    def shortlist(self, one: str, other: str, measure: Measure, depth: Depth) -> Shortlist:
        """What a page of two parties may show of all that belongs on it, and the rest counted."""
        return self._store.ask(lambda connection: shortlists.shortlist(connection, one, other, measure, depth))

    def lanes(self, one: str, other: str, period: Period, kinds: Collection[Kind], number: int) -> Lanes:
        """What a timeline of two parties is chosen from; see :mod:`communique.ledger.lanes`."""
        return self._store.ask(lambda connection: lanes(connection, one, other, period, kinds, number))

    def latest_statements(self, one: str, other: str, beside: Collection[str], until: str, number: int) -> list[Sketch]:
        """The latest statements of such a page; see :func:`communique.ledger.shortlists.latest_statements`."""
        return self._store.ask(
            lambda connection: shortlists.latest_statements(connection, one, other, beside, until, number)
        )

    def told_with(self, one: str, other: str, beside: Collection[str], documents: Collection[str]) -> list[str]:
        """The entries of such a page that documents tell; see :func:`communique.ledger.shortlists.told_with`."""
        return self._store.ask(lambda connection: shortlists.told_with(connection, one, other, beside, documents))

    def some_entries(
        self,
        *,
        kind: Kind | str | None = None,
        parties: Sequence[str] = (),
        stage: str | None = None,
        standing: Standing | str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 50,
        offset: int = 0,
        in_short: bool = False,
    ) -> Part[Entry]:
        """Some of the entries that meet all conditions, those with the latest news first.

        The conditions are those of :meth:`communique.api.Ledger.entries`.

        Args:
            in_short: as :meth:`communique.api.Ledger.entries_in_short` gives them; so for all methods.
        """
        asked = wanted(kind=kind, parties=parties, stage=stage, standing=standing, since=since, until=until)
        return self._store.ask(
            lambda connection: browsing.some_entries(connection, asked, limit, offset, in_short=in_short)
        )

    def some_ids(
        self,
        *,
        kind: Kind | str | None = None,
        parties: Sequence[str] = (),
        stage: str | None = None,
        standing: Standing | str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 50,
    ) -> Part[str]:
        """The ids of the first of the same entries, to be read some at a time by :meth:`read`."""
        asked = wanted(kind=kind, parties=parties, stage=stage, standing=standing, since=since, until=until)
        return self._store.ask(lambda connection: Part(*list_ids(connection, asked, limit, 0)))

    def read(self, ids: Sequence[str], *, in_short: bool = False) -> list[Entry]:
        """Those of the entries with these ids that there are, in the order of these."""
        return self._store.ask(lambda connection: browsing.read_in_order(connection, ids, in_short=in_short))

    def latest(self, limit: int) -> Sequence[Entry]:
        """The entries with the latest news in short, statements apart, which come by the dozen."""
        asked = Wanted(kinds=tuple(kind for kind in Kind if kind is not Kind.STATEMENT))
        return self._store.ask(
            lambda connection: browsing.some_entries(connection, asked, limit, 0, in_short=True)
        ).items

    def some_documents(
        self,
        *,
        ids: Collection[str] | None = None,
        publisher: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> Part[Listed]:
        """Some documents without their texts, the latest first.

        Args:
            ids: only these, all for None.
            publisher: only those of this one.
        """
        return self._store.ask(
            lambda connection: browsing.some_documents(
                connection, ids=ids, publisher=publisher, limit=limit, offset=offset
            )
        )

    def aspects(self, ids: Collection[str]) -> list[Aspects]:
        """What passages that tell of these entries can be narrowed by."""
        return self._store.ask(lambda connection: aspects(connection, ids))

    def publishers(self) -> dict[str, int]:
        """Who issued documents, and how many, the busiest first."""
        return self._store.ask(browsing.publishers)

    def told_in(self, document_id: str) -> list[Entry]:
        """The entries that the current revision of a document tells of."""
        return self._store.ask(lambda connection: browsing.told_in(connection, document_id))

    def due(
        self,
        *,
        parties: Sequence[str] = (),
        since: date | None = None,
        before: date | None = None,
        latest_first: bool = False,
        limit: int = 50,
        offset: int = 0,
        in_short: bool = False,
    ) -> Part[Entry]:
        """What has not come about and has a day by which it is to, in order of days: promises, planned engagements.

        Args:
            parties: all of them take part.
            since, before: only what is due on that day or later, or before that day.
        """
        return self._store.ask(
            lambda connection: browsing.due(
                connection,
                parties,
                since,
                before,
                latest_first=latest_first,
                limit=limit,
                offset=offset,
                in_short=in_short,
            )
        )

    def promising(self, entry_id: str) -> list[Entry]:
        """The undertakings that refer to an entry."""
        ids = self._store.ask(lambda connection: browsing.promising(connection, entry_id))
        return self._store.entries_with_ids(ids) if ids else []

    def of_person(self, name: str, *, limit: int = 50, offset: int = 0, in_short: bool = False) -> Part[Entry]:
        """Engagements and statements in which a person takes part, under this name or one that stands for it."""
        return self._store.ask(
            lambda connection: browsing.of_person(connection, name, limit, offset, in_short=in_short)
        )

    def latest_of_person(self, name: str, most: int) -> list[Entry]:
        """The latest of the same, without their histories."""
        return self._store.ask(lambda connection: browsing.latest_of_person(connection, name, most))

    def people_at(self, ids: Collection[str]) -> list[tuple[str | None, tuple[str, ...]]]:
        """Of engagements with these ids the dates, each with the people who took part."""
        return self._store.ask(lambda connection: browsing.people_at(connection, ids))

    def actor(self, kind: str, name: str) -> Actor | None:
        """The state, organisation or person of this name, None where there is none."""
        found = self._store.ask(lambda connection: acting.actors_called(connection, [name]))
        return next((one for one in found if one.kind == kind), None)

    def actors_called(self, names: Collection[str]) -> list[Actor]:
        """The actors of these names."""
        return self._store.ask(lambda connection: acting.actors_called(connection, names))

    def texts(self, document_ids: Collection[str]) -> dict[str, str]:
        """The texts of documents in their current revisions, by the documents' ids."""
        return self._store.ask(lambda connection: browsing.texts(connection, document_ids))

    def some_actors(self, *, kind: str | None = None, limit: int = 50, offset: int = 0) -> Part[Actor]:
        """Some of the actors, or of those of one kind, those with the most entries first."""
        return self._store.ask(lambda connection: browsing.some_actors(connection, kind, limit, offset))

    def acting_for(self, party: str) -> list[Actor]:
        """The people who act for a party, those with the most entries first."""
        return self._store.ask(lambda connection: acting.acting_for(connection, party))

    def changes(self, *, limit: int = 50, offset: int = 0) -> Part[Change]:
        """The last things that happened to entries, the latest first."""
        return self._store.ask(lambda connection: browsing.latest_changes(connection, limit, offset))

    def pair_numbers(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """For each of these pairs a number that changes whenever anything does that it has between it."""
        return self._store.ask(lambda connection: pair_numbers(connection, pairs))

    def ties(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        kinds: Collection[Kind] = (),
        party: str | None = None,
        least: int = 1,
    ) -> list[Tie]:
        """Who deals with whom: how many entries of each kind each two parties have between them, the most first.

        The conditions are those of :func:`communique.ledger.dealings.ties`.
        """
        return self._store.ask(
            lambda connection: ties(connection, since=since, until=until, kinds=kinds, party=party, least=least)
        )

    def days_of_change(self) -> list[tuple[str, int]]:
        """The days (UTC) on which anything happened to entries, the latest first, with how much did."""
        return self._store.ask(days_of_change)

    def happened(self, span: Span, wanted: Collection[frozenset[str]] = ()) -> tuple[int, list[Happened]]:
        """How many documents came in a day or a week, and what happened to entries, counted by parties.

        Args:
            wanted: only to what all parties of any of these take part in; to everything where there are none.
        """
        return self._store.ask(
            lambda connection: (documents_added(connection, span), happened(connection, span, wanted))
        )

    def foremost(
        self,
        span: Span,
        pairs: Collection[tuple[str, str] | None],
        each: int,
        wanted: Collection[frozenset[str]] = (),
    ) -> Mapping[tuple[str, str] | None, Sequence[Change]]:
        """What is to be told first of what happened to entries of two parties.

        The conditions are those of :func:`communique.ledger.digesting.foremost`.
        """
        return self._store.ask(lambda connection: foremost(connection, span, pairs, each, wanted))

    def entries_alone(self, ids: Collection[str]) -> list[Entry]:
        """The entries with these ids that there are, without their histories."""
        return self._store.ask(lambda connection: browsing.read_alone(connection, ids))
