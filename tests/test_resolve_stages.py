"""The table of life cycles."""

from datetime import date

import pytest

from communique.model import STAGES, Kind
from communique.resolve.stages import DONE, FORWARD, INTERRUPTING, Step, height, moves, precedes, rank

KINDS = list(STAGES)


@pytest.mark.parametrize("kind", KINDS)
def test_every_stage_is_either_on_the_way_or_an_interruption(kind: Kind) -> None:
    assert [*FORWARD[kind], *INTERRUPTING[kind]] == [stage.value for stage in STAGES[kind]]
    assert kind not in DONE or DONE[kind] in FORWARD[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_forward_stages_lead_forward_only(kind: Kind) -> None:
    for one in FORWARD[kind]:
        for other in FORWARD[kind]:
            later = FORWARD[kind].index(other) > FORWARD[kind].index(one)
            assert moves(kind, Step(one, None), height(kind, [one]), Step(other, date.max)) is later
            assert precedes(kind, one, other) is later


@pytest.mark.parametrize("kind", KINDS)
def test_anything_not_done_can_be_interrupted(kind: Kind) -> None:
    for stage in FORWARD[kind]:
        done = kind in DONE and FORWARD[kind].index(stage) >= FORWARD[kind].index(DONE[kind])
        for interruption in INTERRUPTING[kind]:
            assert rank(kind, interruption) is None
            assert moves(kind, Step(stage, None), height(kind, [stage]), Step(interruption, None)) is not done


@pytest.mark.parametrize(
    ("kind", "before", "now", "step", "expected"),
    [
        # suspended, then in force again: only if dated after the suspension
        (Kind.AGREEMENT, "in-force", Step("suspended", date(2024, 1, 1)), Step("in-force", None), False),
        (Kind.AGREEMENT, "in-force", Step("suspended", date(2024, 1, 1)), Step("in-force", date(2023, 1, 1)), False),
        (Kind.AGREEMENT, "in-force", Step("suspended", date(2024, 1, 1)), Step("in-force", date(2025, 1, 1)), True),
        (Kind.AGREEMENT, "in-force", Step("suspended", date(2024, 1, 1)), Step("signed", date(2025, 1, 1)), False),
        (Kind.AGREEMENT, "in-force", Step("suspended", None), Step("ended", None), True),
        (Kind.AGREEMENT, "in-force", Step("ended", None), Step("suspended", None), False),
        # a sale that was cancelled and is contracted after all
        (Kind.TRANSFER, "approved", Step("cancelled", None), Step("contracted", None), True),
        (Kind.TRANSFER, "approved", Step("cancelled", None), Step("approved", None), False),
        (Kind.ENGAGEMENT, "planned", Step("cancelled", None), Step("held", None), True),
        (Kind.UNDERTAKING, "open", Step("stalled", None), Step("fulfilled", None), True),
    ],
)
def test_coming_back(kind: Kind, before: str, now: Step, step: Step, expected: bool) -> None:
    assert moves(kind, now, height(kind, [before, now.stage]), step) is expected
