"""Where an occasion took place, where nobody tells it but a preposition or the dateline."""

import pytest

from communique.extraction.venues import venue
from communique.language.analysis import analyse
from communique.model import Document, EngagementStage, EngagementType

TOLD = [
    # (text, type, stage, place)
    ("OSLO, May 3 – The ministers met on Friday.", "meeting", "held", "Oslo"),
    ("OSLO, May 3 – The ministers met in Bergen on Friday.", "meeting", "held", "Bergen"),
    ("OSLO, May 3 – The minister visited the fleet.", "visit", "held", None),
    ("OSLO, May 3 – The ministers spoke by telephone.", "call", "held", None),
    ("OSLO, May 3 – The meeting in Bergen was put off.", "meeting", "cancelled", None),
    ("The ministers met in Bergen and then in Tromsdalen.", "meeting", "held", None),
    ("The ministers met.", "meeting", "held", None),
]


@pytest.mark.parametrize(("text", "kind", "stage", "place"), TOLD)
def test_the_only_place_or_the_dateline(text: str, kind: str, stage: str, place: str | None) -> None:
    analysis = analyse(Document(text=text))
    found, why = venue(analysis, EngagementType(kind), EngagementStage(stage), analysis.sentences)
    assert found == place
    assert [reason.detail for reason in why] == ([place] if place else [])
