"""Single entries, and the lists of documents, actors and relationships, as files."""

from dataclasses import asdict
from datetime import date

from fastapi import APIRouter, Request, Response

from communique.api.pages import standpoint_of
from communique.lexicon.parties import name_of
from communique.views import entry_to_json, status_to_json
from communique.views.chains import report_words
from communique.views.papers import Item, Paper, Part, Quote, Sheet, cited, entry_item, entry_sheet, web_url
from communique.web.actors import ActorKind
from communique.web.desk import TheDesk
from communique.web.files import ITEMS, Form, Shown, as_file, counted, most_in
from communique.web.home import relationships

router = APIRouter(include_in_schema=False)


@router.get("/entries/{entry_id}.{form}")
def entry(request: Request, desk: TheDesk, entry_id: str, form: Form) -> Response:
    """One entry with all reports of it."""
    with desk.ledger() as ledger:
        found = desk.entry(ledger, entry_id)
        standpoint = standpoint_of(ledger, [found], date.today())
    item = entry_item(found, standpoint)
    history = tuple(
        Item(
            report_words(found, report),
            quotes=tuple(Quote(words, cited(report, n)) for n, words in enumerate(report.source.quotes)),
        )
        for report in found.history
    )
    paper = Paper(item.title, "; ".join(item.facts) + ".", (Part("History", history),))
    shown = Shown(
        sheet=lambda: entry_sheet([found], standpoint),
        data=lambda: entry_to_json(found, standpoint=standpoint),
        paper=lambda: paper,
    )
    return as_file(request, form, found.id, shown)


@router.get("/documents.{form}")
def documents(request: Request, desk: TheDesk, form: Form, publisher: str = "") -> Response:
    """Documents, the latest first."""
    with desk.ledger() as ledger:
        found = ledger.some_documents(publisher=publisher or None, limit=most_in(form))
    columns = ("id", "title", "publisher", "published", "url", "language", "records", "revisions", "added_at")
    rows = [
        [d.id, d.title, d.publisher, d.published, web_url(d.url), d.language, d.records, d.revisions, d.added_at]
        for d in found.items
    ]
    lead = counted(len(rows), found.total, "document", "documents")
    paper = Paper("Documents", lead, (Part(sheet=Sheet(columns[1:5], [row[1:5] for row in rows[:ITEMS]])),))
    shown = Shown(lambda: Sheet(columns, rows), lambda: [asdict(one) for one in found.items], lambda: paper)
    return as_file(request, form, "documents", shown)


@router.get("/actors.{form}")
def actors(request: Request, desk: TheDesk, form: Form, kind: ActorKind | None = None) -> Response:
    """Who takes part in entries, those in most first."""
    with desk.ledger() as ledger:
        found = ledger.some_actors(kind=kind, limit=most_in(form))
    columns = ("name", "called", "kind", "parties", "entries", "first_seen", "last_seen")
    rows = [
        [a.name, name_of(a.name), a.kind, list(a.parties), a.entries, a.first_seen, a.last_seen] for a in found.items
    ]
    lead = counted(len(rows), found.total, "actor", "actors")
    paper = Paper("Actors", lead, (Part(sheet=Sheet(columns[1:], [row[1:] for row in rows])),))
    shown = Shown(lambda: Sheet(columns, rows), lambda: [asdict(one) for one in found.items], lambda: paper)
    return as_file(request, form, "actors", shown)


@router.get("/relationships.{form}")
def pairs(request: Request, desk: TheDesk, form: Form) -> Response:
    """The busiest pairs of parties, and how they stand."""
    today = date.today()
    with desk.ledger() as ledger:
        found = relationships(desk, ledger)
    standings = [standing.value for standing in found[0].standings] if found else []
    columns = ("one", "other", "names", "entries", *standings, "overdue", "silent", "disputed", "doubtful", "last_news")
    rows = [
        [
            *(*pair.parties, " and ".join(pair.names), pair.entries, *pair.standings.values(), *pair.attention),
            pair.last_news.isoformat() if pair.last_news else None,
        ]
        for pair in found
    ]
    laid_out = Sheet(columns[2:], [row[2:] for row in rows])
    paper = Paper("Relationships", counted(len(rows), len(rows), "pair", "pairs"), (Part(sheet=laid_out),))
    shown = Shown(lambda: Sheet(columns, rows), lambda: status_to_json(found, today), lambda: paper)
    return as_file(request, form, "relationships", shown)
