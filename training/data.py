"""Annotated documents to training examples: windows with tags, sentence labels, span classes and role fillers.

Where the annotation does not say which words a label belongs to, the words are left open
(:data:`OPEN` tags) instead of being taught as "nothing here".
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from communique.language.analysis import analyse
from communique.language.mentions import Analysis
from communique.lexicon.actors import actor_terms
from communique.lexicon.tables import rows
from communique.model import Document, Span
from communique.reader.candidates import Candidate, find_candidates, frequent_parties, role_keys
from communique.reader.labels import (
    BEGIN,
    ENGAGEMENT_TYPES,
    INSIDE,
    LAYERS,
    OUTSIDE,
    ROLES,
    SENTENCE_OUTPUTS,
    SPAN_CLASSES,
    TIME_ROLES,
)
from communique.reader.windows import MAX_TOKENS, Window, build_windows

OPEN = -1
SPAN_FIELD = {"undertaking": "action", "statement": "content", "agreement": "name", "initiative": "name"}
LAYER_OF_KIND = {"undertaking": "action", "statement": "content", "agreement": "agreement", "initiative": "initiative"}


@dataclass(slots=True)
class Marked:
    """A span of a layer with what the annotation says of it."""

    layer: str
    span: Span
    classes: dict[str, int]
    roles: dict[str, list[str]]


@dataclass(slots=True)
class Occasion:
    """A sentence that is evidence of an engagement."""

    sentence: int
    type: str
    roles: dict[str, list[str]]


@dataclass(slots=True)
class Annotated:
    """One annotated document with its analysis and what is to be learned from it, by character offsets."""

    name: str
    analysis: Analysis
    frequent: list[str]
    marked: list[Marked]
    occasions: list[Occasion]
    sentence_labels: np.ndarray
    """(sentences, outputs) of 0 and 1."""
    open_sentences: dict[str, set[int]]
    """For each layer, sentences in which unmarked words are left open."""


@dataclass(slots=True)
class Anchor:
    """A span or a sentence of a window whose classes and roles are to be learned.

    Attributes:
        name: a layer, or "engagement" for a sentence.
        tokens: half-open range in the window.
        labels: for each role the share of each candidate key, see :func:`_role_targets`.
    """

    name: str
    tokens: tuple[int, int]
    sentence: int
    type: int
    classes: dict[str, int]
    targets: dict[str, tuple[np.ndarray, np.ndarray]]


@dataclass(slots=True)
class Example:
    """One window, ready for the network."""

    window: Window
    tags: np.ndarray
    """(layers, tokens), :data:`OPEN` where any tag is right."""
    sentences: list[tuple[tuple[int, int], np.ndarray]]
    candidates: list[Candidate]
    anchors: list[Anchor] = field(default_factory=list)


def annotate(gold: dict[str, Any]) -> Annotated:
    """One gold document to what can be learned from it."""
    text = gold["text"]
    document = Document(text=text, title=gold["title"], publisher=gold["publisher"], published=gold["published"])
    sentences = tuple(Span(start, end) for start, end in gold["sentences"])
    analysis = analyse(document, sentences)
    marked: list[Marked] = []
    occasions: dict[tuple[int, str], Occasion] = {}
    labels = np.zeros((len(sentences), len(SENTENCE_OUTPUTS)), np.float32)
    open_sentences: dict[str, set[int]] = {layer: set() for layer in LAYERS}
    for record in gold["records"]:
        _mark_sentences(record, labels)
        if record["kind"] == "engagement":
            roles = {"party": record["parties"], "person": record["people"], "date": _one(record["date"])}
            for i in record["evidence"]:
                # several in one sentence are asked for at once: rules tell them apart then
                none_yet: dict[str, list[str]] = {key: [] for key in roles}
                told = occasions.setdefault((i, record["type"]), Occasion(i, record["type"], none_yet))
                for key, values in roles.items():
                    told.roles[key].extend(value for value in values if value not in told.roles[key])
            if record["place"]:
                marked += _mark(text, sentences, record["evidence"], "place", record["place"], {}, {}, open_sentences)
        elif record["kind"] == "transfer":
            stage = {"transfer-stage": SPAN_CLASSES["transfer-stage"].index(record["stage"])}
            roles = {key: record[key] for key in ("supplier", "recipient")} | {"date": _one(record["date"])}
            for item in record["items"]:
                evidence = record["evidence"]
                marked += _mark(text, sentences, evidence, "item", item["what"], stage, roles, open_sentences)
        else:
            layer = LAYER_OF_KIND[record["kind"]]
            wanted = record[SPAN_FIELD[record["kind"]]]
            classes, roles = _what_is_said(record)
            marked += _mark(text, sentences, record["evidence"], layer, wanted, classes, roles, open_sentences)
    frequent = frequent_parties(analysis)
    return Annotated(gold["id"], analysis, frequent, marked, list(occasions.values()), labels, open_sentences)


def _one(value: str | None) -> list[str]:
    return [value] if value else []


def _what_is_said(record: dict[str, Any]) -> tuple[dict[str, int], dict[str, list[str]]]:
    if record["kind"] == "undertaking":
        classes = {key: SPAN_CLASSES[key].index(record[key]) for key in ("strength", "status")}
        return classes, {"by": record["by"], "to": record["to"], "due": _one(record["due"])}
    if record["kind"] == "statement":
        return {}, {"speaker": record["speakers"]}
    stage = f"{record['kind']}-stage"
    classes = {stage: SPAN_CLASSES[stage].index(record["stage"])}
    return classes, {"party": record["parties"], "date": _one(record["date"])}


def _mark_sentences(record: dict[str, Any], labels: np.ndarray) -> None:
    for i in record["evidence"]:
        labels[i, SENTENCE_OUTPUTS.index(f"kind:{record['kind']}")] = 1
        if record["kind"] == "engagement":
            labels[i, SENTENCE_OUTPUTS.index(f"type:{record['type']}")] = 1
            labels[i, SENTENCE_OUTPUTS.index(f"stage:{record['stage']}")] = 1
    if record["kind"] == "engagement":
        labels[record["evidence"][0], SENTENCE_OUTPUTS.index(f"first:{record['type']}")] = 1


def _mark(
    text: str,
    sentences: Sequence[Span],
    evidence: Sequence[int],
    layer: str,
    words: str,
    classes: dict[str, int],
    roles: dict[str, list[str]],
    open_sentences: dict[str, set[int]],
) -> list[Marked]:
    """Find the words in the evidence: everywhere for names and items, once for promises and statements."""
    found: list[Marked] = []
    once = layer in ("action", "content")
    for i in evidence:
        sentence = sentences[i]
        for match in re.finditer(rf"(?<!\w){re.escape(words)}", text[sentence.start : sentence.end]):
            if once and found:
                break
            span = Span(sentence.start + match.start(), sentence.start + match.end())
            found.append(Marked(layer, span, classes, roles))
    if not found:  # words that run over a sentence's end
        start = text.find(words, sentences[evidence[0]].start, sentences[evidence[-1]].end)
        if start >= 0:
            found.append(Marked(layer, Span(start, start + len(words)), classes, roles))
    covered = [m.span for m in found]
    for i in evidence:
        if layer != "place" and not any(s.overlaps(sentences[i]) for s in covered):
            open_sentences[layer].add(i)
    return found


def examples(document: Annotated, tokenizer: Tokenizer, rng: random.Random | None = None) -> Iterator[Example]:
    """The document's windows. With ``rng`` the cuts are shifted and the title is at times left out."""
    title = document.analysis.document.title
    first = None
    if rng:
        first = rng.randrange(96, MAX_TOKENS)
        title = title if rng.random() > 0.25 else None
    analysis = document.analysis
    text = analysis.document.text
    for window in build_windows(tokenizer, text, analysis.sentences, title, first_max_tokens=first):
        yield _example(document, window)


