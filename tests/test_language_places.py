"""Places that no table of states knows."""

import pytest

from communique.language.analysis import analyse
from communique.model import Document

PLACES = [
    ("The envoys met near Tabarka on Monday.", ["Tabarka"]),
    ("Talks were held in the port of Qeshmabad.", ["Qeshmabad"]),
    ("Troops crossed the Orontes River at dawn.", ["Orontes River"]),
    ("Minister Anna Berg spoke in Larvik. Larvik lies on the coast.", ["Larvik", "Larvik"]),
    ("They agreed in May and met in Norway.", []),
    ("The statement was agreed in NATO.", []),
]


@pytest.mark.parametrize(("text", "expected"), PLACES, ids=[text[:30] for text, _ in PLACES])
def test_places_are_told_by_the_words_around_them(text: str, expected: list[str]) -> None:
    assert [text[p.start : p.end] for p in analyse(Document(text=text)).places] == expected
