"""Windows hold every token of the text once, in whole sentences where they fit."""

from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from communique.model import Span
from communique.reader.network import FOLDER
from communique.reader.windows import build_windows

TOKENIZER = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
TOKENIZER.no_truncation()
TOKENIZER.no_padding()
words = st.lists(st.sampled_from(["Manila", "agreed", "höflich", "F-16s", "to", "“sign”", "12.5", "déjà"]), min_size=1)


def _text(sentences: list[list[str]]) -> tuple[str, list[Span]]:
    text, spans = "", []
    for sentence in sentences:
        start = len(text)
        text += " ".join(sentence) + "."
        spans.append(Span(start, len(text)))
        text += "\n"
    return text, spans


@given(st.lists(words, min_size=1, max_size=12), st.integers(24, 60), st.integers(24, 60))
def test_every_token_stands_in_one_window(sentences: list[list[str]], first: int, size: int) -> None:
    text, spans = _text(sentences)
    windows = build_windows(TOKENIZER, text, spans, "Readout", max_tokens=size, first_max_tokens=first)
    assert all(len(w.ids) <= max(first, size) for w in windows)
    seen = [offset for window in windows for offset in window.offsets]
    whole = TOKENIZER.encode(text, add_special_tokens=False)
    assert seen == list(whole.offsets)
    assert [number for number, window in enumerate(windows) if window.title_offsets] == [0]
    for window in windows:
        for number, (start, end) in window.sentence_ranges().items():
            assert spans[number].contains(window.span_of((start, end)))


@given(st.lists(words, min_size=1, max_size=6), st.data())
def test_token_range_finds_the_words_of_a_span(sentences: list[list[str]], data: st.DataObject) -> None:
    text, spans = _text(sentences)
    (window,) = build_windows(TOKENIZER, text, spans, None, max_tokens=4000)
    start = data.draw(st.integers(0, len(text) - 2))
    span = Span(start, data.draw(st.integers(start + 1, len(text) - 1)))
    found = window.token_range(span)
    touched = [t for t, (s, e) in enumerate(window.offsets, window.first) if s < span.end and e > span.start]
    assert (found is None and not touched) or found == (touched[0], touched[-1] + 1)
