"""Doubtful cases, told: two names of actors with what is known of each and a sentence of each; any as data."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from communique.model import PARTIES, PEOPLE, Entry, Report, UsageError
from communique.views.doubts import Case, question_of, question_to_json
from communique.views.doubts_actors import ActorsQuestion, NamedSide, actors_to_json
from communique.views.offices import HeldOffice, mentions_in, naming, offices_told

if TYPE_CHECKING:
    from communique.api.ledger import Ledger
    from communique.ledger.naming_actors import NamedActor

_READ, _TOLD = 100, 12
"""Entries of somebody that are read for the offices, and those in which a sentence is sought that tells a name."""
_EVEN = 0.5
"""The probability above which two names are taken for one actor's."""
_OFFICES = 3
"""Offices that are shown, the latest first."""


def told_of_cases(ledger: "Ledger", cases: Iterable[Case]) -> Iterator[dict[str, Any]]:
    """Cases as plain data, without those of which nothing is left."""
    cases = list(cases)
    ids = sorted({key for case in cases for key in case.entries})
    entries = {entry.id: entry for entry in ledger.entries_with_ids(ids)}
    for case in cases:
        if case.actors:
            names = actors_question(ledger, case)
            if names is not None:
                yield actors_to_json(names)
            continue
        question = question_of(case, [entries[key] for key in case.entries])
        if question is not None:
            yield question_to_json(question)


def actors_question(ledger: "Ledger", case: Case) -> ActorsQuestion | None:
    """The case with what is known of both names; None where nothing is left of it.

    Documents may tell one of them no longer, or an answer to another case may have joined or parted the two.
    """
    try:
        one, other = ledger.names_beside(*case.actors)
    except UsageError:
        return None
    together = one.actor.name == other.actor.name
    if together != (case.probability is not None and case.probability > _EVEN):
        return None
    first, second = (_side(ledger, each, apart=not together) for each in (one, other))
    return ActorsQuestion(one.field, (first, second), case.probability)


def _side(ledger: "Ledger", named: "NamedActor", *, apart: bool) -> NamedSide:
    """One of two names.

    Args:
        apart: whether the other one is another actor's; else the name stands for itself alone.
    """
    name, actor = named.name, named.actor
    if named.field != PEOPLE:
        found = ledger.some_entries(parties=(actor.name,), limit=_TOLD).items
        return NamedSide(name, actor, (), report=_telling(found, name))
    parties = actor.parties if apart else ledger.acts_for(name)
    own = ledger.own_name(name)
    told = ledger.of_person(actor.name if apart else name, limit=_TOLD).items
    offices = offices_of_person(ledger, actor.name, own, actor.parties, _READ) if apart or name == actor.name else []
    return NamedSide(name, actor, parties, tuple(offices[:_OFFICES]), _telling(told, own))


def offices_of_person(ledger: "Ledger", person: str, own: str, parties: Sequence[str], most: int) -> list[HeldOffice]:
    """The offices of somebody, by the sentences of what they took part in and the table of officeholders.

    Args:
        own: the name by which documents call them.
        parties: whom they act for.
        most: entries that are read for it.
    """
    entries = {entry.id: entry for entry in ledger.latest_of_person(person, most)}
    return offices_told(own, mentions_in(ledger.offices_in(entries), entries), parties)


def _telling(entries: Iterable[Entry], name: str) -> Report | None:
    """The latest report that tells a name, before others one with a sentence that has it, too."""
    found = list(_reports(entries, name))
    has = naming([name])
    plainly = (one for one in found if any(has(quote) for quote in one.source.quotes))
    return next(plainly, found[0] if found else None)


def _reports(entries: Iterable[Entry], name: str) -> Iterator[Report]:
    fields = (PEOPLE, "speakers", PARTIES, "supplier", "recipient", "by", "to")
    for entry in entries:
        for report in reversed(entry.history):
            if any(name in (getattr(report.record, field, None) or ()) for field in fields):
                yield report
