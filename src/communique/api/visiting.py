"""Asking sites politely: by their robots.txt, one page after another, and not before they said."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from communique.ledger import Store
from communique.ledger.watching import WatchedSite
from communique.sources.refusals import FetchError
from communique.sources.robots import Robots, fetch_robots
from communique.sources.web import LIMITS, Fetched, Limits, Validators, fetch_if_changed

SITE_DELAY = 2.0
"""Seconds between two requests to a site; more where its robots.txt asks for more."""
MOST_PATIENCE = 60.0
"""Most seconds to wait for a site within a round; what would take longer is left for the next one."""
ROBOTS_HOURS = 24
"""How long a robots.txt holds (RFC 9309, section 2.4)."""
FIRST_BACK_OFF = timedelta(minutes=10)
LONGEST_BACK_OFF = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance, so that tests can have their own.

    Attributes:
        now: the moment, in UTC.
        sleep: waits for so many seconds.
        chance: a number from 0 to 1.
    """

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class HeldBackError(FetchError):
    """The site is not to be asked before ``until``; nothing was asked of it."""

    def __init__(self, url: str, until: datetime) -> None:
        super().__init__(f"{url} waits: {site_of(url)} is not to be asked before {moment(until)}.", passing=True)
        self.until = until


def back_off(failures: int, clock: Clock) -> timedelta:
    """How long to leave alone what failed so often in a row: twice as long each time, by chance half more or less."""
    seconds = FIRST_BACK_OFF.total_seconds() * 2.0 ** min(failures - 1, 20)
    return min(timedelta(seconds=seconds), LONGEST_BACK_OFF) * (0.5 + clock.chance())


def site_of(url: str) -> str:
    """The site of an address, such as ``https://www.example.org``."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def moment(when: datetime) -> str:
    """A moment as the ledger writes it; such texts are ordered as their moments are."""
    return when.astimezone(UTC).isoformat(timespec="seconds")


class Visitor:
    """One round of asking sites; what they ask for themselves is remembered in the ledger.

    Args:
        allow_private: ask private addresses, too.
    """

    def __init__(self, store: Store, clock: Clock, *, allow_private: bool) -> None:
        self._store, self._clock, self._allow_private = store, clock, allow_private
        self._known: dict[str, WatchedSite] = {}
        self._robots: dict[str, Robots] = {}
        self._free_at: dict[str, datetime] = {}

    def free_at(self, url: str) -> datetime:
        """When the site of an address may be asked next."""
        site = site_of(url)
        held = self._site(site).next_at
        free = self._free_at.get(site, self._clock.now())
        return max(free, datetime.fromisoformat(held)) if held else free

    def fetch(self, url: str, known: Validators, limits: Limits = LIMITS) -> Fetched | None:
        """The page at an address, or None where it is unchanged; waits until its site may be asked.

        Raises:
            HeldBackError: the site wants more patience than a round has.
            FetchError: the page can't be had, or robots.txt forbids it.
        """
        site = site_of(url)
        self._refuse_held_back(url)
        self._refuse_forbidden(url, url)
        self._refuse_held_back(url)
        self._clock.sleep(max((self.free_at(url) - self._clock.now()).total_seconds(), 0.0))
        try:
            return fetch_if_changed(
                url,
                known,
                allow_private=self._allow_private,
                limits=limits,
                follow=lambda address: self._refuse_forbidden(address, url),
            )
        except FetchError as error:
            if error.status in (429, 503):
                self._hold_back(site, error.retry_after)
            raise
        finally:
            self._asked(site, self._rules(site).delay)

    def _refuse_forbidden(self, address: str, asked: str) -> None:
        """Raises FetchError where the robots.txt of its site forbids an address that was asked or led to."""
        site = site_of(address)
        if not self._rules(site).allow(address):
            led = "" if address == asked else f" leads to {address}, which"
            raise FetchError(f"{asked}{led} may not be read by programs: the robots.txt of {site} forbids it.")

    def _refuse_held_back(self, url: str) -> None:
        until = self.free_at(url)
        if until - self._clock.now() > timedelta(seconds=MOST_PATIENCE):
            raise HeldBackError(url, until)

    def _rules(self, site: str) -> Robots:
        """The rules of a site; where they can't be had, the site is left alone for a while."""
        if site in self._robots:
            return self._robots[site]
        known = self._site(site)
        now = self._clock.now()
        text = known.robots
        if text is None or not known.robots_at or moment(now - timedelta(hours=ROBOTS_HOURS)) >= known.robots_at:
            try:
                text = fetch_robots(site, allow_private=self._allow_private)
            except FetchError as error:
                if error.passing:
                    self._hold_back(site, error.retry_after)
                raise FetchError(
                    f"{site} is left alone, since its rules for programs can't be read: {error}", passing=error.passing
                ) from None
            self._remember(replace(known, robots=text, robots_at=moment(now)))
            self._asked(site, 0.0)
        return self._robots.setdefault(site, Robots.of(text))

    def _asked(self, site: str, delay: float) -> None:
        self._free_at[site] = self._clock.now() + timedelta(seconds=max(SITE_DELAY, min(delay, 86_400.0)))

    def _hold_back(self, site: str, seconds: float | None) -> None:
        wait = timedelta(seconds=seconds) if seconds is not None else back_off(1, self._clock)
        self._remember(replace(self._site(site), next_at=moment(self._clock.now() + wait)))

    def _site(self, site: str) -> WatchedSite:
        if site not in self._known:
            self._known[site] = self._store.watched_site(site)
        return self._known[site]

    def _remember(self, site: WatchedSite) -> None:
        self._known[site.site] = site
        self._store.remember_site(site)
