"""Who deals with whom over a period, drawn and told."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from communique.api import Ledger
from communique.api.pages import party_named
from communique.ledger.dealings import Tie
from communique.model import Kind
from communique.model.values import day
from communique.views.network import HEIGHT, MOST_PARTIES, WIDTH, network_to_json, ring_of
from communique.web.answers_pairs import Tie as TieAnswer
from communique.web.data import answer, api_router
from communique.web.desk import Desk, Since, TheDesk

router = APIRouter(include_in_schema=False)
data_router = api_router()
ROWS = 100
"""Pairs in the table."""
DEALT = tuple(kind for kind in Kind if kind is not Kind.STATEMENT)
"""The kinds that count as dealing with somebody where none is asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the network."""

    kinds: tuple[Kind, ...]
    party: str
    since: date | None
    until: date | None
    least: int


def _wanted(
    since: Since,
    kind: Annotated[list[Kind] | None, Query(description="Only these; all but statements where none is given.")] = None,
    party: Annotated[str, Query(max_length=200, description="Only pairs of this one, by code or name.")] = "",
    until: Annotated[str, Query(description="Only what is up to this day.")] = "",
    least: Annotated[int, Query(ge=1, le=1_000_000, description="Pairs with fewer entries are left out.")] = 1,
) -> Wanted:
    return Wanted(tuple(dict.fromkeys(kind or ())), party.strip(), since, day(until or None, "until"), least)


TheWanted = Annotated[Wanted, Depends(_wanted)]


@router.get("/network")
def network(request: Request, desk: TheDesk, wanted: TheWanted) -> Response:
    """Parties on a ring and what they have between them, with the same facts as a table."""
    with desk.ledger() as ledger:
        party, ties = ties_asked(desk, ledger, wanted)
        ring = desk.remembered(ledger, ("ring", wanted), lambda: ring_of(ties, party))
    told = set[Kind]().union(*(tie.kinds for tie in ties))
    return desk.page(
        request,
        "network.html.j2",
        ring=ring,
        ties=ties[:ROWS],
        total=len(ties),
        kinds=[kind for kind in Kind if kind in told],
        party=party,
        most=MOST_PARTIES,
        size=(WIDTH, HEIGHT),
        chosen=wanted.kinds or DEALT,
        asked=asked_of(wanted),
        today=date.today(),
    )


@data_router.get(
    "/network",
    summary="Who deals with whom over a period, those that deal most first",
    response_model=list[TieAnswer],
)
def network_data(request: Request, desk: TheDesk, wanted: TheWanted) -> Response:
    """Each two parties with the numbers of entries that they have between them, by kind."""
    with desk.ledger() as ledger:
        _, ties = ties_asked(desk, ledger, wanted)
    return answer(network_to_json(ties), request=request)


def ties_asked(desk: Desk, ledger: Ledger, wanted: Wanted) -> tuple[str | None, list[Tie]]:
    """The party that is asked for, and what each two parties have between them."""
    party = party_named(ledger, wanted.party) if wanted.party else None
    kinds = wanted.kinds or DEALT
    name = ("network", wanted.since, wanted.until, kinds, party, wanted.least)

    def told() -> list[Tie]:
        return ledger.ties(since=wanted.since, until=wanted.until, kinds=kinds, party=party, least=wanted.least)

    return party, desk.remembered(ledger, name, told)


def asked_of(wanted: Wanted) -> dict[str, object]:
    """The same as the questions of an address."""
    return {
        "kind": [kind.value for kind in wanted.kinds],
        "party": wanted.party,
        "since": wanted.since or "",
        "until": wanted.until or "",
        "least": wanted.least if wanted.least > 1 else "",
    }
