"""The timeline as a drawing of its own, for a browser or a paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from communique.model import Entry, Kind, Report
from communique.model.printable import without_controls
from communique.views.chains import headline
from communique.views.choosing import is_doubtful
from communique.views.dates import in_words, shifted
from communique.views.lines import SYMBOLS
from communique.views.timeline import DUE, Moment, Timeline, notes_on, sentence_of, stage_words

WIDTH, LABELS, LANE, TOP = 1200, 430, 24, 92
"""The drawing: its width, that of the column of names, the height of a lane and of its head, in pixels."""
LABEL = 56
"""Characters of a name in the drawing; the whole name stands in its tooltip."""
_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120)
_TICKS = 12
_FEW_WEEKS = 70
"""Days that are shown by weeks."""


Address = Callable[[Entry, Report | None], str | None]
"""Where a report of an entry can be read, or for None the entry."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to pixels; what lies beyond the last day stands at the edge."""

    first: date
    last: date

    def x(self, day: date) -> float:
        days = max(1, (self.last - self.first).days)
        return round(LABELS + (WIDTH - LABELS - 30) * (min(day, self.last) - self.first).days / days, 1)


def timeline_svg(timeline: Timeline) -> str:
    """The timeline as a drawing that needs nothing else: a lane a thing, a mark a stage, sentences as tooltips."""
    return _environment().get_template("timeline.svg.j2").render(**_drawn(timeline, _source), embedded=False)


def timeline_drawing(timeline: Timeline, address: Address, name_of: Callable[[str], str]) -> str:
    """The drawing to stand in a page that has the styles for it: names and marks lead to addresses of that page's own.

    Args:
        address: where to read of an entry, and where of one report of it.
        name_of: what a reader calls a party, for its code.
    """
    return _environment().get_template("timeline.svg.j2").render(**_drawn(timeline, address, name_of), embedded=True)


def timeline_html(timeline: Timeline) -> str:
    """The drawing as a page that needs nothing else, with the sentences beneath it."""
    drawing = timeline_svg(timeline)
    lanes = [
        {
            "id": entry.id,
            "kind": entry.kind.value,
            "title": headline(entry),
            "notes": [*notes_on(entry, timeline.standpoint), *(["doubtful"] if is_doubtful(entry) else [])],
            "moments": [
                {
                    "when": in_words(moment.when),
                    "stage": stage_words(moment),
                    "mark": SYMBOLS[moment.standing][0],
                    "standing": moment.standing.value,
                    "sentence": sentence_of(moment),
                    "url": moment.report.source.url if moment.report and _is_web(moment.report.source.url) else None,
                }
                for moment in moments
            ],
        }
        for entry, moments in timeline.lanes
    ]
    return (
        _environment()
        .get_template("timeline.html.j2")
        .render(names=timeline.names, as_of=timeline.as_of, drawing=drawing, lanes=lanes)
    )


@cache
def _environment() -> Environment:
    """Templates escape whatever they are given: a document's words are never markup."""
    return Environment(
        loader=PackageLoader("communique.views"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: Any) -> Any:
    """Words of documents without control characters, of which XML allows none."""
    return without_controls(value) if type(value) is str and not value.isprintable() else value


def _drawn(timeline: Timeline, address: Address, name_of: Callable[[str], str] = str) -> dict[str, Any]:
    days = [moment.day for moment in timeline.moments] or [timeline.as_of]
    # What is due in ten years must not press the rest together: ahead there is as much room as behind.
    first, today = min(days), max(timeline.as_of, shifted(min(days), 60))
    last = min(max(*days, shifted(first, 60)), shifted(today, (today - first).days))
    begin, end = timeline.since or shifted(first, -20), timeline.until or shifted(last, 20)
    scale = _Scale(begin, max(begin, end))
    lanes: list[dict[str, Any]] = []
    y = TOP
    for kind, entries in groupby(timeline.lanes, key=lambda lane: lane[0].kind):
        lanes.append({"heading": _heading(kind), "y": y})
        y += LANE
        for entry, moments in entries:
            lanes.append(
                _lane(entry, moments, scale, y, address, name_of) | {"notes": notes_on(entry, timeline.standpoint)}
            )
            y += LANE
        y += LANE // 2
    return {
        "names": timeline.names,
        "as_of": timeline.as_of,
        "today": scale.x(timeline.as_of) if scale.first <= timeline.as_of <= scale.last else None,
        "width": WIDTH,
        "height": y + LANE,
        "labels": LABELS,
        "first": scale.first,
        "last": scale.last,
        "right": scale.x(scale.last),
        "top": TOP,
        "ticks": [{"x": scale.x(day), "label": label} for day, label in _ticks(scale)],
        "lanes": lanes,
        "legend": [{"mark": mark, "standing": standing.value} for standing, (mark, _) in SYMBOLS.items()],
    }


def _heading(kind: Kind) -> str:
    return f"{kind.value.capitalize()}s"


def _lane(
    entry: Entry,
    moments: tuple[Moment, ...],
    scale: _Scale,
    y: int,
    address: Address,
    name_of: Callable[[str], str],
) -> dict[str, Any]:
    name = headline(entry, name_of)
    marks = [
        {
            "x": scale.x(moment.day),
            "mark": SYMBOLS[moment.standing][0] if moment.stage != DUE else "▷",
            "standing": moment.standing.value,
            "words": f"{in_words(moment.when)}: {stage_words(moment)}. {sentence_of(moment)}",
            "url": address(entry, moment.report) if moment.report else None,
        }
        for moment in moments
    ]
    return {
        "heading": None,
        "y": y,
        "id": entry.id,
        "url": address(entry, None),
        "name": name,
        "label": _label(name, " (doubtful)" if is_doubtful(entry) else ""),
        "first": marks[0]["x"],
        "last": marks[-1]["x"],
        "marks": marks,
    }


def _label(name: str, note: str) -> str:
    """The name with its note, shortened between words to what the column holds."""
    room = LABEL - len(note)
    return (name if len(name) <= room else name[: room - 1].rsplit(" ", 1)[0] + " …") + note


def _source(_entry: Entry, report: Report | None) -> str | None:
    return report.source.url if report and _is_web(report.source.url) else None


def _is_web(url: str | None) -> bool:
    """Whether an address may be made a link: nothing that runs in the page's own right."""
    return bool(url) and str(url).lower().startswith(("http://", "https://"))


def _ticks(scale: _Scale) -> Iterator[tuple[date, str]]:
    """First days of months, as many as the drawing has room for; of few weeks the days on which they begin."""
    if (scale.last - scale.first).days <= _FEW_WEEKS:
        mondays = (shifted(scale.first, days) for days in range((scale.last - scale.first).days + 1))
        yield from ((day, day.isoformat()) for day in mondays if day.weekday() == 0)
        return
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month + 1
    step = next((s for s in _MONTH_STEPS if months / s <= _TICKS), _MONTH_STEPS[-1])
    number = scale.first.year * 12 + scale.first.month
    number += -number % step
    while number < 12 * (date.max.year + 1) and (day := date(number // 12, number % 12 + 1, 1)) <= scale.last:
        if day >= scale.first:
            yield day, str(day.year) if step >= 12 else day.isoformat()[:7]
        number += step
