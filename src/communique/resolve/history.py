"""The history of an entry: its reports in order of time, and the stage they lead to."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from communique.model import Kind, Report
from communique.resolve.claims import Claim, Days, days
from communique.resolve.stages import Step, furthest

_AHEAD = {"planned", "proposed", "considered"}
"""Stages whose date may be that of something to come: it orders a report only if it is wholly past."""


class Stand(NamedTuple):
    """Where a history leads: the stage, and when it was reached."""

    stage: str | None
    date: str | None


def history(claims: Sequence[Claim]) -> tuple[Report, ...]:
    """The reports that claims of one thing make, ordered by when what they report happened.

    That is the record's date where the stage has been reached by the day of publication, else the
    day of publication. Reports that can't be placed come last.
    """
    return tuple(report for _, report in sorted((_placed(claim) for claim in claims), key=lambda placed: placed[0]))


def stand(kind: Kind, reports: Sequence[Report]) -> Stand:
    """The stage that the reports lead to, with the most specific date given for it, of several the latest."""
    if kind is Kind.STATEMENT:
        return Stand(None, None)
    steps = [Step(str(report.stage), _reached(report)) for report in reports]
    stage = steps[furthest(kind, steps)].stage
    dated = [(days(report.date), at) for at, report in enumerate(reports) if report.stage == stage]
    known = [(when[1] - when[0], -at) for when, at in dated if when]
    return Stand(stage, reports[-min(known)[1]].date if known else None)


def report_of(claim: Claim) -> Report:
    """The claim as a report of its stage."""
    record, source = claim.reported
    stage = getattr(record, "stage", None) or getattr(record, "status", None)
    when = getattr(record, "date", None)
    return Report(
        stage=str(stage) if stage else None,
        date=when,
        ordered_by=when if _happened(claim, stage, when) else source.published,
        record=record,
        source=source,
    )


def _happened(claim: Claim, stage: str | None, when: str | None) -> bool:
    known = days(when)
    if known is None or known[0] == date.min:
        return False
    return claim.published is None or known[stage in _AHEAD] <= claim.published[1]


def _placed(claim: Claim) -> tuple[tuple[date, date, tuple[str, str, int, str]], Report]:
    report = report_of(claim)
    told = claim.published[1] if claim.published else date.max
    happened = days(report.ordered_by)
    # Of a date that is known only as a month or year, the part before publication is what counts.
    day = min(happened[1], told) if happened else date.max
    return (day, told, claim.order), report


def _reached(report: Report) -> date | None:
    when: Days | None = days(report.date) if report.date and report.ordered_by == report.date else None
    return when[1] if when else None
