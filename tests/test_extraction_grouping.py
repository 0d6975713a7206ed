"""Which mentions tell of one thing."""

import math
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from communique.extraction import extract
from communique.extraction.grouping import groups
from communique.model import Document, Transfer

PAIRS = st.integers(0, 8).flatmap(
    lambda count: st.tuples(
        st.just(count),
        st.fixed_dictionaries(
            {}, optional={pair: st.floats(-5, 5, allow_nan=False) for pair in combinations(range(count), 2)}
        ),
    )
)


@given(PAIRS, st.floats(-3, 3))
def test_every_mention_is_in_one_group_and_groups_follow_the_text(
    judged: tuple[int, dict[tuple[int, int], float]], limit: float
) -> None:
    count, log_odds = judged
    found = groups(count, log_odds, limit)
    assert sorted(one for group in found for one in group) == list(range(count))
    assert all(group == sorted(group) for group in found)
    assert found == sorted(found)


@given(PAIRS)
def test_what_is_never_likely_stays_apart(judged: tuple[int, dict[tuple[int, int], float]]) -> None:
    count, log_odds = judged
    assert groups(count, log_odds, math.inf) == [[one] for one in range(count)]


def test_a_chain_of_likely_pairs_does_not_join_what_is_surely_two() -> None:
    assert groups(3, {(0, 1): 2.0, (1, 2): 1.0, (0, 2): -9.0}, 0.0) == [[0, 1], [2]]
    assert groups(3, {(0, 1): 2.0, (1, 2): 1.0, (0, 2): -0.5}, 0.0) == [[0, 1, 2]]


def test_orders_of_one_vehicle_by_several_states_are_several_transfers() -> None:
    text = (
        "Sweden ordered 321 Patria 6x6 armoured vehicles from the Finnish manufacturer Patria in 2024. "
        "In July 2025 Denmark ordered 129 Patria 6x6 vehicles from Patria."
    )
    found = [record for record in extract(Document(text=text)) if isinstance(record, Transfer)]
    assert [(record.recipient, record.items[0].quantity) for record in found] == [(("SE",), 321), (("DK",), 129)]
