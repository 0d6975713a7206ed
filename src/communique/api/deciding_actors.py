"""What people decide about actors: that two are one, or that one name stands for two."""

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Connection

from communique.ledger import browsing
from communique.ledger.acting import read_actors
from communique.ledger.current import CurrentRecords
from communique.ledger.decisions import holding, read_decisions
from communique.ledger.meaning import Meanings, read_meanings
from communique.ledger.naming import is_id, named
from communique.ledger.naming_actors import (
    NamedActor,
    acting_by_name,
    actors_named,
    called_by_name,
    entries_of_party,
    exactly_called,
    free_name,
    names_of,
    pair_named,
    parties_apart,
    reports_naming,
)
from communique.ledger.shapes import Actor
from communique.lexicon.parties import is_known, is_state
from communique.model import PARTIES, PEOPLE, Action, UsageError
from communique.resolve.actors import mostly
from communique.resolve.compare import Comparison
from communique.resolve.doubtful_actors import ActorDoubt, doubtful_actors
from communique.resolve.why_actors import Bearer, why_parties, why_people
from communique.views.offices import HeldOffice, offices_of, succession

READ = 300
"""Entries that are read for the offices of somebody."""
Verdict = Literal[Action.SAME, Action.DIFFERENT]


def is_about_actors(connection: Connection, one: str, other: str) -> bool:
    """Whether any of two names that somebody typed means an actor, and not an entry or record."""
    meanings = read_meanings(connection)
    return any(not is_id(typed) or exactly_called(connection, typed, meanings) for typed in (one, other))


def about_actors(connection: Connection, verdict: Verdict, one: str, other: str) -> dict[str, Any]:
    """What a decision on two actors is about, or on somebody and an entry in which their name stands.

    Raises:
        UsageError: a name means nobody or several, or the two can't be joined or told apart.
    """
    meanings = read_meanings(connection)
    ids = [is_id(typed) and not exactly_called(connection, typed, meanings) for typed in (one, other)]
    if any(ids):
        typed, entry = (other, one) if ids[0] else (one, other)
        who = _of_several(actors_named(connection, typed, meanings))
        return _about_reports(connection, verdict, who, entry, meanings)
    a, b = pair_named(connection, one, other, meanings)
    names = _joined(a, b) if verdict is Action.SAME else _apart(a, b)
    return {"field": a.field, "value": {"names": list(names), "parties": []}}


def about_separated(
    connection: Connection, kind: str, name: str, reports: tuple[str, ...], other: str
) -> dict[str, Any]:
    """What a decision is about that some reports with the name of a person or organisation mean another one.

    Args:
        reports: ids of records.
        other: who they mean, by a name that was given to them before, or by the actor's own; empty for a new one.

    Raises:
        UsageError: there are no such reports, or they are all there are.
    """
    meanings = read_meanings(connection)
    found = [each for each in exactly_called(connection, name, meanings) if each.actor.kind == kind]
    if not found:
        raise UsageError(f"No {kind} in this ledger is called {name!r}.")
    who = _of_several(found)
    means = [named(connection, report) for report in reports]
    own = [key for one in means for key in reports_naming(connection, one, who.actor.name, who.field, meant=True)]
    return _about_records(connection, who, tuple(dict.fromkeys(own)), other, meanings)


def _of_several(found: Sequence[NamedActor]) -> NamedActor:
    """The one of these whose name may stand for several: a person before an organisation, and no state."""
    several = [each for each in found if each.actor.kind != "state"]
    if not several:
        raise UsageError(f"{found[0].actor.name} is a state: only names of people and organisations may mean several.")
    return several[0]


