"""Analysed documents to proposals."""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from communique.language.mentions import Analysis
from communique.language.phrases import find_phrases
from communique.model import Span
from communique.reader import heads
from communique.reader.candidates import Candidate, find_candidates, frequent_parties, role_keys
from communique.reader.decode import best_tags, span_log_odds, spans_of
from communique.reader.heads import Floats, Range
from communique.reader.labels import (
    CANDIDATE_KINDS,
    ENGAGEMENT_TYPES,
    LAYERS,
    OUTSIDE,
    ROLE_NAMES,
    ROLES,
    SENTENCE_OUTPUTS,
    SPAN_CLASSES,
    TIME_ROLES,
)
from communique.reader.network import Network
from communique.reader.placing import position, ranks
from communique.reader.proposals import Filler, Proposals, Roles, SentenceProposal, SpanProposal
from communique.reader.windows import Window, build_windows

HINTS = {"agreement": 3.0, "item": 6.0, "initiative": 2.0}
"""Words that a table knows are by so much (log-odds) likelier to be part of a span of a layer where the sentence
may tell of its kind: "memorandum" of an agreement, equipment of a transfer, "Forum" in capitals of an initiative."""
MIN_TRANSFER = MIN_INITIATIVE = 0.1
MIN_AGREEMENT = 0.3
MIN_ENGAGEMENT = 0.2
"""About sentences and types of engagement less probable than this nothing more is asked."""
ELSEWHERE = 8.0
"""How many times less likely somebody fills a role whom only other sentences name, where one is probable whom this
sentence names. Of 64 parties and others so far away that were probable on held-out documents 30 were right."""
_FOR_SEVERAL = ("group", "pronoun")


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Words about which roles are asked: a span of a layer, or a sentence with a type of engagement."""

    name: str
    tokens: Range
    sentence: int
    type: int = 0


def read_analysis(network: Network, analysis: Analysis, sentences_read: Collection[int] | None = None) -> Proposals:
    """All proposals for one document, in one pass over its windows.

    Args:
        sentences_read: the numbers of the sentences that are read; all where None.
    """
    document = analysis.document
    windows = build_windows(
        network.tokenizer, document.text, analysis.sentences, document.title, sentences_read=sentences_read
    )
    frequent = frequent_parties(analysis)
    spans: list[SpanProposal] = []
    sentences: list[SentenceProposal] = []
    for window in windows:
        hidden = network.hidden_states(window)
        candidates = find_candidates(analysis, window, frequent)
        answers = _answers(network, window, hidden)
        items = [e.span for e in analysis.equipment if _tells_of_transfer(analysis, window, answers, e.span)]
        hints = {
            "agreement": _instruments(analysis, answers),
            "item": items,
            "initiative": _bodies(analysis, answers),
        }
        found = _spans(network, hidden, window, hints)
        anchors = [_Anchor(layer, (start, end), window.sentence_at(start)) for layer, start, end, _ in found]
        anchors += _occasions(window, answers)
        vectors = heads.span_vectors(hidden, [anchor.tokens for anchor in anchors]) if anchors else hidden[:0]
        roles = _roles(network, hidden, anchors, vectors, candidates)
        classes = _classes(network, vectors[: len(found)], [layer for layer, *_ in found])
        for (layer, start, end, probability), given, filled in zip(found, classes, roles, strict=False):
            span = window.span_of((start, end))
            spans.append(SpanProposal(layer, span, window.sentence_at(start), probability, given, filled))
        engagements: dict[int, dict[str, Roles]] = defaultdict(dict)
        for anchor, filled in zip(anchors[len(found) :], roles[len(found) :], strict=True):
            engagements[anchor.sentence][ENGAGEMENT_TYPES[anchor.type]] = filled
        sentences += [SentenceProposal(number, given, engagements[number]) for number, given in answers.items()]
    spans.sort(key=lambda s: (s.span, s.layer))
    return Proposals(analysis, tuple(spans), tuple(sentences))


def _instruments(analysis: Analysis, answers: Mapping[int, Mapping[str, float]]) -> list[Span]:
    """Words for instruments in sentences that may tell of an agreement."""
    return [
        phrase
        for number, given in answers.items()
        if given["kind:agreement"] >= MIN_AGREEMENT
        for phrase in find_phrases("instruments", analysis.document.text, analysis.sentences[number])
    ]


def _tells_of_transfer(
    analysis: Analysis, window: Window, answers: Mapping[int, Mapping[str, float]], span: Span
) -> bool:
    """Whether the sentence of some equipment has a cue of a transfer's stage and may tell of a transfer."""
    tokens = window.token_range(span)
    if tokens is None:
        return False
    number = window.sentence_at(tokens[0])
    if answers[number]["kind:transfer"] < MIN_TRANSFER:
        return False
    return bool(find_phrases("transfer_cues", analysis.document.text, analysis.sentences[number]))


def _bodies(analysis: Analysis, answers: Mapping[int, Mapping[str, float]]) -> list[Span]:
    """Nouns that name lasting bodies, written with a capital, in sentences that may tell of an initiative."""
    text = analysis.document.text
    return [
        noun
        for number, given in answers.items()
        if given["kind:initiative"] >= MIN_INITIATIVE
        for noun in find_phrases("initiative_nouns", text, analysis.sentences[number])
        if text[noun.start].isupper()
    ]


def _answers(network: Network, window: Window, hidden: Floats) -> dict[int, dict[str, float]]:
    ranges = window.sentence_ranges()
    if not ranges:
        return {}
    rows = heads.sigmoid(heads.sentence_logits(network.weights, hidden, list(ranges.values())))
    return {n: dict(zip(SENTENCE_OUTPUTS, row.tolist(), strict=True)) for n, row in zip(ranges, rows, strict=True)}


