"""The history of an entry: its reports in order of time, and the stage they lead to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from communique.model import Kind, Report
from communique.resolve.claims import Claim, Days, days, distance
from communique.resolve.progress import CONTRACTED, parts
from communique.resolve.stages import REACHED_ONCE, Step, height, interrupts, moves, precedes
from communique.resolve.telling import AGAIN, tells

_AHEAD = {"planned", "proposed", "considered"}
"""Stages whose date may be that of something to come: it orders a report only if it is wholly past."""


class _Placed(NamedTuple):
    """A report with what places it: the day, the day of publication, and the order of its claim."""

    when: tuple[date, date, tuple[str, str, int, str]]
    report: Report
    step: Step


def history(claims: Sequence[Claim]) -> tuple[Report, ...]:
    """The reports that claims of one thing make, ordered by when what they report happened.

    That is the record's date where the stage has been reached by the day of publication, else the
    day of publication; reports that can't be placed come last. A report that only recalls an earlier
    stage stands with the reports of that stage, so that the last report gives the stage reached. The
    delivery of a part of what was ordered is a report of the stage in which it leaves the rest.
    """
    placed = sorted((_placed(claim) for claim in claims), key=lambda found: found.when)
    kind = placed[0].report.record.kind
    if kind is Kind.STATEMENT:
        return tuple(found.report for found in placed)
    if kind is Kind.TRANSFER:
        placed = _with_parts(placed)
    told = placed[:1]
    for found in placed[1:]:
        highest = height(kind, (known.step.stage for known in told))
        step = _step_after(kind, told, found)
        if step.stage == told[-1].step.stage or moves(kind, told[-1].step, highest, step):
            told.append(found._replace(step=step))
        else:
            told.insert(_recalled_at(kind, told, step.stage), found)
    return tuple(found.report for found in told)


def stage_date(reports: Sequence[Report]) -> str | None:
    """The date of the last report's stage."""
    stage = reports[-1].stage
    told = [r for r in reports if r.stage == stage and r.date]
    if stage in _AHEAD:
        told.sort(key=lambda report: report.source.published or "")
    elif stage in REACHED_ONCE:
        run = list(takewhile(lambda report: report.stage == stage, reversed(reports)))
        late = misdated([report for report in run if report.date])
        told = [report for report in told if report.source.record_id not in late]
    return latest_date([str(report.date) for report in told], moved=stage in _AHEAD)


def misdated(reports: Sequence[Report]) -> frozenset[str]:
    """The records, of dated reports of one stage, whose date is later than the first news that it was reached.

    Such a date is that of something else, most often of the document that recalls it, if more documents give the
    earlier one; else it may be the news that came too early.
    """
    dated = [(when, report) for report in reports if (when := days(report.date))]
    news = [told[1] for _, r in dated if r.ordered_by == r.date and (told := days(r.source.published))]
    first = min(news, default=date.max)
    early = {report.source.document_id for when, report in dated if when[0] <= first}
    late = [(when, report) for when, report in dated if when[0] > first]
    return frozenset(
        report.source.record_id
        for when, report in late
        if len(early) > len({other.source.document_id for day, other in late if distance(when, day) <= 1})
    )


def latest_date(dates: Sequence[str], *, moved: bool = True) -> str | None:
    """The most specific of several EDTF dates for one thing, of equally specific ones the last; None if none is valid.

    Args:
        dates: in the order in which they were told.
        moved: whether a later one replaces an earlier one with which it has no day in common.
    """
    known = [(when, at) for at, told in enumerate(dates) if (when := days(told))]
    if not known:
        return None
    last, _ = known[-1]
    fitting = [(when[1] - when[0], -at) for when, at in known if not moved or distance(when, last) == 0]
    return dates[-min(fitting)[1]]


def report_of(claim: Claim) -> Report:
    """The claim as a report of its stage."""
    record, source, *_ = claim.reported
    stage = getattr(record, "stage", None) or getattr(record, "status", None)
    when = getattr(record, "date", None)
    return Report(
        stage=str(stage) if stage else None,
        date=when,
        ordered_by=when if _happened(claim, stage, when) else source.published,
        record=record,
        source=source,
    )


def _recalled_at(kind: Kind, told: Sequence[_Placed], stage: str) -> int:
    """Where in a history a report belongs that recalls an earlier stage."""
    same = [at for at, found in enumerate(told) if found.step.stage == stage]
    if same:
        return same[-1] + 1
    return next((at for at, found in enumerate(told) if precedes(kind, stage, found.step.stage)), len(told) - 1)


def _happened(claim: Claim, stage: str | None, when: str | None) -> bool:
    known = days(when)
    if known is None or known[0] == date.min:
        return False
    return claim.published is None or known[stage in _AHEAD] <= claim.published[1]


def _placed(claim: Claim) -> _Placed:
    report = report_of(claim)
    told = claim.published[1] if claim.published else date.max
    happened = days(report.ordered_by)
    # Of a date that is known only as a month or year, the part before publication is what counts.
    day = min(happened[1], told) if happened else date.max
    return _Placed((day, told, claim.order), report, Step(str(report.stage), _reached(report, claim.published)))


def _reached(report: Report, published: Days | None) -> date | None:
    """The day that the report itself gives for its stage.

    A promise stands on the day on which it is told, and so does a plan for a day that is still to come.
    """
    when = days(report.date)
    if report.record.kind is Kind.UNDERTAKING or (report.stage in _AHEAD and when and report.ordered_by != report.date):
        return published[1] if published else None
    return when[1] if when and report.ordered_by == report.date else None


def _with_parts(placed: Sequence[_Placed]) -> list[_Placed]:
    """Deliveries of a part as reports of an order that is being filled; its own date is not theirs."""
    found = list(placed)
    for at in parts([each.report for each in placed]):
        report, step = found[at].report, found[at].step
        found[at] = found[at]._replace(
            report=replace(report, stage=CONTRACTED, date=None), step=step._replace(stage=CONTRACTED)
        )
    return found


def _step_after(kind: Kind, told: Sequence[_Placed], found: _Placed) -> Step:
    """The step that a report takes, with what matters only where something was interrupted."""
    if not interrupts(kind, told[-1].step.stage):
        return found.step
    step = found.step._replace(again=tells(found.report.source, AGAIN))
    known = [when for each in told if (when := days(each.report.date))]
    ahead = days(found.report.date) if found.report.stage in _AHEAD else None
    if ahead and not step.again and any(distance(ahead, when) == 0 for when in known):
        return step._replace(reached=None)  # the plan that was called off
    return step