def _about_reports(
    connection: Connection, verdict: Verdict, who: NamedActor, entry: str, meanings: Meanings
) -> dict[str, Any]:
    means, name, field = named(connection, entry), who.actor.name, who.field
    mine = reports_naming(connection, means, name, field, meant=True)
    if verdict is Action.DIFFERENT:
        return _about_records(connection, who, mine, "", meanings)
    own = meanings.given(field).get(name, name)
    found = [key for key in reports_naming(connection, means, own, field, meant=False) if key not in mine]
    if not found:
        raise UsageError(f"{entry} tells of nobody else by a name of {name}'s.")
    return {"records": tuple(found), "field": field, "value": {"names": [own, name], "parties": []}}


def _about_records(
    connection: Connection, who: NamedActor, records: tuple[str, ...], other: str, meanings: Meanings
) -> dict[str, Any]:
    """That these records mean another one than this person or organisation."""
    name, given = who.actor.name, meanings.given(who.field)
    own = given.get(name, name)
    if not records:
        raise UsageError(f"That does not tell of {name}: choose a report with this name.")
    if other and other != own and given.get(other) != own:
        raise UsageError(f"{other} has another name than {own}: leave it empty for somebody new.")
    parties: list[str] = []
    if not other:
        _refuse_all(connection, who, records)
        if who.field == PEOPLE:
            parties = parties_apart(connection, name, records, meanings)
        other = free_name(connection, name, who.field, parties, meanings)
    return {"records": records, "field": who.field, "value": {"names": [name, other], "parties": parties}}


def _refuse_all(connection: Connection, who: NamedActor, records: tuple[str, ...]) -> None:
    """Refuse to leave nothing of an actor."""
    if who.field == PEOPLE:
        held = browsing.of_person(connection, who.actor.name, READ, 0, in_short=True)
    else:
        held = browsing.some_entries(connection, entries_of_party(connection, who.actor.name), READ, 0, in_short=True)
    chosen = {one.source.document_id for one in CurrentRecords(connection).with_ids(records)}
    told = {report.source.document_id for entry in held.items for report in entry.history}
    if held.total <= READ and told <= chosen:
        raise UsageError(f"No other document would tell of {who.actor.name}: nobody is left to tell them from.")


def _joined(a: NamedActor, b: NamedActor) -> tuple[str, str]:
    """The names of two that are one, the one that they go by together first: that of the tables, else the older one."""
    one, other = a.actor, b.actor
    if a.name == b.name or (one.name == other.name and a.field != PEOPLE):
        raise UsageError(f"{one.name} and {other.name} are one and the same: name two actors.")
    if one.name == other.name:
        return (a.name, b.name) if a.name == one.name else (b.name, a.name)
    if is_state(one.name) and is_state(other.name):
        raise UsageError(f"{one.name} and {other.name} are two states: these can't be joined.")

    def age(actor: Actor) -> tuple[bool, bool, str, int, str]:
        known = actor.kind != "person" and is_known(actor.name)
        return actor.kind != "state", not known, actor.first_seen or "~", -actor.entries, actor.name

    first, second = sorted((one, other), key=age)
    return first.name, second.name


def _apart(one: NamedActor, other: NamedActor) -> tuple[str, str]:
    """The names of two that are not one: as they go now, and of one actor the names that were given."""
    if one.actor.name != other.actor.name:
        return one.actor.name, other.actor.name
    if one.name == other.name:
        raise UsageError(
            f"That is one name: to say that {one.name} is somebody else in an entry, name that entry "
            f"(`communique different {one.name!r} ENTRY`)."
        )
    return one.name, other.name


