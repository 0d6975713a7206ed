"""What the sections of a brief show: chosen by how it is ordered, from all that belongs in them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from heapq import nsmallest
from types import MappingProxyType
from typing import Any, NamedTuple

from communique.ledger.shortlists import Further
from communique.model import Kind, Outline, Standing
from communique.resolve.promises import PENDING, is_overdue
from communique.views.beyond import Beyond, Glimpse
from communique.views.choosing import is_doubtful, latest, surest_first
from communique.views.dates import newest_first, soonest_first
from communique.views.since import Changes

SHOWN = 8
"""Entries of one group on the page, so that ten documents make about five printed pages; the rest is counted."""
DONE_SHOWN = 15
"""Lines of the chronology, one for each thing that became real."""
CHANGES_SHOWN = 15
"""Lines of what is new, of what moved and of what fell due."""
OF_ONE_SPEAKER = 2
"""Statements of one speaker in one document: nobody takes over the page."""
SHORTEST_STATEMENT = 5
"""Words; what is shorter rarely says anything without its sentence."""
STATEMENTS_READ = 64
"""Statements that are read in outline at first; more where few speakers have said all of these."""

Read = Callable[[Collection[str]], Iterable[Outline]]
"""Gives the entries with these ids in outline, as documents up to the day of the page tell them."""


class Picked(NamedTuple):
    """A group as it was chosen; see :class:`communique.views.brief.Group`."""

    heading: str | None
    entries: Sequence[Outline]
    hidden: int
    in_short: bool = False
    was: Mapping[str, str] = MappingProxyType({})


class _Order(NamedTuple):
    """How the entries of a group follow each other.

    Attributes:
        roughly: a key that is quickly told, and with which ``wholly`` begins.
        wholly: tells any two entries apart.
    """

    roughly: Callable[[Glimpse], Any]
    wholly: Callable[[Outline], Any]


class Grouped(NamedTuple):
    """A group with all of it that may be shown; None for its order means that it is one of statements.

    Attributes:
        further: how many more belong in it.
    """

    heading: str | None
    entries: Sequence[Glimpse]
    further: int
    order: _Order | None
    shown: int = SHOWN
    in_short: bool = False
    was: Mapping[str, str] = MappingProxyType({})

    def foremost(self) -> Sequence[Glimpse]:
        """Those that may be shown, and few more."""
        if self.order is _BY_NEWS:
            return latest(self.entries, self.shown)
        return _foremost(self.entries, self.order.roughly, self.shown) if self.order else ()

    def picked(self, foremost: Sequence[Glimpse], outlines: Mapping[str, Outline]) -> Picked:
        """What is shown of it."""
        found = [outlines[entry.id] for entry in foremost]
        shown = nsmallest(self.shown, found, key=self.order.wholly if self.order else None)
        return Picked(self.heading, shown, self.total - len(shown), self.in_short, self.was)

    @property
    def total(self) -> int:
        """How many entries belong in it."""
        return len(self.entries) + self.further


class Part(NamedTuple):
    """A section as it was chosen; see :class:`communique.views.brief.Section`."""

    key: str
    title: str
    kind: Kind | None
    groups: Sequence[Picked]
    overdue: int


def _foremost(entries: Sequence[Glimpse], roughly: Callable[[Glimpse], Any], number: int) -> Sequence[Glimpse]:
    """At least so many entries that come first, with all that come as early as the last of them."""
    if len(entries) <= number:
        return entries
    keys = [roughly(entry) for entry in entries]
    last = nsmallest(number, keys)[-1]
    return [entry for entry, key in zip(entries, keys, strict=True) if key <= last]


class Asked(NamedTuple):
    """A section with all that belongs in it; see :class:`communique.views.brief.Section`."""

    key: str
    title: str
    kind: Kind | None
    groups: Sequence[Grouped]
    overdue: int


def picked(parts: Sequence[Asked], beyond: Beyond, read: Read) -> list[Part]:
    """What is shown of each section; those of which nothing is are left out."""
    foremost = [[group.foremost() for group in part.groups] for part in parts]
    outlines = {one.id: one for one in read({e.id for groups in foremost for group in groups for e in group})}
    picked = []
    for part, firsts in zip(parts, foremost, strict=True):
        groups = [
            group.picked(first, outlines) if group.order else _statements(group.total, beyond, read)
            for group, first in zip(part.groups, firsts, strict=True)
            if group.entries
        ]
        if filled := [group for group in groups if group.entries]:
            picked.append(Part(part.key, part.title, part.kind, filled, part.overdue))
    return picked


def parts_of(
    entries: Sequence[Glimpse],
    parties: tuple[str, str],
    names: tuple[str, str],
    as_of: date,
    changed: Sequence[Grouped],
    further: Sequence[Further],
) -> list[Asked]:
    """All sections of a page, each with all that belongs in it.

    Args:
        further: entries that are only counted: as many of each group as can be shown are among ``entries``.
    """
    by_kind: dict[Kind, list[Glimpse]] = {kind: [] for kind in Kind}
    for entry in entries:
        by_kind[entry.kind].append(entry)
    meetings = by_kind[Kind.ENGAGEMENT]
    ahead = [e for e in meetings if e.standing is Standing.PROSPECTIVE]
    held = [e for e in meetings if e.standing is not Standing.PROSPECTIVE]
    promised = _promised(by_kind[Kind.UNDERTAKING], parties, names, as_of, further)

    def all_of(kind: Kind) -> Sequence[Grouped]:
        return [_group(None, by_kind[kind], further=_number(further, kind))]

    met = _group(None, held, further=_number(further, Kind.ENGAGEMENT, *_NO_LONGER_AHEAD))
    planned = Grouped("Planned", ahead, _number(further, Kind.ENGAGEMENT, Standing.PROSPECTIVE), _SOONEST)
    said = Grouped(None, by_kind[Kind.STATEMENT], _number(further, Kind.STATEMENT), None)
    parts: list[tuple[str, str, Kind | None, Sequence[Grouped]]] = [
        ("changes", "What changed", None, changed),
        ("engagements", "Who met when", Kind.ENGAGEMENT, [met, planned]),
        ("agreements", "Agreements and where they stand", Kind.AGREEMENT, all_of(Kind.AGREEMENT)),
        ("transfers", "Transfers", Kind.TRANSFER, all_of(Kind.TRANSFER)),
        ("initiatives", "Initiatives", Kind.INITIATIVE, all_of(Kind.INITIATIVE)),
        ("open", "Promised and still open", Kind.UNDERTAKING, promised),
        ("done", "What was done", None, _done(entries, further)),
        ("statements", "Who said what", Kind.STATEMENT, [said]),
    ]
    return [
        Asked(key, title, kind, groups, _overdue(kind, by_kind[kind], as_of, further) if kind else 0)
        for key, title, kind, groups in parts
    ]


def _overdue(kind: Kind, entries: Sequence[Glimpse], as_of: date, further: Sequence[Further]) -> int:
    return sum(is_overdue(e, as_of) for e in entries) + sum(each.overdue for each in further if each.kind is kind)


def _number(further: Sequence[Further], kind: Kind, *standings: Standing) -> int:
    """How many of a kind are only counted; only those of some standings where any are given."""
    return sum(one.entries for one in further if one.kind is kind and (not standings or one.standing in standings))


@lru_cache(maxsize=65536)
def _days_back(told_day: str) -> int:
    return newest_first(told_day)


def _newest(entry: Glimpse) -> int:
    return _days_back(entry.told_day)


def _page_order(entry: Outline) -> tuple[int, bool, str, int, float, str]:
    return _newest(entry), is_doubtful(entry), *_place(entry)


def _place(entry: Outline) -> tuple[str, int, float, str]:
    """Where the latest report stands, so that neighbours in a document are neighbours on the page."""
    return entry.last_document, entry.last_start, surest_first(entry), entry.id


_BY_NEWS = _Order(_newest, _page_order)
_NO_LONGER_AHEAD = tuple(standing for standing in Standing if standing is not Standing.PROSPECTIVE)
_SOONEST = _Order(
    lambda entry: soonest_first(entry.date),
    lambda entry: (soonest_first(entry.date), surest_first(entry), entry.id),
)


def _group(heading: str | None, entries: Sequence[Glimpse], shown: int = SHOWN, *, further: int = 0) -> Grouped:
    return Grouped(heading, entries, further, _BY_NEWS, shown)


def changed_since(changes: Changes) -> list[Grouped]:
    """What is new, what moved and what fell due, a line each: all of it stands in full below."""
    moved = _group("Moved", [entry for entry, _ in changes.moved], CHANGES_SHOWN)
    groups = [
        moved._replace(was={entry.id: stage for entry, stage in changes.moved}),
        _group("Fell due", changes.due, CHANGES_SHOWN),
        _group("New", changes.new, CHANGES_SHOWN),
    ]
    return [group._replace(in_short=True) for group in groups]


def _promised(
    undertakings: Sequence[Glimpse],
    parties: tuple[str, str],
    names: tuple[str, str],
    as_of: date,
    further: Sequence[Further],
) -> list[Grouped]:
    """Open undertakings by who is to keep them; overdue ones first, then by due date, then newest first."""

    def roughly(entry: Glimpse) -> tuple[bool, int, int]:
        return not is_overdue(entry, as_of), soonest_first(entry.due), _newest(entry)

    order = _Order(roughly, lambda entry: (*roughly(entry), *_page_order(entry)))
    sides: dict[str, list[Glimpse]] = {names[0]: [], names[1]: [], "Together": [], "Others, or not said who": []}
    for entry in undertakings:
        if entry.standing in PENDING:
            sides[_side(entry, parties, names)].append(entry)
    more = Counter[str]()
    for each in further:
        if each.kind is Kind.UNDERTAKING and each.standing in PENDING:
            more[_side(each, parties, names)] += each.entries
    dropped = [e for e in undertakings if e.standing is Standing.ENDED]
    given_up = _group("Given up", dropped, further=_number(further, Kind.UNDERTAKING, Standing.ENDED))
    return [*(Grouped(name, found, more[name], order) for name, found in sides.items()), given_up]


def _side(entry: Glimpse | Further, parties: tuple[str, str], names: tuple[str, str]) -> str:
    if all(party in entry.by for party in parties):
        return "Together"
    for party, name in zip(parties, names, strict=True):
        if party in entry.by:
            return name
    return "Others, or not said who"


def _done(entries: Iterable[Glimpse], further: Sequence[Further]) -> list[Grouped]:
    """Undertakings kept, shown in full, and a chronology of everything else that became real."""
    realised = [e for e in entries if e.standing is Standing.REALISED and e.kind is not Kind.STATEMENT]
    kept = [e for e in realised if e.kind is Kind.UNDERTAKING]
    others = [e for e in realised if e.kind is not Kind.UNDERTAKING]
    more = Counter({kind: _number(further, kind, Standing.REALISED) for kind in Kind if kind is not Kind.STATEMENT})
    more_kept = more.pop(Kind.UNDERTAKING)
    chronology = _group("Held, concluded, delivered", others, DONE_SHOWN, further=more.total())
    return [_group("Promises kept", kept, further=more_kept), chronology._replace(in_short=True)]


def _statements(total: int, beyond: Beyond, read: Read) -> Picked:
    """The latest and most substantial: newest document first, then sentences that tell of other entries."""
    number = STATEMENTS_READ
    while True:
        newest = beyond.statements(number)
        documents = {document for one in newest for document in one.documents}
        telling = {passage for one in read(beyond.told_with(documents)) for passage in one.passages}
        chosen = _said(read([one.id for one in newest]), telling)
        if len(chosen) == SHOWN or len(newest) == total:
            return Picked(None, sorted(chosen, key=_page_order), total - len(chosen))
        number *= 8


def _said(statements: Iterable[Outline], telling: Collection[str]) -> list[Outline]:
    """The first statements that are long enough, few of each speaker.

    Args:
        telling: passages that entries other than statements stand on.
    """

    def order(entry: Outline) -> tuple[Any, ...]:
        apart = not any(passage in telling for passage in entry.passages)
        return _newest(entry), is_doubtful(entry), apart, not entry.direct, -entry.words, entry.id

    chosen: list[Outline] = []
    of_speaker = Counter[tuple[str | None, ...]]()
    for entry in sorted((e for e in statements if e.words >= SHORTEST_STATEMENT), key=order):
        speaker = (entry.told_on, *entry.speakers)
        of_speaker[speaker] += 1
        if of_speaker[speaker] <= OF_ONE_SPEAKER and len(chosen) < SHOWN:
            chosen.append(entry)
    return chosen
