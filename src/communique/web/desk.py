"""What every page works with: the ledger, the templates, and answers that hold until the ledger changes."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar

from fastapi import Depends, HTTPException, Query, Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from communique.api import Ledger
from communique.api.opening import ledger_may_be_written, refuse_missing
from communique.api.pages import pair_of
from communique.lexicon.officeholders import holders_of
from communique.lexicon.parties import name_of
from communique.lexicon.places import place_of
from communique.model import Entry, Kind, Place, Standing, UsageError
from communique.model.printable import without_controls
from communique.model.values import day
from communique.views.chains import headline
from communique.views.dates import in_words
from communique.views.lines import SYMBOLS
from communique.views.network import ring_of
from communique.views.worldmap import land
from communique.web import words
from communique.web.following import Follower
from communique.web.visitors import visitor_of

T = TypeVar("T")
REMEMBERED, LOCKS = 128, 64
"""Answers that are kept, and how many may be worked out at a time."""
PAIRS_REMEMBERED = 20_000
"""Answers about two parties that are kept."""
_UNTAGGED = ("/login", "/who", "/add")
"""What shows more than the ledger knows."""
_ALIKE_FOR_ALL = (".atom", ".ics", ".csv", ".json", ".md", ".docx")


class NotFoundError(HTTPException):
    """Nothing stands under an address."""

    def __init__(self, said: str) -> None:
        super().__init__(404, said)


class Desk:
    """The ledger and the templates.

    Args:
        place: where the ledger is.

    Raises:
        LedgerError: there is no ledger, or it can't be used.
    """

    def __init__(self, place: Place) -> None:
        refuse_missing(place)
        self.place = place
        self.may_write = ledger_may_be_written(place)
        self._ledger = Ledger(place, read_only=not self.may_write, as_it_stands=self.may_write)
        self._follower = Follower(self._ledger.refresh)
        self._alone = threading.Lock()
        self._locks = [threading.RLock() for _ in range(LOCKS)]
        self._known: OrderedDict[object, tuple[str, Any]] = OrderedDict()
        self._of_pairs: OrderedDict[object, Any] = OrderedDict()
        self._alone_with_pairs = threading.Lock()
        self._templates = _templates()

    def prepare(self) -> None:
        """Have done now what would keep the first who ask waiting: entries are brought up to date."""
        land()
        place_of("")
        ring_of(())
        holders_of("nobody")  # these bring in what they need
        for name in self._templates.list_templates():
            self._templates.get_template(name)
        if self.may_write:
            self._ledger.refresh()

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """The ledger, to be asked: while entries are brought up to date, it answers as they stand.

        One that may not be written is opened anew each time and by one at a time: what has to be brought up to date
        is so in a copy in memory.
        """
        if self.may_write:
            if self._ledger.is_stale():
                self._follower.follow()
            yield self._ledger
            return
        with self._alone:
            opened = Ledger(self.place, read_only=True)
            try:
                yield opened
            finally:
                opened.close()

    def remembered(self, ledger: Ledger, name: object, answer: Callable[[], T]) -> T:
        """An answer that depends on nothing but the ledger, the day and what it is called; one works it out for all."""
        with self._locks[hash(name) % LOCKS]:
            known, state = self._known.get(name), _state(ledger)
            if known is not None and known[0] == state:
                self._asked_for(name)
                found: T = known[1]
                return found
            found = answer()  # of this state or a later one: entries may be brought up to date meanwhile
            self._known[name] = state, found
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            return found

    def remembered_of(
        self,
        ledger: Ledger,
        name: str,
        pairs: Sequence[tuple[str, str]],
        answer: Callable[[Sequence[tuple[str, str]]], Iterable[tuple[tuple[str, str], T]]],
    ) -> dict[tuple[str, str], T]:
        """Answers that depend on nothing but two parties and the day: what changes between others leaves them as they
        are.

        Args:
            answer: the answers for pairs; those for which there is none are left out.
        """
        today = date.today()
        states = {pair: (today, number) for pair, number in ledger.pair_numbers(pairs).items()}
        with self._alone_with_pairs:
            known = {pair: self._of_pairs.get((name, pair)) for pair in pairs}
        new = [pair for pair in pairs if (one := known[pair]) is None or one[0] != states[pair]]
        if new:
            found = dict(answer(new))
            known |= {pair: (states[pair], found.get(pair)) for pair in new}
            with self._alone_with_pairs:
                self._of_pairs.update({(name, pair): known[pair] for pair in new})
                while len(self._of_pairs) > PAIRS_REMEMBERED:
                    self._of_pairs.popitem(last=False)
        return {pair: told for pair in pairs if (one := known[pair]) is not None and (told := one[1]) is not None}

    def last(self, name: object) -> Any:
        """The answer of this name that was remembered last, be it as it may with the ledger by now; None for none."""
        known = self._known.get(name)
        self._asked_for(name)
        return known[1] if known is not None else None

    @contextmanager
    def alone_with(self, name: object) -> Iterator[bool]:
        """Whether nobody is working out the answer of this name; then nobody else does within the context."""
        lock = self._locks[hash(name) % LOCKS]
        free = lock.acquire(blocking=False)
        try:
            yield free
        finally:
            if free:
                lock.release()

    def _asked_for(self, name: object) -> None:
        """Note that an answer was asked for again: others are forgotten before it."""
        with suppress(KeyError):  # somebody else's answer may just have taken its place
            self._known.move_to_end(name)

    def keep(self, ledger: Ledger, name: object, answer: object) -> None:
        """Have an answer remembered as that of the ledger as it is now."""
        with self._locks[hash(name) % LOCKS]:
            self._known[name] = _state(ledger), answer

    def page(self, request: Request, template: str, status: int = 200, **found: Any) -> Response:
        """A page."""
        found |= {"path": request.url.path, "status": status, "may_write": self.may_write}
        found |= {"visitor": visitor_of(request), "analyst": request.app.state.analyst}
        text = self._templates.get_template(template).render(found)
        headers = getattr(request.state, "validators", {}) if status == 200 else {"Cache-Control": "no-store"}
        return HTMLResponse(text.encode("utf-8", "replace"), status, headers)

    def entry(self, ledger: Ledger, named: str) -> Entry:
        """The entry with this id.

        Raises:
            NotFoundError: there is none.
        """
        try:
            return ledger.entry(named)
        except UsageError as error:
            raise NotFoundError(f"This ledger has no entry that is called {named}.") from error

    def pair(self, ledger: Ledger, one: str, other: str) -> tuple[str, str]:
        """The two parties.

        Raises:
            NotFoundError: a party is unknown, or both are the same.
        """
        try:
            return pair_of(ledger, one, other)
        except UsageError as error:
            raise NotFoundError(f"This ledger knows nothing between {one} and {other}.") from error


def fresh(request: Request, response: Response) -> None:
    """Whether the asker has the page as it still is.

    Raises:
        HTTPException: 304, where they have.
    """
    desk: Desk = request.app.state.desk
    if request.method not in ("GET", "HEAD") or request.url.path.startswith(_UNTAGGED):
        return
    with desk.ledger() as ledger:
        state = f"{_state(ledger)}\n{request.url.path}?{request.url.query}"
    if not request.url.path.endswith(_ALIKE_FOR_ALL) and not request.url.path.startswith("/api/"):
        state += f"\n{visitor_of(request)}"  # pages bear forms, and the name of who decides
    tag = f'W/"{hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'
    request.state.validators = {"ETag": tag}
    response.headers["ETag"] = tag
    known = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        raise HTTPException(304, headers={"ETag": tag})


def _state(ledger: Ledger) -> str:
    """What changes whenever a page may."""
    return f"{ledger.state()} {date.today()}"


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


TheDesk = Annotated[Desk, Depends(_desk)]


def _as_of(
    value: Annotated[str, Query(alias="as-of", description="The day to look from; today where empty.")] = "",
) -> date:
    return day(value or None, "as-of") or date.today()


def _since(
    value: Annotated[str, Query(alias="since", description="Only what is from this day on.")] = "",
) -> date | None:
    return day(value or None, "since")


AsOf = Annotated[date, Depends(_as_of)]
Since = Annotated[date | None, Depends(_since)]
Page = Annotated[int, Query(ge=1, le=100_000)]


@cache
def _templates() -> Environment:
    """Templates escape whatever they are given: a document's words are never markup."""
    environment = Environment(
        loader=PackageLoader("communique.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "spoken": in_words,
        "called": words.called,
        "told": words.value,
        "plainly": lambda text: str(text).replace("-", " ").replace("_", " "),
        "web": words.web_address,
        "segment": words.segment,
        "headline": lambda entry: headline(entry, name_of),
        "counted": words.counted,
        "sure": words.sure,
    }
    environment.globals |= {
        "KINDS": list(Kind),
        "STANDINGS": list(Standing),
        "PLURALS": words.PLURALS,
        "MARKS": {standing.value: mark for standing, (mark, _) in SYMBOLS.items()},
        "actor": words.actor,
        "address": words.address,
        "relationship": words.relationship,
        "shares": words.shares,
    }
    return environment


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    # what templates of our own have made was shown so already
    return without_controls(value) if type(value) is str and not value.isprintable() else value
