"""What two parties have between them on a day, chosen once for all that is asked of it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from communique.ledger.browsing import Listed, Part
from communique.ledger.shortlists import Depth, Further, Shortlist
from communique.model import Entry, Kind, Outline, Sketch, Standing
from communique.views import sure_enough, told_in_outline
from communique.views.attention import measure
from communique.views.beyond import Beyond
from communique.views.brief import Tell
from communique.views.choosing import between, is_doubtful, latest, told_by
from communique.views.dates import newest_first
from communique.views.sections import SHOWN, STATEMENTS_READ

if TYPE_CHECKING:
    from communique.api.ledger import Ledger

ON_BOARD = (Kind.AGREEMENT, Kind.TRANSFER, Kind.INITIATIVE)
"""The kinds that have long lives, and so stand on the board; meetings and promises have places of their own."""
OCCASIONS = 300
"""The latest engagements from which people are told."""
CARDS = 20
"""Entries of one standing on a board, at most."""
_DEPTH = Depth(entries=CARDS, promises=SHOWN, engagements=OCCASIONS, statements=STATEMENTS_READ)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What belongs on the page of two parties, as documents published by a day tell it.

    Attributes:
        entries: in no order.
        apart: those of them, by their ids, that are told otherwise than they are stored.
        documents: the ids of the documents that they come from, with the days of their publication where ``beyond``
            is given.
        days: on which documents were published that tell of both, whatever the day of the page; None where unknown.
        beyond: what they were chosen from, where they are only those that a page may show; None where they are all.
    """

    parties: tuple[str, str]
    day: date
    entries: Sequence[Outline | Sketch]
    apart: Mapping[str, Outline]
    documents: Collection[str] | Mapping[str, str]
    beyond: Beyond | None = None
    days: Sequence[str] | None = None

    @property
    def further(self) -> Sequence[Further]:
        """The entries that are only counted."""
        return self.beyond.further if self.beyond else ()


