"""Who is meant by names in documents, where analysts have decided it: one actor by several names, several by one name.

Such a decision is tied to names, and where one name stands for two people to the documents in which it stands for the
other one. It bears on all records that tell these names, of whatever documents, before entries are made of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from communique.ledger.decisions import holding, read_decisions
from communique.ledger.portable import listed
from communique.ledger.shapes import Meant, People, Reported
from communique.ledger.tables import decisions, records, revisions
from communique.model import ON_ACTORS, PARTIES, PEOPLE, Action, Decision
from communique.model.names import same_person

SPOKEN_FOR = ("parties", "supplier", "recipient", "by", "to")
SPEAKING = ("people", "speakers")
NAMING = (*SPOKEN_FOR, *SPEAKING)
"""The fields of records and entries that tell names of actors."""
_NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """Decisions on actors as they bear on names.

    Attributes:
        people, parties: for a name that means an actor of another name, that name.
        apart: pairs of names of people that do not mean the same one.
        others: names that were given to people whose own name means somebody else, each with that own name.
        here: for a document, whom names of people that stand for several mean in it.
        bearers: for such a name, those whom it means where a document lets its bearer act for certain parties alone.
        other_parties, parties_here: the same as ``others`` and ``here`` of organisations.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    parties: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()
    others: Mapping[str, str] = field(default_factory=dict)
    here: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bearers: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    other_parties: Mapping[str, str] = field(default_factory=dict)
    parties_here: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, document_id: str, people: People) -> Meant:
        """Whom names mean in a document, and in what its people do."""
        told = dict(self.here.get(document_id, _NOBODY))
        for name, bearers in self.bearers.items() if people else ():
            known = {party for one, parties in people.items() if self.may_be(one, name) for party in parties}
            fitting = [other for other, parties in bearers.items() if known and known <= parties]
            if name not in told and len(fitting) == 1:
                told[name] = fitting[0]
        return Meant(self.people, self._parties_of(document_id), tuple(told.items()))

    def _parties_of(self, document_id: str) -> Mapping[str, str]:
        """For a name that means an actor of another name in a document, that name."""
        here = self.parties_here.get(document_id)
        if not here:
            return self.parties
        meant = {name: self.parties.get(other, other) for name, other in here.items()}
        return {name: meant.get(head, head) for name, head in self.parties.items()} | meant

    def given(self, field: str) -> Mapping[str, str]:
        """Names that were given to those whose own name means another one, people or parties, each with that name."""
        return self.others if field == PEOPLE else self.other_parties

    def may_be(self, name: str, own: str) -> bool:
        """Whether a name may stand for those who are called ``own``."""
        return self.people.get(name, name) == own or same_person(name, own)


NOTHING = Meanings()
"""What names mean where nobody has decided anything."""


def read_meanings(connection: Connection) -> Meanings:
    """Whom names mean by the decisions that hold."""
    on_actors = decisions.c.field.in_(ON_ACTORS), decisions.c.action.in_([Action.SAME.value, Action.DIFFERENT.value])
    if connection.execute(select(decisions.c.number).where(*on_actors).limit(1)).first() is None:
        return NOTHING
    made = [one for one in holding(read_decisions(connection)) if one.is_on_actors]
    query = (
        select(records.c.id, revisions.c.document_id)
        .join(revisions, revisions.c.id == records.c.revision_id)
        .where(records.c.id.in_(listed({record for one in made for record in one.records})))
    )
    return meanings_of(made, {row.id: row.document_id for row in connection.execute(query)})


def meanings_of(made: Iterable[Decision], documents: Mapping[str, str]) -> Meanings:
    """Whom names mean by decisions on actors; of two that contradict each other the later one holds.

    Args:
        made: those that hold.
        documents: in which document each of their records stands.
    """
    declared: dict[frozenset[str], Decision] = {}
    given: dict[str, dict[str, str]] = {PEOPLE: {}, PARTIES: {}}
    here: dict[str, dict[str, dict[str, str]]] = {PEOPLE: {}, PARTIES: {}}
    bearers: dict[str, dict[str, frozenset[str]]] = {}
    for one in sorted(made, key=lambda decision: decision.number):
        name, other = one.value["names"]
        if not one.records:
            declared.pop(frozenset((name, other)), None)
            declared[frozenset((name, other))] = one
            continue
        others, told = given[str(one.field)], here[str(one.field)]
        own = others.get(name, name)
        if other != own:
            others.setdefault(other, own)
        if one.value["parties"]:
            bearers.setdefault(own, {})[other] = frozenset(one.value["parties"])
        for record in one.records:
            if record in documents:
                told.setdefault(documents[record], {})[own] = other
    apart = frozenset(p for p, one in declared.items() if one.action is Action.DIFFERENT and one.field == PEOPLE)
    together = [one for one in declared.values() if one.action is Action.SAME]
    people, parties = _joined(together, PEOPLE, apart), _joined(together, PARTIES, frozenset())
    return Meanings(
        people=people,
        parties=parties,
        apart=apart,
        others=given[PEOPLE],
        here=here[PEOPLE],
        bearers=bearers,
        other_parties=given[PARTIES],
        parties_here=here[PARTIES],
    )


def _joined(together: Iterable[Decision], of: str, apart: frozenset[frozenset[str]]) -> dict[str, str]:
    """For each name that means an actor of another name, that name: the first of the two of the decision."""
    groups: dict[str, list[str]] = {}
    heads: dict[str, str] = {}
    for one in together:
        if one.field != of:
            continue
        head, other = (heads.setdefault(name, name) for name in one.value["names"])
        mine, theirs = (groups.setdefault(name, [name]) for name in (head, other))
        if head != other and not any(frozenset((a, b)) in apart for a in mine for b in theirs):
            mine += groups.pop(other)
            heads |= dict.fromkeys(theirs, head)
    return {name: head for name, head in heads.items() if name != head}


def as_meant(reported: Reported) -> Reported:
    """The record with those whom its names mean in their place; as it is, where nobody has decided anything."""
    meant = reported.meant
    if not meant:
        return reported
    record = reported.record
    told = {name: value for name in NAMING if (value := getattr(record, name, None))}
    means: dict[str, Any] = {
        name: tuple(dict.fromkeys(meant.party(meant.person(one) if name in SPEAKING else one) for one in value))
        for name, value in told.items()
    }
    if changed := {name: value for name, value in means.items() if value != told[name]}:
        record = replace(record, **changed)
    return reported._replace(record=record, people=people_meant(reported.people, meant))


def people_meant(people: People, meant: Meant) -> People:
    """Whom those act for who are meant by the names of a document's people; of several names of one, its own tells."""
    found: dict[str, tuple[str, ...]] = {}
    for name, parties in sorted(people.items(), key=lambda one: (meant.person(one[0]) != one[0], one[0])):
        found.setdefault(meant.person(name), tuple(dict.fromkeys(meant.party(party) for party in parties)))
    return found


def values_meant(field: str, values: Iterable[str], meanings: Meanings) -> list[str]:
    """Those whom names mean that somebody gave as the value of a field, each once."""
    meant = Meant(meanings.people, meanings.parties)
    return list(dict.fromkeys(meant.party(meant.person(one) if field in SPEAKING else one) for one in values))
