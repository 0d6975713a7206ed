"""Words that tell what happened to a thing besides its stage: every row at work in its own sentence."""

import pytest

from communique.language.cues import told_stages
from communique.lexicon.tables import rows
from communique.model import Span

ROWS = rows("history_cues")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["form"])
def test_example_of_a_happening(row: dict[str, str]) -> None:
    text = row["example"]
    assert row["form"].lower() in text.lower()
    assert row["stage"] in told_stages("history_cues", text, Span(0, len(text)))


def test_each_form_stands_once() -> None:
    forms = [(row["stage"], row["form"]) for row in ROWS]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(
    "text",
    [
        "This agreement may be amended at any time.",
        "The treaty has not been amended.",
        "The two hope to resume the treaty.",
        "The embassy would not say whether the programme had been resumed.",
    ],
)
def test_what_is_only_possible_has_not_happened(text: str) -> None:
    assert not told_stages("history_cues", text, Span(0, len(text)))
