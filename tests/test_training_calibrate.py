"""The map from what speaks for a record to the probability that it is right, fitted on made-up readers."""

import random

import pytest
from training.calibrate import Told, cross_validated, fit, judged
from training.calibration_page import BEGIN, END, calibration_error, diagram, figures, with_figures

from communique.extraction.confidence import FEATURES
from communique.model import Kind


def _too_sure(seed: int, count: int = 600) -> list[Told]:
    """Records of a reader whose log-odds are three times what they should be; one feature is noise."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        words, noise = rng.uniform(-6, 12), rng.uniform(-6, 6)
        right = rng.random() < 1 / (1 + 2.718281828 ** (-words / 3))
        values = dict.fromkeys(FEATURES, 0.0) | {"words": words, "actors": noise}
        found.append(Told(f"document {number // 10}", list(Kind)[number % 6], values, right))
    return found


def test_a_reader_that_is_too_sure_is_corrected() -> None:
    unseen = cross_validated(_too_sure(1))
    before = calibration_error([(one.before, one.right) for one in unseen])
    after = calibration_error([(one.after, one.right) for one in unseen])
    assert after < before / 2
    assert len(unseen) == 600


def test_no_weight_is_negative_and_noise_weighs_next_to_nothing() -> None:
    for one in fit(_too_sure(2)).values():
        assert min(one.weights.values()) >= 0
        assert one.weights["words"] == pytest.approx(1 / 3, abs=0.12)
        assert one.weights["actors"] < 0.15


def test_the_same_records_give_the_same_map() -> None:
    assert fit(_too_sure(3)) == fit(_too_sure(3))


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        ([], 0.0),
        ([(0.25, False), (0.25, False), (0.25, False), (0.25, True)], 0.0),
        ([(0.95, False), (0.95, True)], 0.45),
        ([(1.0, True), (0.0, False)], 0.0),
        ([(0.75, True), (0.75, True), (0.25, False), (0.25, False)], 0.25),
    ],
)
def test_error_is_the_distance_of_said_and_true(pairs: list[tuple[float, bool]], error: float) -> None:
    assert calibration_error(pairs) == pytest.approx(error)


def test_figures_take_their_place_in_the_page_and_keep_the_rest() -> None:
    records = _too_sure(4)
    unseen = judged(records, fit(records))
    page = with_figures(
        f"Before.\n{BEGIN}\nfigures of before\n{END}\nAfter.\n", figures(unseen, unseen[:50], documents=60)
    )
    assert page.startswith("Before.\n") and page.endswith("After.\n")
    assert "figures of before" not in page
    assert "| engagement | 100 |" in page
    assert figures(unseen, [], documents=60).count("**all**") == 2
    assert diagram(unseen).count("<polyline") == 2
