"""Entries follow the records and decisions: all of them anew, or only those that a change may touch."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from communique.ledger.acting import count_all, follow
from communique.ledger.comparing import Causes, compare
from communique.ledger.current import IS_CURRENT, CurrentRecords
from communique.ledger.deciding import in_force
from communique.ledger.happenings import follow_happenings, keep_happenings
from communique.ledger.keeping import (
    DERIVED_BY,
    STALE,
    insert_entries,
    mark,
    remove_entries,
)
from communique.ledger.linking import bystanders, things_for
from communique.ledger.log import append
from communique.ledger.offices import note_offices
from communique.ledger.portable import listed, listed_numbers
from communique.ledger.reading import is_outdated, read_entries, unlinked
from communique.ledger.shapes import Change, Derivation, Reported
from communique.ledger.successors import successors
from communique.ledger.tables import (
    documents,
    entries,
    entry_records,
    meta,
    pending,
    record_keys,
    records,
    revisions,
)
from communique.ledger.weighing import note_unweighed
from communique.model import Decision, Entry, Kind


def refresh(connection: Connection, derivation: Derivation, producer: str, *, wholly: bool = False) -> list[Change]:
    """Bring the entries up to date within the caller's transaction, and log what that changed.

    Args:
        wholly: derive all entries anew, and not only those that pending changes may touch.
    """
    current = CurrentRecords(connection)
    wholly = wholly or is_outdated(connection, producer)
    causes = _causes(connection)
    decisions = in_force(connection, current)
    _index(connection, derivation, current.all() if wholly else current.of_documents(causes), current)
    touched = current.all() if wholly else _touched(connection, derivation, current, causes, decisions)
    holding = select(entries.c.id) if wholly else _holding(connection, current, touched, causes)
    old = read_entries(connection, holding)
    new = list(derivation.entries(touched, _concerning(decisions, touched)))
    derived = _Derived(connection, derivation, current, decisions)
    before, after = derived.put_all(old, new) if wholly else derived.put(old, new, _gone(causes))
    told = Causes(documents=causes, program=producer if wholly else None)
    changes = compare(before, after, told, lambda ids: successors(connection, current, ids))
    append(connection, changes)
    connection.execute(delete(pending))
    connection.execute(delete(meta).where(meta.c.name == STALE))
    mark(connection, DERIVED_BY, producer)
    if wholly:
        keep_happenings(connection)
        count_all(connection, derivation.acting, current.meanings)
    else:
        follow_happenings(connection, changes, before, after)
        follow(connection, derivation.acting, [*before, *after], causes, current.meanings)
    if wholly or causes:
        note_unweighed(connection, None if wholly else causes)
    return changes


def derive_all(derivation: Derivation, found: Sequence[Reported], decisions: Sequence[Decision]) -> list[Entry]:
    """All entries that follow from all records, in order of their ids."""
    return link_all(derivation, list(derivation.entries(found, decisions)), decisions)


def link_all(derivation: Derivation, bare: Iterable[Entry], decisions: Sequence[Decision]) -> list[Entry]:
    """All entries, those that refer to others linked to these, in order of their ids."""
    promises, things = _parted(bare)
    return sorted([*things, *derivation.link(promises, things, decisions)], key=lambda entry: entry.id)


@dataclass(frozen=True, slots=True)
class _Derived:
    """Where derived entries are put: in the place of old ones, undertakings linked anew where that may matter."""

    connection: Connection
    derivation: Derivation
    current: CurrentRecords
    decisions: Sequence[Decision]

    def put_all(self, old: Sequence[Entry], new: Sequence[Entry]) -> tuple[Sequence[Entry], Sequence[Entry]]:
        """Put all entries in the place of all old ones; all that were there, and all that are."""
        promises, things = _parted(new)
        linked = list(self.derivation.link(promises, things, self.decisions))
        remove_entries(self.connection, None)
        self._insert(things, [])
        self._insert(linked, promises)
        return old, [*things, *linked]

    def put(
        self, old: Sequence[Entry], new: Sequence[Entry], gone: Select[Any]
    ) -> tuple[Sequence[Entry], Sequence[Entry]]:
        """Put new entries in the place of old ones; those that this may have touched, as they were and are.

        Args:
            gone: row numbers of records that are not current any more, though they may be so in another revision.
        """
        stood = {entry.id: entry for entry in old}
        moved_on = set(self.connection.execute(_own(gone)).scalars())
        made = {entry.id: entry for entry in unlinked(self.connection, old) if entry.id not in moved_on}
        promises, things = _parted(entry for entry in new if made.get(entry.id) != entry)
        kept = {entry.id for entry in new if made.get(entry.id) == entry}
        replaced = [entry for entry in old if entry.id not in kept]
        moved = [*things, *_parted(replaced)[1]]
        beside = bystanders(self.connection, self.derivation, moved, {entry.id for entry in replaced})
        beside_before = {entry.id: entry for entry in read_entries(self.connection, listed(beside))}
        settled = self._settled(beside_before, moved, gone)
        remove_entries(self.connection, {entry.id for entry in replaced})
        self._insert(things, [])
        promises += unlinked(self.connection, list(beside_before.values()))
        about = read_entries(self.connection, listed(things_for(self.connection, self.derivation, promises)))
        found = self.derivation.link(promises, about, self.decisions)
        linked = [entry for entry in found if entry.id not in settled or entry != beside_before[entry.id]]
        moved_beside = {entry.id: beside_before[entry.id] for entry in linked if entry.id in beside_before}
        remove_entries(self.connection, moved_beside)
        self._insert(linked, promises)
        stood |= moved_beside
        after = {entry.id: entry for entry in (*(stood[key] for key in kept), *things, *linked)}
        return list(stood.values()), list(after.values())

    def _settled(self, found: Mapping[str, Entry], moved: Iterable[Entry], gone: Select[Any]) -> set[str]:
        """Those of undertakings that stay as they are where they are linked as before.

        Others refer to something that changed, so that what pairs of parties have between them did, or stand on
        records that are to be found elsewhere now.
        """
        about = {thing.id for thing in moved}
        standing_on = select(entry_records.c.entry_id).where(entry_records.c.record_number.in_(gone))
        settled = {key for key, entry in found.items() if entry.fields.get("refers_to") not in about}
        return settled.difference(self.connection.execute(standing_on).scalars())

    def _insert(self, found: Sequence[Entry], bare: Sequence[Entry]) -> None:
        self.current.with_ids({report.source.record_id for entry in found for report in entry.history})
        before = {entry.id: entry for entry in bare}
        insert_entries(self.connection, found, self.current.number, self.derivation, before)


def _parted(found: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Undertakings, and all other entries."""
    ordered = sorted(found, key=lambda entry: entry.id)
    promises = [entry for entry in ordered if entry.kind is Kind.UNDERTAKING]
    return promises, [entry for entry in ordered if entry.kind is not Kind.UNDERTAKING]


