"""Which agreement, transfer, initiative or engagement an undertaking is about, and whether what it promised came about.

A link is made only where the action names the thing, or a general word for it stands beside it in the same
sentence or document; where its parties fit; where the promised stage had not been reached when the promise was
made; and where only one entry fits so well. A wrong link is worse than none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from communique.model import Decision, Entry, Kind, Report, Transfer, standing_of
from communique.resolve.claims import days, distance
from communique.resolve.decided import SIDES, is_set
from communique.resolve.merging import entry_id
from communique.resolve.naming import Fit, common_words, fit, speaks_of
from communique.resolve.promised import Promised, promised
from communique.resolve.stages import interrupts, rank
from communique.resolve.words import content_words, listed

FULFILLED = "fulfilled"
_MAX_PARTIES = 8
"""Parties of an entry by which it is looked up."""
_EVERYDAY = "meeting call visit"
"""Sorts of occasion that are too many to be looked up by."""
_SPOKEN_OF = 400
"""Days within which "the framework" of two parties, told elsewhere, is the one last negotiated."""
_SURE = 0.5
"""Confidence below which a report is likelier misread than right, so that it shows no promise fulfilled."""


@dataclass(frozen=True, slots=True)
class _Index:
    """Entries that a promise can be about; what is found does not depend on how many others there are.

    Attributes:
        by_document: all that a document tells of.
        by_word: by kind, party and a word of the name that few names share.
        by_sort: agreements by all their parties and the noun for the sort of instrument.
    """

    by_document: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    by_word: dict[tuple[Kind, str, str], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    by_sort: dict[tuple[frozenset[str], str], list[Entry]] = field(default_factory=lambda: defaultdict(list))


def linked(entries: Sequence[Entry], decisions: Sequence[Decision] = ()) -> tuple[Entry, ...]:
    """The same entries; undertakings that are about another one say so in ``fields["refers_to"]``.

    Where that entry has since come to the promised stage, the report that shows it is the last of the
    undertaking's history, with the stage ``fulfilled``.

    Args:
        entries: all of the ledger.
        decisions: those in force; one that sets ``refers_to`` or ``status`` is followed.
    """
    index = _index(entry for entry in entries if entry.kind not in (Kind.UNDERTAKING, Kind.STATEMENT))
    chosen = {d.value for d in decisions if d.field == "refers_to"}
    ids = {
        key: e for e in entries if chosen for r in e.history if (key := entry_id(e.kind, r.source.record_id)) in chosen
    }
    return tuple(_linked(e, index, decisions, ids) if e.kind is Kind.UNDERTAKING else e for e in entries)


def _index(things: Iterable[Entry]) -> _Index:
    index = _Index()
    for thing in things:
        for document in {report.source.document_id for report in thing.history}:
            index.by_document[document].append(thing)
        if thing.kind is Kind.ENGAGEMENT:
            words = content_words(f"{thing.fields['type']} {thing.fields['place'] or ''}") - content_words(_EVERYDAY)
        else:
            words = frozenset(word for report in thing.history for word in content_words(_name(report)))
        for party in sorted(thing.parties)[:_MAX_PARTIES]:
            for word in words - common_words():
                index.by_word[thing.kind, party, word].append(thing)
        if thing.kind is Kind.AGREEMENT and len(thing.parties) > 1:
            for word in words & listed("heads"):
                index.by_sort[frozenset(thing.parties), word].append(thing)
    return index


def _name(report: Report) -> str:
    record = report.record
    return " ".join(item.what for item in record.items) if isinstance(record, Transfer) else getattr(record, "name", "")


def _linked(promise: Entry, index: _Index, decisions: Sequence[Decision], ids: dict[str, Entry]) -> Entry:
    read = promised(str(promise.fields["action"]))
    thing = _about(promise, read, index) if read else None
    if chosen := is_set(promise, decisions, "refers_to"):
        thing = ids.get(str(promise.fields["refers_to"]))
    if thing is None:
        return promise
    promise = replace(promise, fields=promise.fields | {"refers_to": thing.id})
    stage = read.stages.get(thing.kind) if read else None
    shown = _shown(promise, read, thing, stage, chosen=chosen) if read and stage else None
    if shown is None or promise.stage == FULFILLED or is_set(promise, decisions, "status", "stage"):
        return promise
    return replace(
        promise,
        stage=FULFILLED,
        standing=standing_of(Kind.UNDERTAKING, FULFILLED),
        date=shown.date or shown.ordered_by,
        fields=promise.fields | {"status": FULFILLED},
        history=(*promise.history, replace(shown, stage=FULFILLED)),
    )


def may_be_about(promise: Entry, thing: Entry) -> bool:
    """Whether a promise that refers to nothing yet may be about a thing, whatever others there are."""
    if "refers_to" in promise.fields:
        held = {entry_id(thing.kind, report.source.record_id) for report in thing.history}
        return promise.fields["refers_to"] in held
    read = promised(str(promise.fields["action"]))
    return read is not None and _tier(promise, read, thing) is not None


def _about(promise: Entry, read: Promised, index: _Index) -> Entry | None:
    """The one entry that fits best; None where none or several do."""
    ranked: dict[int, dict[str, Entry]] = defaultdict(dict)
    for thing in _candidates(promise, read, index):
        tier = _tier(promise, read, thing)
        if tier is not None:
            ranked[tier][thing.id] = thing
    best = ranked[min(ranked)] if ranked else {}
    return next(iter(best.values())) if len(best) == 1 else None


def _candidates(promise: Entry, read: Promised, index: _Index) -> Iterable[Entry]:
    found: dict[str, Entry] = {}
    for report in promise.history:
        found |= {thing.id: thing for thing in index.by_document.get(report.source.document_id, ())}
    for kind in read.stages:
        for party in sorted(promise.parties)[:_MAX_PARTIES]:
            for word in read.words - common_words():
                found |= {thing.id: thing for thing in index.by_word.get((kind, party, word), ())}
    if Kind.AGREEMENT in read.stages:
        for word in read.words & listed("heads"):
            found |= {thing.id: thing for thing in index.by_sort.get((frozenset(promise.parties), word), ())}
    return found.values()


def _tier(promise: Entry, read: Promised, thing: Entry) -> int | None:
    """How well a thing fits, 0 the best; None where it does not.

    A name counts for more than a general word, and the same sentence for more than the same document or another one.
    """
    stage, near = read.stages.get(thing.kind), _nearness(promise, thing)
    if near == 2 and (stage is None or not _parties_fit(promise, thing, near)):
        return None
    named = fit(read, _beside(promise, thing) or thing.history)
    if named is Fit.NONE or not _right_way(promise, read, thing) or not _parties_fit(promise, thing, near):
        return None
    if (stage and _came_before(promise, thing, stage)) or (
        thing.kind is Kind.ENGAGEMENT and not _timely(promise, thing, near)
    ):
        return None
    if stage is None:
        return near if named is Fit.FULLY else None
    if named >= Fit.NAMED:
        return near if near < 2 or named is Fit.FULLY or len(set(promise.parties) & set(thing.parties)) > 1 else None
    if named is Fit.MENTIONED:
        return 1 if near == 0 else None
    return None if near == 2 and not _last_spoken_of(promise, thing) else near + 1


def _beside(promise: Entry, thing: Entry) -> list[Report]:
    """The reports of a thing that stand in documents that tell of the promise."""
    documents = {report.source.document_id for report in promise.history}
    return [report for report in thing.history if report.source.document_id in documents]


def _nearness(promise: Entry, thing: Entry) -> int:
    """0 where one sentence tells of both, 1 where one document does, else 2."""
    beside = _beside(promise, thing)
    for report in beside:
        for own in promise.history:
            same = own.source.document_id == report.source.document_id
            if same and any(a.overlaps(b) for a in own.source.spans for b in report.source.spans):
                return 0
    return 1 if beside else 2


def _parties_fit(promise: Entry, thing: Entry, near: int) -> bool:
    own, others = set(promise.parties), set(thing.parties)
    if near < 2 and (not own or not others):
        return True
    within = own <= others or others <= own
    if near < 2:
        return bool(own & others) and (within or len(own & others) > 1)
    return far_parties_fit(own, others, thing.kind)


def far_parties_fit(promising: Collection[str], others: Collection[str], kind: Kind) -> bool:
    """Whether the parties let a promise be about a thing of this kind that another document tells of."""
    own, common = set(promising), set(promising).intersection(others)
    return len(common) > 1 or (bool(own) and own == common and kind is not Kind.ENGAGEMENT)


def _right_way(promise: Entry, read: Promised, thing: Entry) -> bool:
    """Whether who promises to give is not the one who gets."""
    if thing.kind is not Kind.TRANSFER or read.stages.get(Kind.TRANSFER) != "delivered" or read.takes:
        return True
    by, gets = set(promise.fields["by"]), set(thing.fields["recipient"]) - set(thing.fields["supplier"])
    return not by or not by <= gets


def _timely(promise: Entry, thing: Entry, near: int) -> bool:
    """Whether an occasion falls into the time that was promised, or is the one spoken of in the same sentence."""
    due, when, made = days(promise.fields.get("due")), days(thing.date), _first_day(promise.history)
    if due is None or when is None or made is None:
        return near == 0
    return distance((max(due[0], min(made, due[1])), due[1]), when) == 0


def _last_spoken_of(promise: Entry, thing: Entry) -> bool:
    """Whether a thing told of elsewhere is what the same parties were still about when they promised."""
    made = _first_day(promise.history)
    told = [when for r in thing.history if (when := days(r.source.published))]
    near = made is not None and any(distance(when, (made, made)) <= _SPOKEN_OF and when[0] <= made for when in told)
    same = len(promise.parties) > 1 and set(promise.parties) == set(thing.parties)
    return thing.kind is Kind.AGREEMENT and near and same


def _came_before(promise: Entry, thing: Entry, stage: str) -> bool:
    """Whether the stage had been reached before anybody promised it: then something else was promised."""
    made = _first_day(promise.history)
    reached = [days(report.ordered_by) for report in thing.history if _reaches(thing.kind, str(report.stage), stage)]
    return made is None or any(when is None or when[1] < made for when in reached)


def _first_day(reports: Iterable[Report]) -> date | None:
    return min((when[0] for report in reports if (when := days(report.source.published))), default=None)


def _shown(promise: Entry, read: Promised, thing: Entry, stage: str, *, chosen: bool) -> Report | None:
    """The first report that shows the promised stage, or the beginning of a delivery where no more was promised.

    What stands beside the promise itself, or is told on the same day without a date, is part of what was to come.
    """
    beside, made = _beside(promise, thing), _first_day(promise.history)
    before = beside or [report for report in thing.history if _told_before(report, made)]
    known = [report for report in before if fit(read, [report])]
    for report in thing.history:
        told = str(getattr(report.record, "stage", report.stage) if read.part else report.stage)
        news = bool(getattr(report.record, "date", None)) or not _told_before(report, made)
        sure = report.record.confidence is None or report.record.confidence >= _SURE
        if report in beside or not (news and sure and _reaches(thing.kind, told, stage)):
            continue
        if _of_the_same(promise, report) and (chosen or speaks_of(read, report, known)):
            return report
    return None


def _told_before(report: Report, day: date | None) -> bool:
    """Whether a report was published by a day."""
    when = days(report.source.published)
    return day is not None and when is not None and when[0] <= day


def _of_the_same(promise: Entry, report: Report) -> bool:
    """Whether a report of the thing names one of those who promised: a treaty may enter into force for others.

    Of an occasion it names two of them, if they are two, and tells of the time after the promise.
    """
    told = {party for side in SIDES for party in getattr(report.record, side, ())}
    common = told & set(promise.parties)
    if report.record.kind is not Kind.ENGAGEMENT:
        return not told or not promise.parties or bool(common)
    made, when = _first_day(promise.history), days(report.ordered_by)
    soon = made is None or when is None or distance((made, made), when) <= _SPOKEN_OF
    return soon and len(common) >= min(2, len(promise.parties))


def _reaches(kind: Kind, told: str, stage: str) -> bool:
    if interrupts(kind, stage) or interrupts(kind, told):
        return told == stage
    reached, wanted = rank(kind, told), rank(kind, stage)
    return reached is not None and wanted is not None and reached >= wanted
