"""The timeline of two parties: drawn and told, for any period, nearer or farther."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from markupsafe import Markup

from communique.api.pages import timeline_between
from communique.lexicon.parties import name_of
from communique.model import Entry, Report, UsageError
from communique.model.values import day
from communique.views.dates import shifted
from communique.views.timeline import Timeline
from communique.views.timeline_drawn import timeline_drawing
from communique.web import words
from communique.web.desk import AsOf, Since, TheDesk

router = APIRouter(include_in_schema=False)
LANES = 100
"""Entries in a drawing: those with the latest news of a period; of what no screen holds nobody sees the whole."""
YEARS = (10, 5, 2, 1)
"""Periods up to the day of the page that are offered."""
_SHORTEST = 14
"""Days below which nothing is gained by going nearer."""


def _until(value: Annotated[str, Query(alias="until", max_length=40)] = "") -> date | None:
    return day(value or None, "until")


Until = Annotated[date | None, Depends(_until)]


@dataclass(frozen=True, slots=True)
class Zoom:
    """Another period to look at."""

    label: str
    words: str
    since: date | None
    until: date | None


@router.get("/relationships/{one}/{other}/timeline")
def timeline(
    request: Request, desk: TheDesk, one: str, other: str, as_of: AsOf, since: Since, until: Until
) -> Response:
    """Every stage of all that two parties have between them, drawn and told."""
    if since and until and since > until:
        raise UsageError(f"The period ends on {until}, before it begins on {since}.")
    with desk.ledger() as ledger:
        parties = desk.pair(ledger, words.unsegmented(one), words.unsegmented(other))
        name = ("timeline", parties, as_of, since, until, LANES)
        found = desk.remembered(
            ledger,
            name,
            lambda: timeline_between(ledger, parties, as_of, since, until, most=LANES, in_short=True),
        )

    def address(entry: Entry, report: Report | None) -> str:
        return words.sentence(report) if report else f"/entries/{entry.id}"

    return desk.page(
        request,
        "timeline.html.j2",
        parties=parties,
        names=found.names,
        timeline=found,
        # the drawing comes from a template that escapes whatever it is given
        drawing=Markup(timeline_drawing(found, address, name_of)),
        steps=_steps(found),
        periods=_periods(as_of),
        as_of=as_of,
        since=since,
        until=until,
        today=date.today(),
    )


def _periods(as_of: date) -> list[Zoom]:
    """All of it, or the last years."""
    last = [Zoom(f"{n} years" if n > 1 else "1 year", "", shifted(as_of, -365.25 * n), None) for n in YEARS]
    return [Zoom("all", "", None, None), *last]


def _steps(found: Timeline) -> list[Zoom]:
    """Nearer, farther, earlier and later than what is shown."""
    days = [moment.day for moment in found.moments] or [found.as_of]
    first, last = found.since or min(days), found.until or max(days)
    span = max((last - first).days, 1)
    moves = [
        Zoom("−", "Farther: twice the period", shifted(first, -span / 2), shifted(last, span / 2)),
        Zoom("←", "Earlier", shifted(first, -span / 2), shifted(last, -span / 2)),
        Zoom("→", "Later", shifted(first, span / 2), shifted(last, span / 2)),
    ]
    nearer = Zoom("+", "Nearer: half the period", shifted(first, span / 4), shifted(last, -span / 4))
    return [nearer, *moves] if span >= _SHORTEST else moves
