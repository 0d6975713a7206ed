"""Lists of entries, single entries, and why their records are one thing."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from communique.api import Ledger
from communique.api.pages import standpoint_of
from communique.lexicon.parties import party_of
from communique.model import STAGES, Entry, Kind, Report, UsageError
from communique.resolve.compare import Comparison
from communique.views.chains import report_words, steps
from communique.views.logbook import change_words, decision_words
from communique.views.reasons import ordered
from communique.web import words
from communique.web.desk import Page, TheDesk

router = APIRouter(include_in_schema=False)
SIZE = 40
"""Entries on a page."""
CONTEXT = 220
"""Characters of a document that are shown before and after a sentence."""
COMPARED = 30
"""Reports of one entry that are weighed against those before them."""


@dataclass(frozen=True, slots=True)
class Told:
    """One report of an entry, its sentences with what stands around them.

    Attributes:
        words: its stage and day.
        passages: before, the sentence itself in pieces, after; a passage for each sentence.
        reasons: field, value, rule, probability and words of what the reader proposed.
    """

    report: Report
    words: str
    address: str
    passages: tuple[tuple[str, tuple[tuple[str, bool], ...], str], ...]
    reasons: tuple[tuple[str, str, str, float | None, str], ...]


@router.get("/entries")
def entries(
    request: Request,
    desk: TheDesk,
    kind: str = "",
    party: Annotated[list[str] | None, Query()] = None,
    stage: str = "",
    standing: str = "",
    since: str = "",
    until: str = "",
    page: Page = 1,
) -> Response:
    """Entries that meet all conditions, those with the latest news first."""
    typed = [one for one in party or () if one.strip()]
    with desk.ledger() as ledger:
        known = ledger.parties()
        found = ledger.some_entries(
            kind=kind or None,
            parties=tuple(party_of(one, known) for one in typed),
            stage=stage or None,
            standing=standing or None,
            since=since or None,
            until=until or None,
            limit=SIZE,
            offset=(page - 1) * SIZE,
        )
        told = words.lines(found.items, standpoint_of(ledger, found.items, date.today()))
    stages = [one.value for one in STAGES[Kind(kind)]] if kind in [k.value for k in STAGES] else []
    asked = {"kind": kind, "party": typed, "stage": stage, "standing": standing, "since": since, "until": until}
    return desk.page(
        request, "entries.html.j2", lines=told, total=found.total, page=page, size=SIZE, asked=asked, stages=stages
    )


@router.get("/entries/{entry_id}")
def entry(request: Request, desk: TheDesk, entry_id: str) -> Response:
    """One entry: its stages with their sentences, what is disputed, what it leads to, what was decided."""
    with desk.ledger() as ledger:
        found = ledger.explained(desk.entry(ledger, entry_id))
        texts = {key: ledger.document(key).document.text for key in {r.source.document_id for r in found.history}}
        standpoint = standpoint_of(ledger, [found], date.today())
        about = found.fields.get("refers_to")
        refers_to = ledger.entries_with_ids([str(about)]) if about else []
        promised = ledger.promising(found.id)
        states = [s for s in ledger.decisions() if found.id in s.entry_ids] if found.decisions else []
        log = ledger.log(found.id)
        titles = ledger.titles({change.entry_id for change in log} | {str(change.after) for change in log})
    history = [
        (step, [_told(found, report, texts[report.source.document_id]) for report in step.reports])
        for step in steps(found)
    ]
    return desk.page(
        request,
        "entry.html.j2",
        entry=found,
        line=words.line(found, standpoint, passages=False),
        asked=None if found.id == entry_id else entry_id,
        history=history,
        sources={report.source.record_id: report for report in found.history},
        refers_to=words.lines(refers_to, standpoint, passages=False),
        promised=words.lines(promised, standpoint, passages=False),
        decisions=[(state, decision_words(state)) for state in states],
        log=[(change, change_words(change, titles)) for change in reversed(log)],
        sentence=words.sentence,
    )


@router.get("/entries/{entry_id}/why")
def why(request: Request, desk: TheDesk, entry_id: str) -> Response:
    """Why the records of an entry are one thing: each beside the one before it that is most like it."""
    with desk.ledger() as ledger:
        found = desk.entry(ledger, entry_id)
        joined = _joined(ledger, found)
        standpoint = standpoint_of(ledger, [found], date.today())
    line = words.line(found, standpoint, passages=False)
    left = max(0, len(found.history) - COMPARED)
    return desk.page(request, "why.html.j2", entry=found, line=line, joined=joined, left=left)


def _joined(ledger: Ledger, entry: Entry) -> list[tuple[words.Passage, words.Passage, Comparison]]:
    own = [report for report in entry.history if report.record.kind is entry.kind][:COMPARED]
    found = []
    for before, report in pairwise(own):
        try:
            compared = ledger.why(before.source.record_id, report.source.record_id)
        except UsageError:  # one record twice: an undertaking that two stages rest on
            continue
        found.append((words.passage(before), words.passage(report), compared))
    return found


def _told(entry: Entry, report: Report, text: str) -> Told:
    source = report.source
    marked = [r.span for r in report.record.reasons if r.span and r.field != "kind"]
    passages = []
    shown = 0  # up to where the text stands already, so that neighbours share what is between them
    for span, following in zip(source.spans, (*(one.start for one in source.spans[1:]), len(text)), strict=True):
        first, last = max(shown, span.start - CONTEXT), max(span.end, min(following, span.end + CONTEXT))
        before, after = text[min(first, span.start) : span.start], text[span.end : last]
        if shown < first < span.start:
            before = "… " + before.partition(" ")[2]
        if last < following:
            after = after.rpartition(" ")[0] + " …"
        inside = [(max(0, one.start - span.start), one.end - span.start) for one in marked if one.overlaps(span)]
        passages.append((before, words.pieces_of(text[span.start : span.end], inside), after))
        shown = last
    reasons = tuple(
        (r.field, r.detail, r.grounded_by or r.rule, r.probability, text[r.span.start : r.span.end] if r.span else "")
        for r in ordered(report.record)
        if r.field != "kind"
    )
    return Told(report, report_words(entry, report), words.sentence(report), tuple(passages), reasons)
