"""What happened between two parties in order of time, and each thing's way through its stages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from communique.model import Entry, Kind, Report, Standing, standing_of
from communique.resolve.outlining import confidence_of, outline
from communique.resolve.promises import PENDING
from communique.views.attention import Standpoint, disputes_to_json, fate_to_json
from communique.views.chains import anchors, headline, source_words, steps
from communique.views.choosing import between, told_by
from communique.views.dates import last_day
from communique.views.facts import decided, disputed_shortly, strengths_words, warnings
from communique.views.quotes import clip

TIMED = (Kind.AGREEMENT, Kind.TRANSFER, Kind.INITIATIVE, Kind.ENGAGEMENT, Kind.UNDERTAKING)
"""The kinds that have stages, in the order of a page's lanes."""
DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One stage of one entry in time.

    Attributes:
        entry: the thing.
        stage: the stage it came to, or ``due`` for the day by which an open promise is to be kept.
        standing: where the thing stood with that stage.
        when: EDTF date of the stage, else of the first report of it.
        day: the last day that ``when`` may mean, which orders moments.
        report: the first report of the stage; None for a day that is only due.
        dated: whether the stage's own date is known, not only the report's.
    """

    entry: Entry
    stage: str
    standing: Standing
    when: str
    day: date
    report: Report | None
    dated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Moments in order of time, and the same as lanes, one for each entry.

    Attributes:
        parties: codes of the two parties.
        names: the same as a reader calls them.
        lanes: entries with their moments, by kind and then by their first moment.
        since, until: earlier and later moments were left out.
        hidden: how many more entries were first told of in the period; they have older news.
    """

    parties: tuple[str, str]
    names: tuple[str, str]
    standpoint: Standpoint
    moments: tuple[Moment, ...]
    lanes: tuple[tuple[Entry, tuple[Moment, ...]], ...]
    since: date | None = None
    until: date | None = None
    hidden: int = 0

    @property
    def as_of(self) -> date:
        """The day of the page."""
        return self.standpoint.day


def timeline_of(
    entries: Iterable[Entry],
    parties: tuple[str, str],
    standpoint: Standpoint,
    *,
    names: tuple[str, str] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Timeline:
    """The stages of all that the two parties have between them, without statements.

    Args:
        entries: entries that name at least one of the two.
        standpoint: what was published after its day is left out.
        since, until: earlier and later moments are left out.
    """
    known = {entry.id: told for entry in entries if (told := told_by(entry, standpoint.day)) is not None}
    chosen = [known[one.id] for one in between([outline(entry) for entry in known.values()], parties)]
    return timeline_from(chosen, parties, standpoint, names=names, since=since, until=until)


def timeline_from(
    entries: Iterable[Entry],
    parties: tuple[str, str],
    standpoint: Standpoint,
    *,
    names: tuple[str, str] | None = None,
    since: date | None = None,
    until: date | None = None,
    hidden: int = 0,
) -> Timeline:
    """The stages of entries that were chosen and told as of the day of the standpoint.

    Args:
        since, until: as for :func:`timeline_of`.
        hidden: how many more entries there are.
    """
    first, last = since or date.min, until or date.max
    lanes = []
    for entry in entries:
        own = tuple(m for m in _moments(entry) if first <= m.day <= last) if entry.kind in TIMED else ()
        if own:
            lanes.append((entry, own))
    lanes.sort(key=lambda lane: (TIMED.index(lane[0].kind), lane[1][0].day, lane[0].id))
    moments = sorted((m for _, own in lanes for m in own), key=lambda m: (m.day, TIMED.index(m.entry.kind), m.entry.id))
    return Timeline(
        parties=parties,
        names=names or parties,
        standpoint=standpoint,
        moments=tuple(moments),
        lanes=tuple(lanes),
        since=since,
        until=until,
        hidden=hidden,
    )


def _moments(entry: Entry) -> list[Moment]:
    found = []
    for step in steps(entry):
        report = step.reports[0]
        when = step.date or report.source.published
        day = last_day(when)
        if when and day:
            standing = standing_of(entry.kind, step.stage)
            dated = step.date is not None
            found.append(
                Moment(entry=entry, stage=step.stage, standing=standing, when=when, day=day, report=report, dated=dated)
            )
    due = entry.fields.get("due") if entry.standing in PENDING else None
    day = last_day(due)
    if due and day:
        found.append(
            Moment(entry=entry, stage=DUE, standing=entry.standing, when=due, day=day, report=None, dated=True)
        )
    return sorted(found, key=lambda moment: moment.day)


def stage_words(moment: Moment) -> str:
    """The stage as a reader calls it: a promise that is open was made."""
    made = moment.entry.kind is Kind.UNDERTAKING and moment.stage == "open"
    return "promised" if made else moment.stage.replace("-", " ")


def notes_on(entry: Entry, standpoint: Standpoint) -> list[str]:
    """What is to be known of a thing besides its moments: progress, what asks for attention, what was decided."""
    known = [str(entry.fields["progress"])] if entry.fields.get("progress") else []
    known += [strengths_words(entry.fields["strengths"])] if entry.fields.get("strengths") else []
    warned = warnings(entry, standpoint, shortly=True)
    return [*known, *warned, *disputed_shortly(entry), *decided(entry, standpoint)]


def sentence_of(moment: Moment) -> str:
    """The sentence that tells of the moment, shortened around its words, and where it stands."""
    report = moment.report or moment.entry.history[-1]
    quotes = report.source.quotes
    return f"“{clip(quotes[0], *anchors(report))}” ({source_words(report)})" if quotes else source_words(report)


def timeline_to_json(timeline: Timeline) -> dict[str, Any]:
    """The moments as plain JSON data, oldest first, and the entries that they are of."""
    return {
        "parties": list(timeline.parties),
        "names": list(timeline.names),
        "as_of": timeline.as_of.isoformat(),
        "moments": [
            {
                "when": moment.when,
                "entry": moment.entry.id,
                "kind": moment.entry.kind.value,
                "title": headline(moment.entry),
                "stage": moment.stage,
                "standing": moment.standing.value,
                "dated": moment.dated,
                "record_id": moment.report.source.record_id if moment.report else None,
                "document_id": moment.report.source.document_id if moment.report else None,
                "quotes": list(moment.report.source.quotes) if moment.report else [],
            }
            for moment in timeline.moments
        ],
        "entries": [
            {
                "id": entry.id,
                "kind": entry.kind.value,
                "title": headline(entry),
                "stage": entry.stage,
                "standing": entry.standing.value,
                "confidence": confidence_of(entry),
                "confirmed": entry.confirmed,
                **fate_to_json(entry, timeline.standpoint),
                "disputes": disputes_to_json(entry.disputes),
                "decisions": list(entry.decisions),
                "progress": entry.fields.get("progress"),
                "strengths": entry.fields.get("strengths", []),
            }
            for entry, _ in timeline.lanes
        ],
    }
