"""What is on screen as a file: CSV, JSON, Markdown, or Word; the same selection, in the same order."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from communique.api.pages import brief_between, party_named, standpoint_of, timeline_between
from communique.lexicon.parties import name_of
from communique.model import Entry, Kind
from communique.model.printable import as_json
from communique.views import brief_to_json, entry_to_json, hit_to_json, timeline_to_json
from communique.views.attention import Standpoint
from communique.views.chains import headline
from communique.views.digest import digest_paper, digest_sheet, digest_to_json
from communique.views.logbook import change_to_json, change_words
from communique.views.network import network_to_json
from communique.views.papers import (
    Cited,
    Item,
    Paper,
    Part,
    Quote,
    Sheet,
    brief_paper,
    brief_sheet,
    entry_item,
    entry_sheet,
    web_url,
)
from communique.views.timeline import sentence_of
from communique.views.worldmap import map_to_json
from communique.web import words
from communique.web.desk import AsOf, Desk, Since, TheDesk
from communique.web.digest import Between, asked_period, told, wanted_of
from communique.web.files import ITEMS, Form, Shown, as_file, as_paper, as_stream, counted, in_items, in_rows, most_in
from communique.web.network import DEALT, TheWanted, ties_asked
from communique.web.places import TheMapAsked, map_asked
from communique.web.searching import Found, SearchAsked, found_by, narrowed
from communique.web.timelines import Until

router = APIRouter(include_in_schema=False)
AT_ONCE = 50
"""Entries that are read at a time for a file."""


@dataclass(frozen=True, slots=True)
class Selected:
    """The conditions of a list of entries, as they stand in an address."""

    kind: str
    party: list[str]
    stage: str
    standing: str
    since: str
    until: str


def _selected(
    kind: str = "",
    party: Annotated[list[str] | None, Query()] = None,
    stage: str = "",
    standing: str = "",
    since: str = "",
    until: str = "",
) -> Selected:
    return Selected(kind, [one for one in party or () if one.strip()], stage, standing, since, until)


@router.get("/entries.{form}")
def entries(request: Request, desk: TheDesk, form: Form, asked: Annotated[Selected, Depends(_selected)]) -> Response:
    """The entries that meet all conditions, those with the latest news first."""
    with desk.ledger() as ledger:
        total, ids = ledger.some_ids(
            kind=asked.kind or None,
            parties=tuple(party_named(ledger, one) for one in asked.party),
            stage=asked.stage or None,
            standing=asked.standing or None,
            since=asked.since or None,
            until=asked.until or None,
            limit=most_in(form),
        )
    read = (_read(desk, ids[n : n + AT_ONCE], whole=form == "json") for n in range(0, max(len(ids), 1), AT_ONCE))
    if form == "csv":
        return as_stream(request, form, "entries", in_rows(entry_sheet(*some) for some in read))
    if form == "json":
        data = ([entry_to_json(one, standpoint=standpoint) for one in some] for some, standpoint in read)
        return as_stream(request, form, "entries", in_items(data))
    items = tuple(entry_item(entry, standpoint) for some, standpoint in read for entry in some)
    conditions = "; ".join(f"{name}: {_spoken(value)}" for name, value in asdict(asked).items() if value)
    lead = counted(len(ids), total, "entry", "entries") + (f" {conditions}." if conditions else "")
    paper = Paper(words.PLURALS.get(asked.kind, "Entries"), lead, (Part(items=items),))
    return as_paper(request, form, "entries", paper)


def _read(desk: Desk, ids: Sequence[str], *, whole: bool) -> tuple[list[Entry], Standpoint]:
    """Entries by their ids, with where they are seen from; one that is gone meanwhile is left out."""
    with desk.ledger() as ledger:
        found = ledger.read(ids, in_short=not whole)
        return found, standpoint_of(ledger, found, date.today())


@router.get("/search.{form}")
def search(request: Request, desk: TheDesk, form: Form, asked: SearchAsked) -> Response:
    """The passages that a search found."""
    with desk.ledger() as ledger:
        found = narrowed(found_by(ledger, asked["q"]), asked)
    narrow = "; ".join(f"{name}: {value}" for name, value in asked.items() if value and name != "q")
    lead = counted(len(found), len(found), "passage", "passages") + (f" {narrow}." if narrow else "")
    columns = (
        *("document_id", "document_title", "publisher", "published", "url", "passage", "start", "end"),
        *("entry_ids", "kinds", "parties"),
    )
    shown = Shown(
        sheet=lambda: Sheet(columns, [_hit_cells(one) for one in found]),
        data=lambda: [hit_to_json(one.hit) for one in found],
        paper=lambda: Paper(f"“{asked['q']}”", lead, (Part(items=tuple(_hit_item(one) for one in found)),)),
    )
    return as_file(request, form, "search", shown)


@router.get("/relationships/{one}/{other}/brief.{form}")
def brief(request: Request, desk: TheDesk, one: str, other: str, form: Form, as_of: AsOf, since: Since) -> Response:
    """What stands between two parties."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        whole = form == "json"
        name = ("brief", parties, as_of, since, whole)
        found = desk.remembered(
            ledger, name, lambda: brief_between(ledger, parties, as_of, since=since, in_short=not whole)
        )
    shown = Shown(lambda: brief_sheet(found), lambda: brief_to_json(found), lambda: brief_paper(found))
    return as_file(request, form, f"{'-'.join(parties)}-{as_of}", shown)


