"""What a typed name of an actor means: a person, or a state or organisation, and what a decision on it is tied to."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from sqlalchemy import Connection, func, select

from communique.ledger.acting import read_actors
from communique.ledger.current import IS_CURRENT, CurrentRecords
from communique.ledger.meaning import SPEAKING, SPOKEN_FOR, Meanings, as_meant
from communique.ledger.naming import Named, own_records
from communique.ledger.portable import listed
from communique.ledger.shapes import Actor, Reported
from communique.ledger.tables import actors, documents, entry_parties, entry_people, people, person_names, records
from communique.lexicon.parties import party_of
from communique.model import PEOPLE, UsageError
from communique.model.names import fold, same_person


class NamedActor(NamedTuple):
    """An actor by a name.

    Attributes:
        field: whether it is a person (``people``) or a state or organisation (``parties``).
        name: the name that was meant, which may be one of several.
        actor: as the actor goes by it now.
    """

    field: Literal["people", "parties"]
    name: str
    actor: Actor


def exactly_called(connection: Connection, name: str, meanings: Meanings) -> list[NamedActor]:
    """The actors that are called exactly so, or were before they were joined with another one."""
    person = connection.execute(select(person_names.c.person).where(person_names.c.name == name)).scalar() or name
    party = meanings.parties.get(name, name)
    found = read_actors(connection, actors.c.name.in_(listed({person, party})))
    people_called = [NamedActor("people", name, one) for one in found if one.kind == "person" and one.name == person]
    return [*people_called, *(NamedActor("parties", name, one) for one in found if _is_party(one, party))]


def actors_named(connection: Connection, typed: str, meanings: Meanings) -> list[NamedActor]:
    """The actors that typed words mean: one of each sort at most.

    Raises:
        UsageError: nobody in the ledger is called that, or several people may be.
    """
    name = " ".join(typed.split())
    if found := exactly_called(connection, name, meanings):
        return found
    known = connection.execute(select(person_names.c.name)).scalars().all()
    alike = [one for one in known if fold(one) == fold(name)] or [one for one in known if same_person(one, name)]
    meant = {each.actor.name: each for one in alike for each in exactly_called(connection, one, meanings)}
    parties = connection.execute(select(actors.c.name).where(actors.c.kind != "person")).scalars().all()
    try:
        party = party_of(name, [*parties, *meanings.parties])
        meant |= {each.actor.name: each for each in exactly_called(connection, party, meanings)}
    except UsageError:
        pass
    if len(meant) == 1:
        return list(meant.values())
    if meant:
        raise UsageError(f"{typed!r} may be {' or '.join(sorted(meant))}: give the full name.")
    raise UsageError(f"Nobody in this ledger is called {typed!r}; `communique actors` lists all who take part.")


def pair_named(connection: Connection, one: str, other: str, meanings: Meanings) -> tuple[NamedActor, NamedActor]:
    """Two actors of one sort.

    Raises:
        UsageError: they are of two sorts, or a name means nobody.
    """
    first, second = (actors_named(connection, typed, meanings) for typed in (one, other))
    found = [(a, b) for a in first for b in second if a.field == b.field]
    if not found:
        a, b = first[0].actor, second[0].actor
        raise UsageError(
            f"{a.name} is a{'n' if a.kind == 'organisation' else ''} {a.kind}, {b.name} "
            f"a{'n' if b.kind == 'organisation' else ''} {b.kind}: name two of one sort."
        )
    return found[0]


def names_of(connection: Connection, actor: Actor, meanings: Meanings) -> list[str]:
    """The other names by which documents, or decisions, call an actor, in order."""
    if actor.kind != "person":
        return sorted(name for name, head in meanings.parties.items() if head == actor.name)
    query = select(person_names.c.name).where(person_names.c.person == actor.name, person_names.c.name != actor.name)
    told = select(entry_people.c.name).where(entry_people.c.name == person_names.c.name)
    decided = {*meanings.people}
    known = set(connection.execute(query.where(told.exists())).scalars())
    return sorted(known | {name for name in connection.execute(query).scalars() if name in decided})


def acting_by_name(connection: Connection, meanings: Meanings) -> dict[str, list[Counter[str]]]:
    """For each name of a person, how many current documents let its bearer act for which party."""
    query = (
        select(people.c.name, people.c.parties, func.count())
        .join(documents, documents.c.current_revision == people.c.revision_id)
        .group_by(people.c.name, people.c.parties)
    )
    found: dict[str, list[Counter[str]]] = defaultdict(list)
    for name, told, number in connection.execute(query):
        parties = {meanings.parties.get(party, party) for party in json.loads(told)}
        found[name].append(Counter(dict.fromkeys(parties, number)))
    return found


def called_by_name(connection: Connection) -> dict[str, str]:
    """For each name of a person the one by which they go."""
    return {row.name: row.person for row in connection.execute(select(person_names))}


def entries_of_party(connection: Connection, party: str) -> list[str]:
    """The ids of entries in which a state or organisation takes part."""
    return list(connection.execute(select(entry_parties.c.entry_id).where(entry_parties.c.party == party)).scalars())


def reports_naming(connection: Connection, named: Named, name: str, field: str, *, meant: bool) -> tuple[str, ...]:
    """The records of an entry, or the one that was named, in which a person or an organisation takes part or speaks.

    Args:
        field: whether it is one of ``people`` or of ``parties``.
        meant: whether it is this one; else whoever is called by a name that may be theirs.
    """
    alone = named.record_alone or named.entry_id is None
    ids = (named.record_id,) if alone else own_records(connection, str(named.entry_id))
    telling = records_naming(connection, ids, name, field, meant=meant)
    return tuple(key for key in ids if key in telling)


def records_naming(connection: Connection, ids: Collection[str], name: str, field: str, *, meant: bool) -> set[str]:
    """Those of these records in which somebody takes part or speaks; the arguments are those of `reports_naming`."""
    current = CurrentRecords(connection)
    found = current.with_ids(ids)
    return {one.source.record_id for one in found if _tells(one, name, field, current.meanings, meant=meant)}


def _tells(one: Reported, who: str, field: str, meanings: Meanings, *, meant: bool) -> bool:
    told = as_meant(one).record if meant else one.record
    fields = SPEAKING if field == PEOPLE else (*SPOKEN_FOR, "speakers")
    names = [name for each in fields for name in getattr(told, each, None) or ()]
    if field == PEOPLE:
        return any(name == who or meanings.may_be(name, who) for name in names)
    return any(name == who or meanings.parties.get(name, name) == who for name in names)


def parties_apart(connection: Connection, person: str, record_ids: Collection[str], meanings: Meanings) -> list[str]:
    """For whom a name acts in the documents of these records, and in no other document that has it.

    Args:
        person: as they are called so far.
    """
    own = meanings.others.get(person, person)
    chosen = set(
        connection.execute(
            select(documents.c.id).join(records, IS_CURRENT).where(records.c.id.in_(listed(record_ids)))
        ).scalars()
    )
    telling = select(documents.c.id, people.c.name, people.c.parties).join(
        people, people.c.revision_id == documents.c.current_revision
    )
    sides: dict[bool, set[str]] = {True: set(), False: set()}
    for document, name, told in connection.execute(telling).all():
        if meanings.may_be(name, own):
            sides[document in chosen].update(json.loads(told))
    return sorted(sides[True] - sides[False])


def free_name(connection: Connection, name: str, field: str, parties: Sequence[str], meanings: Meanings) -> str:
    """A name for one who is called as another one is: with whom they act for, else with a number."""
    own = meanings.given(field).get(name, name)
    known = select(person_names.c.name) if field == PEOPLE else select(actors.c.name)
    taken = {*meanings.given(field), *connection.execute(known).scalars()}
    return next(name for name in _names(own, parties) if name not in taken)


def _names(own: str, parties: Sequence[str]) -> Iterator[str]:
    if len(parties) == 1:
        yield f"{own} ({parties[0]})"
    number = 2
    while True:
        yield f"{own} ({number})"
        number += 1


def _is_party(one: Actor, name: str) -> bool:
    return one.kind != "person" and one.name == name
