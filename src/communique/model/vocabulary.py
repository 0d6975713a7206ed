"""The closed vocabularies of the ledger: kinds, types, stages, strengths, statuses, standings.

Each enumeration is ordered as the thing it describes comes about, so that iterating one prints
a life cycle. The words are those of the annotation guide; they are used alike in records, the
command line, exports and documentation.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What a record or an entry is."""

    ENGAGEMENT = "engagement"
    AGREEMENT = "agreement"
    TRANSFER = "transfer"
    INITIATIVE = "initiative"
    UNDERTAKING = "undertaking"
    STATEMENT = "statement"


class EngagementType(StrEnum):
    """How representatives of states or organisations interact on an occasion."""

    MEETING = "meeting"
    CALL = "call"
    VISIT = "visit"
    SUMMIT = "summit"
    DIALOGUE = "dialogue"
    EXERCISE = "exercise"
    CEREMONY = "ceremony"
    CORRESPONDENCE = "correspondence"


class EngagementStage(StrEnum):
    """How far an engagement has come; a postponed one counts as cancelled."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class AgreementStage(StrEnum):
    """How far an instrument between parties has come."""

    PROPOSED = "proposed"
    NEGOTIATING = "negotiating"
    AGREED = "agreed"
    SIGNED = "signed"
    IN_FORCE = "in-force"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    ENDED = "ended"


class TransferStage(StrEnum):
    """How far a sale, grant, loan or co-production of defence articles has come."""

    CONSIDERED = "considered"
    REQUESTED = "requested"
    APPROVED = "approved"
    CONTRACTED = "contracted"
    DELIVERED = "delivered"
    IN_SERVICE = "in-service"
    STALLED = "stalled"
    CANCELLED = "cancelled"


class InitiativeStage(StrEnum):
    """How far a named continuing body, forum, fund or programme has come."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    LAUNCHED = "launched"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CONCLUDED = "concluded"


class Strength(StrEnum):
    """How firmly an undertaking binds: hope, plan, pledge, or the operative text of an instrument."""

    ASPIRATION = "aspiration"
    INTENTION = "intention"
    COMMITMENT = "commitment"
    OBLIGATION = "obligation"


class Status(StrEnum):
    """What has become of an undertaking, as a document reports it."""

    OPEN = "open"
    IN_PROGRESS = "in-progress"
    FULFILLED = "fulfilled"
    STALLED = "stalled"
    ABANDONED = "abandoned"


class Form(StrEnum):
    """Whether a statement gives the speaker's own words or reports them."""

    DIRECT = "direct"
    INDIRECT = "indirect"


class Standing(StrEnum):
    """Where an entry stands now, on one scale for all kinds."""

    PROSPECTIVE = "prospective"
    UNDER_WAY = "under-way"
    REALISED = "realised"
    STALLED = "stalled"
    ENDED = "ended"


STAGES: dict[Kind, type[StrEnum]] = {
    Kind.ENGAGEMENT: EngagementStage,
    Kind.AGREEMENT: AgreementStage,
    Kind.TRANSFER: TransferStage,
    Kind.INITIATIVE: InitiativeStage,
    Kind.UNDERTAKING: Status,
}
"""The life cycle of each kind that has one; a statement, once made, has none."""

_STANDINGS: dict[Kind, dict[str, Standing]] = {
    Kind.ENGAGEMENT: {
        "planned": Standing.PROSPECTIVE,
        "held": Standing.REALISED,
        "cancelled": Standing.ENDED,
    },
    Kind.AGREEMENT: {
        "proposed": Standing.PROSPECTIVE,
        "negotiating": Standing.UNDER_WAY,
        "agreed": Standing.REALISED,
        "signed": Standing.REALISED,
        "in-force": Standing.REALISED,
        "renewed": Standing.REALISED,
        "suspended": Standing.STALLED,
        "ended": Standing.ENDED,
    },
    Kind.TRANSFER: {
        "considered": Standing.PROSPECTIVE,
        "requested": Standing.PROSPECTIVE,
        "approved": Standing.UNDER_WAY,
        "contracted": Standing.UNDER_WAY,
        "delivered": Standing.REALISED,
        "in-service": Standing.REALISED,
        "stalled": Standing.STALLED,
        "cancelled": Standing.ENDED,
    },
    Kind.INITIATIVE: {
        "proposed": Standing.PROSPECTIVE,
        "announced": Standing.PROSPECTIVE,
        "launched": Standing.REALISED,
        "active": Standing.REALISED,
        "suspended": Standing.STALLED,
        "concluded": Standing.ENDED,
    },
    Kind.UNDERTAKING: {
        "open": Standing.PROSPECTIVE,
        "in-progress": Standing.UNDER_WAY,
        "fulfilled": Standing.REALISED,
        "stalled": Standing.STALLED,
        "abandoned": Standing.ENDED,
    },
    Kind.STATEMENT: {},
}


def standing_of(kind: Kind, stage: str | None) -> Standing:
    """Where a thing of this kind stands once it has reached this stage.

    A statement has no stage: it was made, so it is realised.

    Raises:
        KeyError: the stage is not one of the kind's own.
    """
    if kind is Kind.STATEMENT:
        return Standing.REALISED
    return _STANDINGS[kind][str(stage)]
