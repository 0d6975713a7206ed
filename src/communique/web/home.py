"""The first page, all relationships, and what happened to entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from communique.api import Ledger
from communique.api.pages import count_cases, standpoint_of, statuses_of
from communique.model import Entry
from communique.resolve.promises import due_by
from communique.views import PairStatus
from communique.views.logbook import change_words
from communique.web import words
from communique.web.desk import Desk, Page, TheDesk

router = APIRouter(include_in_schema=False)
PAIRS, LATEST, AHEAD, PAIRS_OF_PARTY = 12, 8, 8, 200
"""How many relationships, entries and dates the first page shows, and how many relationships a page of them."""
CHANGES = 100
"""Changes on a page."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a day by which it is to come about."""

    day: date
    line: words.Line
    parties: tuple[str, ...]


@router.get("/")
def home(request: Request, desk: TheDesk) -> Response:
    """Relationships by activity, what came last, what falls due, what waits for review."""
    with desk.ledger() as ledger:
        found = front(desk, ledger)
        documents = ledger.some_documents(limit=LATEST)
    return desk.page(request, "home.html.j2", documents=documents, **found)


def front(desk: Desk, ledger: Ledger) -> dict[str, Any]:
    """What the first page tells of the ledger as it is today, save documents; remembered."""
    today = date.today()
    pairs = relationships(desk, ledger, most=PAIRS + 1)
    ahead, overdue, late = desk.remembered(ledger, "due", lambda: _due(ledger, today))
    return {
        "today": today,
        "counts": desk.remembered(ledger, "counts", ledger.counts),
        "pairs": pairs[:PAIRS],
        "more": len(pairs) > PAIRS,
        "latest": desk.remembered(ledger, "latest", lambda: _latest(ledger, today)),
        "ahead": ahead,
        "overdue": overdue,
        "late": late,
        "waiting": desk.remembered(ledger, "review", lambda: count_cases(ledger)),
    }


@router.get("/relationships")
def all_relationships(request: Request, desk: TheDesk) -> Response:
    """All pairs of parties, the busiest first."""
    with desk.ledger() as ledger:
        pairs = relationships(desk, ledger)
    return desk.page(request, "relationships.html.j2", pairs=pairs, shown=PAIRS_OF_PARTY)


@router.get("/changes")
def changes(request: Request, desk: TheDesk, page: Page = 1) -> Response:
    """What happened to entries and because of what, the latest first."""
    with desk.ledger() as ledger:
        found = ledger.changes(limit=CHANGES, offset=(page - 1) * CHANGES)
        titles = ledger.titles({change.entry_id for change in found.items} | {str(c.after) for c in found.items})
    told = [(change, change_words(change, titles)) for change in found.items]
    return desk.page(
        request, "changes.html.j2", changes=told, titles=titles, total=found.total, page=page, size=CHANGES
    )


def relationships(desk: Desk, ledger: Ledger, party: str | None = None, most: int = PAIRS_OF_PARTY) -> list[PairStatus]:
    """The busiest pairs of parties, or those of one, as they stand today."""
    today = date.today()

    def told(pairs: Sequence[tuple[str, str]]) -> Iterable[tuple[tuple[str, str], PairStatus]]:
        return ((one.parties, one) for one in statuses_of(ledger, pairs, today))

    return list(desk.remembered_of(ledger, "status", ledger.busiest(party, most), told).values())


def _latest(ledger: Ledger, today: date) -> list[words.Line]:
    """The entries of which there was news last; statements apart."""
    shown = ledger.latest(LATEST)
    return words.lines(shown, standpoint_of(ledger, shown, today), passages=False)


def _due(ledger: Ledger, today: date) -> tuple[list[Due], list[Due], int]:
    """What falls due next, what is overdue, the latest first, and how much of that there is."""
    ahead = ledger.due(since=today, limit=AHEAD)
    late = ledger.due(before=today, latest_first=True, limit=AHEAD)
    return _told(ledger, ahead.items, today), _told(ledger, late.items, today), late.total


def _told(ledger: Ledger, dated: Sequence[Entry], today: date) -> list[Due]:
    standpoint = standpoint_of(ledger, dated, today)
    return [
        Due(day, words.line(entry, standpoint, passages=False), entry.parties)
        for entry in dated
        if (day := due_by(entry)) is not None
    ]
