"""Cues of stages: each row's example holds its form, and the stage exists."""

import re

import pytest

from communique.lexicon.tables import rows
from communique.model import STAGES, Kind

CUES = [(kind, row) for kind in (Kind.AGREEMENT, Kind.TRANSFER) for row in rows(f"{kind}_cues")]


@pytest.mark.parametrize(("kind", "row"), CUES, ids=lambda value: value["form"] if isinstance(value, dict) else value)
def test_a_cue_stands_in_its_example_and_tells_a_stage(kind: Kind, row: dict[str, str]) -> None:
    assert re.search(rf"\b{re.escape(row['form'])}\b", row["example"], re.IGNORECASE)
    assert row["stage"] in list(STAGES[kind])
