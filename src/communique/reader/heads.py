"""The heads of the network above the encoder, computed with NumPy.

Names and shapes of the weights are those of ``training/network.py``, which learned them.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from communique.reader.labels import (
    CANDIDATE_KINDS,
    CLASSES_OF_LAYER,
    ENGAGEMENT_TYPES,
    LAYERS,
    ROLE_NAMES,
    ROLES,
    SENTENCE_OUTPUTS,
    SPAN_CLASSES,
    TAGS,
)
from communique.reader.placing import POSITIONS, RANKS

Floats = NDArray[np.float32]
Weights = dict[str, Floats]
Range = tuple[int, int]
ANCHORS = tuple(ROLES)

EXPECTED_OUTPUTS = {
    "tags.weight": len(LAYERS) * len(TAGS),
    "sentence_out.weight": len(SENTENCE_OUTPUTS),
    "span_out.weight": sum(len(values) for values in SPAN_CLASSES.values()),
    "pair_position.weight": len(POSITIONS),
    "pair_rank.weight": len(RANKS),
    "pair_kind.weight": len(CANDIDATE_KINDS),
    "pair_layer.weight": len(ANCHORS),
    "pair_type.weight": len(ENGAGEMENT_TYPES),
    "pair_out.weight": len(ROLE_NAMES),
}
"""First dimension of the weights that depend on :mod:`communique.reader.labels`."""


def linear(weights: Weights, name: str, x: Floats) -> Floats:
    """An affine layer, (..., in) to (..., out)."""
    result: Floats = x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return result


def gelu(x: Floats) -> Floats:
    """Gaussian error linear unit by its tanh form, within 0.001 of the exact one."""
    bent: Floats = x * x  # one array for all steps: most of the time goes into making new ones
    bent *= 0.7978845608 * 0.044715
    bent += 0.7978845608
    bent *= x
    np.tanh(bent, out=bent)
    bent += 1
    bent *= x
    bent *= 0.5
    return bent


def sigmoid(x: Floats) -> Floats:
    """Log-odds to probability."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float32)


def softmax(x: Floats) -> Floats:
    """Scores to probabilities along the last axis."""
    shifted = np.exp(x - x.max(-1, keepdims=True))
    result: Floats = shifted / shifted.sum(-1, keepdims=True)
    return result


def emissions(weights: Weights, hidden: Floats) -> Floats:
    """Scores of tags for one window: (tokens, hidden) to (layers, tokens, tags)."""
    scores = linear(weights, "tags", hidden).reshape(len(hidden), len(LAYERS), len(TAGS))
    return np.ascontiguousarray(scores.transpose(1, 0, 2))


def sentence_logits(weights: Weights, hidden: Floats, ranges: Sequence[Range]) -> Floats:
    """Log-odds of :data:`SENTENCE_OUTPUTS` for sentences of one window, (sentences, outputs)."""
    attention = linear(weights, "sentence_attention", hidden)[:, 0]
    pooled = []
    for start, end in ranges:
        states = hidden[start:end]
        pooled.append(np.concatenate([softmax(attention[start:end]) @ states, states.max(0)]))
    return linear(weights, "sentence_out", gelu(linear(weights, "sentence_hidden", np.stack(pooled))))


def span_vectors(hidden: Floats, ranges: Sequence[Range]) -> Floats:
    """First, last and mean state of each span of one window, (spans, 3 * hidden)."""
    means = [np.add.reduce(hidden[start:end]) / np.float32(end - start) for start, end in ranges]
    return np.hstack([hidden[[s for s, _ in ranges]], hidden[[e - 1 for _, e in ranges]], np.stack(means)])


def class_probabilities(weights: Weights, vectors: Floats, layers: Sequence[str]) -> list[dict[str, Floats]]:
    """For each span the probabilities of the answers to each question on its layer."""
    logits = linear(weights, "span_out", gelu(linear(weights, "span_hidden", vectors)))
    slices, at = {}, 0
    for name, values in SPAN_CLASSES.items():
        slices[name] = slice(at, at + len(values))
        at += len(values)
    return [
        {question: softmax(row[slices[question]]) for question in CLASSES_OF_LAYER[layer]}
        for row, layer in zip(logits, layers, strict=True)
    ]


def pair_logits(
    weights: Weights,
    anchors: Floats,
    anchor_names: Sequence[str],
    anchor_types: Sequence[int],
    candidates: Floats,
    candidate_kinds: Sequence[int],
    positions: NDArray[np.int64],
    candidate_ranks: NDArray[np.int64],
) -> Floats:
    """Log-odds of each role for each pair of one window, (anchors, candidates, roles).

    Args:
        anchors: span vectors, (anchors, 3 * hidden).
        anchor_names: keys of :data:`ROLES`.
        anchor_types: index of the type of engagement, where the anchor is one.
        candidates: first and last state of each candidate, (candidates, 2 * hidden).
        candidate_kinds: indexes into :data:`CANDIDATE_KINDS`.
        positions: indexes into :data:`POSITIONS`, (anchors, candidates).
        candidate_ranks: indexes into :data:`RANKS`, (anchors, candidates).
    """
    a = linear(weights, "pair_anchor", anchors) + weights["pair_layer.weight"][[ANCHORS.index(n) for n in anchor_names]]
    engaged = np.array([name == "engagement" for name in anchor_names])[:, None]
    a = a + weights["pair_type.weight"][list(anchor_types)] * engaged
    c = linear(weights, "pair_candidate", candidates) + weights["pair_kind.weight"][list(candidate_kinds)]
    placed = weights["pair_position.weight"][positions] + weights["pair_rank.weight"][candidate_ranks]
    joined = gelu(a[:, None] + c[None] + placed)
    return linear(weights, "pair_out", joined + gelu(linear(weights, "pair_hidden", joined)))
