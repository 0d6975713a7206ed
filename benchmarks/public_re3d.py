"""Entities of re3d: who, where and with what, in news and press releases on the war in Iraq and Syria."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.public import absent, json_lines, paragraph, rows, span_f1
from benchmarks.scoring import prf
from benchmarks.workers import answers
from communique.language.analysis import analyse
from communique.language.mentions import ActorKind, ActorMention, Analysis
from communique.model import Document

TITLE = "re3d: entities of the defence domain"

Range = tuple[int, int]
Entities = Mapping[str, list[Range]]

ACTORS = ("Person", "Organisation", "Location")
OTHERS = ("Nationality", "Weapon", "MilitaryPlatform", "Temporal", "Money")
SPACY = {
    "PERSON": "Person",
    "ORG": "Organisation",
    "GPE": "Location",
    "LOC": "Location",
    "FAC": "Location",
    "NORP": "Nationality",
    "DATE": "Temporal",
    "TIME": "Temporal",
    "MONEY": "Money",
}
TYPES = {
    "state.demonym": "Nationality",
    "state.people": "Organisation",
    "pronoun.we": "Organisation",
    "pronoun.it": None,
    "pronoun.they": None,
}
"""Types of mentions whose kind alone doesn't tell it."""
_BODIES = (ActorKind.ORGANISATION, ActorKind.COMPANY, ActorKind.GROUP)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its annotated entities by type."""

    document: Document
    entities: Entities


def annotated(folder: Path) -> list[Annotated]:
    """All documents of all sources of the set."""
    found = []
    for source in sorted(path for path in folder.iterdir() if path.is_dir()):
        entities: dict[str, dict[str, list[Range]]] = defaultdict(lambda: defaultdict(list))
        for row in json_lines(source / "entities.json"):
            entities[row["documentId"]][row["type"]].append((row["begin"], row["end"]))
        for row in json_lines(source / "documents.json"):
            found.append(Annotated(Document(text=row["text"], title=row["title"]), entities[row["_id"]]))
    return found


def read(analysis: Analysis) -> Entities:
    """What communique finds in a document, by the set's types."""
    found: dict[str, list[Range]] = defaultdict(list)
    places = [(span.start, span.end) for span in analysis.places]
    found["Location"] += places
    for actor in analysis.actors:
        span = (actor.span.start, actor.span.end)
        kind = _type(actor)
        if kind and not any(start < span[1] and span[0] < end for start, end in places):
            found[kind].append(span)
    for kind, mentions in (("Temporal", analysis.times), ("Money", analysis.money)):
        found[kind] += [(m.span.start, m.span.end) for m in mentions]
    for equipment in analysis.equipment:
        for kind in ("Weapon", "MilitaryPlatform"):
            found[kind].append((equipment.span.start, equipment.span.end))
    return found


def _type(actor: ActorMention) -> str | None:
    """The set's type of a mention; "it" and "they" have none, since the set seldom annotates them."""
    if actor.rule in TYPES:
        return TYPES[actor.rule]
    if actor.kind is ActorKind.STATE:
        return "Location"
    return "Organisation" if actor.kind in _BODIES else "Person"


def figures(documents: Iterable[Annotated], found: Iterable[Entities], kinds: Iterable[str]) -> tuple[float, ...]:
    """Precision, recall and F1 over some types; spans match that overlap and have one type."""
    counts = [0, 0, 0]
    chosen = tuple(kinds)
    for document, entities in zip(documents, found, strict=True):
        for kind in chosen:
            for i, n in enumerate(span_f1(document.entities.get(kind, []), entities.get(kind, []))):
                counts[i] += n
    return prf(*counts)


def section(data: Path, peers: Path | None) -> list[str]:
    """The Markdown lines of this set."""
    folder = data / "re3d"
    if not folder.is_dir():
        return absent(folder)
    documents = annotated(folder)
    ours = [read(analyse(a.document)) for a in documents]
    theirs = _spacy(peers, [a.document.text for a in documents]) if peers else None
    lines = []
    for name, kinds in [("persons, organisations, locations", ACTORS), *((k, (k,)) for k in (*ACTORS, *OTHERS))]:
        peer = figures(documents, theirs, kinds) if theirs else ("", "", "")
        lines.append((name, *figures(documents, ours, kinds), *peer))
    return [
        *paragraph(
            f"{len(documents)} documents (dstl/re3d, Open Government and other licences), entities only; about half "
            "of the documents are among those that the reader has learned from, but actors, places, times, money and "
            "equipment are found by rules and tables alone. States and other places are Location (adjectives of states "
            "Nationality), people, offices and names of unknown kind Person, organisations, bodies, companies, groups "
            "and peoples Organisation; pronouns for people are Person, “we” is Organisation. All equipment is compared "
            "with Weapon and with MilitaryPlatform, since records don't tell the two apart. Of spaCy's small model "
            "PERSON, ORG, GPE, LOC, FAC, NORP, DATE, TIME and MONEY count; it has no label for weapons. A span "
            "counts where it overlaps an annotated one of its type. The set annotates much that no ledger needs (“the "
            "city”, “a fighting position”, “civilians”), which holds down recall. No published figure is known."
        ),
        "",
        *rows(("entities", "precision", "recall", "F1", "spaCy precision", "spaCy recall", "spaCy F1"), *lines),
    ]


def _spacy(python: Path, texts: list[str]) -> list[Entities]:
    found = []
    for entities in answers(python, "spacy_entities_worker.py", texts):
        by_type: dict[str, list[Range]] = defaultdict(list)
        for start, end, label in entities:
            if label in SPACY:
                by_type[SPACY[label]].append((start, end))
        found.append(by_type)
    return found
