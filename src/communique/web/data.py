"""The questions of the pages as JSON under ``/api``, in the words of the records."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from communique.api.pages import brief_between, review_cases, standpoint_of, statuses_of, timeline_between
from communique.lexicon.parties import party_of
from communique.model import Kind, Standing
from communique.model.printable import as_json
from communique.views import brief_to_json, entry_to_json, hit_to_json, status_to_json, timeline_to_json
from communique.views.doubts import Case, question_of, question_to_json
from communique.views.logbook import change_to_json, state_to_json
from communique.views.revised import revisions_to_json
from communique.web import words
from communique.web.actors import ActorKind
from communique.web.desk import AsOf, Since, TheDesk
from communique.web.documents import stored_document


class PartAnswer(BaseModel):
    """Some of many."""

    total: int
    limit: int
    offset: int
    next: str | None
    items: list[dict[str, Any]]


class ErrorAnswer(BaseModel):
    """Why there is no answer, in one sentence."""

    error: str


Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to pass over.")]
Parties = Annotated[list[str] | None, Query(alias="party", description="By code or name; all of several take part.")]

router = APIRouter(
    prefix="/api",
    responses={
        304: {"description": "Unchanged."},
        400: {"model": ErrorAnswer, "description": "Something that can't be asked."},
        404: {"model": ErrorAnswer, "description": "Nothing is called that."},
        503: {"model": ErrorAnswer, "description": "The ledger can't be used now."},
    },
)


def answer(value: Any, status: int = 200, request: Request | None = None) -> Response:
    """The value as JSON, letters as they are and control characters spelt out."""
    headers = getattr(request.state, "validators", {}) if request is not None else {}
    return Response(as_json(value).encode("utf-8", "replace"), status, headers, "application/json")


def _part(request: Request, total: int, limit: int, offset: int, items: list[dict[str, Any]]) -> Response:
    asked = [(name, value) for name, value in request.query_params.multi_items() if name not in ("offset", "limit")]
    following = urlencode([*asked, ("limit", limit), ("offset", offset + limit)])
    more = f"{request.url.path}?{following}" if offset + limit < total else None
    return answer({"total": total, "limit": limit, "offset": offset, "next": more, "items": items}, request=request)


@router.get("/ledger", summary="How much the ledger holds")
def ledger_counts(request: Request, desk: TheDesk) -> Response:
    """How many documents, revisions, records and entries, and entries of each kind."""
    with desk.ledger() as ledger:
        return answer(ledger.counts(), request=request)


@router.get("/relationships", summary="Pairs of parties in numbers, the busiest first")
def relationships(request: Request, desk: TheDesk, as_of: AsOf, party: str = "", limit: Limit = 20) -> Response:
    """As `communique status --format json`."""
    with desk.ledger() as ledger:
        one = party_of(party, ledger.parties()) if party else None
        pairs = statuses_of(ledger, ledger.busiest(one, limit), as_of)
    return answer(status_to_json(pairs, as_of), request=request)


@router.get("/relationships/{one}/{other}", summary="What stands between two parties")
def relationship(request: Request, desk: TheDesk, one: str, other: str, as_of: AsOf, since: Since) -> Response:
    """As `communique brief --format json`."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        return answer(brief_to_json(brief_between(ledger, parties, as_of, since=since)), request=request)


@router.get("/relationships/{one}/{other}/timeline", summary="The stages between two parties in order of time")
def timeline(request: Request, desk: TheDesk, one: str, other: str, as_of: AsOf, since: Since) -> Response:
    """As `communique timeline --format json`."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        return answer(timeline_to_json(timeline_between(ledger, parties, as_of, since)), request=request)


@router.get("/entries", summary="Entries, those with the latest news first", response_model=PartAnswer)
def entries(
    request: Request,
    desk: TheDesk,
    kind: Kind | None = None,
    party: Parties = None,
    stage: str | None = None,
    standing: Standing | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Entries that meet all conditions, each with its history."""
    with desk.ledger() as ledger:
        known = ledger.parties()
        found = ledger.some_entries(
            kind=kind,
            parties=tuple(party_of(one, known) for one in party or ()),
            stage=stage,
            standing=standing,
            since=since,
            until=until,
            limit=limit,
            offset=offset,
        )
        standpoint = standpoint_of(ledger, found.items, date.today())
    items = [entry_to_json(entry, standpoint=standpoint) for entry in found.items]
    return _part(request, found.total, limit, offset, items)


@router.get("/entries/{entry_id}", summary="One entry with its history")
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


