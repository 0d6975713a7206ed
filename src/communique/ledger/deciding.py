"""Decisions in a ledger: appended, undone by further ones, and followed to the records that count now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection, insert, select

from communique.ledger.current import CurrentRecords
from communique.ledger.deciding_actors import actor_states, documents_naming, names_concerned
from communique.ledger.decisions import decision_of, holding, read_decisions, undone
from communique.ledger.meaning import NAMING, read_meanings, values_meant
from communique.ledger.portable import listed, next_number
from communique.ledger.shapes import DecisionState
from communique.ledger.successors import successors
from communique.ledger.tables import decisions, entries, entry_records, records, revisions
from communique.ledger.writing import mark_pending, now, plain
from communique.model import Decision


def decide(connection: Connection, decision: Decision) -> Decision:
    """Append a decision, under the next number and this moment, and note that entries have to follow."""
    values = {
        "number": next_number(connection, decisions.c.number),
        "action": decision.action.value,
        "records": plain(decision.records),
        "others": plain(decision.others),
        "field": decision.field,
        "value": None if decision.field is None else plain(decision.value),
        "undoes": decision.undoes,
        "by": decision.by,
        "why": decision.why,
        "at": now(),
    }
    before = read_meanings(connection)
    row = connection.execute(insert(decisions).returning(decisions), values).one()
    made = decision_of(row)
    about = [made, *_undone_by(connection, made)]
    names = names_concerned(connection, about, before, read_meanings(connection))
    concerned = _documents(connection, about) | documents_naming(connection, names)
    mark_pending(connection, concerned, f"decision {made.number}")
    return made


def in_force(connection: Connection, current: CurrentRecords) -> list[Decision]:
    """The decisions that hold, tied to the records that count now; those without any evidence left are left out."""
    return [followed for _, followed in _followed(connection, current) if followed is not None]


def decision_states(connection: Connection) -> list[DecisionState]:
    """All decisions and what has become of them, in order."""
    current = CurrentRecords(connection)
    known = read_decisions(connection)
    gone = undone(known)
    followed = {made.number: now for made, now in _followed(connection, current)}
    states = actor_states(connection, [one for one in holding(known) if one.is_on_actors], current)
    for decision in known:
        if decision.number not in states:
            holds = followed.get(decision.number)
            ids = _entry_ids(connection, (*holds.records, *holds.others)) if holds else ()
            orphaned = decision.number in followed and holds is None
            states[decision.number] = DecisionState(decision=decision, entry_ids=ids, orphaned=orphaned)
    return [replace(states[one.number], undone_by=gone.get(one.number)) for one in known]


def _followed(connection: Connection, current: CurrentRecords) -> list[tuple[Decision, Decision | None]]:
    """Each decision that holds and is on entries, and the same tied to current records; None for an orphan."""
    made = [one for one in holding(read_decisions(connection)) if not one.is_on_actors]
    heirs = successors(connection, current, {record for one in made for record in (*one.records, *one.others)})
    found: list[tuple[Decision, Decision | None]] = []
    for one in made:
        sides = [tuple(dict.fromkeys(heirs[r] for r in side if r in heirs)) for side in (one.records, one.others)]
        whole = sides[0] and (sides[1] or not one.others)
        value = values_meant(one.field, one.value, current.meanings) if one.field in NAMING else one.value
        found.append((one, replace(one, records=sides[0], others=sides[1], value=value) if whole else None))
    return found


def _entry_ids(connection: Connection, record_ids: Sequence[str]) -> tuple[str, ...]:
    """The entries that hold these current records, in order of the records."""
    query = (
        select(records.c.id, entries.c.id.label("entry_id"))
        .join(entry_records, entry_records.c.record_number == records.c.number)
        .join(entries, (entries.c.id == entry_records.c.entry_id) & (entries.c.kind == records.c.kind))
        .where(records.c.id.in_(listed(set(record_ids))))
    )
    holders = {row.id: row.entry_id for row in connection.execute(query)}
    return tuple(dict.fromkeys(holders[record] for record in record_ids if record in holders))


def _documents(connection: Connection, made: Iterable[Decision]) -> set[str]:
    """The documents whose records decisions are about."""
    query = (
        select(revisions.c.document_id)
        .join(records, records.c.revision_id == revisions.c.id)
        .where(records.c.id.in_(listed({record for one in made for record in (*one.records, *one.others)})))
    )
    return set(connection.execute(query).scalars())


def _undone_by(connection: Connection, decision: Decision) -> Iterator[Decision]:
    """What a decision undoes, and where that undid another one what that undid, and so on."""
    while decision.undoes is not None:
        decision = decision_of(connection.execute(select(decisions).where(decisions.c.number == decision.undoes)).one())
        yield decision
