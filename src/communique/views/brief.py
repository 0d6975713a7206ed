"""The brief: what stands between two parties on a given day, chosen and ordered from their entries."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from communique.model import Entry, Kind, Standing
from communique.resolve.promises import PENDING, is_overdue
from communique.views.attention import Attention, Standpoint, attention
from communique.views.choosing import (
    between,
    is_doubtful,
    latest_news,
    surest_first,
    told_by,
    told_on,
)
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
    as_of = standpoint.day
    known = [told for entry in entries if (told := told_by(entry, as_of)) is not None]
    chosen = between(known, parties)
    changed: list[Group] = []
    if since is not None:
        changes = changes_since(chosen, since, as_of)
        chosen = of_interest([entry for entry in chosen if latest_news(entry) >= since], changes)
        changed = _changed(changes)
    names = names or parties
    documents = {report.source.document_id for entry in chosen for report in entry.history}
    published = sorted(r.source.published for e in chosen for r in e.history if r.source.published)
    return Brief(
        parties=parties,
        names=names,
        standpoint=standpoint,
        since=since,
        documents=len(documents),
        period=(published[0], published[-1]) if published else None,
        attention=attention(chosen, standpoint),
        sections=tuple(_sections(chosen, parties, names, as_of, changed)),
    )


def shown(brief: Brief) -> list[str]:
    """The ids of the entries that the page shows."""
    return list(dict.fromkeys(e.id for section in brief.sections for group in section.groups for e in group.entries))


def told_in_full(brief: Brief, entries: Iterable[Entry]) -> Brief:
    """The page that was chosen from outlines, with the whole entries, as documents up to its day tell them."""
    whole = {told.id: told for entry in entries if (told := told_by(entry, brief.as_of)) is not None}

    def filled(group: Group) -> Group:
        return replace(group, entries=tuple(whole.get(entry.id, entry) for entry in group.entries))

    sections = (replace(section, groups=tuple(map(filled, section.groups))) for section in brief.sections)
    return replace(brief, sections=tuple(sections))


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


def _sections(
    entries: list[Entry], parties: tuple[str, str], names: tuple[str, str], as_of: date, changed: list[Group]
) -> Iterable[Section]:
    by_kind: dict[Kind, list[Entry]] = {kind: [] for kind in Kind}
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
        filled = tuple(group for group in groups if group.entries)
        if filled:
            overdue = sum(is_overdue(entry, as_of) for entry in by_kind[kind]) if kind else 0
            yield Section(key=key, title=title, kind=kind, groups=filled, overdue=overdue)


def _page_order(entry: Entry) -> tuple[int, bool, str, int, float, str]:
    return newest_first(told_on(entry)), is_doubtful(entry), *_place(entry)


def _place(entry: Entry) -> tuple[str, int, float, str]:
    """Where the latest report stands, so that neighbours in a document are neighbours on the page."""
    source = entry.history[-1].source
    return source.document_id, source.spans[0].start if source.spans else 0, surest_first(entry), entry.id


def _soonest(entry: Entry) -> tuple[int, float, str]:
    return soonest_first(entry.date), surest_first(entry), entry.id


def _group(
    heading: str | None,
    entries: Iterable[Entry],
    order: Callable[[Entry], Any] = _page_order,
    shown: int = SHOWN,
) -> Group:
    ordered = sorted(entries, key=order)
    return Group(heading=heading, entries=tuple(ordered[:shown]), hidden=max(0, len(ordered) - shown))


def _changed(changes: Changes) -> list[Group]:
    """What is new, what moved and what fell due, a line each: all of it stands in full below."""
    moved = _group("Moved", (entry for entry, _ in changes.moved), shown=CHANGES_SHOWN)
    groups = [
        replace(moved, was={entry.id: stage for entry, stage in changes.moved}),
        _group("Fell due", changes.due, shown=CHANGES_SHOWN),
        _group("New", changes.new, shown=CHANGES_SHOWN),
    ]
    return [replace(group, in_short=True) for group in groups]


def _promised(undertakings: list[Entry], parties: tuple[str, str], names: tuple[str, str], as_of: date) -> list[Group]:
    """Open undertakings by who is to keep them; overdue ones first, then by due date, then newest first."""

    def order(entry: Entry) -> tuple[Any, ...]:
        return (not is_overdue(entry, as_of), soonest_first(entry.fields.get("due")), *_page_order(entry))

    sides: dict[str, list[Entry]] = {names[0]: [], names[1]: [], "Together": [], "Others, or not said who": []}
    for entry in undertakings:
        if entry.standing in PENDING:
            sides[_side(entry, parties, names)].append(entry)
    dropped = [e for e in undertakings if e.standing is Standing.ENDED]
    return [*(_group(name, found, order) for name, found in sides.items()), _group("Given up", dropped)]


def _side(entry: Entry, parties: tuple[str, str], names: tuple[str, str]) -> str:
    by = set(entry.fields.get("by") or ())
    if set(parties) <= by:
        return "Together"
    for party, name in zip(parties, names, strict=True):
        if party in by:
            return name
    return "Others, or not said who"


def _done(entries: Iterable[Entry]) -> list[Group]:
    """Undertakings kept, shown in full, and a chronology of everything else that became real."""
    realised = [e for e in entries if e.standing is Standing.REALISED and e.kind is not Kind.STATEMENT]
    kept = [e for e in realised if e.kind is Kind.UNDERTAKING]
    others = [e for e in realised if e.kind is not Kind.UNDERTAKING]
    chronology = _group("Held, concluded, delivered", others, shown=DONE_SHOWN)
    return [_group("Promises kept", kept), replace(chronology, in_short=True)]


def _statements(statements: list[Entry], entries: list[Entry]) -> Group:
    """The latest and most substantial: newest document first, then sentences that tell of other entries."""
    telling = {
        (r.source.document_id, span)
        for e in entries
        if e.kind is not Kind.STATEMENT
        for r in e.history
        for span in r.source.spans
    }

    def order(entry: Entry) -> tuple[Any, ...]:
        passages = {(r.source.document_id, span) for r in entry.history for span in r.source.spans}
        direct = entry.fields.get("form") == "direct"
        newest = newest_first(told_on(entry))
        return newest, is_doubtful(entry), not passages & telling, not direct, -_words(entry), entry.id

    chosen: list[Entry] = []
    of_speaker = Counter[tuple[str | None, ...]]()
    for entry in sorted((e for e in statements if _words(e) >= SHORTEST_STATEMENT), key=order):
        speaker = (told_on(entry), *entry.fields.get("speakers", ()))
        of_speaker[speaker] += 1
        if of_speaker[speaker] <= OF_ONE_SPEAKER and len(chosen) < SHOWN:
            chosen.append(entry)
    ordered = sorted(chosen, key=_page_order)
    return Group(entries=tuple(ordered), hidden=len(statements) - len(ordered))


def _words(statement: Entry) -> int:
    return len(str(statement.fields.get("content", "")).split())
