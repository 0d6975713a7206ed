"""Where an occasion took place, where nobody tells it but a preposition or the dateline."""

import pytest

from communique.extraction.venues import gathering, of_gathering, venue
from communique.language.analysis import analyse
from communique.model import Document, EngagementStage, EngagementType, Span
from communique.reader import Filler

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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Anna Berg met Jan Vos on the margins of the G20 Summit.",
            "on the margins of the G20 Summit",
        ),
        ("She met with Jan Vos at the U.S.-ASEAN Summit in Jakarta.", "at the U.S.-ASEAN Summit"),
        ("They spoke on the sidelines of the G20 in Rome.", "on the sidelines of the G20"),
        ("At the NATO Summit the leaders signed a declaration.", None),
        ("They met on the margins of the G20 finance ministers meeting.", None),
    ],
)
def test_a_summit_that_is_only_a_place(text: str, words: str | None) -> None:
    found = gathering(text, Span(0, len(text)))
    assert (text[found.start : found.end] if found else None) == words


def test_a_gathering_is_of_those_whom_its_name_tells() -> None:
    text = "President Anna Berg of Norway met President Jan Vos of Chile today on the margins of the NATO Summit."
    analysis = analyse(Document(text=text, published="2024-05-02"))
    there = gathering(text, analysis.sentences[0])
    assert there is not None
    today = Filler("2024-05-02", 0.9, analysis.times[0].span)
    roles = of_gathering(analysis, there, {"person": (Filler("Anna Berg", 0.9, Span(10, 19)),), "date": (today,)})
    assert [filler.key for filler in roles["party"]] == ["NATO"]
    assert (roles["person"], roles["date"]) == ((), ())
