"""What pages are made of, on a terminal or a screen: chosen from a ledger's outlines, then read in full."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from communique.api.relationship import Chosen, chosen_between, shortlisted, telling_in_short, told_in_short, told_until
from communique.ledger.lanes import Period, Placed
from communique.lexicon.parties import name_of, party_of
from communique.model import Action, Entry, Outline, Sketch, UsageError
from communique.views import (
    TIMED,
    Brief,
    PairStatus,
    Standpoint,
    Timeline,
    brief_from,
    pair_statuses,
    timeline_from,
    told_in_outline,
)
from communique.views.attention import measure
from communique.views.brief import Tell
from communique.views.choosing import DOUBTFUL
from communique.views.doubts import Case, actor_cases, entry_cases, pair_cases

if TYPE_CHECKING:
    from communique.api.ledger import Ledger

_COUNTED_ONE_BY_ONE = 1000
"""Doubtful pairs of records that are looked at to be counted; of more it is told how many there are."""


def standpoint_of(ledger: "Ledger", entries: Iterable[Entry | Outline | Sketch], day: date) -> Standpoint:
    """The standpoint of a page that shows these entries; outlines are those of what was told by the day."""
    known: dict[str, Entry | Outline | Sketch] = {entry.id: entry for entry in entries}
    promised = {about for entry in known.values() if (about := _about(entry))}
    known |= {one.id: one for one in told_in_outline(ledger.outlines(promised - known.keys()), ledger.wordless, day)}
    decided = any(e.decisions if isinstance(e, Entry) else e.decided for e in known.values())
    decisions = [state.decision for state in ledger.decisions()] if decided else []
    return Standpoint(day, known, {decision.number: decision for decision in decisions})


def parties_of(ledger: "Ledger") -> Iterator[str]:
    """The parties that a ledger knows, asked for when they are needed: tables know most names."""
    yield from ledger.parties()


def party_named(ledger: "Ledger", typed: str) -> str:
    """The party that typed words mean, where somebody joined it with another one that one.

    Raises:
        UsageError: nobody is called that.
    """
    joined = ledger.joined_parties()
    party = party_of(typed, chain(joined, parties_of(ledger)))
    return joined.get(party, party)


def pair_of(ledger: "Ledger", one: str, other: str) -> tuple[str, str]:
    """The codes of two parties as typed.

    Raises:
        UsageError: a party is unknown, or both are the same.
    """
    parties = party_named(ledger, one), party_named(ledger, other)
    if parties[0] == parties[1]:
        raise UsageError(f"{one} and {other} are the same party: name two.")
    return parties


def brief_between(
    ledger: "Ledger",
    parties: tuple[str, str],
    day: date,
    *,
    since: date | None = None,
    least: float = 0.0,
    in_short: bool = False,
) -> Brief:
    """The page of two parties: chosen from sketches of all that belongs on it, then read in full.

    Args:
        least: the confidence below which reports are left out.
        in_short: with no more words than lines quote; see :meth:`communique.api.Ledger.entries_in_short`.
    """
    tell = telling_in_short(ledger, day) if in_short else None
    whole = since is not None or bool(least)
    chosen = chosen_between(ledger, parties, day, least) if whole else shortlisted(ledger, parties, day)
    return brief_of_chosen(ledger, chosen, since=since, least=least, tell=tell)


def brief_of_chosen(
    ledger: "Ledger",
    chosen: Chosen,
    *,
    since: date | None = None,
    least: float = 0.0,
    tell: Tell | None = None,
) -> Brief:
    """The same, of what has been chosen already.

    Args:
        tell: gives the entries that are shown; in full where it is None.
    """

    def read(ids: Collection[str]) -> list[Outline]:
        outlines = {one.id: one for one in ledger.outlines([key for key in ids if key not in chosen.apart])}
        return [chosen.apart.get(key) or outlines[key] for key in ids]

    standpoint = standpoint_of(ledger, chosen.entries, chosen.day)
    names = name_of(chosen.parties[0]), name_of(chosen.parties[1])
    tell = tell or (lambda ids: told_until(ledger, ids, chosen.day, least))
    return brief_from(
        chosen.entries, read, tell, chosen.parties, standpoint, names=names, since=since, beyond=chosen.beyond
    )


def timeline_between(
    ledger: "Ledger",
    parties: tuple[str, str],
    day: date,
    since: date | None = None,
    until: date | None = None,
    most: int | None = None,
    *,
    in_short: bool = False,
) -> Timeline:
    """The stages of all that two parties have between them, as documents published by a day tell them.

    Args:
        since, until: earlier and later moments are left out.
        most: only so many entries, those with the latest news; all for None.
        in_short: with no more words than lines quote; see :meth:`communique.api.Ledger.entries_in_short`.
    """
    first, last = (since or date.min).isoformat(), (until or date.max).isoformat()
    period = Period(day.isoformat(), first, last, bounded=since is not None)
    placed, within = _placed(ledger, parties, day, period, most)
    shown = placed if most is None else placed[:most]
    left = within - sum(one.within for one in shown)
    entries = (told_in_short if in_short else told_until)(ledger, [one.id for one in shown], day)
    standpoint = standpoint_of(ledger, entries, day)
    names = name_of(parties[0]), name_of(parties[1])
    return timeline_from(entries, parties, standpoint, names=names, since=since, until=until, hidden=left)


def _placed(
    ledger: "Ledger", parties: tuple[str, str], day: date, period: Period, most: int | None
) -> tuple[list[Placed], int]:
    """The entries of a timeline in order, or those of them that come first, and how many were first told of in it."""

    def placed(found: Iterable[Outline | Sketch]) -> list[Placed]:
        return [
            Placed(period.first <= one.first_told <= period.last, one.last_told, one.id)
            for one in found
            if one.kind in TIMED and (not period.bounded or _last_day(one) >= period.first)
        ]

    if most is not None:
        found = ledger.lanes(*parties, period, TIMED, most)
        told = told_in_outline(ledger.outlines(found.parted), ledger.wordless, day)
        if len(told) == len(found.parted):
            parted = placed(told)
            return sorted([*found.placed, *parted], reverse=True), found.within + sum(one.within for one in parted)
    every = placed(chosen_between(ledger, parties, day, statements=False).entries)
    return sorted(every, reverse=True), sum(one.within for one in every)


def _last_day(entry: Outline | Sketch) -> str:
    """The last day on which an entry can have a stage, or is due."""
    return max(entry.last_told, entry.told_day, entry.due_day or "")


def statuses_of(ledger: "Ledger", pairs: Sequence[tuple[str, str]], day: date) -> list[PairStatus]:
    """Where pairs of parties stood on a day; those that had nothing between them are left out."""
    counted, apart = ledger.tallies(pairs, measure(day))
    told = told_in_outline(ledger.outlines(apart), ledger.wordless, day)
    return pair_statuses(pairs, told, name_of, standpoint_of(ledger, told, day), counted)


def review_cases(ledger: "Ledger", most: int | None = None) -> list[Case]:
    """All doubtful cases on which nobody decided yet, unread.

    Args:
        most: of how many documents more doubtful pairs are looked for, at most; all for None.
    """
    unsure = ledger.doubted(DOUBTFUL)
    disputed = ledger.wordless([one.id for one in unsure if one.disputed])
    return [
        *_pair_cases(ledger, most),
        *actor_cases(ledger.doubtful_actors()),
        *entry_cases(unsure, disputed),
    ]


def count_cases(ledger: "Ledger") -> dict[str, int]:
    """How many of them are known, by what is asked; many pairs are counted whether somebody decided on them or not."""
    disputes, doubtful = ledger.count_doubted(DOUBTFUL)
    pairs = ledger.count_doubts()
    if pairs <= _COUNTED_ONE_BY_ONE:
        pairs = len(_pair_cases(ledger, most=0))
    return {"merges": pairs, "actors": len(ledger.doubtful_actors()), "disputes": disputes, "doubtful": doubtful}


def _pair_cases(ledger: "Ledger", most: int | None) -> list[Case]:
    decided = {
        frozenset(state.entry_ids)
        for state in ledger.decisions()
        if state.undone_by is None and state.decision.action in (Action.SAME, Action.DIFFERENT)
    }
    return list(pair_cases(ledger.doubtful(most), decided))


def _about(entry: Entry | Outline | Sketch) -> str | None:
    """The id of the entry that an undertaking is about."""
    about = entry.fields.get("refers_to") if isinstance(entry, Entry) else entry.refers_to
    return str(about) if about else None
