"""What the sections of a brief show: chosen by how it is ordered, from all that belongs in them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from heapq import nsmallest
from types import MappingProxyType
from typing import Any, NamedTuple

from communique.model import Kind, Outline, Sketch, Standing
from communique.resolve.promises import PENDING, is_overdue
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
_STATEMENTS_READ = 64
"""Statements that are read in outline at first; more where few speakers have said all of these."""

Glimpse = Outline | Sketch
"""What is counted and put in a rough order; that is read in outline of which the order may matter."""
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
    """A group with all that belongs in it; None for its order means that it is one of statements."""

    heading: str | None
    entries: Sequence[Glimpse]
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
        return Picked(self.heading, shown, len(self.entries) - len(shown), self.in_short, self.was)


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


def picked(parts: Sequence[Asked], entries: Sequence[Glimpse], read: Read) -> list[Part]:
    """What is shown of each section; those of which nothing is are left out."""
    foremost = [[group.foremost() for group in part.groups] for part in parts]
    outlines = {one.id: one for one in read({e.id for groups in foremost for group in groups for e in group})}
    picked = []
    for part, firsts in zip(parts, foremost, strict=True):
        groups = [
            group.picked(first, outlines) if group.order else _statements(group.entries, entries, read)
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
) -> list[Asked]:
    """All sections of a page, each with all that belongs in it."""
    by_kind: dict[Kind, list[Glimpse]] = {kind: [] for kind in Kind}
    for entry in entries:
        by_kind[entry.kind].append(entry)
    meetings = by_kind[Kind.ENGAGEMENT]
    ahead = [e for e in meetings if e.standing is Standing.PROSPECTIVE]
    held = [e for e in meetings if e.standing is not Standing.PROSPECTIVE]
    agreed, supplied, begun = by_kind[Kind.AGREEMENT], by_kind[Kind.TRANSFER], by_kind[Kind.INITIATIVE]
    promised = _promised(by_kind[Kind.UNDERTAKING], parties, names, as_of)
    said = Grouped(None, by_kind[Kind.STATEMENT], None)
    parts: list[tuple[str, str, Kind | None, Sequence[Grouped]]] = [
        ("changes", "What changed", None, changed),
        ("engagements", "Who met when", Kind.ENGAGEMENT, [_group(None, held), Grouped("Planned", ahead, _SOONEST)]),
        ("agreements", "Agreements and where they stand", Kind.AGREEMENT, [_group(None, agreed)]),
        ("transfers", "Transfers", Kind.TRANSFER, [_group(None, supplied)]),
        ("initiatives", "Initiatives", Kind.INITIATIVE, [_group(None, begun)]),
        ("open", "Promised and still open", Kind.UNDERTAKING, promised),
        ("done", "What was done", None, _done(entries)),
        ("statements", "Who said what", Kind.STATEMENT, [said]),
    ]
    return [
        Asked(key, title, kind, groups, sum(is_overdue(e, as_of) for e in by_kind[kind]) if kind else 0)
        for key, title, kind, groups in parts
    ]


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
_SOONEST = _Order(
    lambda entry: soonest_first(entry.date),
    lambda entry: (soonest_first(entry.date), surest_first(entry), entry.id),
)


def _group(heading: str | None, entries: Sequence[Glimpse], shown: int = SHOWN) -> Grouped:
    return Grouped(heading, entries, _BY_NEWS, shown)


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
    undertakings: Sequence[Glimpse], parties: tuple[str, str], names: tuple[str, str], as_of: date
) -> list[Grouped]:
    """Open undertakings by who is to keep them; overdue ones first, then by due date, then newest first."""

    def roughly(entry: Glimpse) -> tuple[bool, int, int]:
        return not is_overdue(entry, as_of), soonest_first(entry.due), _newest(entry)

    order = _Order(roughly, lambda entry: (*roughly(entry), *_page_order(entry)))
    sides: dict[str, list[Glimpse]] = {names[0]: [], names[1]: [], "Together": [], "Others, or not said who": []}
    for entry in undertakings:
        if entry.standing in PENDING:
            sides[_side(entry, parties, names)].append(entry)
    dropped = [e for e in undertakings if e.standing is Standing.ENDED]
    return [*(Grouped(name, found, order) for name, found in sides.items()), _group("Given up", dropped)]


def _side(entry: Glimpse, parties: tuple[str, str], names: tuple[str, str]) -> str:
    if all(party in entry.by for party in parties):
        return "Together"
    for party, name in zip(parties, names, strict=True):
        if party in entry.by:
            return name
    return "Others, or not said who"


def _done(entries: Iterable[Glimpse]) -> list[Grouped]:
    """Undertakings kept, shown in full, and a chronology of everything else that became real."""
    realised = [e for e in entries if e.standing is Standing.REALISED and e.kind is not Kind.STATEMENT]
    kept = [e for e in realised if e.kind is Kind.UNDERTAKING]
    others = [e for e in realised if e.kind is not Kind.UNDERTAKING]
    chronology = _group("Held, concluded, delivered", others, DONE_SHOWN)
    return [_group("Promises kept", kept), chronology._replace(in_short=True)]


def _statements(statements: Sequence[Glimpse], entries: Sequence[Glimpse], read: Read) -> Picked:
    """The latest and most substantial: newest document first, then sentences that tell of other entries."""
    number = _STATEMENTS_READ
    while True:
        newest = latest(statements, number)
        documents = {document for one in newest for document in one.documents}
        beside = [e.id for e in entries if e.kind is not Kind.STATEMENT and not documents.isdisjoint(e.documents)]
        telling = {passage for one in read(beside) for passage in one.passages}
        chosen = _said(read([one.id for one in newest]), telling)
        if len(chosen) == SHOWN or len(newest) == len(statements):
            return Picked(None, sorted(chosen, key=_page_order), len(statements) - len(chosen))
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
