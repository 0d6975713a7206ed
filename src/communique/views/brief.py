"""The brief: what stands between two parties on a given day, chosen and ordered from their entries."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from heapq import nsmallest
from types import MappingProxyType
from typing import Any, NamedTuple

from communique.model import Entry, Kind, Outline, Sketch, Standing
from communique.resolve.outlining import outline
from communique.resolve.promises import PENDING, is_overdue
from communique.views.attention import Attention, Standpoint, attention
from communique.views.choosing import between, is_doubtful, latest_news, surest_first, told_by
from communique.views.data import entry_to_json
from communique.views.dates import newest_first, soonest_first
from communique.views.since import Changes, changes_since, of_interest

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries under one heading, in the order of the page.

    Attributes:
        hidden: how many more there are; they are only counted.
        in_short: the entries stand in full elsewhere on the page, here in one line each.
        was: the earlier stages of entries that moved, by their ids.
    """

    heading: str | None = None
    entries: tuple[Entry, ...] = ()
    hidden: int = 0
    in_short: bool = False
    was: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the page.

    Attributes:
        key: stable name in JSON.
        kind: the kind to list for the entries that are hidden; None where the section mixes kinds.
        overdue: how many of its entries, shown or hidden, are past their date.
    """

    key: str
    title: str
    kind: Kind | None
    groups: tuple[Group, ...]
    overdue: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The page as data.

    Attributes:
        parties: codes of the two parties.
        names: the same as a reader calls them.
        documents: number of documents that the entries come from.
        period: first and last day of publication of these documents, None where none is dated.
        attention: how many of the entries ask for attention, and why.
    """

    parties: tuple[str, str]
    names: tuple[str, str]
    standpoint: Standpoint
    since: date | None
    documents: int
    period: tuple[str, str] | None
    attention: Attention
    sections: tuple[Section, ...]

    @property
    def as_of(self) -> date:
        """The day of the page."""
        return self.standpoint.day


Glimpse = Outline | Sketch
"""What is counted and put in a rough order; that is read in outline of which the order may matter."""
Read = Callable[[Collection[str]], Iterable[Outline]]
"""Gives the entries with these ids in outline, as documents up to the day of the page tell them."""
Tell = Callable[[Sequence[str]], Iterable[Entry]]
"""Gives the entries with these ids, as documents up to the day of the page tell them."""


def brief_of(
    entries: Iterable[Entry],
    parties: tuple[str, str],
    standpoint: Standpoint,
    *,
    names: tuple[str, str] | None = None,
    since: date | None = None,
) -> Brief:
    """Chooses what belongs on the page of two parties.

    Args:
        entries: entries that name at least one of the two, and statements.
        standpoint: what was published after its day is left out.
        since: only entries of which a document of that day or later speaks, or that happened since.
    """
    whole = {told.id: told for entry in entries if (told := told_by(entry, standpoint.day)) is not None}
    chosen = {one.id: one for one in between([outline(entry) for entry in whole.values()], parties)}

    def read(ids: Collection[str]) -> list[Outline]:
        return [chosen[key] for key in ids]

    def tell(ids: Sequence[str]) -> list[Entry]:
        return [whole[key] for key in ids]

    return brief_from(list(chosen.values()), read, tell, parties, standpoint, names=names, since=since)


def brief_from(
    entries: Sequence[Glimpse],
    read: Read,
    tell: Tell,
    parties: tuple[str, str],
    standpoint: Standpoint,
    *,
    names: tuple[str, str] | None = None,
    since: date | None = None,
) -> Brief:
    """Orders what belongs on the page of two parties, and has only what is shown told in full.

    Args:
        entries: all that belongs on the page (see :func:`communique.views.choosing.between`), as documents up to the
            day of the standpoint tell it.
        read: gives those in outline of which the order matters.
        tell: gives those in full that are shown.
        since: as for :func:`brief_of`.
    """
    as_of = standpoint.day
    chosen = list(entries)
    changed: list[_Group] = []
    if since is not None:
        changes = changes_since(chosen, since, as_of, tell)
        chosen = of_interest([entry for entry in chosen if latest_news(entry) >= since], changes)
        changed = _changed(changes)
    names = names or parties
    parts = _picked(_parts(chosen, parties, names, as_of, changed), chosen, read)
    shown = dict.fromkeys(one.id for part in parts for group in part.groups for one in group.entries)
    told = {entry.id: entry for entry in tell(list(shown))}
    first = min((one.first_dated for one in chosen if one.first_dated), default=None)
    return Brief(
        parties=parties,
        names=names,
        standpoint=standpoint,
        since=since,
        documents=len({document for one in chosen for document in one.documents}),
        period=(first, max(one.last_told for one in chosen)) if first else None,
        attention=attention(chosen, standpoint),
        sections=tuple(part.told(told) for part in parts),
    )


