"""What decisions on actors reach: the documents that tell the names, and the actors that go by them now."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from communique.ledger.current import IS_CURRENT, CurrentRecords
from communique.ledger.meaning import NAMING, Meanings
from communique.ledger.portable import listed
from communique.ledger.shapes import DecisionState
from communique.ledger.tables import (
    documents,
    entry_parties,
    entry_people,
    entry_records,
    people,
    person_names,
    records,
)
from communique.ledger.writing import plain
from communique.model import PARTIES, PEOPLE, Decision
from communique.model.names import same_person


def names_concerned(connection: Connection, made: Iterable[Decision], before: Meanings, after: Meanings) -> set[str]:
    """The names that may mean somebody else than before decisions were made or undone."""
    on_actors = [one for one in made if one.is_on_actors]
    told = {name for one in on_actors for name in one.value["names"]}
    others = {**before.others, **after.others}
    of_people = [one for one in on_actors if one.records and one.field == PEOPLE]
    shared = {others.get(name, name) for one in of_people for name in one.value["names"]}
    if shared:
        every = select(people.c.name).union(select(entry_people.c.name))
        told |= {name for name in connection.execute(every).scalars() if any(same_person(name, one) for one in shared)}
    told |= shared
    means = [each for known in (before, after) for each in (known.people, known.parties)]
    heads = {known.get(name, name) for known in means for name in told}
    joined = {name for known in means for name, head in known.items() if head in heads}
    return told | heads | joined


def documents_naming(connection: Connection, names: Collection[str]) -> set[str]:
    """The documents of which current records tell these names, or which say whom people so called, or others, act for.

    All records are gone through: this is asked when somebody decides on actors, and by nothing else.
    """
    if not names:
        return set()
    said = [plain(name) for name in names]
    telling = select(documents.c.id).join(records, IS_CURRENT)
    acting = select(documents.c.id).join(people, people.c.revision_id == documents.c.current_revision)
    queries = (
        telling.where(or_(*(records.c.data.contains(name, autoescape=True) for name in said))),
        acting.where(
            or_(people.c.name.in_(listed(names)), *(people.c.parties.contains(name, autoescape=True) for name in said))
        ),
    )
    return {key for query in queries for key in connection.execute(query).scalars()}


def actor_states(connection: Connection, made: Sequence[Decision], current: CurrentRecords) -> dict[int, DecisionState]:
    """What has become of decisions on actors, by their numbers.

    One is orphaned where a name that it is about is told by no current record any more.
    """
    known: dict[tuple[str, str], str | None] = {}

    def goes_by(one: Decision, name: str) -> str | None:
        """By which name the actor goes now; None where no record tells of them."""
        asked = str(one.field), name
        if asked not in known:
            known[asked] = _goes_by(connection, name, current.meanings, person=one.field == PEOPLE)
        return known[asked]

    states = {}
    for one in made:
        actors = [goes_by(one, name) for name in one.value["names"]]
        there = tuple(dict.fromkeys(actor for actor in actors if actor is not None))
        states[one.number] = DecisionState(decision=one, actors=there, orphaned=None in actors)
    return states


def _goes_by(connection: Connection, name: str, meanings: Meanings, *, person: bool) -> str | None:
    if person:
        stored = connection.execute(select(person_names.c.person).where(person_names.c.name == name)).scalar()
        actor = stored or name
        called = select(person_names.c.name).where(person_names.c.person == actor)
        held = select(entry_people.c.entry_id).where(or_(entry_people.c.name == actor, entry_people.c.name.in_(called)))
    else:
        actor = meanings.parties.get(name, name)
        held = select(entry_parties.c.entry_id).where(entry_parties.c.party == actor)
    rows = connection.execute(_told_in(held)).all()
    if name in meanings.given(PEOPLE if person else PARTIES):
        return actor if rows else None
    said = {told for row in rows for field in NAMING for told in json.loads(row.data).get(field) or ()}
    there = name in said or (person and any(same_person(told, name) for told in said))
    return actor if there else None


def _told_in(held: Select[Any]) -> Select[Any]:
    """What the reports of these entries tell, as their documents have it."""
    return (
        select(records.c.data)
        .join(entry_records, entry_records.c.record_number == records.c.number)
        .where(entry_records.c.entry_id.in_(held))
    )
