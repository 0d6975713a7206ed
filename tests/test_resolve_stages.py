"""The table of life cycles, exhaustively."""

from datetime import date

import pytest

from communique.model import STAGES, Kind, Standing, standing_of
from communique.resolve.stages import LIFE_CYCLES, Step, height, impossible, interrupts, moves, precedes, rank

KINDS = list(STAGES)
DONE = {Kind.ENGAGEMENT: "held", Kind.TRANSFER: "delivered", Kind.UNDERTAKING: "fulfilled"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_knows_every_stage_and_no_other(kind: Kind) -> None:
    stages = [stage.value for stage in STAGES[kind]]
    assert sorted(LIFE_CYCLES[kind]) == sorted(stages)
    for stage, turns in LIFE_CYCLES[kind].items():
        assert set(turns.onward + turns.back) <= set(stages) - {stage}
        assert not set(turns.onward) & set(turns.back)
    forward = [stage for stage in stages if rank(kind, stage) is not None]
    assert [rank(kind, stage) for stage in forward] == list(range(len(forward)))


@pytest.mark.parametrize("kind", KINDS)
def test_what_interrupts_is_stalled_or_ended_and_nothing_else_is(kind: Kind) -> None:
    for stage in LIFE_CYCLES[kind]:
        standing = standing_of(kind, stage)
        assert interrupts(kind, stage) is (standing in (Standing.STALLED, Standing.ENDED))


@pytest.mark.parametrize("kind", KINDS)
def test_forward_stages_lead_forward_only(kind: Kind) -> None:
    forward = [stage for stage in LIFE_CYCLES[kind] if not interrupts(kind, stage)]
    for one in forward:
        for other in forward:
            later = forward.index(other) > forward.index(one)
            assert moves(kind, Step(one), height(kind, [one]), Step(other, date.max, again=True)) is later
            assert precedes(kind, one, other) is later


@pytest.mark.parametrize("kind", KINDS)
def test_anything_not_done_can_be_interrupted(kind: Kind) -> None:
    for stage in LIFE_CYCLES[kind]:
        if interrupts(kind, stage):
            continue
        done = kind in DONE and rank(kind, stage) >= rank(kind, DONE[kind])  # type: ignore[operator]
        for interruption in filter(lambda other: interrupts(kind, other), LIFE_CYCLES[kind]):
            assert moves(kind, Step(stage), height(kind, [stage]), Step(interruption)) is not done
            assert impossible(kind, stage, interruption) is done


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_interrupted_comes_back_to_any_stage_by_a_new_start_alone(kind: Kind) -> None:
    highest = height(kind, LIFE_CYCLES[kind])
    for now in filter(lambda stage: interrupts(kind, stage), LIFE_CYCLES[kind]):
        for stage in filter(lambda stage: not interrupts(kind, stage), LIFE_CYCLES[kind]):
            assert moves(kind, Step(now), highest, Step(stage, again=True))
            assert not moves(kind, Step(now), highest, Step(stage))


BEFORE, HALT, AFTER = date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1)


@pytest.mark.parametrize(
    ("kind", "before", "now", "step", "expected"),
    [
        # suspended, then in force again: only if dated after the suspension, or told as a resumption
        (Kind.AGREEMENT, "in-force", Step("suspended", HALT), Step("in-force"), False),
        (Kind.AGREEMENT, "in-force", Step("suspended", HALT), Step("in-force", BEFORE), False),
        (Kind.AGREEMENT, "in-force", Step("suspended", HALT), Step("in-force", BEFORE, again=True), False),
        (Kind.AGREEMENT, "in-force", Step("suspended", HALT), Step("in-force", AFTER), True),
        (Kind.AGREEMENT, "in-force", Step("suspended", HALT), Step("in-force", again=True), True),
        (Kind.AGREEMENT, "in-force", Step("suspended", HALT), Step("signed", AFTER), False),
        (Kind.AGREEMENT, "in-force", Step("suspended"), Step("ended"), True),
        (Kind.AGREEMENT, "in-force", Step("ended"), Step("suspended"), False),
        (Kind.AGREEMENT, "in-force", Step("ended", HALT), Step("negotiating", AFTER, again=True), True),
        # a sale that was cancelled and is contracted after all, or taken up again from the start
        (Kind.TRANSFER, "approved", Step("cancelled"), Step("contracted"), True),
        (Kind.TRANSFER, "approved", Step("cancelled"), Step("approved"), False),
        (Kind.TRANSFER, "approved", Step("cancelled", HALT), Step("considered", AFTER), False),
        (Kind.TRANSFER, "approved", Step("cancelled", HALT), Step("considered", AFTER, again=True), True),
        # on the second way, what was reached on the first has to be reached anew
        (Kind.TRANSFER, "approved", Step("considered", AFTER), Step("approved", BEFORE), False),
        (Kind.TRANSFER, "approved", Step("considered", AFTER), Step("approved"), False),
        (Kind.TRANSFER, "approved", Step("considered", HALT), Step("approved", AFTER), True),
        (Kind.ENGAGEMENT, "planned", Step("cancelled"), Step("held"), True),
        (Kind.ENGAGEMENT, "planned", Step("cancelled", HALT), Step("planned"), False),
        (Kind.ENGAGEMENT, "planned", Step("cancelled", HALT), Step("planned", AFTER), True),
        (Kind.UNDERTAKING, "open", Step("stalled"), Step("fulfilled"), True),
        (Kind.INITIATIVE, "active", Step("suspended", HALT), Step("active", AFTER), True),
        (Kind.INITIATIVE, "active", Step("concluded", HALT), Step("launched", AFTER, again=True), True),
    ],
)
def test_coming_back(kind: Kind, before: str, now: Step, step: Step, expected: bool) -> None:
    assert moves(kind, now, height(kind, [before, now.stage]), step) is expected
