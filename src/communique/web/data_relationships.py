"""Questions about two parties, as JSON."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import Query, Request, Response

from communique.api.pages import brief_between, party_named, standpoint_of, statuses_of, timeline_between
from communique.api.relationship import CARDS, board_of, people_of, shortlisted, told_until
from communique.resolve.promises import due_by, is_overdue
from communique.views import brief_to_json, entry_to_json, status_to_json, timeline_to_json
from communique.web import words
from communique.web.answers import Listed
from communique.web.answers_entries import Part
from communique.web.answers_pairs import Board, Brief, Due, Pairs, Participant, Timeline
from communique.web.data import Limit, Name, Offset, Parties, answer, api_router, part
from communique.web.desk import AsOf, Since, TheDesk
from communique.web.timelines import LANES, Until

router = api_router()
PEOPLE = 200
"""People that are told."""
Lanes = Annotated[int, Query(ge=1, le=5000, description="At most so many entries, those with the latest news.")]


@router.get("/relationships", summary="Pairs of parties in numbers, the busiest first", response_model=Pairs)
def relationships(request: Request, desk: TheDesk, as_of: AsOf, party: Name = "", limit: Limit = 20) -> Response:
    """As `communique status --format json`."""
    with desk.ledger() as ledger:
        one = party_named(ledger, party) if party else None
        pairs = statuses_of(ledger, ledger.busiest(one, limit), as_of)
    return answer(status_to_json(pairs, as_of), request=request)


@router.get("/relationships/{one}/{other}", summary="What stands between two parties", response_model=Brief)
def relationship(request: Request, desk: TheDesk, one: str, other: str, as_of: AsOf, since: Since) -> Response:
    """As `communique brief --format json`."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        return answer(brief_to_json(brief_between(ledger, parties, as_of, since=since)), request=request)


@router.get(
    "/relationships/{one}/{other}/timeline",
    summary="The stages between two parties in order of time",
    response_model=Timeline,
)
def timeline(
    request: Request,
    desk: TheDesk,
    one: str,
    other: str,
    as_of: AsOf,
    since: Since,
    until: Until,
    limit: Lanes = LANES,
) -> Response:
    """As `communique timeline --format json`, of the entries with the latest news of a period."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        found = timeline_between(ledger, parties, as_of, since, until, most=limit, in_short=True)
    return answer(timeline_to_json(found) | {"hidden": found.hidden}, request=request)


@router.get(
    "/relationships/{one}/{other}/board",
    summary="Agreements, transfers and initiatives of two parties by standing",
    response_model=Board,
)
def board(request: Request, desk: TheDesk, one: str, other: str, as_of: AsOf) -> Response:
    """Where things stand; of each standing at most twenty in full."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        chosen = shortlisted(ledger, parties, as_of)
        columns = board_of(chosen, CARDS, lambda ids: told_until(ledger, ids, as_of))
        shown = [entry for column in columns for entry in column.entries]
        standpoint = standpoint_of(ledger, shown, as_of)
    told: list[dict[str, Any]] = [
        {
            "standing": column.standing.value,
            "total": column.total,
            "entries": [entry_to_json(entry, standpoint=standpoint) for entry in column.entries],
        }
        for column in columns
    ]
    return answer({"parties": list(parties), "as_of": as_of.isoformat(), "columns": told}, request=request)


@router.get(
    "/relationships/{one}/{other}/people",
    summary="Who took part in the latest engagements of two parties, most often first",
    response_model=list[Participant],
)
def people(request: Request, desk: TheDesk, one: str, other: str, as_of: AsOf) -> Response:
    """People by their names in the documents."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        found = people_of(ledger, shortlisted(ledger, parties, as_of), PEOPLE)
    return answer([asdict(one) | {"parties": list(one.parties)} for one in found], request=request)


@router.get(
    "/relationships/{one}/{other}/documents",
    summary="The documents that tell of two parties, the latest first",
    response_model=Part[Listed],
)
def documents(
    request: Request, desk: TheDesk, one: str, other: str, as_of: AsOf, limit: Limit = 50, offset: Offset = 0
) -> Response:
    """Documents without their texts."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        told = shortlisted(ledger, parties, as_of).documents
        found = ledger.some_documents(ids=told, limit=limit, offset=offset)
    return part(request, found.total, limit, offset, [asdict(one) for one in found.items])


@router.get("/due", summary="What has a day by which it is to come about", response_model=Part[Due])
def due(
    request: Request,
    desk: TheDesk,
    party: Parties = None,
    overdue: bool = False,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Promises with a due date and planned engagements, the next first; with `overdue` what is late, latest first."""
    today = date.today()
    with desk.ledger() as ledger:
        found = ledger.due(
            parties=[party_named(ledger, one) for one in party or ()],
            since=None if overdue else today,
            before=today if overdue else None,
            latest_first=overdue,
            limit=limit,
            offset=offset,
        )
        standpoint = standpoint_of(ledger, found.items, today)
    items = [
        {"day": str(due_by(e)), "overdue": is_overdue(e, today), "entry": entry_to_json(e, standpoint=standpoint)}
        for e in found.items
    ]
    return part(request, found.total, limit, offset, items)
