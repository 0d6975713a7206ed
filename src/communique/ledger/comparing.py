"""What became of entries from one derivation to the next."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.ledger.shapes import Change, What
from communique.ledger.writing import now
from communique.model import Dispute, Entry

_TOLD = 3
"""Causes of one change that are named; of more, the rest is counted."""
_STAGE = ("stage", "status")
_FULFILLED = "fulfilled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """Why entries were derived.

    Attributes:
        documents: the documents that were touched, each with the reasons.
        program: the program and version where it derived all entries anew, else None.
    """

    documents: Mapping[str, Sequence[str]]
    program: str | None = None

    def of(self, entries: Iterable[Entry]) -> str:
        """What a change from and to these entries comes from: what happened to their documents, if anything did."""
        about = {report.source.document_id for entry in entries for report in entry.history}
        found = sorted({cause for key in about for cause in self.documents.get(key, ())})
        if not found and self.program is not None:
            found = [self.program]
        found = found or sorted({cause for causes in self.documents.values() for cause in causes})
        more = len(found) - _TOLD
        return ", ".join(found[:_TOLD]) + (f" and {more} more" if more > 0 else "")


def compare(
    before: Sequence[Entry],
    after: Sequence[Entry],
    causes: Causes,
    successors: Callable[[Collection[str]], Mapping[str, str]],
) -> list[Change]:
    """The changes from one set of entries to another, in order of the entries' ids.

    Args:
        successors: for records that are not current any more, those that stand for them now.
    """
    old, new = ({entry.id: entry for entry in entries} for entries in (before, after))
    holders = {record: entry.id for entry in after for record in own_records(entry)}
    lost = {r for key, e in old.items() if key not in new for r in own_records(e) if r not in holders}
    holders |= {record: holders[heir] for record, heir in successors(lost).items() if heir in holders}
    heirs = {key: _heir(entry, holders) for key, entry in old.items() if key not in new}
    origins: dict[str, list[str]] = {}
    for key, entry in old.items():
        for heir in dict.fromkeys(holders[r] for r in own_records(entry) if r in holders):
            if heir != key:
                origins.setdefault(heir, []).append(key)
    at = now()
    found = [change for key in heirs for change in _ended(old[key], new.get(heirs[key] or ""), causes, at)]
    for key, entry in new.items():
        known = [old[key]] if key in old else [old[k] for k in origins.get(key, ()) if heirs.get(k) == key]
        found += _moved(known[0], entry, causes, at) if known else _begun(entry, origins.get(key, ()), old, causes, at)
    return sorted(found, key=lambda change: change.entry_id)


def own_records(entry: Entry) -> list[str]:
    """The records that are of the entry's own kind, and not those of one that it refers to."""
    return [report.source.record_id for report in entry.history if report.record.kind is entry.kind]


def _heir(entry: Entry, holders: Mapping[str, str]) -> str | None:
    """The entry that holds most of the records that were this one's."""
    held = Counter(holders[record] for record in own_records(entry) if record in holders)
    return min(held, key=lambda key: (-held[key], key), default=None)


def _ended(entry: Entry, heir: Entry | None, causes: Causes, at: str) -> Iterator[Change]:
    concerned = [entry] if heir is None else [entry, heir]
    what: What = "gone" if heir is None else "joined"
    yield Change(
        at=at,
        entry_id=entry.id,
        what=what,
        before=entry.title,
        after=heir.id if heir else None,
        cause=causes.of(concerned),
    )


def _begun(entry: Entry, origins: Sequence[str], old: Mapping[str, Entry], causes: Causes, at: str) -> Iterator[Change]:
    if origins:
        cause = causes.of([entry, *(old[key] for key in origins)])
        yield Change(at=at, entry_id=entry.id, what="parted", before=origins[0], after=entry.title, cause=cause)
    else:
        yield Change(at=at, entry_id=entry.id, what="new", after=entry.title, cause=causes.of([entry]))


def _moved(old: Entry, new: Entry, causes: Causes, at: str) -> Iterator[Change]:
    cause = causes.of([old, new])
    if old.stage != new.stage:
        what: What = "fulfilled" if new.stage == _FULFILLED else "stage"
        yield Change(at=at, entry_id=new.id, what=what, before=old.stage, after=new.stage, cause=cause)
    for name, before, after in _values(old, new):
        if before != after:
            yield Change(at=at, entry_id=new.id, what="field", field=name, before=before, after=after, cause=cause)
    told, tells = ({dispute.field: _claimed(dispute) for dispute in e.disputes} for e in (old, new))
    for name in dict.fromkeys((*told, *tells)):
        if told.get(name) != tells.get(name):
            yield Change(
                at=at,
                entry_id=new.id,
                what="disputed",
                field=name,
                before=told.get(name),
                after=tells.get(name),
                cause=cause,
            )


def _values(old: Entry, new: Entry) -> Iterator[tuple[str, Any, Any]]:
    for name in dict.fromkeys((*old.fields, *new.fields)):
        if name not in _STAGE:
            yield name, old.fields.get(name), new.fields.get(name)
    if "date" not in new.fields:
        yield "date", old.date, new.date
    if old.fields == new.fields:
        yield "title", old.title, new.title
    yield "confirmed", old.confirmed, new.confirmed


def _claimed(dispute: Dispute) -> list[Any]:
    return [claim.value for claim in dispute.claims]
