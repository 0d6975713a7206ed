"""How things move from stage to stage: the one table of life cycles, and what it says of a report.

For each stage the table names those that may follow it ``onward``, and those by which a thing that was
interrupted or ended comes ``back``. A stage that was reached before, or one below it, brings a thing back
only if the report is dated after the interruption and tells of a new start. So neither an article that
still says "the proposed framework" after the signing, nor one that recalls "the approved sale" after its
cancellation, turns back the clock.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from communique.model import Kind


class Turns(NamedTuple):
    """The stages that may follow a stage.

    Attributes:
        onward: stages further on the way, and those that interrupt or end it.
        back: stages by which what was interrupted or ended is taken up again; none for a stage on the way.
    """

    onward: tuple[str, ...] = ()
    back: tuple[str, ...] = ()


def _turns(onward: str = "", back: str = "") -> Turns:
    return Turns(tuple(onward.split()), tuple(back.split()))


LIFE_CYCLES: dict[Kind, dict[str, Turns]] = {
    Kind.ENGAGEMENT: {
        "planned": _turns("held cancelled"),
        "held": _turns(),
        "cancelled": _turns(back="planned held"),
    },
    Kind.AGREEMENT: {
        "proposed": _turns("negotiating agreed signed in-force renewed suspended ended"),
        "negotiating": _turns("agreed signed in-force renewed suspended ended"),
        "agreed": _turns("signed in-force renewed suspended ended"),
        "signed": _turns("in-force renewed suspended ended"),
        "in-force": _turns("renewed suspended ended"),
        "renewed": _turns("suspended ended"),
        "suspended": _turns("ended", back="proposed negotiating agreed signed in-force renewed"),
        "ended": _turns(back="proposed negotiating agreed signed in-force renewed"),
    },
    Kind.TRANSFER: {
        "considered": _turns("requested approved contracted delivered in-service stalled cancelled"),
        "requested": _turns("approved contracted delivered in-service stalled cancelled"),
        "approved": _turns("contracted delivered in-service stalled cancelled"),
        "contracted": _turns("delivered in-service stalled cancelled"),
        "delivered": _turns("in-service"),
        "in-service": _turns(),
        "stalled": _turns("cancelled", back="considered requested approved contracted delivered in-service"),
        "cancelled": _turns(back="considered requested approved contracted delivered in-service"),
    },
    Kind.INITIATIVE: {
        "proposed": _turns("announced launched active suspended concluded"),
        "announced": _turns("launched active suspended concluded"),
        "launched": _turns("active suspended concluded"),
        "active": _turns("suspended concluded"),
        "suspended": _turns("concluded", back="proposed announced launched active"),
        "concluded": _turns(back="proposed announced launched active"),
    },
    Kind.UNDERTAKING: {
        "open": _turns("in-progress fulfilled stalled abandoned"),
        "in-progress": _turns("fulfilled stalled abandoned"),
        "fulfilled": _turns(),
        "stalled": _turns("abandoned", back="open in-progress fulfilled"),
        "abandoned": _turns(back="open in-progress fulfilled"),
    },
}
"""The stages of each kind that has any, in the order in which they come about, and what may follow them.

An engagement that was held, a transfer that was delivered and an undertaking that was fulfilled can't be
interrupted any more; agreements and initiatives may end at any time.
"""


REACHED_ONCE = frozenset({"held", "agreed", "signed", "in-force", "contracted", "launched"})
"""Stages that are reached on one day; others last, or are reached several times."""


class Step(NamedTuple):
    """A stage as one report gives it.

    Attributes:
        reached: the day that the report itself says the stage was reached on.
        again: whether the report tells of a new start ("resumed", "revived").
    """

    stage: str
    reached: date | None = None
    again: bool = False


def interrupts(kind: Kind, stage: str) -> bool:
    """Whether the stage interrupts or ends a thing, so that it may come back."""
    return bool(LIFE_CYCLES[kind][stage].back)


def rank(kind: Kind, stage: str) -> int | None:
    """The stage's place on the way forward, 0 for the first; None for one that interrupts or ends."""
    return None if interrupts(kind, stage) else list(LIFE_CYCLES[kind]).index(stage)


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
    turns = LIFE_CYCLES[kind][now.stage]
    if step.stage not in turns.onward + turns.back:
        return False
    new = rank(kind, step.stage)
    if new is None or new > highest:
        return True
    # A stage that was reached before: told anew, or only recalled?
    if step.reached is not None and (now.reached is None or step.reached > now.reached):
        return step.again or new == highest or step.stage in turns.onward
    return step.again and step.reached is None


def impossible(kind: Kind, now: str, stage: str) -> bool:
    """Whether nothing that has come to ``now`` can be at the stage, earlier or later: a delivery that was cancelled."""
    turns = LIFE_CYCLES[kind][now]
    return interrupts(kind, stage) and not interrupts(kind, now) and stage not in turns.onward


def precedes(kind: Kind, stage: str, other: str) -> bool:
    """Whether a stage belongs before another in a history that has come to the latter."""
    one, two = rank(kind, stage), rank(kind, other)
    return two is None or (one is not None and one < two)
