"""Whether a document is about the dealings of states at all: general news on sport, business or stars is not read.

The weights of single words were learned by ``training/subject.py``. Texts that say too little to tell and what
governments and international bodies publish themselves are always read.
"""

import json
import math
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from communique.language.analysis import analyse
from communique.language.mentions import ActorKind, Analysis
from communique.model import Agreement, Document, Engagement, Initiative, Record, Statement, Transfer

FILE = Path(__file__).with_name("subject.json")
UNRELATED = 0.5
"""Below these log-odds a document is about something else: of 849 articles outside politics that nothing was learned
from 97% are, of 74 annotated documents with records none."""
DOUBTFUL = 2.0
"""Below these log-odds only records of official actors are kept."""
TOO_SHORT = 60
"""Fewer words than this say too little of the subject."""
_WORD = re.compile(r"[a-z][a-z-]+")
_OFFICIAL = (ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.OFFICE)


def words_of(text: str) -> frozenset[str]:
    """The words by which a subject is told, each once."""
    return frozenset(_WORD.findall(text.lower()))


def relevance(document: Document) -> float:
    """Log-odds that the document is about the dealings of states; infinite where nothing speaks against it."""
    if len(document.text.split()) < TOO_SHORT or _is_official(document.publisher):
        return math.inf
    bias, weights = _weights()
    return bias + sum(weights.get(word, 0.0) for word in words_of(f"{document.title or ''} {document.text}"))


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


@cache
def _is_official(publisher: str | None) -> bool:
    """Whether a publisher is a state's government or an international body."""
    found = analyse(Document(text=publisher)).actors if publisher else ()
    return any(actor.kind in _OFFICIAL and actor.parties for actor in found)


@cache
def _weights() -> tuple[float, dict[str, float]]:
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return stored["bias"], stored["words"]
