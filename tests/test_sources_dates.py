"""Days as files write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.sources.dates import day_of_file, is_ambiguous, iso_day

STATED = [
    ("2025-07-01", "2025-07-01"),
    ("2025-07", "2025-07"),
    ("2025", "2025"),
    ("2025-07-01T23:30:00-04:00", "2025-07-01"),
    ("2025-07-01 10:00:00.123456", "2025-07-01"),
    ("20250701", "2025-07-01"),
    ("20250701T103000Z", "2025-07-01"),
    ("2025/7/1", "2025-07-01"),
    ("Tue, 01 Jul 2025 23:30:00 -0400", "2025-07-01"),
    ("Tue, 1 Jul 2025 23:30:00 GMT (mail server)", "2025-07-01"),
    ("01 Jul 25 09:30 EST", "2025-07-01"),
    ("01 Jul 94 09:30 EST", "1994-07-01"),
    ("Tue Jul  1 10:00:00 2025", "2025-07-01"),
    ("Tue Jul 01 10:00:00 +0000 2025", "2025-07-01"),
    ("1 July 2025", "2025-07-01"),
    ("Tuesday, 1st of July, 2025", "2025-07-01"),
    ("July 1, 2025", "2025-07-01"),
    ("Sept. 5, 2025", "2025-09-05"),
    ("Tuesday, July 1, 2025 - 10:30am", "2025-07-01"),
    ("Tue, 1 Jul 2025 at 10:30", "2025-07-01"),
    ("July 2025", "2025-07"),
    ("01-Jul-2025", "2025-07-01"),
    ("1.7.2025", "2025-07-01"),
    ("13/07/2025", "2025-07-13"),
    ("07/13/2025 10:30", "2025-07-13"),
    ("04/04/2025", "2025-04-04"),
    ("1751328000", "2025-07-01"),
    ("1751328000123", "2025-07-01"),
]
NOT_STATED = [
    "", "-", "soon", "yesterday", "1 July", "July", "2 Foo 2025", "31 June 2025", "2025-02-30", "2025-13-01", "0000",
    "03/04/2025", "32/01/2025", "2025-07-01x", "12", "25", "٢٠٢٥-٠٧-٠١", "1 July 2025 or 2 July 2025", "9" * 200,
]  # fmt: skip


@pytest.mark.parametrize(("value", "day"), STATED)
def test_a_stated_day(value: str, day: str) -> None:
    assert iso_day(value) == day
    assert iso_day(f"  {value}\n") == day


@pytest.mark.parametrize("value", NOT_STATED)
def test_no_day_is_guessed(value: str) -> None:
    assert iso_day(value) is None


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)))
def test_every_notation_gives_the_same_day(day: date) -> None:
    for form in ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 10:00:00 +0200", "%d.%m.%Y", "%Y/%m/%d"):
        assert iso_day(day.strftime(form)) == day.isoformat()


@given(st.text(max_size=120))
def test_whatever_is_given_a_day_is_one(value: str) -> None:
    day = iso_day(value)
    assert day is None or date.fromisoformat((day + "-01-01")[:10])


def test_a_day_in_two_orders_is_told() -> None:
    assert is_ambiguous("03/04/2025") and not is_ambiguous("13/04/2025") and not is_ambiguous("2 July")


def test_the_day_of_a_file_needs_both_days() -> None:
    assert day_of_file("2025-07-01T10:00:00Z", "2025-07-03T10:00:00Z") == "2025-07-03"
    assert day_of_file(None, "2025-07-03") is None
    assert day_of_file("2025", "2025-07-03") is None
