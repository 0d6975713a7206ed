"""Records of official actors: what is kept of documents that may be about something else."""

from collections.abc import Iterable

from communique.language.mentions import ActorKind, Analysis
from communique.model import Agreement, Engagement, Initiative, Record, Statement, Transfer

_OFFICIAL = (ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.OFFICE)


def official_only(analysis: Analysis, records: Iterable[Record]) -> tuple[Record, ...]:
    """The records whose actors are states, international bodies, or people who hold an office.

    What lies between parties needs two of them, and a transfer also equipment that the text names.
    """
    official = _official_names(analysis)
    return tuple(r for r in records if _official_count(r, official) >= (2 if _between_parties(r) else 1)
                 and (analysis.equipment or not isinstance(r, Transfer)))  # fmt: skip


def _between_parties(record: Record) -> bool:
    return isinstance(record, Engagement | Agreement)


def _official_count(record: Record, official: frozenset[str]) -> int:
    if isinstance(record, Statement):
        actors = record.speakers
    elif isinstance(record, Engagement | Agreement | Initiative):
        actors = record.parties
    elif isinstance(record, Transfer):
        actors = (*record.supplier, *record.recipient)
    else:
        actors = record.by
    return len(official.intersection(actors))


def _official_names(analysis: Analysis) -> frozenset[str]:
    """Parties and people that act officially in this document."""
    names: set[str] = set()
    for mention in (*analysis.actors, *analysis.title_actors):
        if mention.kind in _OFFICIAL and mention.parties != mention.people:
            names.update(mention.parties)
        elif mention.kind is ActorKind.PERSON and mention.parties and mention.rule == "person.office-name":
            names.update(mention.people)
    return frozenset(names)
