"""Cues of stages: each row's example holds its form, and the stage exists."""

import re

import pytest

from communique.lexicon.tables import rows
from communique.model import STAGES, Kind


@pytest.mark.parametrize("row", rows("stage_cues"), ids=lambda row: f"{row['kind']}-{row['form']}")
def test_a_cue_stands_in_its_example_and_tells_a_stage(row: dict[str, str]) -> None:
    assert re.search(rf"\b{re.escape(row['form'])}\b", row["example"], re.IGNORECASE)
    assert row["stage"] in list(STAGES[Kind(row["kind"])])
