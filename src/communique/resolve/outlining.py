"""Entries in outline: when, where and how surely each is told."""

import math
from datetime import date

from communique.model import Entry, Kind, Outline
from communique.resolve.claims import days
from communique.resolve.promises import due_by


def outline(entry: Entry) -> Outline:
    """The entry without its words; see :class:`communique.model.Outline`."""
    fields, last = entry.fields, entry.history[-1].source
    told = sorted(report.source.published or "" for report in entry.history)
    dated = [day for day in told if day]
    heard = [when[1] for day in dated if (when := days(day))]
    statement = entry.kind is Kind.STATEMENT
    placed, due = told_on(entry), due_by(entry)
    return Outline(
        id=entry.id,
        kind=entry.kind,
        standing=entry.standing,
        date=entry.date,
        parties=entry.parties,
        confirmed=entry.confirmed,
        confidence=confidence_of(entry),
        disputed=bool(entry.disputes),
        decided=bool(entry.decisions),
        due=fields.get("due"),
        by=tuple(fields.get("by") or ()),
        refers_to=fields.get("refers_to"),
        speakers=tuple(fields.get("speakers") or ()) if statement else (),
        direct=statement and fields.get("form") == "direct",
        words=len(str(fields.get("content", "")).split()) if statement else 0,
        told_on=placed,
        first_told=told[0],
        last_told=told[-1],
        first_dated=dated[0] if dated else None,
        last_heard=max(heard).isoformat() if heard else None,
        last_document=last.document_id,
        last_start=last.spans[0].start if last.spans else 0,
        documents=tuple(dict.fromkeys(report.source.document_id for report in entry.history)),
        passages=tuple(
            dict.fromkeys(
                f"{report.source.document_id}:{span.start}-{span.end}"
                for report in entry.history
                for span in report.source.spans
            )
        ),
        told_day=_last_day(placed),
        due_day=due.isoformat() if due else None,
    )


def told_on(entry: Entry) -> str | None:
    """Date that places the entry on the page: of its latest stage, else of the latest report of it."""
    if entry.kind not in (Kind.UNDERTAKING, Kind.STATEMENT) and entry.date:
        return entry.date
    dates = [r.source.published or r.ordered_by for r in entry.history]
    return max((d for d in dates if d), default=entry.date)


def _last_day(when: str | None) -> str:
    """The last day that a date may mean, the first one where that is open; empty where there is none to be read."""
    found = days(when)
    if found is None:
        return ""
    first, last = found
    return (first if last == date.max else last).isoformat()


def confidence_of(entry: Entry) -> float | None:
    """How probable it is that not every document that reports the entry was misread; None where that is unknown.

    Of each document the surest record counts. A record without a confidence was given by a person, who isn't doubted.
    What another thing reports of a promise, that it was kept, says nothing of whether the promise was misread.
    """
    if len(entry.history) == 1:
        only = entry.history[0].record.confidence
        return None if only is None else round(only, 3)
    misread: dict[str, float] = {}
    for report in entry.history:
        confidence = report.record.confidence
        if report.record.kind is not entry.kind:
            continue
        if confidence is None:
            return None
        document = report.source.document_id
        misread[document] = min(1 - confidence, misread.get(document, 1.0))
    return round(1 - math.prod(misread.values()), 3)
