"""Records of official actors: what is kept of documents that are read though they seem to be about something else."""

from collections.abc import Iterable

from communique.language.mentions import ActorKind, Analysis
from communique.model import Agreement, Engagement, Initiative, Record, Statement, Transfer

_OFFICIAL = (ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.OFFICE)


def official_only(analysis: Analysis, records: Iterable[Record]) -> tuple[Record, ...]:
    """The records of dealings whose actors are states, international bodies, or people who hold an office.

    What lies between parties needs two of them, and a transfer also equipment that the text names. What one says,
    promises or sets up is a dealing where its sentences name another one: the rest is politics at home.
    """
    official = _official_names(analysis)
    return tuple(
        record
        for record in records
        if len(official.intersection(_actors(record))) >= (2 if _is_between_parties(record) else 1)
        and (analysis.equipment or not isinstance(record, Transfer))
        and (_is_between_parties(record) or _names_another(analysis, record))
    )


def _is_between_parties(record: Record) -> bool:
    return isinstance(record, Engagement | Agreement)


def _actors(record: Record) -> tuple[str, ...]:
    if isinstance(record, Statement):
        return record.speakers
    if isinstance(record, Engagement | Agreement | Initiative):
        return record.parties
    if isinstance(record, Transfer):
        return (*record.supplier, *record.recipient)
    return record.by


def _names_another(analysis: Analysis, record: Record) -> bool:
    """Whether the sentences of a record name two parties, with those of the people who act in it."""
    own = set(_actors(record))
    parties = {party for mention in analysis.actors if own.intersection(mention.people) for party in mention.parties}
    parties |= own - {person for mention in analysis.actors for person in mention.people}
    sentences = [s for s in analysis.sentences if any(evidence.overlaps(s) for evidence in record.evidence)]
    for mention in analysis.actors:
        if mention.kind in (*_OFFICIAL, ActorKind.PERSON) and any(
            s.start <= mention.span.start < s.end for s in sentences
        ):
            parties.update(mention.parties)
    return len(parties) > 1


def _official_names(analysis: Analysis) -> frozenset[str]:
    """Parties and people that act officially in this document."""
    names: set[str] = set()
    for mention in (*analysis.actors, *analysis.title_actors):
        if mention.kind in _OFFICIAL and mention.parties != mention.people:
            names.update(mention.parties)
        elif mention.kind is ActorKind.PERSON and mention.parties and mention.rule == "person.office-name":
            names.update(mention.people)
    return frozenset(names)
