"""How things move from stage to stage, and where a history of reports leads.

This is the one table of life cycles. For each kind it ranks the stages that lead forward; the
others interrupt or end, and may do so at any point except where the thing is done. A thing that was
interrupted or ended comes back only by a stage that ranks above all reached before, or by one as
high that is dated after the interruption. So neither an article that still says "the proposed
framework" after the signing, nor one that recalls "the approved sale" after its cancellation, turns
back the clock.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from communique.model import Kind

FORWARD: dict[Kind, tuple[str, ...]] = {
    Kind.ENGAGEMENT: ("planned", "held"),
    Kind.AGREEMENT: ("proposed", "negotiating", "agreed", "signed", "in-force", "renewed"),
    Kind.TRANSFER: ("considered", "requested", "approved", "contracted", "delivered", "in-service"),
    Kind.INITIATIVE: ("proposed", "announced", "launched", "active"),
    Kind.UNDERTAKING: ("open", "in-progress", "fulfilled"),
}
"""Stages that lead forward, each above those before it."""

INTERRUPTING: dict[Kind, tuple[str, ...]] = {
    Kind.ENGAGEMENT: ("cancelled",),
    Kind.AGREEMENT: ("suspended", "ended"),
    Kind.TRANSFER: ("stalled", "cancelled"),
    Kind.INITIATIVE: ("suspended", "concluded"),
    Kind.UNDERTAKING: ("stalled", "abandoned"),
}
"""Stages that interrupt or end; the later of two may follow the earlier, and not the other way round."""

DONE: dict[Kind, str] = {
    Kind.ENGAGEMENT: "held",
    Kind.TRANSFER: "delivered",
    Kind.UNDERTAKING: "fulfilled",
}
"""The stage from which on nothing can be interrupted any more; agreements and initiatives have none."""


class Step(NamedTuple):
    """A stage as one report gives it, and the day that the report itself says it was reached."""

    stage: str
    reached: date | None


def rank(kind: Kind, stage: str) -> int | None:
    """The stage's place on the way forward, 0 for the first; None for one that interrupts or ends."""
    forward = FORWARD[kind]
    return forward.index(stage) if stage in forward else None


def may_follow(kind: Kind, stage: str, following: str) -> bool:
    """Whether a thing at ``stage`` that nothing else is known of may be at ``following`` next."""
    return furthest(kind, (Step(stage, date.min), Step(following, date.max))) == 1 and stage != following


def furthest(kind: Kind, steps: Sequence[Step]) -> int:
    """The index of the step that gives the stage where the thing stands after all steps, in their order.

    Of steps that repeat a stage it is the first.

    Args:
        kind: a kind that has stages.
        steps: at least one, ordered by when they happened.
    """
    at = 0
    highest = _height(kind, steps[0].stage)
    for index, step in enumerate(steps[1:], start=1):
        if _moves(kind, steps[at], step, highest):
            at = index
        highest = max(highest, _height(kind, step.stage))
    return at


def _moves(kind: Kind, now: Step, step: Step, highest: int) -> bool:
    if step.stage == now.stage:
        return False
    interrupted = rank(kind, now.stage) is None
    height = rank(kind, step.stage)
    if height is None:
        if interrupted:
            order = INTERRUPTING[kind]
            return order.index(step.stage) > order.index(now.stage)
        return kind not in DONE or highest < FORWARD[kind].index(DONE[kind])
    if not interrupted:
        return height > highest
    later = step.reached is not None and (now.reached is None or step.reached > now.reached)
    return height > highest or (height == highest and later)


def _height(kind: Kind, stage: str) -> int:
    height = rank(kind, stage)
    return -1 if height is None else height
