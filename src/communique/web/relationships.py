"""What stands between two parties, as of any day."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from communique.api import Ledger
from communique.api.pages import brief_of_chosen
from communique.api.relationship import (
    Chosen,
    Participant,
    board_of,
    chosen_between,
    latest_documents,
    people_of,
    shortlisted,
    telling_in_short,
)
from communique.api.relationship import Column as Standings
from communique.ledger.browsing import Listed, Part
from communique.model import Kind, Standing
from communique.views import Brief
from communique.views.offices import HeldOffice, last_office_of_each, mentions_in
from communique.web import words
from communique.web.desk import AsOf, Since, TheDesk

router = APIRouter(include_in_schema=False)
Stop = Annotated[int | None, Query(ge=0, le=100_000)]
"""Where a slider was left; it leads to the address of that day."""
CARDS, PEOPLE, DOCUMENTS = 10, 24, 40
"""How many entries of a standing, people and documents a page shows."""
STOPS = 200
"""Days on which a slider can stand."""
SECTIONS = ("changes", "engagements", "open", "done", "statements")


@dataclass(frozen=True, slots=True)
class Column:
    """The entries of one standing, those with the latest news first."""

    standing: Standing
    number: int
    cards: tuple[words.Line, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a page shows.

    Attributes:
        days: of all news, whatever the day of the page.
        counts: of entries by kind.
    """

    days: Sequence[str]
    brief: Brief
    board: Sequence[Standings]
    people: Sequence[tuple[Participant, HeldOffice | None]]
    documents: Part[Listed]
    counts: Mapping[Kind, int]


@router.get("/relationships/{one}/{other}")
def relationship(
    request: Request, desk: TheDesk, one: str, other: str, as_of: AsOf, since: Since, stop: Stop = None
) -> Response:
    """Where things stand, what is promised and open, who met, who takes part, what was read."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        if stop is not None:
            stops = stops_of(ledger.days_told(*parties), date.today())
            asked = {"as-of": stops[min(stop, len(stops) - 1)], "since": since or ""}
            return RedirectResponse(words.address(words.relationship(parties), asked), 303)
        name = ("relationship", parties, as_of, since)
        found = desk.remembered(ledger, name, lambda: _found(ledger, parties, as_of, since))
    brief, stops = found.brief, stops_of(found.days, date.today())
    sections = dict.fromkeys(SECTIONS, ()) | {
        section.key: [
            (
                group,
                [
                    words.line(e, brief.standpoint, was=group.was.get(e.id), passages=not group.in_short)
                    for e in group.entries
                ],
            )
            for group in section.groups
        ]
        for section in brief.sections
        if section.key in SECTIONS
    }
    return desk.page(
        request,
        "relationship.html.j2",
        parties=parties,
        names=brief.names,
        brief=brief,
        sections=sections,
        board=[
            Column(one.standing, one.total, tuple(words.lines(one.entries, brief.standpoint, passages=False)))
            for one in found.board
        ],
        people=found.people,
        documents=found.documents,
        counts=found.counts,
        as_of=as_of,
        since=since,
        stops=stops,
        stop=max(0, bisect_right(stops, as_of.isoformat()) - 1),
        before=max((day for day in found.days if day < as_of.isoformat()), default=None),
        after=min((day for day in found.days if as_of.isoformat() < day <= stops[-1]), default=None),
        today=date.today(),
    )


def _found(ledger: Ledger, parties: tuple[str, str], as_of: date, since: date | None) -> _Found:
    chosen = shortlisted(ledger, parties, as_of) if since is None else chosen_between(ledger, parties, as_of)
    tell = telling_in_short(ledger, as_of)
    brief = brief_of_chosen(ledger, chosen, since=since, tell=tell)
    return _Found(
        days=ledger.days_told(*parties) if chosen.days is None else chosen.days,
        brief=brief,
        board=board_of(chosen, CARDS, tell),
        people=_with_offices(ledger, people_of(ledger, chosen, PEOPLE), brief),
        documents=latest_documents(ledger, chosen, DOCUMENTS),
        counts=_counts(chosen),
    )


def _counts(chosen: Chosen) -> Counter[Kind]:
    counts = Counter(map(attrgetter("kind"), chosen.entries))
    for each in chosen.further:
        counts[each.kind] += each.entries
    return counts


def _with_offices(
    ledger: Ledger, people: Sequence[Participant], brief: Brief
) -> list[tuple[Participant, HeldOffice | None]]:
    """People with their last offices, by the sentences of the page and the table of officeholders."""
    shown = {e.id: e for section in brief.sections for group in section.groups for e in group.entries}
    told = mentions_in(ledger.offices_in(shown, brief.as_of.isoformat()), shown)
    offices = last_office_of_each({person.name: person.parties for person in people}, told)
    return [(person, offices[person.name]) for person in people]


def stops_of(days: Sequence[str], today: date) -> list[str]:
    """Where a slider may stand: on days of news, evenly chosen where there are many, and today.

    Args:
        days: ISO 8601, in order.
    """
    past = [day for day in days if day < today.isoformat()]
    if len(past) > STOPS:
        past = [past[round(number * (len(past) - 1) / (STOPS - 1))] for number in range(STOPS)]
    return [*past, today.isoformat()]
