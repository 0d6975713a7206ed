"""Full text, with what the passages found have in common as ways to narrow the search."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from communique.api import Ledger
from communique.ledger import Hit
from communique.ledger.browsing import Listed
from communique.lexicon.parties import name_of
from communique.model import Entry, Kind
from communique.views.chains import headline
from communique.web import words
from communique.web.desk import Page, TheDesk

router = APIRouter(include_in_schema=False)
SIZE, MOST = 20, 200
"""Passages on a page, and how many of the best are looked at in all."""
VALUES = 8
"""Values of a facet that are offered."""
FACETS = ("kind", "party", "stage", "standing", "year", "publisher")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with what it can be narrowed by."""

    hit: Hit
    entries: tuple[Entry, ...]
    document: Listed | None
    pieces: tuple[tuple[str, bool], ...]
    anchor: str


@router.get("/search")
def search(
    request: Request,
    desk: TheDesk,
    q: str = "",
    kind: str = "",
    party: str = "",
    stage: str = "",
    standing: str = "",
    year: str = "",
    publisher: str = "",
    page: Page = 1,
) -> Response:
    """Passages that hold all words, best first."""
    chosen = dict(zip(FACETS, (kind, party, stage, standing, year, publisher), strict=True))
    with desk.ledger() as ledger:
        every = _found(ledger, q) if q.strip() else []
        kept = [one for one in every if all(not given or given in _values(one)[name] for name, given in chosen.items())]
        shown = kept[(page - 1) * SIZE : page * SIZE]
        titles = {e.id: _title(e) for e in ledger.entries_with_ids([e.id for one in shown for e in one.entries])}
    facets = {name: _counted(kept, name, chosen[name]) for name in FACETS}
    asked = {"q": q} | chosen
    return desk.page(
        request,
        "search.html.j2",
        asked=asked,
        found=shown,
        titles=titles,
        total=len(kept),
        cut=len(every) >= MOST,
        facets=facets,
        page=page,
        size=SIZE,
    )


def _title(entry: Entry) -> str:
    return entry.title if entry.kind is Kind.STATEMENT else headline(entry, name_of)


def _found(ledger: Ledger, query: str) -> list[Found]:
    hits = ledger.search(query, MOST)
    entries = {one.id: one for one in ledger.wordless(sorted({key for hit in hits for key in hit.entry_ids}))}
    parts = ledger.some_documents(ids={hit.document_id for hit in hits}, limit=MOST)
    documents = {one.id: one for one in parts.items}
    return [_told(hit, entries, documents) for hit in hits]


def _told(hit: Hit, entries: Mapping[str, Entry], documents: Mapping[str, Listed]) -> Found:
    told = tuple(entries[key] for key in hit.entry_ids if key in entries)
    strong = [(match.start - hit.span.start, match.end - hit.span.start) for match in hit.matches]
    records = [r.source.record_id for e in told for r in e.history if hit.span in r.source.spans]
    anchor = f"#{records[0]}" if records else ""
    return Found(hit, told, documents.get(hit.document_id), words.pieces_of(hit.snippet, strong), anchor)


def _values(found: Found) -> dict[str, set[str]]:
    document = found.document
    return {
        "kind": {entry.kind.value for entry in found.entries},
        "party": {party for entry in found.entries for party in entry.parties},
        "stage": {entry.stage for entry in found.entries if entry.stage},
        "standing": {entry.standing.value for entry in found.entries},
        "year": {(found.hit.published or "")[:4]} - {""},
        "publisher": {document.publisher} if document and document.publisher else set(),
    }


def _counted(found: Iterable[Found], name: str, chosen: str) -> list[tuple[str, int]]:
    """How many passages have each value of a facet, the most first; the one that is chosen is there in any case."""
    counts = Counter(value for one in found for value in _values(one)[name])
    top = counts.most_common(VALUES)
    return top if not chosen or chosen in dict(top) else [(chosen, counts[chosen]), *top]
