"""What an entry may be one thing with, and two entries beside each other with what speaks for and against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from communique.api import Ledger
from communique.api.pages import standpoint_of
from communique.ledger import Doubted
from communique.model import Entry, UsageError
from communique.resolve.compare import Comparison
from communique.web import words
from communique.web.desk import Desk, NotFoundError
from communique.web.reports import Told, texts_of, told_of

WEIGHED, OFFERED, HITS = 24, 12, 60
"""Entries of the same parties that are weighed, entries that are offered, and passages in which words are sought."""
REPORTS = 3
"""Reports of each side that are shown at most."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be the same thing.

    Attributes:
        doubtful: whether it is one of those pairs of which the program itself is not sure.
    """

    line: words.Line
    probability: float
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entries, or of two reports, that are looked at beside each other.

    Attributes:
        left: how many of its reports are not shown.
    """

    line: words.Line
    told: tuple[Told, ...]
    left: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides and what speaks for and against their being one thing."""

    sides: tuple[Side, Side]
    compared: Comparison


def doubts(desk: Desk, ledger: Ledger) -> list[Doubted]:
    """The pairs of which it is known to be doubtful whether they are one thing."""
    return desk.remembered(ledger, "doubts", lambda: ledger.doubtful(0))


def candidates(desk: Desk, ledger: Ledger, entry: Entry, typed: str = "") -> list[Candidate]:
    """What an entry may be one thing with, the likeliest first.

    Args:
        typed: words; where given, entries of its kind that are told in passages with them, else doubtful pairs and
            entries of its kind between the same parties.
    """
    unsure = {key for one in doubts(desk, ledger) if entry.id in one.entries for key in one.entries} - {entry.id}
    if typed:
        hits = ledger.search(typed, HITS)
        ids = [key for hit in hits for key in hit.entry_ids]
    else:
        found = ledger.some_entries(kind=entry.kind, parties=entry.parties, limit=WEIGHED + 1)
        ids = [*sorted(unsure), *(one.id for one in found.items)]
    others = [one for one in ledger.entries_with_ids(list(dict.fromkeys(ids))) if _other(one, entry)]
    weighed = [(_probability(ledger, entry, one), one) for one in others[:WEIGHED]]
    best = sorted(weighed, key=lambda one: (-one[0], one[1].id))[:OFFERED]
    standpoint = standpoint_of(ledger, [one for _, one in best], date.today())
    return [Candidate(words.line(one, standpoint), sure, one.id in unsure) for sure, one in best]


def pair_of(ledger: Ledger, one: Entry, other: Entry) -> Pair:
    """Two entries beside each other.

    Raises:
        NotFoundError: they are one already, or of different kinds.
    """
    if not _other(one, other):
        raise NotFoundError("These can't be one thing: they are one entry already, or of different kinds.")
    sides = sides_of(ledger, (one, other), (None, None))
    return Pair(sides, ledger.why(one.id, other.id))


def sides_of(
    ledger: Ledger, entries: tuple[Entry, Entry], only: tuple[Sequence[str] | None, Sequence[str] | None]
) -> tuple[Side, Side]:
    """Two entries with their reports.

    Args:
        only: for each, the ids of the records that are shown; all for None.
    """
    standpoint = standpoint_of(ledger, entries, date.today())
    texts = texts_of(ledger, entries)
    first, second = (
        _side(words.line(entry, standpoint, passages=False), told_of(ledger.explained(entry), texts, wanted))
        for entry, wanted in zip(entries, only, strict=True)
    )
    return first, second


def named(ledger: Ledger, typed: str) -> Entry | None:
    """The entry that is called that, None where none is."""
    try:
        return ledger.entry(typed)
    except UsageError:
        return None


def _side(line: words.Line, told: Iterable[Told]) -> Side:
    every = tuple(told)
    return Side(line, every[:REPORTS], max(0, len(every) - REPORTS))


def _other(one: Entry, other: Entry) -> bool:
    return one.id != other.id and one.kind is other.kind


def _probability(ledger: Ledger, one: Entry, other: Entry) -> float:
    return ledger.why(one.id, other.id).probability
