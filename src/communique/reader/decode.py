"""From scores of tags to spans: the best tag sequence and how sure its spans are."""

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


def span_log_odds(
    emissions: Floats, transitions: Floats, tags: NDArray[np.int64], layer: int, start: int, end: int
) -> float:
    """Log-odds of a sequence of tags with a span against the same one with nothing in the span's place.

    Args:
        emissions: (layers, tokens, tags).
        transitions: (layers, from, to).
        tags: the sequences that hold the span, (layers, tokens).
        layer: index of the span's layer.
        start: its first token.
        end: the token after its last.
    """
    low, high = max(start - 1, 0), min(end + 1, tags.shape[1])
    told = tags[layer, low:high]
    untold = told.copy()
    untold[start - low : end - low] = OUTSIDE
    tokens = np.arange(low, high)
    one, other = (
        emissions[layer, tokens, row].sum() + transitions[layer, row[:-1], row[1:]].sum() for row in (told, untold)
    )
    return float(one - other)


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
