"""States, organisations and people: who takes part in what."""

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
from communique.web import words
from communique.web.desk import NotFoundError, Page, TheDesk
from communique.web.home import relationships

router = APIRouter(include_in_schema=False)
ActorKind = Literal["state", "organisation", "person"]
SIZE, LATEST, PEOPLE = 100, 12, 30
"""Actors on a page; entries of each kind, and people, on the page of one."""


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
        pairs = relationships(desk, ledger, name) if kind != "person" else []
        if kind == "person":
            parts = {"": ledger.of_person(name, limit=SIZE, offset=(page - 1) * SIZE)}
        else:
            kinds = [one for one in Kind if one is not Kind.STATEMENT]
            parts = {k.value: ledger.some_entries(kind=k, parties=(name,), limit=LATEST) for k in kinds}
        shown = [entry for part in parts.values() for entry in part.items]
        standpoint = standpoint_of(ledger, shown, date.today())
        people = people_for(ledger, name) if kind != "person" else []
    groups = [(key, part.total, words.lines(part.items, standpoint)) for key, part in parts.items() if part.total]
    return desk.page(
        request,
        "actor.html.j2",
        who=found,
        pairs=pairs,
        groups=groups,
        people=people[:PEOPLE],
        page=page,
        size=SIZE,
    )


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
