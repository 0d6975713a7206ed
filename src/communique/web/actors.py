"""States, organisations and people: who takes part in what."""

from collections import Counter
from datetime import date
from typing import Literal

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from communique.api import Ledger
from communique.api.pages import standpoint_of
from communique.ledger import Actor
from communique.model import Kind
from communique.model.names import same_person
from communique.views.dates import newest_first
from communique.views.offices import HeldOffice, offices_of
from communique.web import words
from communique.web.desk import Desk, NotFoundError, Page, TheDesk
from communique.web.home import relationships

router = APIRouter(include_in_schema=False)
ActorKind = Literal["state", "organisation", "person"]
SIZE, LATEST, PEOPLE, MET, READ = 100, 12, 30, 24, 300
"""Actors on a page; entries of each kind and people on the page of one; those whom somebody met most often, and how
many entries are read for the offices of somebody."""


@router.get("/actors")
def actors(request: Request, desk: TheDesk, kind: ActorKind | Literal[""] = "", page: Page = 1) -> Response:
    """All who take part in entries, those in most first."""
    with desk.ledger() as ledger:
        found = ledger.some_actors(kind=kind or None, limit=SIZE, offset=(page - 1) * SIZE)
    return desk.page(request, "actors.html.j2", actors=found.items, total=found.total, page=page, size=SIZE, kind=kind)


@router.get("/actors/{kind}/{name}")
def actor(request: Request, desk: TheDesk, kind: ActorKind, name: str, page: Page = 1) -> Response:
    """One of them: with whom it deals, in what it took part, and what was said."""
    name = words.unsegmented(name)
    with desk.ledger() as ledger:
        found = ledger.actor(kind, name)
        if found is None:
            return _elsewhere(ledger.actors(), name)
        pairs = relationships(desk, ledger, name)
        if kind == "person":
            return _person(request, desk, ledger, found, page)
        parts = {k: ledger.some_entries(kind=k, parties=(name,), limit=LATEST, in_short=True) for k in Kind}
        shown = [entry for part in parts.values() for entry in part.items]
        standpoint = standpoint_of(ledger, shown, date.today())
        people = [(one, _office(one)) for one in people_for(ledger, name)[:PEOPLE]]
    groups = [
        (
            group.value,
            part.total,
            words.sayings(part.items, standpoint, of_one=False)
            if group is Kind.STATEMENT
            else words.lines(part.items, standpoint, passages=False),
        )
        for group, part in parts.items()
        if part.total
    ]
    return desk.page(
        request,
        "actor.html.j2",
        who=found,
        pairs=pairs,
        groups=groups,
        people=people,
    )


def _person(request: Request, desk: Desk, ledger: Ledger, who: Actor, page: int) -> Response:
    """Somebody: offices over time, whom they met, and what they said."""
    found = ledger.of_person(who.name, limit=SIZE, offset=(page - 1) * SIZE, in_short=True)
    name = ("offices", who.name)
    offices = desk.remembered(
        ledger, name, lambda: offices_of(who.name, ledger.of_person(who.name, limit=READ).items, who.parties)
    )
    standpoint = standpoint_of(ledger, found.items, date.today())
    met = Counter(other for entry in found.items for other in entry.fields.get("people") or ())
    with_whom = [(other, number) for other, number in met.most_common() if not same_person(other, who.name)]
    return desk.page(
        request,
        "person.html.j2",
        who=who,
        offices=offices,
        met=with_whom[:MET],
        engagements=words.lines([e for e in found.items if e.kind is Kind.ENGAGEMENT], standpoint),
        statements=words.sayings((e for e in found.items if e.kind is Kind.STATEMENT), standpoint, of_one=True),
        total=found.total,
        page=page,
        size=SIZE,
        sentence=words.sentence,
    )


def _office(person: Actor) -> HeldOffice | None:
    """The last office that the table of officeholders has of somebody."""
    return next(iter(offices_of(person.name, (), person.parties)), None)


def _elsewhere(every: list[Actor], name: str) -> Response:
    """To whoever else is called that: of another kind, or by a fuller name.

    Raises:
        NotFoundError: nobody is, or more than one person may be.
    """
    same = [one for one in every if one.name == name]
    same = same or [one for one in every if one.kind == "person" and same_person(one.name, name)]
    if len(same) != 1:
        raise NotFoundError(f"Nobody in this ledger is called {name}, or more than one person is.")
    return RedirectResponse(f"/actors/{same[0].kind}/{words.segment(same[0].name)}", 303)


def people_for(ledger: Ledger, party: str) -> list[Actor]:
    """The people who act for a party, those seen last first."""
    return sorted(ledger.acting_for(party), key=lambda one: (newest_first(one.last_seen), -one.entries, one.name))
