"""What is new at a watched source: its listings and folders against what is remembered of them."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from communique.api.visiting import Clock, HeldBackError, Visitor, back_off, moment
from communique.ledger import Store
from communique.ledger.watching import Watched, WatchedRole
from communique.model import CommuniqueError, SourceError
from communique.sources.discovery import files_below
from communique.sources.listings import LISTING_LIMIT, Listed, Listing, read_listing
from communique.sources.refusals import FetchError
from communique.sources.watchlist import WatchedSource, WatchKind
from communique.sources.web import Limits, Validators, address_fault

MOST_LISTINGS = 20
"""Feeds and sitemaps that are read at one look at an index, the latest changed first; the others follow at the next."""
SITEMAP_REACH = timedelta(days=30)
"""How far back a sitemap is followed where the list of sources does not say: it lists all that a site ever had."""
REVISIT = timedelta(hours=6)
"""The least time between two readings of a page, however often its listing says that it has changed."""
MOST_TRIES = 8
"""How often in a row a page is tried before it is given up; by then a week has passed."""

_LISTING_LIMITS = Limits(size=LISTING_LIMIT)


class SourceState:
    """A source with what is remembered of it, here and in the ledger.

    Args:
        every: the time between two looks where the list of sources does not say; None for none.
    """

    def __init__(self, source: WatchedSource, store: Store, clock: Clock, every: timedelta | None) -> None:
        self.source, self._store, self._clock, self._every = source, store, clock, every
        self.known = store.watched(source.place)

    @property
    def own(self) -> Watched:
        """What is remembered of the place itself."""
        role = WatchedRole.PAGE if self.source.kind is WatchKind.PAGE else WatchedRole.LISTING
        return self.known.get(self.source.place) or self._new(self.source.place, role)

    @property
    def next_look(self) -> str:
        """The moment from which on the source may be looked at; empty where any is right."""
        own = self.own
        if own.next_at is not None:
            return own.next_at
        return moment(_parsed(own.read_at) + self._every) if own.read_at and self._every else ""

    @property
    def is_due(self) -> bool:
        """Whether it is time to look at the source."""
        return self.next_look <= moment(self._clock.now())

    def look(self, visitor: Visitor) -> None:
        """Remember what the source lists that is to be read.

        Raises:
            CommuniqueError: the source itself can't be read; why is remembered, and when to try again.
        """
        try:
            match self.source.kind:
                case WatchKind.PAGE:
                    self.remember([replace(self.own, next_at=moment(self._clock.now()))])
                case WatchKind.FOLDER:
                    self._look_into_folder()
                case _:
                    self._look_at_listings(visitor)
        except HeldBackError as error:
            self.remember([replace(self.own, next_at=moment(error.until))])
            raise
        except CommuniqueError as error:
            self.failed(self.own, error)
            raise

    def due(self) -> list[Watched]:
        """The pages that are to be read now, the latest first."""
        now = moment(self._clock.now())
        pages = [
            row for row in self.known.values() if row.role is WatchedRole.PAGE and row.next_at and row.next_at <= now
        ]
        return sorted(pages, key=lambda row: (row.published or row.changed or "", row.address), reverse=True)

    def remember(self, rows: list[Watched]) -> None:
        """Remember addresses, in the place of what was remembered of them before."""
        self.known.update((row.address, row) for row in rows)
        self._store.remember(rows)

    def read(self, row: Watched, validators: Validators, problem: str | None = None) -> Watched:
        """An address that was read just now; a source is read again when the list of sources says."""
        now = self._clock.now()
        every = self.source.every if row.address == self.source.place else None
        return replace(
            row,
            etag=validators.etag,
            last_modified=validators.last_modified,
            read_at=moment(now),
            # A tenth less, so that a look at every full hour is not late by the seconds that the last one took.
            next_at=moment(now + every * 0.9) if every else None,
            failures=0,
            problem=problem,
        )

    def failed(self, row: Watched, error: CommuniqueError) -> Watched:
        """Remember that an address could not be had, and when to try it again.

        A page is given up where the fault is a lasting one or the tries were many. A source never is; where nobody
        was asked (its address or its robots.txt forbids it), its next turn comes as ever.

        Returns:
            What is remembered of the address now; it has no ``next_at`` where it was given up.
        """
        failures = row.failures + 1
        lasting = isinstance(error, FetchError) and not error.passing
        unasked = isinstance(error, FetchError) and lasting and error.status is None
        wait: timedelta | None = back_off(failures, self._clock)
        if isinstance(error, FetchError) and error.retry_after is not None:
            wait = timedelta(seconds=error.retry_after)
        if row.address != self.source.place:
            wait = None if lasting or failures >= MOST_TRIES else wait
        elif unasked:
            wait = self.source.every or self._every
        next_at = None if wait is None else moment(self._clock.now() + wait)
        told = replace(row, failures=failures, problem=str(error), next_at=next_at)
        self.remember([told])
        return told

    def _look_into_folder(self) -> None:
        now = moment(self._clock.now())
        rows = [self.read(self.own, Validators())]
        for name in files_below(self.source.place):
            if self.source.wants(name):
                rows.extend(self._changed_file(name, now))
        self.remember(rows)

    def _changed_file(self, name: str, now: str) -> Iterator[Watched]:
        try:
            state = Path(name).stat()
        except OSError:
            return  # it went away while the folder was read
        changed = f"{state.st_mtime_ns} {state.st_size}"
        row = self.known.get(name) or self._new(name, WatchedRole.PAGE)
        if row.changed != changed:
            yield replace(row, changed=changed, next_at=now)

    def _look_at_listings(self, visitor: Visitor) -> None:
        """Read the source's own listing, and those that it lists; one of them that can't be read stops no other."""
        queue, seen = deque([self.own]), set[str]()
        while queue and len(seen) < MOST_LISTINGS:
            row = queue.popleft()
            seen.add(row.address)
            try:
                found = visitor.fetch(row.address, Validators(row.etag, row.last_modified), _LISTING_LIMITS)
                listing = read_listing(found.item) if found is not None else Listing(())
            except HeldBackError:
                if row.address == self.source.place:
                    raise
                return  # what is left is as it was, and so is its turn
            except SourceError as error:
                if row.address == self.source.place:
                    raise
                self.failed(row, error)
            else:
                validators = found.validators if found is not None else Validators(row.etag, row.last_modified)
                rows = [*self._new_pages(listing, is_first=row.read_at is None), *self._new_listings(listing)]
                self.remember([self.read(row, validators), *(one for one in rows if one.address not in seen)])
            if not queue:
                queue.extend(one for one in self._listings_to_read() if one.address not in seen)

    def _listings_to_read(self) -> list[Watched]:
        """Listings that were listed and are to be read: those that never were, the latest first, then the oldest read.

        Those of which nobody says when they change are read every time.
        """
        now = moment(self._clock.now())
        found = [
            row
            for row in self.known.values()
            if row.role is WatchedRole.LISTING and row.address != self.source.place
            if (row.next_at is not None and row.next_at <= now) or (row.changed is None and row.problem is None)
        ]
        latest_first = sorted(found, key=lambda row: (row.changed or "", row.address), reverse=True)
        return sorted(latest_first, key=lambda row: row.read_at or "")

    def _new_listings(self, listing: Listing) -> Iterator[Watched]:
        """Listed sitemaps that are not known, or have changed since they were listed last."""
        for sitemap in listing.sitemaps:
            known = self.known.get(sitemap.url) or self._new(sitemap.url, WatchedRole.LISTING)
            is_same = sitemap.url in self.known and known.changed == sitemap.changed
            if known.role is WatchedRole.LISTING and not is_same and self._is_wanted(sitemap):
                yield replace(known, changed=sitemap.changed, next_at=moment(self._clock.now()))

    def _new_pages(self, listing: Listing, *, is_first: bool) -> Iterator[Watched]:
        """Pages that are listed for the first time, or as changed."""
        now = self._clock.now()
        for page in listing.pages:
            if not self.source.wants(page.url) or not self._is_wanted(page):
                continue
            known = self.known.get(page.url)
            if known is None:
                # A sitemap lists all that a site has: what bears no date is new only if it was not there before.
                is_old = is_first and page.day is None and self.source.kind is WatchKind.SITEMAP
                row = replace(self._new(page.url, WatchedRole.PAGE), changed=page.changed, published=page.published)
                yield row if is_old else replace(row, next_at=moment(now))
            elif known.role is WatchedRole.PAGE and page.changed is not None and page.changed != known.changed:
                earliest = max(now, _parsed(known.read_at) + REVISIT) if known.read_at else now
                yield replace(known, changed=page.changed, published=page.published, next_at=moment(earliest))

    def _is_wanted(self, listed: Listed) -> bool:
        """Whether an address may be asked, and did not come out before the time that counts."""
        today = self._clock.now().date()
        first_day = self.source.first_day(today)
        if first_day is None and self.source.kind is WatchKind.SITEMAP:
            first_day = today - SITEMAP_REACH
        return address_fault(listed.url) is None and (first_day is None or _is_since(listed.day, first_day))

    def _new(self, address: str, role: WatchedRole) -> Watched:
        return Watched(source=self.source.place, address=address, role=role)


def _is_since(day: str | None, first_day: date) -> bool:
    """Whether a day, known to the year or month at least, may be the first day or a later one."""
    return day is None or day >= first_day.isoformat()[: len(day)]


def _parsed(when: str) -> datetime:
    return datetime.fromisoformat(when)
