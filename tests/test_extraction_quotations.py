"""Quotation marks tell direct from indirect speech, and stay out of what is quoted."""

import pytest

from communique.extraction.quotations import quoted_share, starts_turn, without_marks
from communique.model import Span


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "share"),
    [
        ("The minister said: “We will sign in May.”", "We will sign in May.", 1.0),
        ('"We will sign," she said, adding that talks went well.', "talks went well", 0.0),
        ("He called it a “turning point” for the alliance.", "turning point", 1.0),
        ("Earlier: “an open quotation\nShe said that talks go on.", "talks go on", 0.0),
    ],
)
def test_share_of_words_in_quotation_marks(text: str, words: str, share: float) -> None:
    assert quoted_share(text, _span(text, words)) == pytest.approx(share, abs=0.05)


@pytest.mark.parametrize(
    ("text", "words", "inner"),
    [
        ("said “We will sign.” today", "“We will sign.”", "We will sign"),
        ('noted that it was a "milestone"', 'it was a "milestone"', 'it was a "milestone"'),
        ('said it was "ready",', 'it was "ready",', 'it was "ready"'),
    ],
)
def test_marks_at_the_edges_fall_away_but_not_those_of_inner_quotations(text: str, words: str, inner: str) -> None:
    span = without_marks(text, _span(text, words))
    assert span is not None
    assert text[span.start : span.end] == inner


def test_marks_alone_are_no_words() -> None:
    assert without_marks("“ ”", Span(0, 3)) is None


@pytest.mark.parametrize(
    ("sentence", "words", "turn"),
    [
        ("MR. HALE: We have seen the reports.", "We have seen the reports.", True),
        ("PRESIDENT OF THE COUNCIL: (As interpreted.) Thank you.", "Thank you.", True),
        ("PRIME MINISTER ITO: (As interpreted.) Thank you.", "Thank you.", True),
        ("He promised that ships would come.", "ships would come", False),
    ],
)
def test_turns_of_a_transcript(sentence: str, words: str, turn: bool) -> None:
    assert starts_turn(sentence, Span(0, len(sentence)), _span(sentence, words)) is turn
