"""States, organisations and people: who takes part in what."""

from collections import Counter
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from communique.api import Ledger
from communique.api.doubting import offices_of_person
from communique.api.pages import standpoint_of
from communique.ledger import Actor
from communique.model import Kind
from communique.model.names import same_person
from communique.views.dates import newest_first
from communique.views.offices import HeldOffice, offices_of
from communique.web import words
from communique.web.actor_forms import ACTIONS, ActorAction, opened
from communique.web.desk import Desk, NotFoundError, Page, TheDesk
from communique.web.home import relationships
from communique.web.made import made as made_of
from communique.web.made import told as decisions_told
from communique.web.opened import Asked

router = APIRouter(include_in_schema=False)
ActorKind = Literal["state", "organisation", "person"]
SIZE, LATEST, PAIRS, PEOPLE, MET, READ = 100, 12, 20, 30, 24, 300
"""Actors on a page; entries of each kind and people on the page of one; those whom somebody met most often, and how
many entries are read for the offices of somebody."""


@router.get("/actors")
def actors(request: Request, desk: TheDesk, kind: ActorKind | Literal[""] = "", page: Page = 1) -> Response:
    """All who take part in entries, those in most first."""
    with desk.ledger() as ledger:
        found = ledger.some_actors(kind=kind or None, limit=SIZE, offset=(page - 1) * SIZE)
    return desk.page(request, "actors.html.j2", actors=found.items, total=found.total, page=page, size=SIZE, kind=kind)


@router.get("/actors/{kind}/{name}")
def actor(
    request: Request,
    desk: TheDesk,
    kind: ActorKind,
    name: str,
    page: Page = 1,
    do: ActorAction | Literal[""] = "",
    other: Annotated[str, Query(alias="with", max_length=200)] = "",
    made: Annotated[int | None, Query(ge=1, le=10**12)] = None,
) -> Response:
    """One of them: with whom it deals, in what it took part, and what was said; and a form to join or separate it."""
    action = do or None if desk.may_write else None
    return actor_page(request, desk, (kind, name), action, Asked(other=other.strip(), number=made), page)


def actor_page(
    request: Request,
    desk: Desk,
    called: tuple[ActorKind, str],
    action: ActorAction | None,
    asked: Asked,
    page: int = 1,
    status: int = 200,
) -> Response:
    """The page of an actor, with the form that is asked for."""
    kind, name = called[0], words.unsegmented(called[1])
    with desk.ledger() as ledger:
        found = ledger.actor(kind, name)
        if found is None:
            return _elsewhere(ledger, kind, name, asked.number)
        beside = _decided_on(desk, ledger, found) | {
            "form": opened(desk, ledger, found, action, asked),
            "notice": made_of(ledger, asked.number) if asked.number else None,
        }
        if kind == "person":
            return _person(request, desk, ledger, found, page, status, beside)
        pairs = relationships(desk, ledger, name, PAIRS + 1)
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
        status,
        who=found,
        pairs=pairs[:PAIRS],
        more=len(pairs) > PAIRS,
        groups=groups,
        people=people,
        **beside,
    )


def _decided_on(desk: Desk, ledger: Ledger, who: Actor) -> dict[str, Any]:
    """By what other names an actor goes, and what was decided on it."""
    states = desk.remembered(ledger, "decisions", ledger.decisions)
    own = [state for state in states if who.name in state.actors]
    return {"names": ledger.names_of(who), "decisions": decisions_told(ledger, own), "actions": ACTIONS}


def _person(
    request: Request, desk: Desk, ledger: Ledger, who: Actor, page: int, status: int, beside: dict[str, Any]
) -> Response:
    """Somebody: offices over time, whom they met, and what they said."""
    found = ledger.of_person(who.name, limit=SIZE, offset=(page - 1) * SIZE, in_short=True)
    name, own = ("offices", who.name), ledger.own_name(who.name)
    offices = desk.remembered(ledger, name, lambda: _offices(ledger, who, own))
    standpoint = standpoint_of(ledger, found.items, date.today())
    met = Counter(other for entry in found.items for other in entry.fields.get("people") or ())
    mine = {who.name, *beside["names"]}
    others = ((other, number) for other, number in met.most_common() if other not in mine)
    with_whom = [(other, number) for other, number in others if not same_person(other, own)]
    return desk.page(
        request,
        "person.html.j2",
        status,
        who=who,
        offices=offices,
        met=with_whom[:MET],
        engagements=words.lines([e for e in found.items if e.kind is Kind.ENGAGEMENT], standpoint),
        statements=words.sayings((e for e in found.items if e.kind is Kind.STATEMENT), standpoint, of_one=True),
        total=found.total,
        page=page,
        size=SIZE,
        sentence=words.sentence,
        **beside,
    )


def _offices(ledger: Ledger, who: Actor, own: str) -> list[HeldOffice]:
    """The offices of somebody, by the sentences of what they took part in and the table of officeholders."""
    return offices_of_person(ledger, who.name, own, who.parties, READ)


def _office(person: Actor) -> HeldOffice | None:
    """The last office that the table of officeholders has of somebody."""
    return next(iter(offices_of(person.name, (), person.parties)), None)


def _elsewhere(ledger: Ledger, kind: str, name: str, number: int | None) -> Response:
    """To whoever else is called that: one that it was joined with, of another kind, or by a fuller name.

    Args:
        number: of a decision that is to be told there.

    Raises:
        NotFoundError: nobody is, or more than one person may be.
    """
    every = ledger.actors()
    led = ledger.actor_named(kind, name)
    same = [led] if led is not None else [one for one in every if one.name == name]
    same = same or [one for one in every if one.kind == "person" and same_person(one.name, name)]
    if len(same) != 1:
        raise NotFoundError(f"Nobody in this ledger is called {name}, or more than one person is.")
    return RedirectResponse(words.address(address_of(same[0]), made=number), 303)


def address_of(who: Actor) -> str:
    """Where the page of an actor is."""
    return f"/actors/{who.kind}/{words.segment(who.name)}"


def people_for(ledger: Ledger, party: str) -> list[Actor]:
    """The people who act for a party, those seen last first."""
    return sorted(ledger.acting_for(party), key=lambda one: (newest_first(one.last_seen), -one.entries, one.name))
