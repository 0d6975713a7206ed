"""The history of an entry: its reports in order of time, and the stage they lead to."""

from collections.abc import Sequence
from datetime import date

from communique.model import Kind, Report
from communique.resolve.claims import Claim, days
from communique.resolve.stages import Step, height, moves, precedes

_AHEAD = {"planned", "proposed", "considered"}
"""Stages whose date may be that of something to come: it orders a report only if it is wholly past."""


def history(claims: Sequence[Claim]) -> tuple[Report, ...]:
    """The reports that claims of one thing make, ordered by when what they report happened.

    That is the record's date where the stage has been reached by the day of publication, else the
    day of publication; reports that can't be placed come last. A report that only recalls an earlier
    stage stands with the reports of that stage, so that the last report gives the stage reached.
    """
    reports = [report for _, report in sorted((_placed(claim) for claim in claims), key=lambda placed: placed[0])]
    kind = reports[0].record.kind
    if kind is Kind.STATEMENT:
        return tuple(reports)
    told = reports[:1]
    for report in reports[1:]:
        highest = height(kind, (str(known.stage) for known in told))
        if report.stage == told[-1].stage or moves(kind, _step(told[-1]), highest, _step(report)):
            told.append(report)
        else:
            told.insert(_recalled_at(kind, told, str(report.stage)), report)
    return tuple(told)


def stage_date(reports: Sequence[Report]) -> str | None:
    """The most specific date given for the last report's stage, of several the latest one told."""
    stage = reports[-1].stage
    known = [(when[1] - when[0], -at) for at, r in enumerate(reports) if r.stage == stage and (when := days(r.date))]
    return reports[-min(known)[1]].date if known else None


def _recalled_at(kind: Kind, told: Sequence[Report], stage: str) -> int:
    """Where in a history a report belongs that recalls an earlier stage."""
    same = [at for at, report in enumerate(told) if report.stage == stage]
    if same:
        return same[-1] + 1
    return next((at for at, report in enumerate(told) if precedes(kind, stage, str(report.stage))), len(told) - 1)


def report_of(claim: Claim) -> Report:
    """The claim as a report of its stage."""
    record, source, _ = claim.reported
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


def _step(report: Report) -> Step:
    reached = days(report.date) if report.ordered_by == report.date else None
    return Step(str(report.stage), reached[1] if reached else None)
