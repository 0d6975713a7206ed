"""Which entries belong on the page of two parties, and how they stood on a day."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from heapq import nlargest
from typing import TypeVar

from communique.model import Dispute, Entry, Kind, Outline, Report, Sketch, standing_of
from communique.resolve.history import stage_date
from communique.resolve.merging import happenings
from communique.resolve.outlining import confidence_of, outline
from communique.resolve.promises import PENDING
from communique.views.dates import last_day

DOUBTFUL = 0.5
"""Below this confidence a line is marked: of the held-out records so doubtful, more are wrong than right (see
``docs/confidence.md``)."""

Glimpse = TypeVar("Glimpse", bound=Outline | Sketch)
_OF_HISTORY = ("amended", "progress", "strengths")
"""Fields that follow from the whole history. What all of it does not show no earlier part does, save that deliveries
had begun (``progress``), of which nothing is told any more once they are complete."""


def told_beside(statements: Iterable[Entry], entries: Iterable[Entry]) -> list[Entry]:
    """The statements that stand in documents which also tell of one of the entries."""
    documents = {report.source.document_id for entry in entries for report in entry.history}
    return [s for s in statements if any(report.source.document_id in documents for report in s.history)]


def told_by(entry: Entry, day: date) -> Entry | None:
    """The entry as documents published up to ``day`` tell it; None if none of them does."""
    limit = day.isoformat()
    history = tuple(r for r in entry.history if (r.source.published or "") <= limit)
    return _as_told(entry, history)


def is_doubtful(entry: Entry | Outline | Sketch) -> bool:
    """Whether the entry is likelier misread than right, and nobody confirmed it."""
    confidence = confidence_of(entry) if isinstance(entry, Entry) else entry.confidence
    return confidence is not None and confidence < DOUBTFUL and not entry.confirmed


def surest_first(entry: Entry | Outline) -> float:
    """A key that puts the surer one of two entries first."""
    confidence = entry.confidence if isinstance(entry, Outline) else confidence_of(entry)
    return 0.0 if confidence is None or entry.confirmed else 1.0 - confidence


def told_in_outline(
    found: Iterable[Outline], in_part: Callable[[Sequence[str], str], Iterable[Entry]], day: date, least: float = 0.0
) -> list[Outline]:
    """Entries as documents published up to a day tell them, and reports that are sure enough; others are left out.

    Args:
        found: the entries as all documents tell them.
        in_part: gives those with these ids as entries, of which the words may be missing, and what was reported after
            a day, given as text.
        least: the confidence below which reports are left out.
    """
    limit = day.isoformat()
    seen = [one for one in found if one.first_told <= limit]
    parted = [one.id for one in seen if least or one.last_told > limit]
    told = {}
    for entry in sure_enough(in_part(parted, limit), least) if parted else ():
        if (by_then := told_by(entry, day)) is not None:
            told[entry.id] = outline(by_then)
    apart = set(parted)
    every = (told.get(one.id) if one.id in apart else one for one in seen)
    return [one for one in every if one is not None]


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
    fields = {name: value for name, value in entry.fields.items() if name not in _OF_HISTORY}
    if entry.kind is Kind.TRANSFER or len(fields) < len(entry.fields):
        fields |= happenings(history)
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


def latest(entries: Sequence[Glimpse], number: int) -> Sequence[Glimpse]:
    """At least so many entries whose days come last, with all of the day of the last of them; undated ones come first.

    It is told by their days as texts alone, of which there may be thousands.
    """
    if len(entries) <= number:
        return entries
    days = [entry.told_day for entry in entries]
    last = nlargest(number, days)[-1]
    return [entry for entry, day in zip(entries, days, strict=True) if day >= last]


def latest_news(entry: Outline | Sketch) -> date:
    """Last day on which something was published about the entry, or on which its latest stage was reached."""
    heard = date.fromisoformat(entry.last_heard) if entry.last_heard else date.min
    reached = last_day(entry.date) if entry.standing not in PENDING else None
    return max(heard, reached) if reached else heard


def between(entries: Sequence[Outline], parties: tuple[str, str]) -> list[Outline]:
    """Entries of both parties, and from documents about the two what only one of them promised or said.

    A document is about the two when at least half of its entries that join one of them with anybody join
    both: a communiqué of twenty states tells little about any pair of them.
    """
    pair = set(parties)
    joined = [e for e in entries if pair.issubset(e.parties)]
    both, any_two = Counter[str](), Counter[str]()
    for entry in entries:
        if len(entry.parties) > 1 and not pair.isdisjoint(entry.parties):
            any_two.update(entry.documents)
    for entry in joined:
        both.update(entry.documents)
    about = {document for document, count in both.items() if 2 * count >= any_two[document]}
    ids = {entry.id for entry in joined}
    for entry in entries:
        if entry.id in ids or about.isdisjoint(entry.documents):
            continue
        one_sided = entry.kind is Kind.UNDERTAKING and bool(entry.parties) and pair.issuperset(entry.parties)
        if one_sided or entry.kind is Kind.STATEMENT:
            joined.append(entry)
    return joined
