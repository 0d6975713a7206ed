"""Who takes part in entries, kept in step with them: only those actors are counted anew that a change concerns."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, true

from communique.ledger.current import IS_CURRENT
from communique.ledger.listings import seen
from communique.ledger.meaning import Meanings
from communique.ledger.portable import listed
from communique.ledger.shapes import Acting, Actor
from communique.ledger.tables import (
    actors,
    documents,
    entry_parties,
    entry_people,
    listings,
    people,
    person_names,
    records,
    revisions,
)
from communique.ledger.writing import plain
from communique.model import Entry

_PERSON = "person"


def people_rows(entry: Entry, acting: Acting) -> Iterator[dict[str, object]]:
    """Rows of the people who take part in an entry."""
    first, last = seen(entry)
    for name in dict.fromkeys(acting.people(entry)):
        yield {"name": name, "entry_id": entry.id, "first_seen": first, "last_seen": last}


def actors_called(connection: Connection, names: Collection[str]) -> list[Actor]:
    """The actors of these names."""
    return read_actors(connection, actors.c.name.in_(listed(names)))


def acting_for(connection: Connection, party: str) -> list[Actor]:
    """The people who act for a party, those with the most entries first."""
    found = read_actors(connection, actors.c.parties.contains(plain(party), autoescape=True))
    return [one for one in found if party in one.parties]


def read_actors(
    connection: Connection, condition: ColumnElement[bool] | None = None, limit: int | None = None, offset: int = 0
) -> list[Actor]:
    """All actors, or some of those of which something holds, those with the most entries first."""
    query = select(actors).order_by(actors.c.entries.desc(), actors.c.kind, actors.c.name)
    query = query.where(true() if condition is None else condition).limit(limit).offset(offset)
    rows = connection.execute(query).mappings()
    return [Actor(**{**row, "parties": tuple(json.loads(row["parties"]))}) for row in rows]


def follow(
    connection: Connection,
    acting: Acting,
    changed: Iterable[Entry],
    document_ids: Collection[str],
    meanings: Meanings,
) -> None:
    """Bring actors up to date once entries are.

    Args:
        changed: all entries that were put in or taken out, as they were and as they are.
        document_ids: the documents that were added or revised: who acts for whom rests on them.
        meanings: whom names mean by decision.
    """
    entries = list(changed)
    parties = {party for entry in entries for party in entry.parties}
    names = {name for entry in entries for name in acting.people(entry)}
    named = select(people.c.name).join(revisions, revisions.c.id == people.c.revision_id)
    names.update(connection.execute(named.where(revisions.c.document_id.in_(listed(document_ids)))).scalars())
    names.update(meanings.others)
    _replace(connection, parties, _parties(connection, acting, parties), person=False)
    _follow_people(connection, acting, names, meanings)


def count_all(connection: Connection, acting: Acting, meanings: Meanings) -> None:
    """Count all actors anew."""
    connection.execute(delete(person_names))
    connection.execute(delete(actors))
    parties = set(connection.execute(select(entry_parties.c.party).distinct()).scalars())
    _replace(connection, parties, _parties(connection, acting, parties), person=False)
    _follow_people(connection, acting, (), meanings)


def _follow_people(connection: Connection, acting: Acting, names: Collection[str], meanings: Meanings) -> None:
    persons = _renamed(connection, acting, names, meanings)
    sides = _sides(connection, persons, meanings)
    _replace(connection, persons, _persons(connection, acting, persons, sides), person=True)


def _replace(connection: Connection, names: Collection[str], found: Iterable[Actor], *, person: bool) -> None:
    of_sort = actors.c.kind == _PERSON if person else actors.c.kind != _PERSON
    connection.execute(delete(actors).where(of_sort, actors.c.name.in_(listed(names))))
    rows = [
        {
            "name": actor.name,
            "kind": actor.kind,
            "parties": plain(actor.parties),
            "entries": actor.entries,
            "first_seen": actor.first_seen,
            "last_seen": actor.last_seen,
        }
        for actor in found
    ]
    if rows:
        connection.execute(insert(actors), rows)


def _parties(connection: Connection, acting: Acting, names: Collection[str]) -> Iterator[Actor]:
    table = listings.c
    query = select(table.party, func.count(), func.min(table.first_seen), func.max(table.last_seen))
    for party, number, first, last in connection.execute(
        query.where(table.party.in_(listed(names))).group_by(table.party)
    ):
        yield Actor(name=party, kind=acting.kind(party), parties=(), entries=number, first_seen=first, last_seen=last)


def _renamed(connection: Connection, acting: Acting, touched: Collection[str], meanings: Meanings) -> set[str]:
    """Note by which name everybody is known now; whom that concerns, and whom these names stand or stood for."""
    before = {row.name: row.person for row in connection.execute(select(person_names))}
    now = acting.full_names(connection.execute(select(entry_people.c.name).distinct()).scalars().all(), meanings)
    gone = {name for name, person in before.items() if now.get(name) != person}
    new = {name for name, person in now.items() if before.get(name) != person}
    connection.execute(delete(person_names).where(person_names.c.name.in_(listed(gone))))
    if new:
        connection.execute(insert(person_names), [{"name": name, "person": now[name]} for name in sorted(new)])
    concerned = gone | new | set(touched)
    return {known[name] for known in (before, now) for name in concerned if name in known}


def _persons(
    connection: Connection, acting: Acting, persons: Collection[str], sides: Mapping[str, list[Counter[str]]]
) -> Iterator[Actor]:
    """People under the fullest of their names; for whom they act tell the sides."""
    query = (
        select(
            person_names.c.person,
            func.count(entry_people.c.entry_id.distinct()),
            func.min(entry_people.c.first_seen),
            func.max(entry_people.c.last_seen),
        )
        .join(entry_people, entry_people.c.name == person_names.c.name)
        .where(person_names.c.person.in_(listed(persons)))
        .group_by(person_names.c.person)
    )
    for person, number, first, last in connection.execute(query):
        yield Actor(
            name=person,
            kind=_PERSON,
            parties=acting.mostly(sides.get(person, ())),
            entries=number,
            first_seen=first,
            last_seen=last,
        )


def _sides(connection: Connection, persons: Collection[str], meanings: Meanings) -> Mapping[str, list[Counter[str]]]:
    """For each person, how many documents let each of the names act for which party."""
    names = dict(connection.execute(select(person_names.c.name, person_names.c.person)).all())
    shared = _shared(connection, meanings)
    split = select(documents.c.current_revision).where(documents.c.id.in_(listed(meanings.parties_here)))
    own = {name for name, person in names.items() if person in persons} - shared
    counts = select(records.c.number).join(documents, IS_CURRENT).where(records.c.revision_id == people.c.revision_id)
    query = select(people.c.name, people.c.parties, func.count()).where(
        people.c.name.in_(listed(own)), people.c.revision_id.not_in(split), counts.exists()
    )
    found: dict[str, list[Counter[str]]] = defaultdict(list)
    for name, told, number in connection.execute(query.group_by(people.c.name, people.c.parties)):
        parties = {meanings.parties.get(party, party) for party in json.loads(told)}
        found[names[name]].append(Counter(dict.fromkeys(parties, number)))
    each = select(people.c.name, people.c.parties, revisions.c.document_id).join(
        revisions, revisions.c.id == people.c.revision_id
    )
    one_by_one = people.c.name.in_(listed(shared)) | people.c.revision_id.in_(split)
    for name, told, document in connection.execute(each.where(one_by_one, counts.exists())):
        meant = meanings.of(document, {name: tuple(json.loads(told))})
        called = meant.here_called(name)
        if (person := names.get(called, called)) in persons:
            found[person].append(Counter({meant.party(party) for party in json.loads(told)}))
    return found


def _shared(connection: Connection, meanings: Meanings) -> set[str]:
    """The names that stand for several people, so that each document tells for itself who is meant."""
    if not meanings.others:
        return set()
    bases = set(meanings.others.values())
    every = connection.execute(select(people.c.name).distinct()).scalars()
    return {name for name in every if any(meanings.may_be(name, base) for base in bases)}