@router.get("/relationships/{one}/{other}/timeline.{form}")
def timeline(
    request: Request, desk: TheDesk, one: str, other: str, form: Form, as_of: AsOf, since: Since, until: Until
) -> Response:
    """Every stage of all that two parties have between them."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        name = ("timeline", parties, as_of, since, until)
        found = desk.remembered(
            ledger, name, lambda: timeline_between(ledger, parties, as_of, since, until, in_short=True)
        )
    rows = [
        [m.when, m.stage, m.standing.value, m.entry.id, m.entry.kind.value, headline(m.entry, name_of), sentence_of(m)]
        for m in found.moments
    ]
    sheet = Sheet(("when", "stage", "standing", "entry_id", "kind", "title", "sentence"), rows)
    names = " and ".join(found.names)
    items = tuple(Item(f"{when}: {stage}: {title}", (kind, id), ()) for when, stage, _, id, kind, title, _ in rows)
    paper = Paper(f"Timeline of {names}", f"As of {as_of}.", (Part(items=items),))
    shown = Shown(lambda: sheet, lambda: timeline_to_json(found), lambda: paper)
    return as_file(request, form, f"{'-'.join(parties)}-timeline-{as_of}", shown)


@router.get("/changes.{form}")
def changes(request: Request, desk: TheDesk, form: Form) -> Response:
    """What happened to entries, the latest first."""
    with desk.ledger() as ledger:
        found = ledger.changes(limit=most_in(form))
        titles = ledger.titles({change.entry_id for change in found.items} | {str(c.after) for c in found.items})
    told_of = [(c, change_words(c, titles)) for c in found.items]
    columns = ("number", "at", "entry_id", "what", "field", "before", "after", "cause", "told")
    rows = [
        [c.number, c.at, c.entry_id, c.what, c.field, _value(c.before), _value(c.after), c.cause, said]
        for c, said in told_of
    ]
    lead = counted(len(found.items), found.total, "change", "changes")
    items = tuple(Item(said, (c.at[:16].replace("T", " "), c.cause)) for c, said in told_of)
    shown = Shown(
        sheet=lambda: Sheet(columns, rows),
        data=lambda: [change_to_json(change) for change in found.items],
        paper=lambda: Paper("What happened to entries", lead, (Part(items=items),)),
    )
    return as_file(request, form, "changes", shown)


@router.get("/digest/{name}.{form}")
def digest(request: Request, desk: TheDesk, name: str, form: Form, between: Between = None) -> Response:
    """What happened in a day or a week, by relationship."""
    with desk.ledger() as ledger:
        found = told(desk, ledger, asked_period(name), wanted_of(ledger, between))
    shown = Shown(lambda: digest_sheet(found), lambda: digest_to_json(found), lambda: digest_paper(found))
    return as_file(request, form, f"digest-{found.period.name}", shown)


@router.get("/network.{form}")
def network(request: Request, desk: TheDesk, form: Form, wanted: TheWanted) -> Response:
    """Who deals with whom."""
    with desk.ledger() as ledger:
        _, ties = ties_asked(desk, ledger, wanted)
    kinds = [kind for kind in Kind if kind in (wanted.kinds or DEALT)]
    columns = ("one", "other", "one_name", "other_name", "entries", *(kind.value for kind in kinds), "last_day")
    rows = [
        [
            *tie.parties,
            *map(name_of, tie.parties),
            tie.entries,
            *(tie.kinds.get(kind, 0) for kind in kinds),
            tie.last_day,
        ]
        for tie in ties
    ]
    told_in = [[f"{row[2]} and {row[3]}", *row[4:]] for row in rows[:ITEMS]]
    lead = counted(len(told_in), len(ties), "pair", "pairs")
    paper = Paper("Who deals with whom", lead, (Part(sheet=Sheet(("between", *columns[4:]), told_in)),))
    return as_file(
        request, form, "network", Shown(lambda: Sheet(columns, rows), lambda: network_to_json(ties), lambda: paper)
    )


@router.get("/map.{form}")
def places(request: Request, desk: TheDesk, form: Form, asked: TheMapAsked) -> Response:
    """Where engagements took place."""
    with desk.ledger() as ledger:
        found = map_asked(desk, ledger, asked)
    columns = ("place", "state", "whole_state", "latitude", "longitude", "engagements", "parties", "last", "entry_ids")
    rows = [
        [
            *(mark.place.name, mark.place.state, mark.place.whole, *mark.place.point, len(mark.occasions)),
            *(mark.parties, mark.occasions[0].date, [one.id for one in mark.occasions]),
        ]
        for mark in found.marks
    ]
    left = sum(number for _, number in found.unplaced) + found.nowhere
    lead = f"{words.counted(found.placed, 'engagement')}, and {left:,} more without a place that is known for certain."
    laid_out = [
        [mark.place.name, len(mark.occasions), [name_of(party) for party in mark.parties[:6]], mark.occasions[0].date]
        for mark in found.marks[:ITEMS]
    ]
    paper = Paper("Where they met", lead, (Part(sheet=Sheet(("place", "engagements", "mostly_of", "last"), laid_out)),))
    return as_file(request, form, "map", Shown(lambda: Sheet(columns, rows), lambda: map_to_json(found), lambda: paper))


def _spoken(value: object) -> str:
    return " and ".join(map(str, value)) if isinstance(value, list) else str(value)


def _value(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else as_json(value)


def _hit_cells(found: Found) -> list[Any]:
    hit = found.hit
    return [
        *(hit.document_id, hit.title, hit.publisher, hit.published),
        *(web_url(hit.url), hit.snippet, hit.span.start, hit.span.end),
        *(list(hit.entry_ids), [entry.kind.value for entry in found.entries]),
        sorted({party for entry in found.entries for party in entry.parties}),
    ]


def _hit_item(found: Found) -> Item:
    hit = found.hit
    named = [hit.title or f"Document {hit.document_id}", hit.publisher, hit.published]
    source = Cited(hit.document_id, ", ".join(one for one in named if one), web_url(hit.url))
    told = tuple(f"{entry.kind.value} {entry.id}" for entry in found.entries)
    return Item(named[0] or "", (*([hit.published] if hit.published else []), *told), (Quote(hit.snippet, source),))
