"""Well-known instruments under their several names: every row at work, and what is another thing."""

import pytest

from communique.lexicon.tables import forms, rows
from communique.resolve.standing import standing_instrument

ROWS = rows("standing_instruments")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_every_form_means_the_instrument(row: dict[str, str]) -> None:
    assert {standing_instrument(form) for form in forms(row)} == {row["name"]}
    assert any(form.lower() in row["example"].lower() for form in forms(row))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1982 United Nations Convention on the Law of the Sea (UNCLOS)", "UNCLOS"),
        ("Treaty on the Nonproliferation of Nuclear Weapons", "NPT"),
        ("the Belfast (Good Friday) Agreement", "Good Friday Agreement"),
    ],
)
def test_further_words_do_not_matter(one: str, other: str) -> None:
    assert standing_instrument(one) == standing_instrument(other) is not None


@pytest.mark.parametrize(
    "name",
    [
        "Joint Statement on the Treaty on the Non-Proliferation of Nuclear Weapons",
        "NPT Review Conference",
        "amendment to the Outer Space Treaty",
        "Defense Framework Agreement",
    ],
)
def test_what_is_another_thing(name: str) -> None:
    assert standing_instrument(name) is None
