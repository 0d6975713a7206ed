"""Decoding finds the best tag sequence, and says how sure each tag is."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from communique.reader.decode import best_tags, spans_of, tag_probabilities
from communique.reader.labels import BEGIN, INSIDE, LAYERS, OUTSIDE, TAGS

LAYER_COUNT, TOKENS = len(LAYERS), 4
scores = st.floats(-4, 4, width=32)
emissions = arrays(np.float32, (LAYER_COUNT, TOKENS, len(TAGS)), elements=scores)


def _transitions() -> np.ndarray:
    steps = np.linspace(-1, 1, LAYER_COUNT * 9, dtype=np.float32).reshape(LAYER_COUNT, 3, 3)
    steps[:, OUTSIDE, INSIDE] -= 1e4
    return steps


def _sequences(layer: int, given: np.ndarray) -> dict[tuple[int, ...], float]:
    """All allowed sequences of tags with their scores."""
    found = {}
    for tags in itertools.product(TAGS, repeat=TOKENS):
        if tags[0] == INSIDE or (OUTSIDE, INSIDE) in itertools.pairwise(tags):
            continue
        steps = sum(_transitions()[layer, a, b] for a, b in itertools.pairwise(tags))
        found[tags] = float(sum(given[layer, t, tag] for t, tag in enumerate(tags)) + steps)
    return found


@given(emissions)
def test_best_tags_are_the_best_of_all_sequences(given_scores: np.ndarray) -> None:
    tags = best_tags(given_scores, _transitions())
    for layer in range(LAYER_COUNT):
        all_scores = _sequences(layer, given_scores)
        assert all_scores[tuple(tags[layer].tolist())] >= max(all_scores.values()) - 1e-3


@given(emissions)
def test_probabilities_are_shares_of_the_sequences_that_differ_in_one_tag(given_scores: np.ndarray) -> None:
    tags = best_tags(given_scores, _transitions())
    probabilities = tag_probabilities(given_scores, _transitions(), tags)
    weights = {sequence: np.exp(score) for sequence, score in _sequences(0, given_scores).items()}
    best = tuple(tags[0].tolist())
    for t in range(TOKENS):
        varied = [weights.get((*best[:t], tag, *best[t + 1 :]), 0.0) for tag in TAGS]
        assert abs(probabilities[0, t] - weights[best] / sum(varied)) < 1e-3


def test_spans_that_touch_stay_apart() -> None:
    row = np.array([BEGIN, INSIDE, BEGIN, OUTSIDE, BEGIN])
    rows = np.full((LAYER_COUNT, 5), OUTSIDE)
    rows[0] = row
    assert spans_of(rows) == [(LAYERS[0], 0, 2), (LAYERS[0], 2, 3), (LAYERS[0], 4, 5)]
