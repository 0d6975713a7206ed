"""Lists of entries, single entries, and why their records are one thing."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from communique.api import Ledger
from communique.api.pages import party_named, standpoint_of
from communique.model import STAGES, Entry, Kind, Report
from communique.resolve.compare import Comparison
from communique.views.chains import steps
from communique.views.logbook import change_words
from communique.web import words
from communique.web.desk import Desk, Page, TheDesk
from communique.web.forms import own_path
from communique.web.made import made as made_of
from communique.web.made import told as decisions_told
from communique.web.opened import ACTIONS, Action, Asked, opened
from communique.web.reports import texts_of, told

router = APIRouter(include_in_schema=False)
SIZE = 40
"""Entries on a page."""
COMPARED = 30
"""Reports of one entry that are weighed against those before them."""


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
        found = ledger.some_entries(
            kind=kind or None,
            parties=tuple(party_named(ledger, one) for one in typed),
            stage=stage or None,
            standing=standing or None,
            since=since or None,
            until=until or None,
            limit=SIZE,
            offset=(page - 1) * SIZE,
            in_short=True,
        )
        told = words.lines(found.items, standpoint_of(ledger, found.items, date.today()))
    stages = [one.value for one in STAGES[Kind(kind)]] if kind in [k.value for k in STAGES] else []
    asked = {"kind": kind, "party": typed, "stage": stage, "standing": standing, "since": since, "until": until}
    return desk.page(
        request, "entries.html.j2", lines=told, total=found.total, page=page, size=SIZE, asked=asked, stages=stages
    )


@router.get("/entries/{entry_id}")
def entry(
    request: Request,
    desk: TheDesk,
    entry_id: str,
    do: Action | Literal[""] = "",
    field: str = "",
    other: Annotated[str, Query(alias="with", max_length=200)] = "",
    report: Annotated[list[str] | None, Query()] = None,
    wanted: Annotated[str, Query(alias="next")] = "",
    made: Annotated[int | None, Query(ge=1, le=10**12)] = None,
) -> Response:
    """One entry: its stages with their sentences, what is disputed, what it leads to, what was decided; and a form."""
    asked = Asked(
        action=do or None if desk.may_write else None,
        field=field,
        other=other.strip(),
        reports=tuple(report or ()),
        wanted=own_path(wanted) if wanted else "",
        number=made,
    )
    return entry_page(request, desk, entry_id, asked)


def entry_page(request: Request, desk: Desk, entry_id: str, asked: Asked, status: int = 200) -> Response:
    """The page of an entry, with the form that is asked for."""
    with desk.ledger() as ledger:
        found = ledger.explained(desk.entry(ledger, entry_id))
        texts = texts_of(ledger, [found])
        standpoint = standpoint_of(ledger, [found], date.today())
        about = found.fields.get("refers_to")
        refers_to = ledger.entries_with_ids([str(about)]) if about else []
        promised = ledger.promising(found.id)
        states = [s for s in ledger.decisions() if found.id in s.entry_ids] if found.decisions else []
        log = ledger.log(found.id)
        titles = ledger.titles({one.entry_id for one in log} | {str(one.after) for one in log})
        decisions = decisions_told(ledger, states)
        form = opened(desk, ledger, found, asked)
        notice = made_of(ledger, asked.number) if asked.number else None
    history = [
        (step, [told(found, report, texts[report.source.document_id]) for report in step.reports])
        for step in steps(found)
    ]
    return desk.page(
        request,
        "entry.html.j2",
        status,
        entry=found,
        line=words.line(found, standpoint, passages=False),
        called=None if found.id == entry_id else entry_id,
        history=history,
        sources={report.source.record_id: report for report in found.history},
        refers_to=words.lines(refers_to, standpoint, passages=False),
        promised=words.lines(promised, standpoint, passages=False),
        decisions=decisions,
        log=[(change, change_words(change, titles)) for change in reversed(log)],
        sentence=words.sentence,
        form=form,
        asked=asked,
        actions=ACTIONS,
        notice=notice,
    )


@router.get("/entries/{entry_id}/why")
def why(request: Request, desk: TheDesk, entry_id: str) -> Response:
    """Why the records of an entry are one thing: each beside the one before it that is most like it."""
    with desk.ledger() as ledger:
        found = desk.entry(ledger, entry_id)
        joined = [
            (words.passage(before), words.passage(report), compared)
            for before, report, compared in compared_reports(ledger, found)
        ]
        standpoint = standpoint_of(ledger, [found], date.today())
    line = words.line(found, standpoint, passages=False)
    left = max(0, len(found.history) - COMPARED)
    return desk.page(request, "why.html.j2", entry=found, line=line, joined=joined, left=left)


def compared_reports(ledger: Ledger, entry: Entry) -> list[tuple[Report, Report, Comparison]]:
    """Each report of an entry after the first beside the one before it, and what speaks for their being one thing."""
    own = [report for report in entry.history if report.record.kind is entry.kind][:COMPARED]
    reports = {report.source.record_id: report for report in own}
    compared = ledger.why_beside([report.source.record_id for report in own])
    return [(reports[before], reports[after], comparison) for before, after, comparison in compared]
