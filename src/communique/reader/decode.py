"""From scores of tags to spans: the best tag sequence and how sure it is."""

import numpy as np
from numpy.typing import NDArray

from communique.reader.labels import BEGIN, INSIDE, LAYERS, OUTSIDE, TAGS

Floats = NDArray[np.float32]
_NEVER = np.float32(-1e4)


def tag_probabilities(emissions: Floats, transitions: Floats) -> Floats:
    """Marginal probability of each tag, (layers, tokens, tags), by forward-backward, scaled at each token.

    Args:
        emissions: (layers, tokens, tags).
        transitions: (layers, from, to) with forbidden steps far below zero.
    """
    tokens = emissions.shape[1]
    steps = np.exp(transitions)
    here = np.exp(emissions - emissions.max(2, keepdims=True))
    forward, backward = np.empty_like(here), np.ones_like(here)
    start = here[:, 0].copy()
    start[:, INSIDE] = 0
    forward[:, 0] = start / start.sum(1, keepdims=True)
    for t in range(1, tokens):
        reached = np.matmul(forward[:, t - 1, None], steps)[:, 0] * here[:, t]
        forward[:, t] = reached / reached.sum(1, keepdims=True)
    for t in range(tokens - 2, -1, -1):
        left = np.matmul(steps, (here[:, t + 1] * backward[:, t + 1])[..., None])[..., 0]
        backward[:, t] = left / left.sum(1, keepdims=True)
    joint = forward * backward
    result: Floats = joint / joint.sum(2, keepdims=True)
    return result


def best_tags(emissions: Floats, transitions: Floats) -> NDArray[np.int64]:
    """The most probable sequence of tags for each layer, (layers, tokens), by Viterbi."""
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
