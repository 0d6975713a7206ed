"""Documents: lists of them, their texts with what rests on each sentence, and how they were changed."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from communique.api import Ledger
from communique.api.pages import standpoint_of
from communique.ledger import StoredDocument
from communique.model import Entry, Kind, Report, UsageError
from communique.views.logbook import change_words, record_words
from communique.views.revised import origin_changes, rewordings
from communique.web import words
from communique.web.desk import NotFoundError, Page, TheDesk
from communique.web.marked import Evidence, paragraphs

router = APIRouter(include_in_schema=False)
SIZE = 50
"""Documents on a page."""


@router.get("/documents")
def documents(request: Request, desk: TheDesk, publisher: str = "", page: Page = 1) -> Response:
    """Documents, the latest first."""
    with desk.ledger() as ledger:
        found = ledger.some_documents(publisher=publisher or None, limit=SIZE, offset=(page - 1) * SIZE)
        publishers = ledger.publishers()
    return desk.page(
        request,
        "documents.html.j2",
        documents=found.items,
        total=found.total,
        page=page,
        size=SIZE,
        publisher=publisher,
        publishers=publishers,
    )


@router.get("/documents/{document_id}")
def document(request: Request, desk: TheDesk, document_id: str) -> Response:
    """The text with all evidence marked, and the records beside it."""
    with desk.ledger() as ledger:
        stored = stored_document(ledger, document_id)
        told = ledger.told_in(stored.id)
        standpoint = standpoint_of(ledger, told, date.today())
    reports = own_reports(told, stored.id)
    evidence = [
        Evidence(span, number, report.record.kind.value, report.source.record_id)
        for number, (_, report) in enumerate(reports, start=1)
        for span in report.source.spans
    ]
    cards = [
        (number, report, entry, words.line(entry, standpoint, passages=False))
        for number, (entry, report) in enumerate(reports, start=1)
    ]
    kinds = [kind.value for kind in Kind if any(report.record.kind is kind for _, report in reports)]
    return desk.page(
        request,
        "document.html.j2",
        stored=stored,
        document=stored.document,
        paragraphs=paragraphs(stored.document.text, evidence),
        cards=cards,
        kinds=kinds,
    )


@router.get("/documents/{document_id}/revisions")
def revisions(
    request: Request,
    desk: TheDesk,
    document_id: str,
    before: Annotated[int | None, Query(alias="from", ge=1)] = None,
    after: Annotated[int | None, Query(alias="to", ge=1)] = None,
) -> Response:
    """What changed from one revision to another, and what followed from it."""
    with desk.ledger() as ledger:
        stored = stored_document(ledger, document_id)
        if stored.revisions < 2:
            raise NotFoundError("This document has one revision: nothing of it has changed.")
        compared = ledger.compare_revisions(stored.id, before, after)
        titles = ledger.titles({c.entry_id for c in compared.changes} | {str(c.after) for c in compared.changes})
    turned = compared.records
    return desk.page(
        request,
        "revisions.html.j2",
        stored=stored,
        compared=compared,
        origin=list(origin_changes(compared.before.document, compared.after.document)),
        sentences=rewordings(compared.before.document.text, compared.after.document.text),
        vanished=[record_words(one.record) for one in turned.vanished],
        came=[record_words(one.record) for one in turned.came],
        changed=[(record_words(old.record), record_words(new.record)) for old, new in turned.changed],
        changes=[(change, change_words(change, titles)) for change in compared.changes],
        titles=titles,
    )


def stored_document(ledger: Ledger, document_id: str) -> StoredDocument:
    """The document with this id.

    Raises:
        NotFoundError: there is none.
    """
    try:
        return ledger.document(document_id)
    except UsageError as error:
        raise NotFoundError(f"This ledger has no document that is called {document_id}.") from error


def own_reports(told: Iterable[Entry], document_id: str) -> list[tuple[Entry, Report]]:
    """The reports that a document itself makes, each with its entry, in order of their evidence."""
    found = [
        (entry, report)
        for entry in told
        for report in entry.history
        if report.source.document_id == document_id and report.record.kind is entry.kind
    ]
    return sorted(found, key=lambda one: (one[1].source.spans[0].start, one[0].kind.value, one[1].source.record_id))