@dataclass(frozen=True, slots=True)
class Column:
    """The entries of one standing.

    Attributes:
        total: how many there are.
        entries: some of them, those with the latest news first.
    """

    standing: Standing
    total: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who took part in engagements of two parties.

    Attributes:
        parties: those of the two that they act for.
        engagements: how many, of the latest ones.
        last: EDTF date of the last one.
    """

    name: str
    parties: tuple[str, ...]
    engagements: int
    last: str | None


def chosen_between(
    ledger: "Ledger", parties: tuple[str, str], day: date, least: float = 0.0, *, statements: bool = True
) -> Chosen:
    """What belongs on the page of two parties.

    Args:
        least: the confidence below which reports are left out.
        statements: False where those that only one of the two made are of no interest; some may be among the rest.
    """
    limit = day.isoformat()
    if not least:
        sketches = ledger.sketched(*parties, limit, statements=statements)
        parted = {one.id for one in sketches if one.last_told > limit}
        told = told_in_outline(ledger.outlines(parted), ledger.wordless, day)
        if len(told) == len(parted):
            kept = [one for one in sketches if one.id not in parted]
            return _whole(parties, day, [*kept, *told], told)
    # documents that no longer tell an entry, or not surely enough, may no longer be about the two
    outlines = told_in_outline(ledger.between(*parties, limit), ledger.wordless, day, least)
    found = between(outlines, parties)
    return _whole(parties, day, found, found)


def shortlisted(ledger: "Ledger", parties: tuple[str, str], day: date) -> Chosen:
    """The same with only those entries that the page may show, and the others counted."""
    found = ledger.shortlist(*parties, measure(day), _DEPTH)
    limit = day.isoformat()
    parted = {one.id for one in found.sketches if one.last_told > limit}
    told = told_in_outline(ledger.outlines(parted), ledger.wordless, day)
    if len(told) < len(parted):
        return chosen_between(ledger, parties, day)
    kept = [one for one in found.sketches if one.id not in parted]
    apart = {one.id: one for one in told}
    beyond = _beyond(ledger, parties, limit, found, [*kept, *told], apart)
    return Chosen(parties, day, [*kept, *told], apart, found.documents, beyond, found.days)


def _whole(
    parties: tuple[str, str], day: date, entries: Sequence[Outline | Sketch], apart: Sequence[Outline]
) -> Chosen:
    documents = set(chain.from_iterable(map(attrgetter("documents"), entries)))
    return Chosen(parties, day, entries, {one.id: one for one in apart}, documents)


def _beyond(
    ledger: "Ledger",
    parties: tuple[str, str],
    limit: str,
    found: Shortlist,
    entries: Sequence[Outline | Sketch],
    apart: Mapping[str, Outline],
) -> Beyond:
    """What entries were chosen from.

    Args:
        limit: the day of the page, ISO 8601.
        entries: those that may be shown, told as of that day.
    """
    said = [one for one in entries if one.kind is Kind.STATEMENT]

    def statements(number: int) -> Sequence[Outline | Sketch]:
        if number <= _DEPTH.statements:
            return latest(said, number)
        settled = ledger.latest_statements(*parties, found.beside, limit, number)
        return latest([*settled, *(one for one in apart.values() if one.kind is Kind.STATEMENT)], number)

    days = [day for day in found.documents.values() if day]
    return Beyond(
        further=found.further,
        documents=len(found.documents),
        period=(min(days), max(days)) if days else None,
        statements=statements,
        told_with=lambda documents: ledger.told_with(*parties, found.beside, documents),
    )


def told_until(ledger: "Ledger", ids: Sequence[str], day: date, least: float = 0.0) -> list[Entry]:
    """The entries with these ids as documents published by a day tell them; those that none tells are left out."""
    whole = sure_enough(ledger.entries_with_ids(ids), least)
    return [told for entry in whole if (told := told_by(entry, day)) is not None]


def told_in_short(ledger: "Ledger", ids: Sequence[str], day: date) -> list[Entry]:
    """The same as lists show them; see :meth:`communique.api.Ledger.entries_in_short`."""
    found = ledger.entries_in_short(ids, day.isoformat())
    return [told for entry in found if (told := told_by(entry, day)) is not None]


def telling_in_short(ledger: "Ledger", day: date) -> Tell:
    """What tells entries so for a page, each of which is read once."""
    known: dict[str, Entry] = {}

    def tell(ids: Sequence[str]) -> list[Entry]:
        known.update((one.id, one) for one in told_in_short(ledger, [key for key in ids if key not in known], day))
        return [known[key] for key in ids if key in known]

    return tell


def latest_documents(ledger: "Ledger", chosen: Chosen, most: int) -> Part[Listed]:
    """Some of the documents that what was chosen comes from, the latest first."""
    if not isinstance(chosen.documents, Mapping):
        return ledger.some_documents(ids=chosen.documents, limit=most)
    ordered = sorted(sorted(chosen.documents), key=chosen.documents.__getitem__, reverse=True)
    return Part(len(ordered), ledger.some_documents(ids=ordered[:most], limit=most).items)


def board_of(chosen: Chosen, most: int, tell: Tell) -> list[Column]:
    """Agreements, transfers and initiatives by standing, of each so many in full, or as else they are to be told."""
    found: dict[Standing, list[Outline | Sketch]] = {standing: [] for standing in Standing}
    for one in chosen.entries:
        if one.kind in ON_BOARD:
            found[one.standing].append(one)
    shown = {
        standing: sorted(latest(column, most), key=lambda one: (newest_first(one.told_day), is_doubtful(one), one.id))
        for standing, column in found.items()
    }
    told = {entry.id: entry for entry in tell([one.id for column in shown.values() for one in column[:most]])}
    further = Counter[Standing]()
    for each in chosen.further:
        further[each.standing] += each.entries if each.kind in ON_BOARD else 0
    return [
        Column(
            standing,
            len(found[standing]) + further[standing],
            tuple(told[one.id] for one in column[:most] if one.id in told),
        )
        for standing, column in shown.items()
    ]


def people_of(ledger: "Ledger", chosen: Chosen, most: int) -> list[Participant]:
    """Those who took part in the latest engagements, most often first."""
    held = [one for one in chosen.entries if one.kind is Kind.ENGAGEMENT and one.standing is Standing.REALISED]
    held = sorted(latest(held, OCCASIONS), key=lambda one: (newest_first(one.told_day), one.id))
    seen: dict[str, list[str | None]] = {}
    for when, names in ledger.people_at([one.id for one in held[:OCCASIONS]]):
        for name in names:
            seen.setdefault(name, []).append(when)
    last = {name: max((day for day in days if day), default=None) for name, days in seen.items()}
    shown = sorted(seen, key=lambda name: (-len(seen[name]), newest_first(last[name]), name))[:most]
    known = {one.name: one.parties for one in ledger.actors_called(shown)}
    return [
        Participant(
            name,
            tuple(party for party in known.get(name, ()) if party in chosen.parties),
            len(seen[name]),
            last[name],
        )
        for name in shown
    ]