def _causes(connection: Connection) -> dict[str, list[str]]:
    """The documents that were touched since entries were derived, each with the reasons."""
    found: dict[str, list[str]] = {}
    for row in connection.execute(select(pending).order_by(pending.c.document_id, pending.c.cause)):
        found.setdefault(row.document_id, []).append(row.cause)
    return found


def _index(connection: Connection, derivation: Derivation, found: Sequence[Reported], current: CurrentRecords) -> None:
    """Note what these records have to share with others, and the ids that they imply where these are unknown."""
    numbers = {current.number(one.source.record_id): one for one in found}
    connection.execute(delete(record_keys).where(record_keys.c.record_number.in_(listed_numbers(numbers))))
    rows = [
        {"record_number": number, "key": key}
        for number, one in numbers.items()
        for key in dict.fromkeys(derivation.keys(one))
    ]
    if rows:
        connection.execute(insert(record_keys), rows)
    note_offices(connection, numbers)
    unnamed = select(records.c.number, records.c.id, records.c.kind).where(records.c.entry_key.is_(None))
    for row in connection.execute(unnamed).all():
        key = derivation.entry_id(Kind(row.kind), row.id)
        connection.execute(update(records).where(records.c.number == row.number).values(entry_key=key))


def _touched(
    connection: Connection,
    derivation: Derivation,
    current: CurrentRecords,
    document_ids: Collection[str],
    decisions: Sequence[Decision],
) -> list[Reported]:
    """All current records whose entries may be others than before."""
    gone = list(connection.execute(_gone(document_ids)).scalars())
    waiting = [*current.of_documents(document_ids), *current.gone(gone)]
    found: dict[str, Reported] = {}
    while waiting:
        reached = [*waiting, *derivation.affected(waiting, current.sharing, decisions)]
        ids = {one.source.record_id for one in reached}
        found |= {one.source.record_id: one for one in current.with_ids(ids)}
        numbers = {current.number(key) for key in ids if key in found}
        companions = current.numbered(_companions(numbers | set(gone)))
        waiting = [one for one in companions if one.source.record_id not in found]
    return sorted(found.values(), key=lambda one: (one.source.document_id, one.source.record_id))


def _concerning(decisions: Iterable[Decision], touched: Iterable[Reported]) -> list[Decision]:
    ids = {one.source.record_id for one in touched}
    return [decision for decision in decisions if not ids.isdisjoint((*decision.records, *decision.others))]


def _gone(document_ids: Collection[str]) -> Select[Any]:
    """Records of these documents that entries stand on and that are not current any more."""
    return (
        select(entry_records.c.record_number)
        .join(records, records.c.number == entry_records.c.record_number)
        .join(revisions, revisions.c.id == records.c.revision_id)
        .join(documents, documents.c.id == revisions.c.document_id)
        .where(documents.c.id.in_(listed(document_ids)), ~IS_CURRENT)
        .distinct()
    )


def _own(numbers: Select[Any]) -> Select[Any]:
    """Entries that these records are reports of, and not only linked to."""
    return (
        select(entry_records.c.entry_id)
        .join(entries, entries.c.id == entry_records.c.entry_id)
        .join(records, (records.c.number == entry_records.c.record_number) & (records.c.kind == entries.c.kind))
        .where(entry_records.c.record_number.in_(numbers))
    )


def _companions(numbers: Collection[int]) -> Select[Any]:
    """Records that share an entry with any of these, as entries stand now."""
    return (
        select(entry_records.c.record_number)
        .join(entries, entries.c.id == entry_records.c.entry_id)
        .join(records, (records.c.number == entry_records.c.record_number) & (records.c.kind == entries.c.kind))
        .where(entry_records.c.entry_id.in_(_own(listed_numbers(numbers))))
    )


def _holding(
    connection: Connection, current: CurrentRecords, touched: Iterable[Reported], document_ids: Collection[str]
) -> Select[Any]:
    """The entries that hold any of these records, or one of these documents that is not current any more."""
    numbers = {current.number(one.source.record_id) for one in touched}
    return _own(listed_numbers(numbers | set(connection.execute(_gone(document_ids)).scalars())))
