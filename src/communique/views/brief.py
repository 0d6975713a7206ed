"""The brief: what stands between two parties on a given day, chosen and ordered from their entries."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import nsmallest
from types import MappingProxyType
from typing import Any, NamedTuple

from communique.model import Entry, Kind, Outline, Standing
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
    outlines = [outline(entry) for entry in whole.values()]

    def tell(ids: Sequence[str]) -> list[Entry]:
        return [whole[key] for key in ids]

    return brief_from(outlines, tell, parties, standpoint, names=names, since=since)


def brief_from(
    outlines: Iterable[Outline],
    tell: Tell,
    parties: tuple[str, str],
    standpoint: Standpoint,
    *,
    names: tuple[str, str] | None = None,
    since: date | None = None,
) -> Brief:
    """Chooses what belongs on the page of two parties from outlines, and has only what is shown told in full.

    Args:
        outlines: entries as documents up to the day of the standpoint tell them.
        tell: gives them in full.
        since: as for :func:`brief_of`.
    """
    as_of = standpoint.day
    chosen = between(list(outlines), parties)
    changed: list[_Picked] = []
    if since is not None:
        changes = changes_since(chosen, since, as_of, tell)
        chosen = of_interest([entry for entry in chosen if latest_news(entry) >= since], changes)
        changed = _changed(changes)
    names = names or parties
    parts = list(_parts(chosen, parties, names, as_of, changed))
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


def _parts(
    entries: list[Outline], parties: tuple[str, str], names: tuple[str, str], as_of: date, changed: list[_Picked]
) -> Iterable[_Part]:
    by_kind: dict[Kind, list[Outline]] = {kind: [] for kind in Kind}
    for entry in entries:
        by_kind[entry.kind].append(entry)
    meetings = by_kind[Kind.ENGAGEMENT]
    ahead = [e for e in meetings if e.standing is Standing.PROSPECTIVE]
    held = [e for e in meetings if e.standing is not Standing.PROSPECTIVE]
    promised = _promised(by_kind[Kind.UNDERTAKING], parties, names, as_of)
    parts = [
        ("changes", "What changed", None, changed),
        ("engagements", "Who met when", Kind.ENGAGEMENT, [_group(None, held), _group("Planned", ahead, _soonest)]),
        ("agreements", "Agreements and where they stand", Kind.AGREEMENT, [_group(None, by_kind[Kind.AGREEMENT])]),
        ("transfers", "Transfers", Kind.TRANSFER, [_group(None, by_kind[Kind.TRANSFER])]),
        ("initiatives", "Initiatives", Kind.INITIATIVE, [_group(None, by_kind[Kind.INITIATIVE])]),
        ("open", "Promised and still open", Kind.UNDERTAKING, promised),
        ("done", "What was done", None, _done(entries)),
        ("statements", "Who said what", Kind.STATEMENT, [_statements(by_kind[Kind.STATEMENT], entries)]),
    ]
    for key, title, kind, groups in parts:
        filled = [group for group in groups if group.entries]
        if filled:
            overdue = sum(is_overdue(entry, as_of) for entry in by_kind[kind]) if kind else 0
            yield _Part(key, title, kind, filled, overdue)


def _page_order(entry: Outline) -> tuple[int, bool, str, int, float, str]:
    return newest_first(entry.told_on), is_doubtful(entry), *_place(entry)


def _place(entry: Outline) -> tuple[str, int, float, str]:
    """Where the latest report stands, so that neighbours in a document are neighbours on the page."""
    return entry.last_document, entry.last_start, surest_first(entry), entry.id


def _soonest(entry: Outline) -> tuple[int, float, str]:
    return soonest_first(entry.date), surest_first(entry), entry.id


def _group(
    heading: str | None,
    entries: Sequence[Outline],
    order: Callable[[Outline], Any] = _page_order,
    shown: int = SHOWN,
) -> _Picked:
    return _Picked(heading, nsmallest(shown, entries, key=order), max(0, len(entries) - shown))


def _changed(changes: Changes) -> list[_Picked]:
    """What is new, what moved and what fell due, a line each: all of it stands in full below."""
    moved = _group("Moved", [entry for entry, _ in changes.moved], shown=CHANGES_SHOWN)
    groups = [
        moved._replace(was={entry.id: stage for entry, stage in changes.moved}),
        _group("Fell due", changes.due, shown=CHANGES_SHOWN),
        _group("New", changes.new, shown=CHANGES_SHOWN),
    ]
    return [group._replace(in_short=True) for group in groups]


def _promised(
    undertakings: list[Outline], parties: tuple[str, str], names: tuple[str, str], as_of: date
) -> list[_Picked]:
    """Open undertakings by who is to keep them; overdue ones first, then by due date, then newest first."""

    def order(entry: Outline) -> tuple[Any, ...]:
        return (not is_overdue(entry, as_of), soonest_first(entry.due), *_page_order(entry))

    sides: dict[str, list[Outline]] = {names[0]: [], names[1]: [], "Together": [], "Others, or not said who": []}
    for entry in undertakings:
        if entry.standing in PENDING:
            sides[_side(entry, parties, names)].append(entry)
    dropped = [e for e in undertakings if e.standing is Standing.ENDED]
    return [*(_group(name, found, order) for name, found in sides.items()), _group("Given up", dropped)]


def _side(entry: Outline, parties: tuple[str, str], names: tuple[str, str]) -> str:
    if all(party in entry.by for party in parties):
        return "Together"
    for party, name in zip(parties, names, strict=True):
        if party in entry.by:
            return name
    return "Others, or not said who"


def _done(entries: Iterable[Outline]) -> list[_Picked]:
    """Undertakings kept, shown in full, and a chronology of everything else that became real."""
    realised = [e for e in entries if e.standing is Standing.REALISED and e.kind is not Kind.STATEMENT]
    kept = [e for e in realised if e.kind is Kind.UNDERTAKING]
    others = [e for e in realised if e.kind is not Kind.UNDERTAKING]
    chronology = _group("Held, concluded, delivered", others, shown=DONE_SHOWN)
    return [_group("Promises kept", kept), chronology._replace(in_short=True)]


def _statements(statements: list[Outline], entries: list[Outline]) -> _Picked:
    """The latest and most substantial: newest document first, then sentences that tell of other entries."""
    telling = {passage for e in entries if e.kind is not Kind.STATEMENT for passage in e.passages}

    def order(entry: Outline) -> tuple[Any, ...]:
        newest = newest_first(entry.told_on)
        apart = telling.isdisjoint(entry.passages)
        return newest, is_doubtful(entry), apart, not entry.direct, -entry.words, entry.id

    chosen: list[Outline] = []
    of_speaker = Counter[tuple[str | None, ...]]()
    for entry in sorted((e for e in statements if e.words >= SHORTEST_STATEMENT), key=order):
        speaker = (entry.told_on, *entry.speakers)
        of_speaker[speaker] += 1
        if of_speaker[speaker] <= OF_ONE_SPEAKER and len(chosen) < SHOWN:
            chosen.append(entry)
    return _Picked(None, sorted(chosen, key=_page_order), len(statements) - len(chosen))
