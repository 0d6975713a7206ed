"""The brief: what stands between two parties on a given day, chosen and ordered from their entries."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from communique.model import Entry, Kind, Standing, standing_of
from communique.views.data import entry_to_json
from communique.views.dates import has_passed, last_day, newest_first, soonest_first

SHOWN = 12
"""Entries of one group on the page: about what a screen holds; the rest is counted."""
STATEMENTS_SHOWN = 8
SHORTEST_STATEMENT = 5
"""Words; what is shorter rarely says anything without its sentence."""

_OPEN = (Standing.PROSPECTIVE, Standing.UNDER_WAY, Standing.STALLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries under one heading, in the order of the page.

    Attributes:
        hidden: how many more there are; they are only counted.
        in_short: the entries stand in full elsewhere on the page, here in one line each.
    """

    heading: str | None = None
    entries: tuple[Entry, ...] = ()
    hidden: int = 0
    in_short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the page.

    Attributes:
        key: stable name in JSON.
        kind: the kind to list for the entries that are hidden; None where the section mixes kinds.
    """

    key: str
    title: str
    kind: Kind | None
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The page as data.

    Attributes:
        parties: codes of the two parties.
        names: the same as a reader calls them.
        documents: number of documents that the entries come from.
        period: first and last day of publication of these documents, None where none is dated.
    """

    parties: tuple[str, str]
    names: tuple[str, str]
    as_of: date
    since: date | None
    documents: int
    period: tuple[str, str] | None
    sections: tuple[Section, ...]


def brief_of(
    entries: Iterable[Entry],
    parties: tuple[str, str],
    *,
    names: tuple[str, str] | None = None,
    as_of: date,
    since: date | None = None,
) -> Brief:
    """Chooses what belongs on the page of two parties.

    Args:
        entries: entries that name at least one of the two, and statements.
        as_of: what was published later is left out, and due dates are held against this day.
        since: only entries of which a document of that day or later speaks, or that happened since.
    """
    known = [told for entry in entries if (told := _told_by(entry, as_of)) is not None]
    chosen = _between(known, parties)
    if since is not None:
        chosen = [entry for entry in chosen if _latest_news(entry) >= since]
    names = names or parties
    documents = {report.source.document_id for entry in chosen for report in entry.history}
    published = sorted(r.source.published for e in chosen for r in e.history if r.source.published)
    return Brief(
        parties=parties,
        names=names,
        as_of=as_of,
        since=since,
        documents=len(documents),
        period=(published[0], published[-1]) if published else None,
        sections=tuple(_sections(chosen, parties, names, as_of)),
    )


def is_overdue(entry: Entry, day: date) -> bool:
    """Whether an open undertaking's due date, or the day of a planned engagement, lies before ``day``."""
    if entry.standing not in _OPEN:
        return False
    if entry.kind is Kind.UNDERTAKING:
        return has_passed(entry.fields.get("due"), day)
    return entry.kind is Kind.ENGAGEMENT and has_passed(entry.date, day)


def told_on(entry: Entry) -> str | None:
    """Date that places the entry on the page: of its latest stage, else of the latest report of it."""
    if entry.kind not in (Kind.UNDERTAKING, Kind.STATEMENT) and entry.date:
        return entry.date
    dates = [r.source.published or r.ordered_by for r in entry.history]
    return max((d for d in dates if d), default=entry.date)


def brief_to_json(brief: Brief) -> dict[str, Any]:
    """The page as plain JSON data; every entry carries ``overdue``."""
    return {
        "parties": list(brief.parties),
        "names": list(brief.names),
        "as_of": brief.as_of.isoformat(),
        "since": brief.since.isoformat() if brief.since else None,
        "documents": brief.documents,
        "period": list(brief.period) if brief.period else None,
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "groups": [
                    {
                        "heading": group.heading,
                        "entries": [{**entry_to_json(e), "overdue": is_overdue(e, brief.as_of)} for e in group.entries],
                        "hidden": group.hidden,
                    }
                    for group in section.groups
                ],
            }
            for section in brief.sections
        ],
    }


def _told_by(entry: Entry, day: date) -> Entry | None:
    """The entry as documents published up to ``day`` tell it; None if none of them does."""
    limit = day.isoformat()
    history = tuple(r for r in entry.history if (r.source.published or "") <= limit)
    if len(history) == len(entry.history):
        return entry
    if not history:
        return None
    last = history[-1]
    return replace(
        entry, history=history, stage=last.stage, date=last.date, standing=standing_of(entry.kind, last.stage)
    )


