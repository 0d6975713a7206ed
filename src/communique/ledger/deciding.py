"""Decisions in a ledger: appended, undone by further ones, and followed to the records that count now."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select

from communique.ledger.current import CurrentRecords
from communique.ledger.portable import listed, next_number
from communique.ledger.shapes import DecisionState
from communique.ledger.successors import successors
from communique.ledger.tables import decisions, entries, entry_records, records, revisions
from communique.ledger.writing import mark_pending, now, plain
from communique.model import Action, Decision


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
    row = connection.execute(insert(decisions).returning(decisions), values).one()
    made = _decision(row)
    mark_pending(connection, _documents(connection, made), f"decision {made.number}")
    return made


def read_decisions(connection: Connection) -> list[Decision]:
    """All decisions that were ever made, in order."""
    return [_decision(row) for row in connection.execute(select(decisions).order_by(decisions.c.number))]


def undone(made: Iterable[Decision]) -> dict[int, int]:
    """The decisions that hold no more, each with the number of the one that undid it.

    A decision to undo can be undone in turn; then the first one holds again.
    """
    found: dict[int, int] = {}
    for decision in sorted(made, key=lambda one: -one.number):
        if decision.undoes is not None and decision.number not in found:
            found[decision.undoes] = decision.number
    return found


def in_force(connection: Connection, current: CurrentRecords) -> list[Decision]:
    """The decisions that hold, tied to the records that count now; those without any evidence left are left out."""
    return [followed for _, followed in _followed(connection, current) if followed is not None]


def decision_states(connection: Connection) -> list[DecisionState]:
    """All decisions and what has become of them, in order."""
    current = CurrentRecords(connection)
    known = read_decisions(connection)
    gone = undone(known)
    followed = {made.number: now for made, now in _followed(connection, current)}
    states = []
    for decision in known:
        holds = followed.get(decision.number)
        ids = _entry_ids(connection, (*holds.records, *holds.others)) if holds else ()
        orphaned = decision.number in followed and holds is None
        undone_by = gone.get(decision.number)
        states.append(DecisionState(decision=decision, entry_ids=ids, undone_by=undone_by, orphaned=orphaned))
    return states


def _followed(connection: Connection, current: CurrentRecords) -> list[tuple[Decision, Decision | None]]:
    """Each decision that holds and is about records, and the same tied to current records; None for an orphan."""
    known = read_decisions(connection)
    gone = undone(known)
    holding = [one for one in known if one.number not in gone and one.action is not Action.UNDO]
    heirs = successors(connection, current, {record for one in holding for record in (*one.records, *one.others)})
    found: list[tuple[Decision, Decision | None]] = []
    for one in holding:
        sides = [tuple(dict.fromkeys(heirs[r] for r in side if r in heirs)) for side in (one.records, one.others)]
        whole = sides[0] and (sides[1] or not one.others)
        found.append((one, replace(one, records=sides[0], others=sides[1]) if whole else None))
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


def _documents(connection: Connection, decision: Decision) -> set[str]:
    """The documents whose records the decision is about; for one that undoes, those of what it undoes."""
    about = {*decision.records, *decision.others}
    while decision.undoes is not None:
        decision = _decision(connection.execute(select(decisions).where(decisions.c.number == decision.undoes)).one())
        about.update((*decision.records, *decision.others))
    query = (
        select(revisions.c.document_id)
        .join(records, records.c.revision_id == revisions.c.id)
        .where(records.c.id.in_(listed(about)))
    )
    return set(connection.execute(query).scalars())


def _decision(row: Any) -> Decision:
    return Decision(
        number=row.number,
        action=Action(row.action),
        records=tuple(json.loads(row.records)),
        others=tuple(json.loads(row.others)),
        field=row.field,
        value=None if row.value is None else json.loads(row.value),
        undoes=row.undoes,
        by=row.by,
        why=row.why,
        at=row.at,
    )
