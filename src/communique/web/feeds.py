"""What changes between two parties as an Atom feed, and what is dated ahead as a calendar."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from lxml import etree

from communique.api import Ledger
from communique.api.pages import party_named, standpoint_of
from communique.lexicon.parties import name_of
from communique.model import Entry, Kind, edtf
from communique.model.printable import on_one_line, without_controls
from communique.resolve.promises import due_by
from communique.views.chains import chain_words, headline
from communique.web import words
from communique.web.desk import TheDesk

router = APIRouter(include_in_schema=False)
ENTRIES, DATES = 50, 500
"""How many entries a feed has, and how many a calendar."""
ATOM = "http://www.w3.org/2005/Atom"
_LINE = 74
"""Bytes of a line of a calendar; longer ones are folded (RFC 5545, 3.1)."""


@router.get("/relationships/{one}/{other}/changes.atom")
def feed(request: Request, desk: TheDesk, one: str, other: str) -> Response:
    """The entries of two parties, those of which there was news last; each comes up again when it moves."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        found = ledger.some_entries(parties=parties, limit=ENTRIES, in_short=True).items
        found = [entry for entry in found if entry.kind is not Kind.STATEMENT]
        standpoint = standpoint_of(ledger, found, date.today())
    base = str(request.base_url).rstrip("/")
    page = base + words.relationship(parties)
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    add(root, "id", page)
    add(root, "title", f"{name_of(parties[0])} and {name_of(parties[1])}")
    add(root, "updated", max((_news(entry) for entry in found), default="1970-01-01T00:00:00Z"))
    add(add(root, "author"), "name", "communique")
    add(root, "link", rel="self", href=f"{page}/changes.atom")
    add(root, "link", rel="alternate", href=page)
    for entry in found:
        told = words.line(entry, standpoint)
        item = add(root, "entry")
        # an entry that moved is news: its stage is part of the identifier
        add(item, "id", f"{base}/entries/{entry.id}#{entry.stage}")
        add(item, "title", f"{told.title}: {told.stage}")
        add(item, "updated", _news(entry))
        add(item, "link", rel="alternate", href=f"{base}/entries/{entry.id}")
        said = [p for one in told.passages for p in ("".join(piece for piece, _ in one.pieces), f"({one.source})")]
        add(item, "summary", " ".join((chain_words(entry, ", then ") + ".", *said)))
    body = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return Response(body, headers=validators(request), media_type="application/atom+xml")


@router.get("/relationships/{one}/{other}/dates.ics")
def calendar(request: Request, desk: TheDesk, one: str, other: str) -> Response:
    """Planned engagements and due dates of two parties."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        return _calendar(request, _dated(ledger, parties), " and ".join(map(name_of, parties)))


@router.get("/dates.ics")
def all_dates(request: Request, desk: TheDesk, party: Annotated[list[str] | None, Query()] = None) -> Response:
    """Planned engagements and due dates of all, or of those in which all of these parties take part."""
    with desk.ledger() as ledger:
        parties = tuple(party_named(ledger, one) for one in party or () if one.strip())
        return _calendar(request, _dated(ledger, parties), " and ".join(map(name_of, parties)) or "communique")


def _calendar(request: Request, entries: Sequence[Entry], names: str) -> Response:
    base = str(request.base_url).rstrip("/")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//communique//ledger//EN", f"X-WR-CALNAME:{_escaped(names)}"]
    stamp = datetime.now(UTC).strftime("%Y%m%dT000000Z")
    for entry in entries:
        lines += _event(entry, base, stamp)
    lines.append("END:VCALENDAR")
    body = "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))
    return Response(body.encode("utf-8", "replace"), headers=validators(request), media_type="text/calendar")


def _dated(ledger: Ledger, parties: Sequence[str]) -> list[Entry]:
    """What parties have dated ahead, the next first."""
    found = ledger.due(parties=parties, latest_first=True, limit=DATES, in_short=True).items
    return sorted(found, key=lambda entry: (due_by(entry) or date.max, entry.id))


def _event(entry: Entry, base: str, stamp: str) -> Iterator[str]:
    """A day for each: that of a meeting, or the last on which a promise can be kept."""
    promise = entry.kind is Kind.UNDERTAKING
    when = str(entry.fields.get("due") if promise else entry.date)
    try:
        first, last = edtf.bounds(when)
    except ValueError:  # a calendar shows what has a day
        return
    if promise or first == date.min:
        first = last
    if last == date.max or first == date.min:
        return
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.id}@communique"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(('Due: ' if promise else '') + headline(entry, name_of))}"
    said = words.passage(entry.history[-1])
    yield f"DESCRIPTION:{_escaped(''.join(piece for piece, _ in said.pieces) + f' ({said.source})')}"
    yield f"URL:{base}/entries/{entry.id}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Words as a calendar's value (RFC 5545, 3.3.11)."""
    plain = on_one_line(text)
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of bytes that fit, never cut inside a letter."""
    start = ""
    piece = ""
    for letter in line:
        if len((start + piece + letter).encode("utf-8", "replace")) > _LINE:
            yield start + piece
            start, piece = " ", ""
        piece += letter
    yield start + piece


def _news(entry: Entry) -> str:
    """The moment of the last news of an entry: the day on which the last document about it came out."""
    days = [edtf.bounds(r.source.published)[1] for r in entry.history if r.source.published]
    return f"{max(days, default=date(1970, 1, 1))}T00:00:00Z"


def add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A further element of a feed; what strangers wrote can only be text in it."""
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = without_controls(text) if text is not None else None
    return element


def validators(request: Request) -> dict[str, str]:
    """The headers that tell whether the asker has the answer as it still is."""
    found: dict[str, str] = getattr(request.state, "validators", {})
    return found
