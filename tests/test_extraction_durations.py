"""How long an occasion lasted, from the days that the evidence counts and whether they end or begin."""

import pytest

from communique.extraction.durations import whole_time
from communique.model import EngagementType, Span

TOLD = [
    # (text, type, day that was found, days of the whole)
    ("The four-day talks ended today.", "dialogue", "2025-08-28", "2025-08-25/2025-08-28"),
    ("The minister concluded his three-day visit to Oslo.", "visit", "2025-03-01", "2025-02-27/2025-03-01"),
    ("The premier arrived for a two-day visit.", "visit", "2025-05-31", "2025-05-31/2025-06-01"),
    ("They met at the end of a two-day visit.", "meeting", "2025-08-28", "2025-08-28"),
    ("The two-day talks were held in Oslo.", "dialogue", "2025-08-28", "2025-08-28"),
    ("They left for a two-day round and a three-day drill.", "dialogue", "2025-08-28", "2025-08-28"),
    ("The two-day talks ended.", "dialogue", "2025-08", "2025-08"),
    ("The two-day talks ended.", "dialogue", None, None),
]


@pytest.mark.parametrize(("text", "kind", "day", "whole"), TOLD)
def test_days_that_are_counted_count(text: str, kind: str, day: str | None, whole: str | None) -> None:
    assert whole_time(text, [Span(0, len(text))], EngagementType(kind), day) == whole