def compared(connection: Connection, one: str, other: str) -> Comparison:
    """What makes two names those of one actor, or of two; offices and whom they act for beside it.

    Raises:
        UsageError: a name means nobody or several, or both are the same.
    """
    meanings = read_meanings(connection)
    made = holding(read_decisions(connection))
    a, b = pair_named(connection, one, other, meanings)
    if a.name == b.name:
        raise UsageError(f"{one} and {other} are one and the same: name two actors.")
    seen = [("seen", f"{_span(a.actor)} | {_span(b.actor)}"), ("entries", f"{a.actor.entries} | {b.actor.entries}")]
    if a.field != PEOPLE:
        return why_parties(a.name, b.name, meanings, made, seen)
    if a.actor.name != b.actor.name:
        seen.insert(0, ("acts for", f"{_parties(a.actor)} | {_parties(b.actor)}"))
        if told := _follows(connection, a.actor, b.actor):
            seen.insert(0, ("office", told))
    sides = _sides(connection, meanings) if a.actor.name == b.actor.name else {}
    first, second = (Bearer(each.name, sides.get(each.name, frozenset(each.actor.parties))) for each in (a, b))
    return why_people(first, second, called_by_name(connection), meanings, made, seen)


def doubtful(connection: Connection) -> list[ActorDoubt]:
    """Pairs of names of which it is doubtful whether they are one actor's, and on which nobody decided."""
    meanings = read_meanings(connection)
    made = holding(read_decisions(connection))
    called = called_by_name(connection)
    return doubtful_actors(read_actors(connection), called, _sides(connection, meanings), meanings, made)


def acts_for(connection: Connection, name: str) -> tuple[str, ...]:
    """Those for whom most documents let the bearer of a name act."""
    return tuple(sorted(_sides(connection, read_meanings(connection)).get(name, ())))


def _sides(connection: Connection, meanings: Meanings) -> dict[str, frozenset[str]]:
    """For names of people the parties for which most documents let their bearers act."""
    told = acting_by_name(connection, meanings)
    return {name: frozenset(parties) for name, counts in told.items() if (parties := mostly(counts))}


def follows_in_office(connection: Connection, one: str, other: str) -> str | None:
    """That one of two people followed the other one in an office, in a sentence; None where nothing tells so."""
    if not is_about_actors(connection, one, other) or is_id(one) or is_id(other):
        return None
    a, b = pair_named(connection, one, other, read_meanings(connection))
    if a.field != PEOPLE or a.actor.name == b.actor.name:
        return None
    return _follows(connection, a.actor, b.actor)


def also_called(connection: Connection, actor: Actor) -> list[str]:
    """The other names by which documents call an actor, or did before somebody joined two."""
    return names_of(connection, actor, read_meanings(connection))


def namesakes(connection: Connection, kind: str, name: str) -> list[str]:
    """The others who are called as a person or organisation is, by the names that were given to them."""
    known = read_meanings(connection).given(PEOPLE if kind == "person" else PARTIES)
    own = known.get(name, name)
    given = {each for each, base in known.items() if base == own}
    return sorted({own, *given} - {name}) if given else []


def led_to(connection: Connection, kind: str, name: str) -> Actor | None:
    """The actor of a kind that is called so, or was before somebody joined it with another one."""
    found = (each.actor for each in exactly_called(connection, name, read_meanings(connection)))
    return next((actor for actor in found if (actor.kind == "person") == (kind == "person")), None)


def _follows(connection: Connection, one: Actor, other: Actor) -> str | None:
    offices = [(actor.name, _offices(connection, actor)) for actor in (one, other)]
    found = succession(offices[0][1], offices[1][1])
    if found is None:
        return None
    first, then = found
    before = next(name for name, held in offices if first in held)
    after = next(name for name, _ in offices if name != before)
    of = f"{first.office} of {', '.join(first.parties)}"
    return f"{before} was {of} until {first.until}, {after} is so from {then.since}: a successor is another person"


def _offices(connection: Connection, person: Actor) -> list[HeldOffice]:
    held = browsing.of_person(connection, person.name, READ, 0, in_short=False).items
    own = read_meanings(connection).others.get(person.name, person.name)
    return offices_of(own, held, person.parties)


def _span(actor: Actor) -> str:
    return " to ".join(dict.fromkeys(day for day in (actor.first_seen, actor.last_seen) if day)) or "undated"


def _parties(actor: Actor) -> str:
    return ", ".join(actor.parties) or "nobody known"