def _latest_news(entry: Entry) -> date:
    """Last day on which something was published about the entry, or on which its latest stage was reached."""
    days = [last_day(r.source.published) for r in entry.history]
    if entry.standing not in _OPEN:
        days.append(last_day(entry.date))
    return max((day for day in days if day), default=date.min)


def _between(entries: Sequence[Entry], parties: tuple[str, str]) -> list[Entry]:
    """Entries of both parties, and from documents about the two what only one of them promised or said.

    A document is about the two when at least half of its entries that join one of them with anybody join
    both: a communiqué of twenty states tells little about any pair of them.
    """
    pair = set(parties)
    joined = [e for e in entries if pair <= set(e.parties)]
    both, any_two = Counter[str](), Counter[str]()
    for entry in entries:
        if len(entry.parties) < 2 or not pair & set(entry.parties):
            continue
        for document in {r.source.document_id for r in entry.history}:
            any_two[document] += 1
            both[document] += pair <= set(entry.parties)
    about = {document for document, count in any_two.items() if 2 * both[document] >= count and both[document]}
    ids = {entry.id for entry in joined}
    for entry in entries:
        if entry.id in ids or not any(r.source.document_id in about for r in entry.history):
            continue
        one_sided = entry.kind is Kind.UNDERTAKING and bool(entry.parties) and set(entry.parties) <= pair
        said = entry.kind is Kind.STATEMENT and (not _states(entry) or set(entry.parties) & pair)
        if one_sided or said:
            joined.append(entry)
    return joined


def _states(entry: Entry) -> list[str]:
    """ISO codes among the parties: a person's or an organisation's name tells no side."""
    return [party for party in entry.parties if len(party) == 2 and party.isupper()]


def _sections(entries: list[Entry], parties: tuple[str, str], names: tuple[str, str], as_of: date) -> Iterable[Section]:
    by_kind: dict[Kind, list[Entry]] = {kind: [] for kind in Kind}
    for entry in entries:
        by_kind[entry.kind].append(entry)
    meetings = by_kind[Kind.ENGAGEMENT]
    ahead = [e for e in meetings if e.standing is Standing.PROSPECTIVE]
    held = [e for e in meetings if e.standing is not Standing.PROSPECTIVE]
    promised = _promised(by_kind[Kind.UNDERTAKING], parties, names, as_of)
    parts = [
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
            yield Section(key=key, title=title, kind=kind, groups=filled)


def _page_order(entry: Entry) -> tuple[int, str]:
    return newest_first(told_on(entry)), entry.id


def _soonest(entry: Entry) -> tuple[int, str]:
    return soonest_first(entry.date), entry.id


def _group(heading: str | None, entries: Iterable[Entry], order: Callable[[Entry], Any] = _page_order) -> Group:
    ordered = sorted(entries, key=order)
    return Group(heading=heading, entries=tuple(ordered[:SHOWN]), hidden=max(0, len(ordered) - SHOWN))


def _promised(undertakings: list[Entry], parties: tuple[str, str], names: tuple[str, str], as_of: date) -> list[Group]:
    """Open undertakings by who is to keep them; overdue ones first, then by due date, then newest first."""

    def order(entry: Entry) -> tuple[bool, int, int, str]:
        return (not is_overdue(entry, as_of), soonest_first(entry.fields.get("due")), *_page_order(entry))

    sides: dict[str, list[Entry]] = {names[0]: [], names[1]: [], "Together": [], "Others, or not said who": []}
    for entry in undertakings:
        if entry.standing in _OPEN:
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
    others = _group("Held, concluded, delivered", [e for e in realised if e.kind is not Kind.UNDERTAKING])
    return [_group("Promises kept", kept), replace(others, in_short=True)]


def _statements(statements: list[Entry], entries: list[Entry]) -> Group:
    """The latest and most substantial: newest document first, then sentences that tell of other entries."""
    telling = {
        (r.source.document_id, span)
        for e in entries
        if e.kind is not Kind.STATEMENT
        for r in e.history
        for span in r.source.spans
    }

    def order(entry: Entry) -> tuple[int, bool, bool, int, str]:
        passages = {(r.source.document_id, span) for r in entry.history for span in r.source.spans}
        words = len(str(entry.fields.get("content", "")).split())
        return (
            newest_first(told_on(entry)),
            not passages & telling,
            entry.fields.get("form") != "direct",
            -words,
            entry.id,
        )

    said = [e for e in statements if len(str(e.fields.get("content", "")).split()) >= SHORTEST_STATEMENT]
    ordered = sorted(said, key=order)
    shown = tuple(ordered[:STATEMENTS_SHOWN])
    return Group(entries=shown, hidden=len(statements) - len(shown))
