"""Voices that speak for no party give no statements."""

import pytest

from communique.extraction.statements import statements
from communique.language.analysis import analyse
from communique.lexicon.tables import rows
from communique.model import Document, Span
from communique.reader import Filler, Proposals, SpanProposal

NAMES = ("Ada Holm", "Per Lind", "Jan Vos")


def speakers_of(text: str) -> list[tuple[str, ...]]:
    """The speakers of the words after "that" or before ", said", which the reader gives to whoever is named."""
    start = text.index("that ") + len("that ") if "that " in text else 0
    content = Span(start, len(text) - 1 if start else text.index(", said"))
    named = next((name for name in NAMES if name in text), "NO")
    speaker = Filler(named, 0.9, None, is_person=named in NAMES)
    said = SpanProposal("content", content, 0, 0.9, roles={"speaker": (speaker,)})
    return [found.speakers for found in statements(Proposals(analyse(Document(text=text)), (said,), ()))]


@pytest.mark.parametrize("row", rows("private_voices"), ids=lambda row: row["forms"])
def test_private_voices_give_no_statement(row: dict[str, str]) -> None:
    assert speakers_of(row["example"]) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Foreign Minister Ada Holm of Norway, a professor of law, said that the treaty was dead.", "Ada Holm"),
        ("Norway said that analysts were wrong.", "NO"),
        ("A panel of experts said that the embargo leaked.", "NO"),
        ("Ambassador Jan Vos of Norway, who met the critics, said that the treaty was dead.", "Jan Vos"),
    ],
)
def test_those_who_act_for_a_party_speak(text: str, speaker: str) -> None:
    assert speakers_of(text) == [(speaker,)]
