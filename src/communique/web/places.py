"""Engagements on a map of the world, with the same places in a table."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from communique.api import Ledger
from communique.api.pages import party_named, standpoint_of
from communique.views.worldmap import HEIGHT, WIDTH, WorldMap, land, map_of, map_to_json, marks_at
from communique.web import words
from communique.web.answers_pairs import Places
from communique.web.data import answer, api_router
from communique.web.desk import Desk, TheDesk

router = APIRouter(include_in_schema=False)
data_router = api_router()
ROWS, ENTRIES, UNPLACED = 60, 30, 60
"""Places in the table, engagements that are told of one, and words for places that could not be told."""
_Day = Annotated[str, Query(max_length=40)]


@dataclass(frozen=True, slots=True)
class MapAsked:
    """What is asked of the map."""

    party: tuple[str, ...]
    since: str
    until: str


def _asked(
    party: Annotated[list[str] | None, Query(max_length=200, description="All of several take part.")] = None,
    since: _Day = "",
    until: _Day = "",
) -> MapAsked:
    return MapAsked(tuple(one.strip() for one in party or () if one.strip()), since, until)


TheMapAsked = Annotated[MapAsked, Depends(_asked)]


@router.get("/map")
def world_map(
    request: Request, desk: TheDesk, asked: TheMapAsked, place: Annotated[str, Query(max_length=300)] = ""
) -> Response:
    """Where parties met; the engagements of one place where one is chosen."""
    with desk.ledger() as ledger:
        found = map_asked(desk, ledger, asked)
        chosen = [one for mark in marks_at(found, place) for one in mark.occasions] if place else []
        entries = {entry.id: entry for entry in ledger.entries_with_ids([one.id for one in chosen[:ENTRIES]])}
        standpoint = standpoint_of(ledger, entries.values(), date.today())
    told = words.lines((entries[one.id] for one in chosen[:ENTRIES] if one.id in entries), standpoint)
    return desk.page(
        request,
        "map.html.j2",
        found=found,
        land=land(),
        size=(WIDTH, HEIGHT),
        rows=ROWS,
        most_unplaced=UNPLACED,
        place=place,
        lines=told,
        total=len(chosen),
        asked=asked_of(asked),
        today=date.today(),
    )


@data_router.get("/map", summary="Where engagements took place", response_model=Places)
def map_data(request: Request, desk: TheDesk, asked: TheMapAsked) -> Response:
    """Places with their engagements, and what could not be told for certain."""
    with desk.ledger() as ledger:
        found = map_asked(desk, ledger, asked)
    return answer(map_to_json(found), request=request)


def map_asked(desk: Desk, ledger: Ledger, asked: MapAsked) -> WorldMap:
    """The map of what is asked for."""
    parties = tuple(party_named(ledger, one) for one in asked.party)

    def drawn() -> WorldMap:
        return map_of(ledger.occasions(parties=parties, since=asked.since or None, until=asked.until or None))

    return desk.remembered(ledger, ("map", parties, asked.since, asked.until), drawn)


def asked_of(asked: MapAsked) -> dict[str, object]:
    """The same as the questions of an address."""
    return {"party": list(asked.party), "since": asked.since, "until": asked.until}
