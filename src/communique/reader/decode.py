"""From scores of tags to spans: the best tag sequence and how sure it is."""

import numpy as np
from numpy.typing import NDArray

from communique.reader.labels import BEGIN, INSIDE, LAYERS, OUTSIDE, TAGS

Floats = NDArray[np.float32]
_NEVER = np.float32(-1e4)


def tag_probabilities(emissions: Floats, transitions: Floats) -> Floats:
    """Marginal probability of each tag, (layers, tokens, tags), by forward-backward.

    Args:
        emissions: (layers, tokens, tags).
        transitions: (layers, from, to) with forbidden steps far below zero.
    """
    tokens = emissions.shape[1]
    forward = np.empty_like(emissions)
    backward = np.zeros_like(emissions)
    forward[:, 0] = emissions[:, 0]
    forward[:, 0, INSIDE] += _NEVER
    for t in range(1, tokens):
        forward[:, t] = _log_sum(forward[:, t - 1, :, None] + transitions, 1) + emissions[:, t]
    for t in range(tokens - 2, -1, -1):
        backward[:, t] = _log_sum(transitions + (emissions[:, t + 1] + backward[:, t + 1])[:, None, :], 2)
    joint = forward + backward
    result: Floats = np.exp(joint - _log_sum(joint, 2)[..., None])
    return result


def best_tags(emissions: Floats, transitions: Floats, outside_bonus: Floats) -> NDArray[np.int64]:
    """The most probable sequence of tags for each layer, (layers, tokens), by Viterbi.

    Args:
        outside_bonus: (layers,) added to the score of "outside": above zero for fewer and surer spans.
    """
    scores = emissions.copy()
    scores[:, :, OUTSIDE] += outside_bonus[:, None]
    layers, tokens, _ = scores.shape
    best = scores[:, 0].copy()
    best[:, INSIDE] += _NEVER
    back = np.zeros((layers, tokens, len(TAGS)), np.int64)
    for t in range(1, tokens):
        steps = best[:, :, None] + transitions
        back[:, t] = steps.argmax(1)
        best = steps.max(1) + scores[:, t]
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


def _log_sum(values: Floats, axis: int) -> Floats:
    highest = values.max(axis, keepdims=True)
    result: Floats = np.log(np.exp(values - highest).sum(axis)) + highest.squeeze(axis)
    return result
