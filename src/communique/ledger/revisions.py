"""The revisions of a document, each with its records, and what became of records from one to another."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from communique.ledger.current import CurrentRecords
from communique.ledger.deciding import decision_states
from communique.ledger.log import read_log
from communique.ledger.naming import holders
from communique.ledger.origin import ORIGIN, reported
from communique.ledger.portable import listed
from communique.ledger.reading import document_of
from communique.ledger.shapes import Change, EntryName, Reported, Revision, RevisionComparison, Turnover
from communique.ledger.successors import LEAST_ALIKE, likeness, signature, successors, values_in, words_in
from communique.ledger.tables import documents, entries, records, revisions
from communique.model import record_to_json

_SEVERAL = re.compile(r", | and \d+ more")
"""What stands between the causes of one change."""


def read_revisions(connection: Connection, document_id: str) -> list[Revision]:
    """All revisions of a document in the order in which they were first added, with what the last reading found."""
    query = (
        select(revisions, documents.c.current_revision)
        .join(documents, documents.c.id == revisions.c.document_id)
        .where(revisions.c.document_id == document_id)
        .order_by(revisions.c.id)
    )
    rows = connection.execute(query).all()
    found = _records(connection, document_id)
    return [
        Revision(
            number=number,
            document=document_of(row),
            added_at=row.added_at,
            current=row.id == row.current_revision,
            records=tuple(found.get(row.id, ())),
        )
        for number, row in enumerate(rows, start=1)
    ]


def turnover(old: Sequence[Reported], new: Sequence[Reported]) -> Turnover:
    """What became of the records of one revision in another one.

    Records that say the same in the same words are the same, wherever they stand. Of the others, those of one kind
    belong together whose sentences are most alike, then those whose values are.
    """
    same = Counter(map(_signature, new))
    left = []
    for one in old:
        if same[_signature(one)]:
            same[_signature(one)] -= 1
        else:
            left.append(one)
    fresh: list[Reported] = []
    for one in reversed(new):  # of equal ones, the first stand for those of before
        if same[_signature(one)]:
            same[_signature(one)] -= 1
            fresh.insert(0, one)
    pairs = sorted(
        (-score, -_alike_in_values(one, other), at, to)
        for at, one in enumerate(left)
        for to, other in enumerate(fresh)
        if one.record.kind is other.record.kind and (score := _alike(one, other)) >= LEAST_ALIKE
    )
    heirs: dict[int, int] = {}
    for _, _, at, to in pairs:
        if at not in heirs and to not in heirs.values():
            heirs[at] = to
    return Turnover(
        kept=len(old) - len(left),
        vanished=tuple(one for at, one in enumerate(left) if at not in heirs),
        changed=tuple((left[at], fresh[to]) for at, to in sorted(heirs.items())),
        came=tuple(one for to, one in enumerate(fresh) if to not in heirs.values()),
    )


def compare_revisions(connection: Connection, document_id: str, first: int, second: int) -> RevisionComparison:
    """What changed from one revision of a document to another, by their numbers, and what followed from it."""
    every = read_revisions(connection, document_id)
    before, after = every[first - 1], every[second - 1]
    records_turned = turnover(before.records, after.records)
    moved = [*records_turned.vanished, *records_turned.came]
    moved += [one for pair in records_turned.changed for one in pair]
    held = _led_to(connection, {one.source.record_id for one in moved})
    titles = select(entries.c.id, entries.c.title, entries.c.stage).where(entries.c.id.in_(listed(set(held.values()))))
    told = {row.id: (row.title, row.stage) for row in connection.execute(titles)}
    rested = {one.source.record_id for one in before.records}
    orphaned = [
        state
        for state in decision_states(connection)
        if state.orphaned and not rested.isdisjoint((*state.decision.records, *state.decision.others))
    ]
    return RevisionComparison(
        document_id=document_id,
        revisions=len(every),
        before=before,
        after=after,
        records=records_turned,
        entries={record: EntryName(key, *told[key]) for record, key in held.items() if key in told},
        changes=tuple(_caused(connection, document_id, after)),
        orphaned=tuple(orphaned),
    )


def _led_to(connection: Connection, record_ids: Collection[str]) -> dict[str, str]:
    """The entries that hold these records or what stands for them now, by the records' ids."""
    heirs = successors(connection, CurrentRecords(connection), record_ids)
    held = holders(connection, set(heirs.values()))
    return {record: held[heir] for record, heir in heirs.items() if heir in held}


def _caused(connection: Connection, document_id: str, revision: Revision) -> Iterator[Change]:
    """What happened to entries because of the document since a revision arrived, up to the arrival of the next one."""
    arrivals = select(revisions.c.added_at).where(
        revisions.c.document_id == document_id, revisions.c.added_at > revision.added_at
    )
    until = min(connection.execute(arrivals).scalars(), default="~")
    cause = f"document {document_id}"
    for change in read_log(connection, about=cause):
        if revision.added_at <= change.at < until and cause in _SEVERAL.split(change.cause):
            yield change


def _records(connection: Connection, document_id: str) -> Mapping[int, list[Reported]]:
    query = (
        select(records.c.number, records.c.revision_id, records.c.id, records.c.data, records.c.sentences, *ORIGIN)
        .join(revisions, records.c.revision_id == revisions.c.id)
        .where(revisions.c.document_id == document_id, records.c.superseded == 0)
    )
    found: dict[int, list[Reported]] = defaultdict(list)
    for row in connection.execute(query).all():
        found[row.revision_id].append(reported(row))
    for own in found.values():
        own.sort(key=lambda one: (one.source.spans[0], one.source.record_id))
    return found


def _signature(one: Reported) -> str:
    return signature(record_to_json(one.record), one.source.quotes)


def _alike(one: Reported, other: Reported) -> float:
    return likeness(words_in(" ".join(one.source.quotes)), words_in(" ".join(other.source.quotes)))


def _alike_in_values(one: Reported, other: Reported) -> float:
    return likeness(values_in(record_to_json(one.record)), values_in(record_to_json(other.record)))
