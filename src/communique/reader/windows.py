"""Windows: runs of whole sentences that fit the network, with the title before the first.

Each token of the text stands in exactly one window, so that a document costs one pass.
"""

import bisect
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from communique.model import Span

MAX_TOKENS = 256
MAX_TITLE_TOKENS = 32
TITLE = -1
"""In the place of a sentence's number: part of no sentence of the text."""

Piece = tuple[int, int, int, int]
"""A token of the text: id, first character, character after the last, number of the sentence."""


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids with what each token stands for.

    Attributes:
        ids: word-piece ids, ``[CLS] title [SEP] sentence sentence ... [SEP]``; only a document's first window has
            the title: before each it is a tenth of all that is read, and tells nothing more.
        first: number of the first token that belongs to the text.
        offsets: half-open character offsets in the document's text of tokens ``first``, ``first + 1``, ...
        sentences: numbers of the sentences of those tokens.
        title_offsets: half-open character offsets in the title of tokens 1, 2, ...
    """

    ids: tuple[int, ...]
    first: int
    offsets: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...]
    title_offsets: tuple[tuple[int, int], ...] = ()

    @property
    def span(self) -> Span:
        """The part of the text that the window holds."""
        return Span(self.offsets[0][0], self.offsets[-1][1])

    def token_range(self, span: Span) -> tuple[int, int] | None:
        """The tokens that overlap a span of the text, as a half-open range, or None if there are none."""
        return _overlapping(self.offsets, span, self.first)

    def title_range(self, span: Span) -> tuple[int, int] | None:
        """The tokens that overlap a span of the title, as a half-open range, or None if there are none."""
        return _overlapping(self.title_offsets, span, 1)

    def span_of(self, tokens: tuple[int, int]) -> Span:
        """The words of the text from the first to the last token of a half-open range."""
        start, end = tokens
        return Span(self.offsets[start - self.first][0], self.offsets[end - 1 - self.first][1])

    def holds(self, token: int) -> bool:
        """Whether a token belongs to the text, and not to the title or the window's marks."""
        return 0 <= token - self.first < len(self.offsets)

    def sentence_at(self, token: int) -> int:
        """The number of the sentence of a token of the text."""
        return self.sentences[token - self.first]

    def sentence_ranges(self) -> dict[int, tuple[int, int]]:
        """For each sentence that the window holds, its half-open range of tokens."""
        ranges: dict[int, tuple[int, int]] = {}
        start = 0
        while start < len(self.sentences):  # their numbers rise
            sentence = self.sentences[start]
            end = bisect.bisect_right(self.sentences, sentence, start)
            ranges[sentence] = (self.first + start, self.first + end)
            start = end
        return ranges


def _overlapping(offsets: Sequence[tuple[int, int]], span: Span, shift: int) -> tuple[int, int] | None:
    """Tokens stand in order of their offsets, so that the first and the last are found by halving."""
    first = bisect.bisect_right(offsets, span.start, key=lambda offset: offset[1])
    last = bisect.bisect_left(offsets, span.end, key=lambda offset: offset[0])
    return (first + shift, last + shift) if first < last else None


def build_windows(
    tokenizer: Tokenizer,
    text: str,
    sentences: Sequence[Span],
    title: str | None,
    *,
    sentences_read: Collection[int] | None = None,
    max_tokens: int = MAX_TOKENS,
    first_max_tokens: int | None = None,
) -> list[Window]:
    """Cut a document into windows.

    Args:
        tokenizer: without truncation and padding.
        sentences: in order of their offsets.
        sentences_read: the numbers of those that go into windows; all where None.
        first_max_tokens: size of the first window where it differs (training shifts the cuts with it).
    """
    cls_id, sep_id = (int(tokenizer.token_to_id(mark) or 0) for mark in ("[CLS]", "[SEP]"))
    headline = tokenizer.encode(title or "", add_special_tokens=False)
    title_ids = headline.ids[:MAX_TITLE_TOKENS]
    head = [cls_id, *title_ids, sep_id] if title_ids else [cls_id]
    chosen = [(n, s) for n, s in enumerate(sentences) if sentences_read is None or n in sentences_read]
    encoded = tokenizer.encode_batch([text[s.start : s.end] for _, s in chosen], add_special_tokens=False)
    tokenised = [
        [
            (token, sentence.start + start, sentence.start + end, number)
            for token, (start, end) in zip(e.ids, e.offsets, strict=True)
        ]
        for (number, sentence), e in zip(chosen, encoded, strict=True)
    ]
    size = first_max_tokens or max_tokens
    windows: list[Window] = []
    for run in _runs(tokenised, size - len(head) - 1, max_tokens - 2):
        before = [cls_id] if windows else head
        windows.append(
            Window(
                ids=(*before, *(piece[0] for piece in run), sep_id),
                first=len(before),
                offsets=tuple((piece[1], piece[2]) for piece in run),
                sentences=tuple(piece[3] for piece in run),
                title_offsets=() if windows else tuple(headline.offsets[:MAX_TITLE_TOKENS]),
            )
        )
    return windows


def _runs(sentences: Sequence[Sequence[Piece]], first_room: int, room: int) -> Iterator[list[Piece]]:
    """Whole sentences as long as there is room; one that is longer than a window is cut."""
    run: list[Piece] = []
    left = first_room
    for sentence in sentences:
        if len(sentence) > left and run:
            yield run
            run, left = [], room
        while len(sentence) > left:
            yield list(sentence[:left])
            sentence, left = sentence[left:], room
        run += sentence
        left -= len(sentence)
    if run:
        yield run