@router.get("/entries/{entry_id}/why/{other}", summary="Why two entries, or two records, are one thing or two")
def why(request: Request, desk: TheDesk, entry_id: str, other: str) -> Response:
    """As `communique why --format json`."""
    with desk.ledger() as ledger:
        found = ledger.why(entry_id, other)
    features = [{"name": f.name, "weight": round(f.weight, 3), "detail": f.detail} for f in found.features]
    return answer({"features": features, "total": round(found.total, 3), "same": found.same}, request=request)


@router.get("/documents", summary="Documents, the latest first", response_model=PartAnswer)
def documents(
    request: Request, desk: TheDesk, publisher: str | None = None, limit: Limit = 50, offset: Offset = 0
) -> Response:
    """Documents without their texts."""
    with desk.ledger() as ledger:
        found = ledger.some_documents(publisher=publisher, limit=limit, offset=offset)
    return _part(request, found.total, limit, offset, [asdict(one) for one in found.items])


@router.get("/documents/{document_id}", summary="One document with its text and what it tells of")
def document(request: Request, desk: TheDesk, document_id: str) -> Response:
    """The text, and the ids of the entries that the document tells of."""
    with desk.ledger() as ledger:
        stored = stored_document(ledger, document_id)
        told = [one.id for one in ledger.told_in(stored.id)]
    about = asdict(stored.document) | {"pages": list(stored.document.pages)}
    counted = {"records": stored.records, "revisions": stored.revisions, "added_at": stored.added_at}
    return answer({"id": stored.id, **about, **counted, "entry_ids": told}, request=request)


@router.get("/documents/{document_id}/revisions", summary="What changed from one revision to another")
def revisions(
    request: Request,
    desk: TheDesk,
    document_id: str,
    before: Annotated[int | None, Query(alias="from", ge=1)] = None,
    after: Annotated[int | None, Query(alias="to", ge=1)] = None,
) -> Response:
    """As `communique diff --format json`."""
    with desk.ledger() as ledger:
        compared = ledger.compare_revisions(stored_document(ledger, document_id).id, before, after)
    return answer(revisions_to_json(compared), request=request)


@router.get(
    "/actors", summary="States, organisations and people, those in most entries first", response_model=PartAnswer
)
def actors(
    request: Request, desk: TheDesk, kind: ActorKind | None = None, limit: Limit = 50, offset: Offset = 0
) -> Response:
    """Who takes part in entries."""
    with desk.ledger() as ledger:
        found = ledger.some_actors(kind=kind, limit=limit, offset=offset)
    items = [asdict(one) | {"parties": list(one.parties)} for one in found.items]
    return _part(request, found.total, limit, offset, items)


@router.get("/search", summary="Passages that hold all words of a query, best first")
def search(request: Request, desk: TheDesk, q: Annotated[str, Query(max_length=1000)], limit: Limit = 20) -> Response:
    """As `communique search --format json`."""
    with desk.ledger() as ledger:
        return answer([hit_to_json(hit) for hit in ledger.search(q, limit)], request=request)


@router.get("/changes", summary="What happened to entries, the latest first", response_model=PartAnswer)
def changes(request: Request, desk: TheDesk, limit: Limit = 50, offset: Offset = 0) -> Response:
    """As `communique log --format json`, in the other order."""
    with desk.ledger() as ledger:
        found = ledger.changes(limit=limit, offset=offset)
    return _part(request, found.total, limit, offset, [change_to_json(one) for one in found.items])


@router.get("/decisions", summary="What people decided, the latest first", response_model=PartAnswer)
def decisions(request: Request, desk: TheDesk, limit: Limit = 50, offset: Offset = 0) -> Response:
    """As `communique decisions --format json`, in the other order."""
    with desk.ledger() as ledger:
        found = ledger.decisions()[::-1]
    return _part(request, len(found), limit, offset, [state_to_json(one) for one in found[offset : offset + limit]])


@router.get("/review", summary="Doubtful cases on which nobody decided", response_model=PartAnswer)
def review(request: Request, desk: TheDesk, limit: Limit = 50, offset: Offset = 0) -> Response:
    """As `communique review --format json`."""
    with desk.ledger() as ledger:
        cases: list[Case] = desk.remembered(ledger, "cases", lambda: review_cases(ledger))
        shown = cases[offset : offset + limit]
        entries = {e.id: e for e in ledger.entries_with_ids(sorted({key for case in shown for key in case.entries}))}
    questions = (question_of(case, [entries[key] for key in case.entries]) for case in shown)
    items = [question_to_json(question) for question in questions if question is not None]
    return _part(request, len(cases), limit, offset, items)
