from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.views.dates import has_passed, in_words, last_day, newest_first, soonest_first

WORDS = [
    ("2025-10-31", "2025-10-31"),
    ("2025-10", "2025-10"),
    ("2025", "2025"),
    ("2025-23", "autumn 2025"),
    ("2025-24~", "winter 2025"),
    ("2025-07/2025-12", "2025-07 to 2025-12"),
    ("2025-04-29/2025-04-30", "2025-04-29 to 30"),
    ("2025-04-29/2025-05-02", "2025-04-29 to 2025-05-02"),
    ("../2030", "by 2030"),
    ("/2030", "by 2030"),
    ("2026/..", "from 2026"),
    ("../2025-22", "by summer 2025"),
]


@pytest.mark.parametrize(("edtf", "words"), WORDS)
def test_dates_read_aloud(edtf: str, words: str) -> None:
    assert in_words(edtf) == words


PASSED = [
    ("2025-10-31", date(2025, 11, 1), True),
    ("2025-10-31", date(2025, 10, 31), False),
    ("2025", date(2025, 12, 31), False),
    ("2025-07/2025-12", date(2026, 1, 1), True),
    ("../2030", date(2026, 1, 1), False),
    ("../2025-02", date(2025, 3, 1), True),
    ("2020/..", date(2026, 1, 1), False),
    ("soon", date(2026, 1, 1), False),
    (None, date(2026, 1, 1), False),
]


@pytest.mark.parametrize(("edtf", "day", "passed"), PASSED)
def test_a_date_has_passed_when_its_last_day_has(edtf: str | None, day: date, passed: bool) -> None:
    assert has_passed(edtf, day) is passed


@given(st.lists(st.one_of(st.none(), st.dates().map(date.isoformat), st.sampled_from([e for e, _ in WORDS]))))
def test_undated_things_come_last_in_either_order(dates: list[str | None]) -> None:
    for key in (newest_first, soonest_first):
        ordered = sorted(dates, key=key)
        undated = [last_day(each) is None for each in ordered]
        assert undated == sorted(undated)
