"""Decoding finds the best tag sequence, and says how sure each span is."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from communique.reader.decode import best_tags, span_log_odds, spans_of
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
def test_odds_of_a_span_are_those_of_its_sequence_against_the_one_without_it(given_scores: np.ndarray) -> None:
    tags = best_tags(given_scores, _transitions())
    all_scores = _sequences(0, given_scores)
    best = tuple(tags[0].tolist())
    for _, start, end in (span for span in spans_of(tags) if span[0] == LAYERS[0]):
        without = (*best[:start], *[OUTSIDE] * (end - start), *best[end:])
        odds = span_log_odds(given_scores, _transitions(), tags, 0, start, end)
        assert abs(odds - (all_scores[best] - all_scores[without])) < 1e-3


def test_spans_that_touch_stay_apart() -> None:
    row = np.array([BEGIN, INSIDE, BEGIN, OUTSIDE, BEGIN])
    rows = np.full((LAYER_COUNT, 5), OUTSIDE)
    rows[0] = row
    assert spans_of(rows) == [(LAYERS[0], 0, 2), (LAYERS[0], 2, 3), (LAYERS[0], 4, 5)]
