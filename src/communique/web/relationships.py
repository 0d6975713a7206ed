"""What stands between two parties, as of any day, and its timeline."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from communique.api import Ledger
from communique.api.pages import brief_between, standpoint_of, timeline_between, told_until
from communique.lexicon.parties import name_of
from communique.model import Entry, Kind, Outline, Report, Standing
from communique.views import told_in_outline
from communique.views.choosing import between, is_doubtful
from communique.views.dates import newest_first
from communique.views.timeline_drawn import timeline_drawing
from communique.web import words
from communique.web.desk import AsOf, Desk, Since, TheDesk

router = APIRouter(include_in_schema=False)
ON_BOARD = (Kind.AGREEMENT, Kind.TRANSFER, Kind.INITIATIVE)
"""The kinds that have long lives, and so stand on the board; meetings and promises have places of their own."""
CARDS, PEOPLE, DOCUMENTS, OCCASIONS = 10, 24, 40, 300
"""How many entries of a standing, people and documents a page shows, and from how many occasions people are told."""
SECTIONS = ("changes", "engagements", "open", "done", "statements")
ZOOMS = (("all", None), ("5 years", 5), ("2 years", 2), ("1 year", 1))


@dataclass(frozen=True, slots=True)
class Column:
    """The entries of one standing, those with the latest news first."""

    standing: Standing
    number: int
    cards: tuple[words.Line, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who took part in engagements of two parties.

    Attributes:
        last: EDTF date of the last one.
    """

    name: str
    parties: tuple[str, ...]
    occasions: int
    last: str | None


@router.get("/relationships/{one}/{other}")
def relationship(request: Request, desk: TheDesk, one: str, other: str, as_of: AsOf, since: Since) -> Response:
    """Where things stand, what is promised and open, who met, who takes part, what was read."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        name = ("brief", parties, as_of, since)
        brief = desk.remembered(ledger, name, lambda: brief_between(ledger, parties, as_of, since=since))
        outlines = told_in_outline(ledger.between(*parties, as_of.isoformat()), ledger.wordless, as_of)
        chosen = between(outlines, parties)
        board = desk.remembered(ledger, ("board", parties, as_of), lambda: _board(ledger, chosen, as_of))
        people = desk.remembered(ledger, ("people", parties, as_of), lambda: _people(desk, ledger, chosen, parties))
        told = {document for entry in chosen for document in entry.documents}
        documents = ledger.some_documents(ids=told, limit=DOCUMENTS)
        first = desk.remembered(ledger, ("first", parties), lambda: _first(ledger, parties))
    sections = dict.fromkeys(SECTIONS, ()) | {
        section.key: [
            (group, [words.line(e, brief.standpoint, was=group.was.get(e.id)) for e in group.entries])
            for group in section.groups
        ]
        for section in brief.sections
    }
    return desk.page(
        request,
        "relationship.html.j2",
        parties=parties,
        names=brief.names,
        brief=brief,
        sections=sections,
        board=board,
        people=people,
        documents=documents,
        counts=Counter(entry.kind.value for entry in chosen),
        as_of=as_of,
        since=since,
        first=first,
        today=date.today(),
    )


@router.get("/relationships/{one}/{other}/timeline")
def timeline(request: Request, desk: TheDesk, one: str, other: str, as_of: AsOf, since: Since) -> Response:
    """Every stage of all that two parties have between them, drawn and told."""
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        name = ("timeline", parties, as_of, since)
        found = desk.remembered(ledger, name, lambda: timeline_between(ledger, parties, as_of, since))

    def address(entry: Entry, report: Report | None) -> str:
        return words.sentence(report) if report else f"/entries/{entry.id}"

    zooms = [
        (label, (as_of - timedelta(days=round(365.25 * years))).isoformat() if years else None)
        for label, years in ZOOMS
    ]
    return desk.page(
        request,
        "timeline.html.j2",
        parties=parties,
        names=found.names,
        timeline=found,
        # the drawing comes from a template that escapes whatever it is given
        drawing=Markup(timeline_drawing(found, address, name_of)),
        zooms=zooms,
        as_of=as_of,
        since=since,
        today=date.today(),
    )


def _board(ledger: Ledger, chosen: Sequence[Outline], day: date) -> list[Column]:
    columns = []
    for standing in Standing:
        found = [one for one in chosen if one.standing is standing and one.kind in ON_BOARD]
        found.sort(key=lambda one: (newest_first(one.told_on), is_doubtful(one), one.id))
        shown = {entry.id: entry for entry in told_until(ledger, [one.id for one in found[:CARDS]], day)}
        entries = [shown[one.id] for one in found[:CARDS] if one.id in shown]
        standpoint = standpoint_of(ledger, entries, day)
        columns.append(Column(standing, len(found), tuple(words.lines(entries, standpoint, passages=False))))
    return columns


def _people(desk: Desk, ledger: Ledger, chosen: Sequence[Outline], parties: tuple[str, str]) -> list[Person]:
    """Those who took part in the latest engagements, most often first."""
    meetings = [one for one in chosen if one.kind is Kind.ENGAGEMENT and one.standing is Standing.REALISED]
    meetings.sort(key=lambda one: newest_first(one.told_on))
    actors = {one.name: one for one in desk.remembered(ledger, "actors", ledger.actors) if one.kind == "person"}
    seen: dict[str, list[str | None]] = {}
    for entry in ledger.entries_with_ids([one.id for one in meetings[:OCCASIONS]]):
        for name in entry.fields.get("people") or ():
            seen.setdefault(name, []).append(entry.date)
    people = [
        Person(
            name,
            tuple(party for party in actors[name].parties if party in parties) if name in actors else (),
            len(days),
            max((day for day in days if day), default=None),
        )
        for name, days in seen.items()
    ]
    return sorted(people, key=lambda one: (-one.occasions, newest_first(one.last), one.name))[:PEOPLE]


def _first(ledger: Ledger, parties: tuple[str, str]) -> str | None:
    """The day of the first document that tells of the two."""
    found = [one.first_dated for one in between(ledger.between(*parties), parties) if one.first_dated]
    return min(found, default=None)
