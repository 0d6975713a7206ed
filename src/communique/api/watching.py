"""Watching sources: one round looks at each that is due, and reads what is new there."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from itertools import chain

from communique.api.adding import Batch
from communique.api.looking import SourceState
from communique.api.opening import producer
from communique.api.visiting import Clock, HeldBackError, Visitor, moment, site_of
from communique.ledger import Store, Taken
from communique.ledger.watching import Watched
from communique.model import CommuniqueError
from communique.sources import Item, Origin
from communique.sources.item import Problem
from communique.sources.watchlist import WatchedSource, WatchKind
from communique.sources.web import Validators

MOST_PAGES = 100
"""Pages of one source that are read in one round, the latest first; the others follow in the next."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be added.

    Attributes:
        name: what it came from: the address of a page, or the path of a file that may hold several items.
        item: the bytes, or why there are none.
        origin: what the list of sources says of it.
    """

    name: str
    item: Item | Problem
    origin: Origin


Add = Callable[[Iterable[Found]], Iterator[Taken]]
"""Reads what it is given, in order, and says what became of each document."""
Unpack = Callable[[str], Iterable[Item | Problem]]
"""The items behind the path of a file."""


@dataclass(slots=True)
class SourceReport:
    """What a round did at one source.

    Attributes:
        looked: whether it was time to look at it.
        problem: why it could not be looked at, None where it could.
        next_at: the moment from which on it may be looked at again, None where any is right.
        unread: the pages that could not be read, by address with the reason.
        waiting: how many pages are left for later rounds.
        taken: what became of each document.
    """

    source: WatchedSource
    looked: bool = False
    problem: str | None = None
    next_at: str | None = None
    unread: dict[str, str] = field(default_factory=dict)
    waiting: int = 0
    taken: list[Taken] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What a round did.

    Attributes:
        sources: what was done at each source, in their order.
        next_at: the moment of the next thing to do: a look at a source, or a page that waits.
    """

    sources: tuple[SourceReport, ...]
    next_at: str


def watch(
    store: Store,
    sources: Sequence[WatchedSource],
    *,
    allow_private: bool = False,
    every: timedelta | None = None,
    begun: Callable[[str], None] | None = None,
    clock: Clock | None = None,
) -> RoundReport:
    """One round over the sources, what is new read in processes apart; see :meth:`communique.api.Ledger.watch`."""
    from communique.intake import Crew, items, prepare

    with ExitStack() as stack:
        # Most rounds find nothing, and start no process that reads.
        crew = cache(lambda: stack.enter_context(Crew(prepare)))

        def add(found: Iterable[Found]) -> Iterator[Taken]:
            rest = iter(found)
            for first in rest:
                batch = Batch(store, crew(), Origin(), producer(), begun=begun)
                yield from batch.run_items((one.name, one.item, one.origin) for one in chain([first], rest))

        round_ = Round(store, sources, clock or Clock(), allow_private=allow_private, every=every)
        return round_.run(add, lambda name: items(name, crew()))


class Round:
    """One look at all sources that are due, and the reading of what is new.

    Args:
        every: the time between two looks at a source where the list of sources does not say; None for none, so that
            every round looks at it.
    """

    def __init__(
        self,
        store: Store,
        sources: Sequence[WatchedSource],
        clock: Clock,
        *,
        allow_private: bool = False,
        every: timedelta | None = None,
    ) -> None:
        self._clock = clock
        self._visitor = Visitor(store, clock, allow_private=allow_private)
        self._states = [SourceState(source, store, clock, every) for source in sources]
        self.reports = [SourceReport(source) for source in sources]

    def run(self, add: Add, unpack: Unpack) -> RoundReport:
        """Look, read, add.

        Whatever interrupts it, what was added stays, and the next round goes on from there.

        Raises:
            LedgerError, ModelError: nothing can be added.
        """
        for state, report in zip(self._states, self.reports, strict=True):
            self._look(state, report)
        reading = _Reading(self._visitor, self._clock, unpack, self._queues())
        for taken in add(reading.given()):
            self.reports[reading.owner(taken)].taken.append(taken)
        reading.end()
        for state, report in zip(self._states, self.reports, strict=True):
            report.waiting = len(state.due())
            report.next_at = state.next_look or None
        return RoundReport(tuple(self.reports), self._next_at())

    def _next_at(self) -> str:
        pages = [row.next_at for state in self._states for row in state.known.values() if row.next_at]
        return min([*pages, *(state.next_look for state in self._states)])

    def _look(self, state: SourceState, report: SourceReport) -> None:
        if not state.is_due:
            report.problem = state.own.problem
            return
        report.looked = True
        try:
            state.look(self._visitor)
        except CommuniqueError as error:
            report.problem = str(error)

    def _queues(self) -> list["_Page"]:
        return [
            _Page(number, state, self.reports[number], row)
            for number, state in enumerate(self._states)
            for row in state.due()[:MOST_PAGES]
        ]


