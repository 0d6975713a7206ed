"""From scores of tags to spans: the best tag sequence and how sure it is."""

import numpy as np
from numpy.typing import NDArray

from communique.reader.labels import BEGIN, INSIDE, LAYERS, OUTSIDE, TAGS

Floats = NDArray[np.float32]
_NEVER = np.float32(-1e4)


def best_tags(emissions: Floats, transitions: Floats) -> NDArray[np.int64]:
    """The most probable sequence of tags for each layer, (layers, tokens), by Viterbi.

    Args:
        emissions: (layers, tokens, tags).
        transitions: (layers, from, to) with forbidden steps far below zero.
    """
    layers, tokens, _ = emissions.shape
    best = emissions[:, 0].copy()
    best[:, INSIDE] += _NEVER
    back = np.zeros((layers, tokens, len(TAGS)), np.int64)
    for t in range(1, tokens):
        steps = best[:, :, None] + transitions
        back[:, t] = steps.argmax(1)
        best = steps.max(1) + emissions[:, t]
    tags = np.zeros((layers, tokens), np.int64)
    tags[:, -1] = best.argmax(1)
    rows = np.arange(layers)
    for t in range(tokens - 1, 0, -1):
        tags[:, t - 1] = back[rows, t, tags[:, t]]
    return tags


def tag_probabilities(emissions: Floats, transitions: Floats, tags: NDArray[np.int64]) -> Floats:
    """How probable each tag of a sequence is, given its neighbours in the sequence, (layers, tokens).

    Args:
        emissions: (layers, tokens, tags).
        transitions: (layers, from, to) with forbidden steps far below zero.
        tags: one sequence for each layer, (layers, tokens).
    """
    rows = np.arange(len(tags))[:, None]
    scores = emissions.copy()
    scores[:, 1:] += transitions[rows, tags[:, :-1]]
    scores[:, :-1] += transitions.transpose(0, 2, 1)[rows, tags[:, 1:]]
    scores[:, 0, INSIDE] += _NEVER
    odds = np.exp(scores - scores.max(2, keepdims=True))
    chosen: Floats = np.take_along_axis(odds, tags[..., None], 2)[..., 0] / odds.sum(2)
    return chosen


def spans_of(tags: NDArray[np.int64]) -> list[tuple[str, int, int]]:
    """(layer, first token, token after the last) of each span, layer by layer in order."""
    found = []
    for layer, row in zip(LAYERS, tags, strict=True):
        start = None
        for t, tag in enumerate([*row.tolist(), OUTSIDE]):
            if start is not None and tag != INSIDE:
                found.append((layer, start, t))
                start = None
            if tag == BEGIN:
                start = t
    return found
