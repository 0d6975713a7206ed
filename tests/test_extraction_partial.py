"""What was delivered of an order, told in one breath with the order."""

from pathlib import Path

import pytest

from communique import Ledger
from communique.extraction import extract
from communique.model import Document, Transfer

FROM = "Norway's Kongsberg"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"The first two of 14 NASAMS launchers Lithuania ordered from {FROM} in 2021 were delivered on Monday.",
            [("contracted", 14, "2021"), ("delivered", 2, "2024-05-06")],
        ),
        (
            f"The first of 14 NASAMS launchers bought from {FROM} was handed over to Lithuania on Monday.",
            [("contracted", 14, None), ("delivered", 1, "2024-05-06")],
        ),
        (
            f"Lithuania ordered 14 NASAMS launchers from {FROM} in 2021; four of them have been delivered.",
            [("contracted", 14, "2021"), ("delivered", 4, None)],
        ),
        (
            f"Of 14 NASAMS launchers contracted in 2021 from {FROM}, Lithuania says, just four have been received.",
            [("contracted", 14, "2021"), ("delivered", 4, None)],
        ),
        (
            f"The first batch of 14 NASAMS launchers from {FROM} was delivered to Lithuania on Monday.",
            [("delivered", 14, "2024-05-06")],
        ),
        (
            f"Lithuania ordered 14 NASAMS launchers from {FROM} in 2021, and all of them have been delivered.",
            None,
        ),
    ],
)
def test_the_whole_and_the_part_that_came_are_two_transfers(
    text: str, expected: list[tuple[str, int, str | None]] | None
) -> None:
    found = [r for r in extract(Document(text=text, published="2024-05-08"), ungated=True) if isinstance(r, Transfer)]
    told = sorted((r.stage.value, r.items[0].quantity, r.date) for r in found)
    if expected is None:
        assert len(told) < 2
    else:
        assert told == expected


def test_an_order_and_what_has_come_of_it_are_one_entry(tmp_path: Path) -> None:
    text = f"Lithuania ordered 14 NASAMS launchers from {FROM} in 2021; four of them have been delivered."
    with Ledger(tmp_path / "ledger.db") as ledger:
        ledger.add(Document(text=text, published="2024-05-08"))
        (entry,) = ledger.entries(kind="transfer")
    assert (entry.stage, entry.fields["progress"]) == ("contracted", "4 of 14 delivered")