def _spans(
    network: Network, hidden: Floats, window: Window, hints: Mapping[str, Sequence[Span]]
) -> list[tuple[str, int, int, float]]:
    """(layer, first token, token after the last, probability against nothing in the span's place)."""
    emissions = heads.emissions(network.weights, hidden)
    for layer, hinted in hints.items():
        for span in hinted:
            found_at = window.token_range(span)
            if found_at:
                emissions[LAYERS.index(layer), slice(*found_at), OUTSIDE] -= HINTS[layer]
    tags = best_tags(emissions, network.transitions)
    found = []
    for layer, start, end in spans_of(tags):
        if not (window.holds(start) and window.holds(end - 1)):
            continue
        log_odds = span_log_odds(emissions, network.transitions, tags, LAYERS.index(layer), start, end)
        found.append((layer, start, end, 1 / (1 + math.exp(-log_odds))))
    return found


def _occasions(window: Window, answers: dict[int, dict[str, float]]) -> list[_Anchor]:
    ranges = window.sentence_ranges()
    anchors = []
    for sentence, given in answers.items():
        likely = {name for name in ENGAGEMENT_TYPES if given[f"type:{name}"] >= MIN_ENGAGEMENT}
        if given["kind:engagement"] >= MIN_ENGAGEMENT:
            likely.add(max(ENGAGEMENT_TYPES, key=lambda name: given[f"type:{name}"]))
        anchors += [
            _Anchor("engagement", ranges[sentence], sentence, ENGAGEMENT_TYPES.index(n)) for n in sorted(likely)
        ]
    return anchors


def _classes(
    network: Network, vectors: Floats, layers: Sequence[str]
) -> list[dict[str, tuple[tuple[str, float], ...]]]:
    """For each span and each question on its layer, all answers with their probabilities, the best first."""
    result = []
    for given in heads.class_probabilities(network.weights, vectors, layers) if layers else ():
        ranked = {}
        for question, row in given.items():
            pairs = zip(SPAN_CLASSES[question], row.tolist(), strict=True)
            ranked[question] = tuple(sorted(pairs, key=lambda pair: -pair[1]))
        result.append(ranked)
    return result


def _roles(
    network: Network, hidden: Floats, anchors: Sequence[_Anchor], vectors: Floats, candidates: Sequence[Candidate]
) -> list[Roles]:
    """For each anchor, who or when may fill each of its roles."""
    if not anchors or not candidates:
        return [{} for _ in anchors]
    ends = np.stack([np.concatenate([hidden[c.tokens[0]], hidden[c.tokens[1] - 1]]) for c in candidates])
    where = [[position((*a.tokens, a.sentence), (*c.tokens, c.sentence)) for c in candidates] for a in anchors]
    asked = [a if a.name in ROLES else _Anchor("content", a.tokens, a.sentence) for a in anchors]
    logits = heads.pair_logits(
        network.weights,
        vectors,
        [a.name for a in asked],
        [a.type for a in anchors],
        ends,
        [c.kind for c in candidates],
        np.array(where, np.int64),
        np.array([ranks((*a.tokens, a.sentence), candidates) for a in anchors], np.int64),
    )
    odds = np.exp(np.clip(logits, -12, 12))
    keys = {role: [role_keys(role, c) for c in candidates] for a in anchors for role in ROLES.get(a.name, ())}
    return [_fill(anchor, odds[number], candidates, keys) for number, anchor in enumerate(anchors)]


def _fill(
    anchor: _Anchor, odds: Floats, candidates: Sequence[Candidate], keys: Mapping[str, Sequence[tuple[str, ...]]]
) -> Roles:
    """Who or when may fill each role of one anchor; the odds of all that stand for one key add up.

    Args:
        odds: (candidates, roles).
        keys: for each role the keys of each candidate.
    """
    roles: Roles = {}
    for role in ROLES.get(anchor.name, ()):
        column = odds[:, ROLE_NAMES.index(f"{anchor.name}:{role}")].tolist()
        sums: dict[str, float] = defaultdict(float)
        likeliest: dict[str, int] = {}
        for c, (found, here) in enumerate(zip(keys[role], column, strict=True)):
            for key in found:
                sums[key] += here
                if key not in likeliest or here > column[likeliest[key]]:
                    likeliest[key] = c
        if role not in TIME_ROLES:
            _keep_out(sums, {key: candidates[c].sentence == anchor.sentence for key, c in likeliest.items()})
        fillers = [
            _filler(key, total, candidates[likeliest[key]], keys[role][likeliest[key]]) for key, total in sums.items()
        ]
        roles[role] = tuple(sorted(fillers, key=lambda f: (-f.probability, f.key)))
    return roles


def _keep_out(odds: dict[str, float], here: Mapping[str, bool]) -> None:
    """Lower the odds of who stands elsewhere by :data:`ELSEWHERE` where the sentence itself names another filler."""
    named = [key for key, total in odds.items() if here[key] and total >= 1]
    for key in odds:
        if not here[key] and named:
            odds[key] /= ELSEWHERE


def _filler(key: str, odds: float, likeliest: Candidate, named: tuple[str, ...]) -> Filler:
    together = named if CANDIDATE_KINDS[likeliest.kind] in _FOR_SEVERAL and len(named) > 1 else ()
    return Filler(key, odds / (1 + odds), likeliest.span, key in likeliest.people, together)