class _Picked(NamedTuple):
    """A group as it was chosen; see :class:`Group`."""

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


class _Group(NamedTuple):
    """A group with all that belongs in it; None for its order means that it is one of statements."""

    heading: str | None
    entries: Sequence[Glimpse]
    order: _Order | None
    shown: int = SHOWN
    in_short: bool = False
    was: Mapping[str, str] = MappingProxyType({})

    def foremost(self) -> Sequence[Glimpse]:
        """Those that may be shown, and few more."""
        return _foremost(self.entries, self.order.roughly, self.shown) if self.order else ()

    def picked(self, outlines: Mapping[str, Outline]) -> _Picked:
        """What is shown of it."""
        found = [outlines[entry.id] for entry in self.foremost()]
        shown = nsmallest(self.shown, found, key=self.order.wholly if self.order else None)
        return _Picked(self.heading, shown, len(self.entries) - len(shown), self.in_short, self.was)


class _Part(NamedTuple):
    """A section as it was chosen; see :class:`Section`."""

    key: str
    title: str
    kind: Kind | None
    groups: Sequence[_Picked]
    overdue: int

    def told(self, whole: Mapping[str, Entry]) -> Section:
        """The section with the entries in full."""
        groups = tuple(
            Group(
                heading=group.heading,
                entries=tuple(whole[one.id] for one in group.entries),
                hidden=group.hidden,
                in_short=group.in_short,
                was=group.was,
            )
            for group in self.groups
        )
        return Section(key=self.key, title=self.title, kind=self.kind, groups=groups, overdue=self.overdue)


def brief_to_json(brief: Brief) -> dict[str, Any]:
    """The page as plain JSON data; an entry that moved has the stage that it ``was`` at."""
    return {
        "parties": list(brief.parties),
        "names": list(brief.names),
        "as_of": brief.as_of.isoformat(),
        "since": brief.since.isoformat() if brief.since else None,
        "documents": brief.documents,
        "period": list(brief.period) if brief.period else None,
        "attention": brief.attention._asdict(),
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "overdue": section.overdue,
                "groups": [
                    {
                        "heading": group.heading,
                        "entries": [_entry_to_json(e, brief.standpoint, group) for e in group.entries],
                        "hidden": group.hidden,
                    }
                    for group in section.groups
                ],
            }
            for section in brief.sections
        ],
    }


def _entry_to_json(entry: Entry, standpoint: Standpoint, group: Group) -> dict[str, Any]:
    told = entry_to_json(entry, standpoint=standpoint)
    return told | ({"was": group.was[entry.id]} if entry.id in group.was else {})


def _foremost(entries: Sequence[Glimpse], roughly: Callable[[Glimpse], Any], number: int) -> Sequence[Glimpse]:
    """At least so many entries that come first, with all that come as early as the last of them."""
    if len(entries) <= number:
        return entries
    keys = [roughly(entry) for entry in entries]
    last = nsmallest(number, keys)[-1]
    return [entry for entry, key in zip(entries, keys, strict=True) if key <= last]


class _Asked(NamedTuple):
    """A section with all that belongs in it; see :class:`Section`."""

    key: str
    title: str
    kind: Kind | None
    groups: Sequence[_Group]
    overdue: int


def _picked(parts: Sequence[_Asked], entries: Sequence[Glimpse], read: Read) -> list[_Part]:
    """What is shown of each section; those of which nothing is are left out."""
    wanted = {entry.id for part in parts for group in part.groups for entry in group.foremost()}
    outlines = {one.id: one for one in read(wanted)}
    picked = []
    for part in parts:
        groups = [
            group.picked(outlines) if group.order else _statements(group.entries, entries, read)
            for group in part.groups
            if group.entries
        ]
        if filled := [group for group in groups if group.entries]:
            picked.append(_Part(part.key, part.title, part.kind, filled, part.overdue))
    return picked


