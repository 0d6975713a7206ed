"""Working ahead keeps the order, takes items as they are needed, and tells of a failure at its own turn."""

from collections.abc import Iterator
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extraction import in_order


@given(st.lists(st.integers(), max_size=30))
def test_results_come_in_the_order_of_the_items(items: list[int]) -> None:
    assert list(in_order(lambda item: item + 1, items)) == [(item, item + 1) for item in items]


def test_an_endless_source_is_read_only_as_far_as_needed() -> None:
    taken = []

    def source() -> Iterator[int]:
        for number in count():
            taken.append(number)
            yield number

    assert [item for item, _ in islice(in_order(str, source()), 3)] == [0, 1, 2]
    assert len(taken) < 100


def test_a_failure_comes_after_all_that_stood_before_it() -> None:
    seen = []
    with pytest.raises(ZeroDivisionError):
        for item, _ in in_order(lambda divisor: 1 / divisor, [1, 2, 0, 3]):
            seen.append(item)
    assert seen == [1, 2]
