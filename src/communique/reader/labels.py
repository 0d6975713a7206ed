"""What the reader was trained to tell: layers of spans, classes of spans and sentences, roles.

Shared by training and reading, so that the order of a network's outputs is written down once.
The order is part of the packaged weights: append, never reorder.
"""

from communique.model import (
    AgreementStage,
    EngagementStage,
    EngagementType,
    InitiativeStage,
    Kind,
    Status,
    Strength,
    TransferStage,
)

LAYERS = ("action", "content", "agreement", "initiative", "item", "place")
"""Spans in the text, one layer of tags each, since they nest: what is promised lies inside what is said."""

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
TAGS = (OUTSIDE, BEGIN, INSIDE)

KINDS = tuple(kind.value for kind in Kind)
ENGAGEMENT_TYPES = tuple(t.value for t in EngagementType)
ENGAGEMENT_STAGES = tuple(s.value for s in EngagementStage)

SENTENCE_OUTPUTS = (
    *(f"kind:{kind}" for kind in KINDS),
    *(f"type:{t}" for t in ENGAGEMENT_TYPES),
    *(f"first:{t}" for t in ENGAGEMENT_TYPES),
    *(f"stage:{s}" for s in ENGAGEMENT_STAGES),
)
"""Independent yes/no questions on a sentence: is it evidence of a kind, of an engagement of a type, the
first evidence of one, of an engagement at a stage."""

SPAN_CLASSES: dict[str, tuple[str, ...]] = {
    "strength": tuple(s.value for s in Strength),
    "status": tuple(s.value for s in Status),
    "agreement-stage": tuple(s.value for s in AgreementStage),
    "initiative-stage": tuple(s.value for s in InitiativeStage),
    "transfer-stage": tuple(s.value for s in TransferStage),
}
"""Exactly one class of each applies to a span of the layers in :data:`CLASSES_OF_LAYER`."""

CLASSES_OF_LAYER: dict[str, tuple[str, ...]] = {
    "action": ("strength", "status"),
    "content": (),
    "agreement": ("agreement-stage",),
    "initiative": ("initiative-stage",),
    "item": ("transfer-stage",),
    "place": (),
}

ROLES: dict[str, tuple[str, ...]] = {
    "action": ("by", "to", "due"),
    "content": ("speaker",),
    "agreement": ("party", "date"),
    "initiative": ("party", "date"),
    "item": ("supplier", "recipient", "date"),
    "engagement": ("party", "person", "date"),
}
"""Which mentions are asked about for an anchor: a span of a layer, or a sentence that tells of an engagement."""

ROLE_NAMES = tuple(f"{anchor}:{role}" for anchor, roles in ROLES.items() for role in roles)
TIME_ROLES = frozenset({"due", "date"})

CANDIDATE_KINDS = ("state", "organisation", "company", "office", "person", "group", "pronoun", "time", "whole", "name")
"""What may fill a role: mentions of actors and times, and the whole window, for actors named nowhere in it."""