def _parts(
    entries: Sequence[Glimpse],
    parties: tuple[str, str],
    names: tuple[str, str],
    as_of: date,
    changed: Sequence[_Group],
) -> list[_Asked]:
    by_kind: dict[Kind, list[Glimpse]] = {kind: [] for kind in Kind}
    for entry in entries:
        by_kind[entry.kind].append(entry)
    meetings = by_kind[Kind.ENGAGEMENT]
    ahead = [e for e in meetings if e.standing is Standing.PROSPECTIVE]
    held = [e for e in meetings if e.standing is not Standing.PROSPECTIVE]
    agreed, supplied, begun = by_kind[Kind.AGREEMENT], by_kind[Kind.TRANSFER], by_kind[Kind.INITIATIVE]
    promised = _promised(by_kind[Kind.UNDERTAKING], parties, names, as_of)
    said = _Group(None, by_kind[Kind.STATEMENT], None)
    parts: list[tuple[str, str, Kind | None, Sequence[_Group]]] = [
        ("changes", "What changed", None, changed),
        ("engagements", "Who met when", Kind.ENGAGEMENT, [_group(None, held), _Group("Planned", ahead, _SOONEST)]),
        ("agreements", "Agreements and where they stand", Kind.AGREEMENT, [_group(None, agreed)]),
        ("transfers", "Transfers", Kind.TRANSFER, [_group(None, supplied)]),
        ("initiatives", "Initiatives", Kind.INITIATIVE, [_group(None, begun)]),
        ("open", "Promised and still open", Kind.UNDERTAKING, promised),
        ("done", "What was done", None, _done(entries)),
        ("statements", "Who said what", Kind.STATEMENT, [said]),
    ]
    return [
        _Asked(key, title, kind, groups, sum(is_overdue(e, as_of) for e in by_kind[kind]) if kind else 0)
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


def _group(heading: str | None, entries: Sequence[Glimpse], shown: int = SHOWN) -> _Group:
    return _Group(heading, entries, _BY_NEWS, shown)


def _changed(changes: Changes) -> list[_Group]:
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
) -> list[_Group]:
    """Open undertakings by who is to keep them; overdue ones first, then by due date, then newest first."""

    def roughly(entry: Glimpse) -> tuple[bool, int, int]:
        return not is_overdue(entry, as_of), soonest_first(entry.due), _newest(entry)

    order = _Order(roughly, lambda entry: (*roughly(entry), *_page_order(entry)))
    sides: dict[str, list[Glimpse]] = {names[0]: [], names[1]: [], "Together": [], "Others, or not said who": []}
    for entry in undertakings:
        if entry.standing in PENDING:
            sides[_side(entry, parties, names)].append(entry)
    dropped = [e for e in undertakings if e.standing is Standing.ENDED]
    return [*(_Group(name, found, order) for name, found in sides.items()), _group("Given up", dropped)]


def _side(entry: Glimpse, parties: tuple[str, str], names: tuple[str, str]) -> str:
    if all(party in entry.by for party in parties):
        return "Together"
    for party, name in zip(parties, names, strict=True):
        if party in entry.by:
            return name
    return "Others, or not said who"


def _done(entries: Iterable[Glimpse]) -> list[_Group]:
    """Undertakings kept, shown in full, and a chronology of everything else that became real."""
    realised = [e for e in entries if e.standing is Standing.REALISED and e.kind is not Kind.STATEMENT]
    kept = [e for e in realised if e.kind is Kind.UNDERTAKING]
    others = [e for e in realised if e.kind is not Kind.UNDERTAKING]
    chronology = _group("Held, concluded, delivered", others, DONE_SHOWN)
    return [_group("Promises kept", kept), chronology._replace(in_short=True)]


def _statements(statements: Sequence[Glimpse], entries: Sequence[Glimpse], read: Read) -> _Picked:
    """The latest and most substantial: newest document first, then sentences that tell of other entries."""
    number = _STATEMENTS_READ
    while True:
        newest = _foremost(statements, _newest, number)
        documents = {document for one in newest for document in one.documents}
        beside = [e.id for e in entries if e.kind is not Kind.STATEMENT and not documents.isdisjoint(e.documents)]
        telling = {passage for one in read(beside) for passage in one.passages}
        chosen = _said(read([one.id for one in newest]), telling)
        if len(chosen) == SHOWN or len(newest) == len(statements):
            return _Picked(None, sorted(chosen, key=_page_order), len(statements) - len(chosen))
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
