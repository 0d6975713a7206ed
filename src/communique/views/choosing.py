"""Which entries belong on the page of two parties, and how they stood on a day."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from communique.model import Dispute, Entry, Kind, Report, standing_of
from communique.resolve.history import stage_date
from communique.resolve.merging import happenings
from communique.resolve.promises import PENDING
from communique.views.dates import last_day

DOUBTFUL = 0.5
"""Below this confidence a line is marked: of the held-out records so doubtful, more are wrong than right (see
``docs/confidence.md``)."""

_OF_HISTORY = ("amended", "progress", "strengths")
"""Fields that follow from the whole history."""


def told_on(entry: Entry) -> str | None:
    """Date that places the entry on the page: of its latest stage, else of the latest report of it."""
    if entry.kind not in (Kind.UNDERTAKING, Kind.STATEMENT) and entry.date:
        return entry.date
    dates = [r.source.published or r.ordered_by for r in entry.history]
    return max((d for d in dates if d), default=entry.date)


def told_beside(statements: Iterable[Entry], entries: Iterable[Entry]) -> list[Entry]:
    """The statements that stand in documents which also tell of one of the entries."""
    documents = {report.source.document_id for entry in entries for report in entry.history}
    return [s for s in statements if any(report.source.document_id in documents for report in s.history)]


def told_by(entry: Entry, day: date) -> Entry | None:
    """The entry as documents published up to ``day`` tell it; None if none of them does."""
    limit = day.isoformat()
    history = tuple(r for r in entry.history if (r.source.published or "") <= limit)
    return _as_told(entry, history)


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


def is_doubtful(entry: Entry) -> bool:
    """Whether the entry is likelier misread than right, and nobody confirmed it."""
    confidence = confidence_of(entry)
    return confidence is not None and confidence < DOUBTFUL and not entry.confirmed


def surest_first(entry: Entry) -> float:
    """A key that puts the surer one of two entries first."""
    confidence = confidence_of(entry)
    return 0.0 if confidence is None or entry.confirmed else 1.0 - confidence


def sure_enough(entries: Iterable[Entry], least: float) -> list[Entry]:
    """The entries as reports tell them that are at least so sure, or confirmed; those that none tells are left out."""
    if not least:
        return list(entries)
    kept = ((entry, tuple(r for r in entry.history if entry.confirmed or _is_sure(r, least))) for entry in entries)
    return [told for entry, history in kept if (told := _as_told(entry, history)) is not None]


def _is_sure(report: Report, least: float) -> bool:
    return report.record.confidence is None or report.record.confidence >= least


def _as_told(entry: Entry, history: tuple[Report, ...]) -> Entry | None:
    """The entry as these of its reports tell it; None if none of its own is among them."""
    if len(history) == len(entry.history):
        return entry
    if not any(report.record.kind is entry.kind for report in history):
        return None
    told = {report.source.record_id for report in history}
    disputes = tuple(kept for dispute in entry.disputes if (kept := _still(dispute, told)) is not None)
    fields = {name: value for name, value in entry.fields.items() if name not in _OF_HISTORY} | happenings(history)
    if history[-1] == entry.history[-1]:  # what came last stands, and with it what was decided about it
        return replace(entry, history=history, fields=fields, disputes=disputes)
    stage, reached = history[-1].stage, stage_date(history)
    changed = {"stage": stage, "status": stage, "date": reached}
    fields = {name: changed.get(name, value) for name, value in fields.items()}
    standing = standing_of(entry.kind, stage)
    return replace(
        entry, history=history, stage=stage, date=reached, standing=standing, fields=fields, disputes=disputes
    )


def _still(dispute: Dispute, told: set[str]) -> Dispute | None:
    """The dispute as these records have it; None where fewer than two values are left."""
    claims = tuple(claim for claim in dispute.claims if not told.isdisjoint(claim.record_ids))
    return replace(dispute, claims=claims) if len(claims) > 1 else None


def latest_news(entry: Entry) -> date:
    """Last day on which something was published about the entry, or on which its latest stage was reached."""
    days = [last_day(r.source.published) for r in entry.history]
    if entry.standing not in PENDING:
        days.append(last_day(entry.date))
    return max((day for day in days if day), default=date.min)


def between(entries: Sequence[Entry], parties: tuple[str, str]) -> list[Entry]:
    """Entries of both parties, and from documents about the two what only one of them promised or said.

    A document is about the two when at least half of its entries that join one of them with anybody join
    both: a communiqué of twenty states tells little about any pair of them.
    """
    pair = set(parties)
    joined = [e for e in entries if pair <= set(e.parties)]
    both, any_two = Counter[str](), Counter[str]()
    for entry in entries:
        if len(entry.parties) < 2 or not pair & set(entry.parties):
            continue
        for document in {r.source.document_id for r in entry.history}:
            any_two[document] += 1
            both[document] += pair <= set(entry.parties)
    about = {document for document, count in any_two.items() if 2 * both[document] >= count and both[document]}
    ids = {entry.id for entry in joined}
    for entry in entries:
        if entry.id in ids or not any(r.source.document_id in about for r in entry.history):
            continue
        one_sided = entry.kind is Kind.UNDERTAKING and bool(entry.parties) and set(entry.parties) <= pair
        if one_sided or entry.kind is Kind.STATEMENT:
            joined.append(entry)
    return joined
