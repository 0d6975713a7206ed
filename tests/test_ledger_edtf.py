"""Dates as ranges of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model import edtf

POINTS = [
    ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("2025-07-01", date(2025, 7, 1), date(2025, 7, 1)),
    ("2025-07/2025-12", date(2025, 7, 1), date(2025, 12, 31)),
    ("2025-07-01/2025-07-04", date(2025, 7, 1), date(2025, 7, 4)),
    ("../2030", date.min, date(2030, 12, 31)),
    ("/2030", date.min, date(2030, 12, 31)),
    ("2030/..", date(2030, 1, 1), date.max),
    ("2023-21", date(2023, 3, 1), date(2023, 5, 31)),
    ("2023-22", date(2023, 6, 1), date(2023, 8, 31)),
    ("2023-23", date(2023, 9, 1), date(2023, 11, 30)),
    ("2023-24", date(2023, 12, 1), date(2024, 2, 29)),
    ("2023-23/2024-21", date(2023, 9, 1), date(2024, 5, 31)),
    ("202X", date(2020, 1, 1), date(2029, 12, 31)),
    ("00XX", date(1, 1, 1), date(99, 12, 31)),
    ("2025-XX", date(2025, 1, 1), date(2025, 12, 31)),
    ("2025-07-XX", date(2025, 7, 1), date(2025, 7, 31)),
    ("2025-07~", date(2025, 7, 1), date(2025, 7, 31)),
    ("9999-24", date(9999, 12, 1), date.max),
]


@pytest.mark.parametrize(("text", "first", "last"), POINTS)
def test_bounds(text: str, first: date, last: date) -> None:
    assert edtf.bounds(text) == (first, last)
    assert edtf.is_valid(text)


@pytest.mark.parametrize(
    "text",
    ["", "/", "../..", "soon", "2025-13", "2025-02-30", "2025-7-1", "0000", "2026/2025", "202X-03", "2025-XX-01",
     "2025-07-01T10:00", "2025/2026/2027", " 2025", "2025-23-01", "２０２５"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert not edtf.is_valid(text)
    with pytest.raises(ValueError):
        edtf.bounds(text)


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("2025-07", "2025-07-01", 0),
        ("2025-07-01", "2025-07-02", 1),
        ("2025-06", "2025-08", 32),
        ("../2030", "2025-07-01", 0),
        ("2025-07-01/2025-07-04", "2025-07-04/2025-07-09", 0),
    ],
)
def test_gap(one: str, other: str, days: int) -> None:
    assert edtf.gap(one, other) == edtf.gap(other, one) == days
    assert edtf.overlap(one, other) is (days == 0)


def test_order() -> None:
    dates = ["../2024", "2025", "2025-07", "2025-07-01", None, "2025-01-01", "2025-07/2025-12"]
    assert sorted(dates, key=edtf.sort_key) == [
        "../2024", "2025-01-01", "2025", "2025-07-01", "2025-07", "2025-07/2025-12", None,
    ]  # fmt: skip


days = st.dates()


@given(days)
def test_a_day_lies_in_its_month_and_year(day: date) -> None:
    text = day.isoformat()
    assert edtf.width(text) == 1
    assert edtf.contains(text[:7], text) and edtf.contains(text[:4], text[:7])


@given(days, days)
def test_intervals_hold_their_ends(one: date, other: date) -> None:
    first, last = sorted((one, other))
    interval = f"{first.isoformat()}/{last.isoformat()}"
    assert edtf.bounds(interval) == (first, last)
    assert edtf.contains(interval, first.isoformat()) and edtf.overlap(interval, last.isoformat())
    assert edtf.gap(first.isoformat(), last.isoformat()) == (last - first).days


@given(days, st.integers(min_value=-5_000_000, max_value=5_000_000))
def test_a_shift_stays_within_the_calendar(day: date, by: int) -> None:
    moved = edtf.shift(day, by)
    assert moved in (date.min, date.max) or moved - day == timedelta(days=by)


@given(st.text(alphabet="0123456789-/.X?~ ", max_size=24))
def test_any_text_is_a_date_or_not(text: str) -> None:
    if edtf.is_valid(text):
        first, last = edtf.bounds(text)
        assert first <= last
