"""How things move from stage to stage, and where a history of reports leads.

This is the one table of life cycles. For each kind it ranks the stages that lead forward; the
others interrupt or end, and may do so at any point except where the thing is done. A thing that was
interrupted or ended comes back only by a stage that ranks above all reached before, or by one as
high that is dated after the interruption. So neither an article that still says "the proposed
framework" after the signing, nor one that recalls "the approved sale" after its cancellation, turns
back the clock.
"""

from collections.abc import Iterable
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


def height(kind: Kind, stages: Iterable[str]) -> int:
    """The highest rank among the stages, -1 if none of them leads forward."""
    return max((found for stage in stages if (found := rank(kind, stage)) is not None), default=-1)


def moves(kind: Kind, now: Step, highest: int, step: Step) -> bool:
    """Whether a step takes a thing to its stage.

    Args:
        kind: a kind that has stages.
        now: where the thing stands.
        highest: the :func:`height` of all stages that were reported before.
        step: what is reported next, in order of time.
    """
    if step.stage == now.stage:
        return False
    interrupted = rank(kind, now.stage) is None
    new = rank(kind, step.stage)
    if new is None:
        if interrupted:
            order = INTERRUPTING[kind]
            return order.index(step.stage) > order.index(now.stage)
        return kind not in DONE or highest < FORWARD[kind].index(DONE[kind])
    if not interrupted:
        return new > highest
    later = step.reached is not None and (now.reached is None or step.reached > now.reached)
    return new > highest or (new == highest and later)


def precedes(kind: Kind, stage: str, other: str) -> bool:
    """Whether a stage belongs before another in a history that has come to the latter."""
    one, two = rank(kind, stage), rank(kind, other)
    return two is None or (one is not None and one < two)