@dataclass(slots=True)
class _Page:
    """A page that is to be read, and, once it was, what to remember of it."""

    number: int
    state: SourceState
    report: SourceReport
    row: Watched
    validators: Validators = field(default_factory=Validators)
    problem: str | None = None
    is_given_up: bool = False


class _Reading:
    """Pages on their way from their sites into the ledger; each is remembered as read when all of it is there."""

    def __init__(self, visitor: Visitor, clock: Clock, unpack: Unpack, pages: list[_Page]) -> None:
        self._visitor, self._clock, self._unpack = visitor, clock, unpack
        self._queues = dict[str, deque[_Page]]()
        for page in pages:
            site = "" if page.state.source.kind is WatchKind.FOLDER else site_of(page.row.address)
            self._queues.setdefault(site, deque()).append(page)
        self._on_the_way = deque[_Page]()

    def given(self) -> Iterator[Found]:
        """What is to be added: the files first, then page after page from whichever site may be asked first."""
        for page in self._queues.pop("", ()):
            yield from self._file(page)
        while self._queues:
            site = min(self._queues, key=lambda site: self._visitor.free_at(f"{site}/"))
            page = self._queues[site].popleft()
            try:
                yield from self._fetched(page)
            except HeldBackError as error:
                self._put_off(page, error)
                for other in self._queues.pop(site):
                    self._put_off(other, error)
                continue
            if not self._queues[site]:
                del self._queues[site]

    def owner(self, taken: Taken) -> int:
        """The number of the source of what was added; what was handed out before it has been added wholly."""
        if any(page.row.address == taken.origin for page in self._on_the_way):
            while self._on_the_way[0].row.address != taken.origin:
                self._done(self._on_the_way.popleft())
        page = self._on_the_way[0]
        if taken.outcome == "failed":
            page.problem = taken.reason
            page.report.unread[taken.name] = taken.reason or ""
        return page.number

    def end(self) -> None:
        """Remember what is left as read."""
        while self._on_the_way:
            self._done(self._on_the_way.popleft())

    def _done(self, page: _Page) -> None:
        if not page.is_given_up:
            page.state.remember([page.state.read(page.row, page.validators, page.problem)])

    def _file(self, page: _Page) -> Iterator[Found]:
        self._on_the_way.append(page)
        for item in self._unpack(page.row.address):
            yield Found(page.row.address, item, Origin(publisher=page.state.source.publisher))

    def _fetched(self, page: _Page) -> Iterator[Found]:
        """What a site gives for a page, if anything new.

        Raises:
            HeldBackError: the site does not want to be asked now.
        """
        row = page.row
        try:
            found = self._visitor.fetch(row.address, Validators(row.etag, row.last_modified))
        except HeldBackError:
            raise
        except CommuniqueError as error:
            yield from self._failed(page, error)
            return
        if found is None:
            page.state.remember([page.state.read(row, Validators(row.etag, row.last_modified))])
            return
        page.validators = found.validators
        self._on_the_way.append(page)
        item = replace(found.item, published=row.published)
        yield Found(row.address, item, Origin(publisher=page.state.source.publisher))

    def _failed(self, page: _Page, error: CommuniqueError) -> Iterator[Found]:
        """What is to be noted of a page that could not be had: nothing as long as it is tried again."""
        page.row = page.state.failed(page.row, error)
        if page.row.address == page.state.source.place:
            page.report.problem = str(error)
            return
        page.report.unread[page.row.address] = str(error)
        if page.row.next_at is None:
            page.is_given_up = True
            self._on_the_way.append(page)
            problem = Problem(page.row.address, str(error))
            yield Found(page.row.address, problem, Origin(publisher=page.state.source.publisher))

    def _put_off(self, page: _Page, error: HeldBackError) -> None:
        page.state.remember([replace(page.row, next_at=moment(error.until))])
