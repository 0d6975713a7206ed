"""Questions about entries, as JSON."""

from datetime import date
from typing import Annotated

from fastapi import Query, Request, Response

from communique.api.pages import party_named, standpoint_of
from communique.model import Kind, Standing
from communique.views import entry_to_json
from communique.views.logbook import change_to_json
from communique.web import answers
from communique.web.answers_entries import Entry, Part
from communique.web.data import Limit, Offset, Parties, answer, api_router, compared, part
from communique.web.desk import TheDesk
from communique.web.entries import compared_reports

router = api_router()
Day = Annotated[str | None, Query(max_length=100, description="An EDTF date.", examples=["2025-07"])]


@router.get("/entries", summary="Entries, those with the latest news first", response_model=Part[Entry])
def entries(
    request: Request,
    desk: TheDesk,
    kind: Kind | None = None,
    party: Parties = None,
    stage: Annotated[str | None, Query(max_length=100)] = None,
    standing: Standing | None = None,
    since: Day = None,
    until: Day = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Entries that meet all conditions, each with its history."""
    with desk.ledger() as ledger:
        found = ledger.some_entries(
            kind=kind,
            parties=tuple(party_named(ledger, one) for one in party or ()),
            stage=stage,
            standing=standing,
            since=since,
            until=until,
            limit=limit,
            offset=offset,
        )
        standpoint = standpoint_of(ledger, found.items, date.today())
    items = [entry_to_json(entry, standpoint=standpoint) for entry in found.items]
    return part(request, found.total, limit, offset, items)


@router.get("/entries/{entry_id}", summary="One entry with its history", response_model=Entry)
def entry(request: Request, desk: TheDesk, entry_id: str, explain: bool = False) -> Response:
    """As `communique show --format json`; with `explain` each record has its reasons."""
    with desk.ledger() as ledger:
        found = desk.entry(ledger, entry_id)
        texts = None
        if explain:
            found = ledger.explained(found)
            texts = {key: ledger.document(key).document.text for key in {r.source.document_id for r in found.history}}
        standpoint = standpoint_of(ledger, [found], date.today())
    return answer(entry_to_json(found, texts, standpoint), request=request)


@router.get(
    "/entries/{entry_id}/undertakings",
    summary="The undertakings that promise an entry",
    response_model=list[Entry],
)
def undertakings(request: Request, desk: TheDesk, entry_id: str) -> Response:
    """Those that refer to it; what an undertaking itself refers to stands in its `fields.refers_to`."""
    with desk.ledger() as ledger:
        found = ledger.promising(desk.entry(ledger, entry_id).id)
        standpoint = standpoint_of(ledger, found, date.today())
    return answer([entry_to_json(one, standpoint=standpoint) for one in found], request=request)


@router.get(
    "/entries/{entry_id}/changes",
    summary="What happened to an entry, in order",
    response_model=list[answers.Change],
)
def changes(request: Request, desk: TheDesk, entry_id: str) -> Response:
    """As `communique log ENTRY --format json`."""
    with desk.ledger() as ledger:
        found = ledger.log(desk.entry(ledger, entry_id).id)
    return answer([change_to_json(one) for one in found], request=request)


@router.get(
    "/entries/{entry_id}/why",
    summary="Why the reports of an entry are one thing",
    response_model=list[answers.Joined],
)
def joined(request: Request, desk: TheDesk, entry_id: str) -> Response:
    """Each report, of at most thirty, beside the one before it in time."""
    with desk.ledger() as ledger:
        found = compared_reports(ledger, desk.entry(ledger, entry_id))
    told = [
        {"record_ids": [before.source.record_id, report.source.record_id], **compared(how)}
        for before, report, how in found
    ]
    return answer(told, request=request)


@router.get(
    "/entries/{entry_id}/why/{other}",
    summary="Why two entries, or two records, are one thing or two",
    response_model=answers.Comparison,
)
def why(request: Request, desk: TheDesk, entry_id: str, other: str) -> Response:
    """As `communique why --format json`."""
    with desk.ledger() as ledger:
        found = ledger.why(entry_id, other)
    return answer(compared(found), request=request)