def _example(document: Annotated, window: Window) -> Example:
    ranges = window.sentence_ranges()
    tags = np.full((len(LAYERS), len(window.ids)), OUTSIDE, np.int64)
    for number, layer in enumerate(LAYERS):
        for i in document.open_sentences[layer] & set(ranges):
            tags[number, slice(*ranges[i])] = OPEN
    candidates = find_candidates(document.analysis, window, document.frequent)
    anchors: list[Anchor] = []
    for marked in sorted(document.marked, key=lambda m: (m.span.start - m.span.end, m.span)):
        tokens = window.token_range(marked.span)
        if tokens is None:
            continue
        layer = tags[LAYERS.index(marked.layer)]
        if (layer[slice(*tokens)] > OUTSIDE).any():
            continue  # the longer of two overlapping spans stands
        layer[tokens[0]], layer[tokens[0] + 1 : tokens[1]] = BEGIN, INSIDE
        sentence = window.sentence_at(tokens[0])
        targets = _role_targets(marked.layer, marked.roles, candidates)
        anchors.append(Anchor(marked.layer, tokens, sentence, 0, marked.classes, targets))
    for occasion in document.occasions:
        if occasion.sentence in ranges:
            targets = _role_targets("engagement", occasion.roles, candidates)
            kind = ENGAGEMENT_TYPES.index(occasion.type)
            anchors.append(Anchor("engagement", ranges[occasion.sentence], occasion.sentence, kind, {}, targets))
    sentences = [(tokens, document.sentence_labels[i]) for i, tokens in ranges.items()]
    return Example(window, tags, sentences, candidates, [a for a in anchors if a.classes or a.targets])


_TITLE_WORDS = frozenset("mr mrs ms dr jr sr gen col lt adm sir minister president prime secretary king prince".split())


def _name_words(name: str) -> set[str]:
    words = set(re.findall(r"\w{2,}", name.lower()))
    return words - _TITLE_WORDS or words


def _one_party(name: str) -> str:
    """A party's name in the form that the tables give it, without its legal form, so that "GE" is General Electric."""
    term = actor_terms().get(name)
    known = term.parties[0] if term and len(term.parties) == 1 else name
    for row in rows("corporate_suffixes"):
        known = known.removesuffix(f" {row['suffix']}")
    return re.sub(r"\W", "", known.lower())


def _role_targets(
    anchor: str, roles: dict[str, list[str]], candidates: Sequence[Candidate]
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each role: which candidate stands for which key, (keys, candidates), and which keys fill it, (keys,)."""
    targets = {}
    for role in ROLES.get(anchor, ()):
        keys = sorted({key for c in candidates for key in role_keys(role, c)})
        if not keys:
            continue
        stands = np.zeros((len(keys), len(candidates)), np.float32)
        for j, candidate in enumerate(candidates):
            for key in role_keys(role, candidate):
                stands[keys.index(key), j] = 1
        wanted = roles.get(role, [])
        if role in ("speaker", "person"):
            wanted_words = [_name_words(name) for name in wanted]
            fills = [float(any(_name_words(key) & words for words in wanted_words)) for key in keys]
        elif role in TIME_ROLES:
            fills = [float(key in wanted) for key in keys]
        else:
            parties = {_one_party(name) for name in wanted}
            fills = [float(_one_party(key) in parties) for key in keys]
        targets[role] = stands, np.array(fills, np.float32)
    return targets
