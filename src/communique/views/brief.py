"""The brief: what stands between two parties on a given day, chosen and ordered from their entries."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from communique.model import Entry, Kind, Outline
from communique.resolve.outlining import outline
from communique.views.attention import Attention, Standpoint, attention, together
from communique.views.beyond import Beyond, Glimpse, nothing_beyond
from communique.views.choosing import between, latest_news, told_by
from communique.views.data import entry_to_json
from communique.views.sections import Grouped, Part, Read, changed_since, parts_of, picked
from communique.views.since import changes_since, of_interest


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
    beyond: Beyond | None = None,
) -> Brief:
    """Orders what belongs on the page of two parties, and has only what is shown told in full.

    Args:
        entries: all that belongs on the page (see :func:`communique.views.choosing.between`), as documents up to the
            day of the standpoint tell it.
        read: gives those in outline of which the order matters.
        tell: gives those in full that are shown.
        since: as for :func:`brief_of`; then nothing may be left out of the entries.
        beyond: what the entries were chosen from; None where they are the whole.
    """
    as_of = standpoint.day
    chosen = list(entries)
    changed: list[Grouped] = []
    if since is not None:
        changes = changes_since(chosen, since, as_of, tell)
        chosen = of_interest([entry for entry in chosen if latest_news(entry) >= since], changes)
        changed = changed_since(changes)
    names = names or parties
    beyond = beyond or nothing_beyond(chosen)
    parts = picked(parts_of(chosen, parties, names, as_of, changed, beyond.further), beyond, read)
    shown = dict.fromkeys(one.id for part in parts for group in part.groups for one in group.entries)
    told = {entry.id: entry for entry in tell(list(shown))}
    return Brief(
        parties=parties,
        names=names,
        standpoint=standpoint,
        since=since,
        documents=beyond.documents,
        period=beyond.period,
        attention=together([attention(chosen, standpoint), beyond.attention]),
        sections=tuple(_told(part, told) for part in parts),
    )


def _told(part: Part, whole: Mapping[str, Entry]) -> Section:
    """The section with the entries in full."""
    groups = tuple(
        Group(
            heading=group.heading,
            entries=tuple(whole[one.id] for one in group.entries),
            hidden=group.hidden,
            in_short=group.in_short,
            was=group.was,
        )
        for group in part.groups
    )
    return Section(key=part.key, title=part.title, kind=part.kind, groups=groups, overdue=part.overdue)


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
