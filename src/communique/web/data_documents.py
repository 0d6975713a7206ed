"""Questions about documents, actors, words and what happened, as JSON."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import Query, Request, Response

from communique.api.doubting import told_of_cases
from communique.api.pages import statuses_of
from communique.model import record_to_json
from communique.views import hit_to_json, status_to_json
from communique.views.logbook import change_to_json, state_to_json
from communique.views.revised import revisions_to_json
from communique.web import answers, words
from communique.web.actors import ActorKind, people_for
from communique.web.answers_entries import Part
from communique.web.data import Limit, Name, Offset, answer, api_router, compared, part
from communique.web.desk import NotFoundError, TheDesk
from communique.web.documents import own_reports, stored_document
from communique.web.queue import all_cases
from communique.web.searching import FACETS, SearchAsked, counted, found_by, narrowed

router = api_router()
PAIRS, PEOPLE = 50, 200
"""Relationships and people that are told of a party."""


@router.get("/ledger", summary="How much the ledger holds", response_model=answers.Counts)
def ledger_counts(request: Request, desk: TheDesk) -> Response:
    """How many documents, revisions, records and entries, and entries of each kind."""
    with desk.ledger() as ledger:
        return answer(desk.remembered(ledger, "counts", ledger.counts), request=request)


@router.get("/documents", summary="Documents, the latest first", response_model=Part[answers.Listed])
def documents(
    request: Request, desk: TheDesk, publisher: Name | None = None, limit: Limit = 50, offset: Offset = 0
) -> Response:
    """Documents without their texts."""
    with desk.ledger() as ledger:
        found = ledger.some_documents(publisher=publisher, limit=limit, offset=offset)
    return part(request, found.total, limit, offset, [asdict(one) for one in found.items])


@router.get("/publishers", summary="Who issued documents, the busiest first", response_model=list[answers.Publisher])
def publishers(request: Request, desk: TheDesk) -> Response:
    """By these names `documents` can be narrowed."""
    with desk.ledger() as ledger:
        found = ledger.publishers()
    return answer([{"name": name, "documents": number} for name, number in found.items()], request=request)


@router.get(
    "/documents/{document_id}",
    summary="One document with its text and what it reports",
    response_model=answers.Document,
)
def document(request: Request, desk: TheDesk, document_id: str) -> Response:
    """The text, and each record with its evidence and the entry that it is a report of."""
    with desk.ledger() as ledger:
        stored = stored_document(ledger, document_id)
        (listed,) = ledger.some_documents(ids=[stored.id]).items
        found = own_reports(ledger.told_in(stored.id), stored.id)
    told = [
        {
            "id": report.source.record_id,
            "entry_id": entry.id,
            "stage": report.stage,
            "date": report.date,
            "record": record_to_json(report.record),
        }
        for entry, report in found
    ]
    whole = {"author": stored.document.author, "text": stored.document.text, "pages": list(stored.document.pages)}
    return answer(asdict(listed) | whole | {"told": told}, request=request)


@router.get(
    "/documents/{document_id}/revisions",
    summary="What changed from one revision to another",
    response_model=answers.Revisions,
)
def revisions(
    request: Request,
    desk: TheDesk,
    document_id: str,
    before: Annotated[int | None, Query(alias="from", ge=1, le=1_000_000)] = None,
    after: Annotated[int | None, Query(alias="to", ge=1, le=1_000_000)] = None,
) -> Response:
    """As `communique diff --format json`."""
    with desk.ledger() as ledger:
        compared = ledger.compare_revisions(stored_document(ledger, document_id).id, before, after)
    return answer(revisions_to_json(compared), request=request)


@router.get(
    "/actors",
    summary="States, organisations and people, those in most entries first",
    response_model=Part[answers.Actor],
)
def actors(
    request: Request, desk: TheDesk, kind: ActorKind | None = None, limit: Limit = 50, offset: Offset = 0
) -> Response:
    """Who takes part in entries."""
    with desk.ledger() as ledger:
        found = ledger.some_actors(kind=kind, limit=limit, offset=offset)
    return part(request, found.total, limit, offset, [asdict(one) for one in found.items])


@router.get("/actors/{kind}/{name}", summary="One of them, and with whom it deals", response_model=answers.OneActor)
def actor(request: Request, desk: TheDesk, kind: ActorKind, name: str) -> Response:
    """A state by its code, others by name; their entries are those of `/api/entries?party=`.

    A name that was joined with another one leads to it.
    """
    called = words.unsegmented(name)
    with desk.ledger() as ledger:
        found = ledger.actor(kind, called) or ledger.actor_named(kind, called)
        if found is None:
            raise NotFoundError(f"No {kind} in this ledger is called {called}.")
        called = found.name
        names = ledger.names_of(found)
        pairs = statuses_of(ledger, ledger.busiest(called, PAIRS), date.today()) if kind != "person" else []
        people = people_for(ledger, called)[:PEOPLE] if kind != "person" else []
    beside = {
        "names": names,
        "relationships": status_to_json(pairs, date.today())["pairs"],
        "people": [asdict(one) for one in people],
    }
    return answer(asdict(found) | beside, request=request)


@router.get(
    "/actors/{kind}/{name}/why/{other}",
    summary="Why two names are those of one actor, or of two",
    response_model=answers.Comparison,
)
def why(request: Request, desk: TheDesk, kind: ActorKind, name: str, other: str) -> Response:
    """As `communique why --format json`."""
    one, two = words.unsegmented(name), words.unsegmented(other)
    with desk.ledger() as ledger:
        for called in (one, two):
            if ledger.actor_named(kind, called) is None:
                raise NotFoundError(f"No {kind} in this ledger is called {called}.")
        found = ledger.why(one, two)
    return answer(compared(found), request=request)


@router.get("/search", summary="Passages that hold all words of a query, best first", response_model=answers.Hits)
def search(request: Request, desk: TheDesk, asked: SearchAsked, limit: Limit = 20, offset: Offset = 0) -> Response:
    """The best passages, narrowed by what they tell of; `facets` has what they can be narrowed by further."""
    with desk.ledger() as ledger:
        kept = narrowed(found_by(ledger, asked["q"]), asked)
    items = [hit_to_json(one.hit) | {"publisher": one.hit.publisher} for one in kept[offset : offset + limit]]
    facets = {
        name: [{"value": value, "passages": number} for value, number in counted(kept, name, asked)] for name in FACETS
    }
    return part(request, len(kept), limit, offset, items, facets=facets)


@router.get("/changes", summary="What happened to entries, the latest first", response_model=Part[answers.Change])
def changes(request: Request, desk: TheDesk, limit: Limit = 50, offset: Offset = 0) -> Response:
    """As `communique log --format json`, in the other order."""
    with desk.ledger() as ledger:
        found = ledger.changes(limit=limit, offset=offset)
    return part(request, found.total, limit, offset, [change_to_json(one) for one in found.items])


@router.get("/decisions", summary="What people decided, the latest first", response_model=Part[answers.Decision])
def decisions(request: Request, desk: TheDesk, limit: Limit = 50, offset: Offset = 0) -> Response:
    """As `communique decisions --format json`, in the other order."""
    with desk.ledger() as ledger:
        found = ledger.decisions()[::-1]
    return part(request, len(found), limit, offset, [state_to_json(one) for one in found[offset : offset + limit]])


@router.get("/review", summary="Doubtful cases on which nobody decided", response_model=Part[answers.Question])
def review(request: Request, desk: TheDesk, limit: Limit = 50, offset: Offset = 0) -> Response:
    """As `communique review --format json`."""
    with desk.ledger() as ledger:
        cases = all_cases(desk, ledger)
        shown = cases[offset : offset + limit]
        items = list(told_of_cases(ledger, shown))
    return part(request, len(cases), limit, offset, items)


@router.get("/problems", summary="What could not be read, with the reasons", response_model=list[answers.Problem])
def problems(request: Request, desk: TheDesk) -> Response:
    """As `communique problems --format json`."""
    with desk.ledger() as ledger:
        found = ledger.problems()
    told = [{"name": one.name, "origin": one.origin, "reason": one.reason, "noted_at": one.noted_at} for one in found]
    return answer(told, request=request)
