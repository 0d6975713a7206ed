"""From scores of tags to spans: the best tag sequence and how sure its spans are."""

import numpy as np
from numpy.typing import NDArray

from communique.reader.labels import BEGIN, INSIDE, LAYERS, OUTSIDE, TAGS

Floats = NDArray[np.float32]
_NEVER = -1e4
_ROUNDING = 0.01
"""Scores that lie no farther apart are not told apart by rough sums."""


def best_tags(emissions: Floats, transitions: Floats) -> NDArray[np.int64]:
    """The most probable sequence of tags for each layer, (layers, tokens), by Viterbi.

    Args:
        emissions: (layers, tokens, tags).
        transitions: (layers, from, to) with forbidden steps far below zero.
    """
    tags = np.full(emissions.shape[:2], OUTSIDE, np.int64)
    for layer in np.flatnonzero(_gains(emissions, transitions) > -_ROUNDING):
        tags[layer] = _best_path(emissions[layer].tolist(), transitions[layer].tolist())
    return tags


def _gains(emissions: Floats, transitions: Floats) -> NDArray[np.float64]:
    """At most so much more than with nothing at all a sequence of tags scores by any of its spans, for each layer.

    Most layers have no span in a window, and so it is told for all of them at once. A span counts with the best steps
    that could lead to it and out of it again; after its first token each further one adds what it is worth.
    """
    above = (emissions - emissions[..., OUTSIDE : OUTSIDE + 1]).astype(np.float64)
    steps = transitions - transitions[:, OUTSIDE, OUTSIDE, None, None]
    into = np.maximum(steps[..., BEGIN].max(1), 0)  # a window's first and last token have no step before or after
    out = np.maximum(steps[:, BEGIN:, OUTSIDE].max(1), 0)
    first = above[..., BEGIN] + (into + out)[:, None]
    further = np.cumsum(above[..., INSIDE] + steps[:, BEGIN:, INSIDE].max(1)[:, None], axis=1)
    farthest = np.maximum.accumulate(further[:, ::-1], axis=1)[:, ::-1]
    gains: NDArray[np.float64] = (first + farthest - further).max(1)
    return gains


def _best_path(scores: list[list[float]], steps: list[list[float]]) -> list[int]:
    """The best tags of one layer; the three tags are written out, since NumPy is slow on three numbers at a time."""
    (o_o, o_b, o_i), (b_o, b_b, b_i), (i_o, i_b, i_i) = steps
    outside, begin, inside = scores[0]
    inside += _NEVER
    back: list[tuple[int, int, int]] = []
    for to_outside, to_begin, to_inside in scores[1:]:
        best_o, from_o = outside + o_o, OUTSIDE
        best_b, from_b = outside + o_b, OUTSIDE
        best_i, from_i = outside + o_i, OUTSIDE
        if (step := begin + b_o) > best_o:
            best_o, from_o = step, BEGIN
        if (step := begin + b_b) > best_b:
            best_b, from_b = step, BEGIN
        if (step := begin + b_i) > best_i:
            best_i, from_i = step, BEGIN
        if (step := inside + i_o) > best_o:
            best_o, from_o = step, INSIDE
        if (step := inside + i_b) > best_b:
            best_b, from_b = step, INSIDE
        if (step := inside + i_i) > best_i:
            best_i, from_i = step, INSIDE
        back.append((from_o, from_b, from_i))
        outside, begin, inside = best_o + to_outside, best_b + to_begin, best_i + to_inside
    tag = max(TAGS, key=(outside, begin, inside).__getitem__)
    tags = [tag]
    for origins in reversed(back):
        tag = origins[tag]
        tags.append(tag)
    return tags[::-1]


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
