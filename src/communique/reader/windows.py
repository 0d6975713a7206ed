"""Windows: runs of whole sentences that fit the network, with the title before them.

Each token of the text stands in exactly one window, so that a document costs one pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from communique.model import Span

MAX_TOKENS = 256
MAX_TITLE_TOKENS = 32
NO_OFFSET = (-1, -1)
TITLE = -1


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids with what each token stands for.

    Attributes:
        ids: word-piece ids, ``[CLS] title [SEP] sentence sentence ... [SEP]``.
        offsets: half-open character offsets of each token in the document's text,
            :data:`NO_OFFSET` for special tokens and those of the title.
        sentences: the index of each token's sentence, :data:`TITLE` where it is part of none.
        title_offsets: half-open character offsets in the title of tokens 1, 2, ... of the window.
    """

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...]
    title_offsets: tuple[tuple[int, int], ...] = ()

    def token_range(self, span: Span) -> tuple[int, int] | None:
        """The tokens that overlap a span of the text, as a half-open range, or None if there are none."""
        return _overlapping(self.offsets, span)

    def title_range(self, span: Span) -> tuple[int, int] | None:
        """The tokens that overlap a span of the title, as a half-open range, or None if there are none."""
        found = _overlapping(self.title_offsets, span)
        return (found[0] + 1, found[1] + 1) if found else None

    def sentence_ranges(self) -> dict[int, tuple[int, int]]:
        """For each sentence that the window holds, its half-open range of tokens."""
        ranges: dict[int, tuple[int, int]] = {}
        for i, sentence in enumerate(self.sentences):
            if sentence != TITLE:
                ranges[sentence] = (ranges.get(sentence, (i, i))[0], i + 1)
        return ranges


def _overlapping(offsets: Sequence[tuple[int, int]], span: Span) -> tuple[int, int] | None:
    inside = [i for i, (start, end) in enumerate(offsets) if start < span.end and end > span.start]
    return (inside[0], inside[-1] + 1) if inside else None


def build_windows(
    tokenizer: Tokenizer,
    text: str,
    sentences: Sequence[Span],
    title: str | None,
    *,
    max_tokens: int = MAX_TOKENS,
    first_max_tokens: int | None = None,
) -> list[Window]:
    """Cut a document into windows.

    Args:
        tokenizer: without truncation and padding.
        sentences: in order of their offsets.
        first_max_tokens: size of the first window where it differs from the others (training shifts the cuts with it).
    """
    cls_id, sep_id = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    headline = tokenizer.encode(title or "", add_special_tokens=False)
    title_ids = headline.ids[:MAX_TITLE_TOKENS]
    title_offsets = tuple(headline.offsets[:MAX_TITLE_TOKENS])
    head = [cls_id, *title_ids, sep_id] if title_ids else [cls_id]
    encoded = tokenizer.encode_batch([text[s.start : s.end] for s in sentences], add_special_tokens=False)

    windows: list[Window] = []
    room = (first_max_tokens or max_tokens) - len(head) - 1
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    numbers: list[int] = []

    def close() -> None:
        nonlocal room
        if ids:
            before, after = [NO_OFFSET] * len(head), [NO_OFFSET]
            windows.append(
                Window(
                    ids=(*head, *ids, sep_id),
                    offsets=(*before, *offsets, *after),
                    sentences=(*[TITLE] * len(head), *numbers, TITLE),
                    title_offsets=title_offsets,
                )
            )
        ids.clear(), offsets.clear(), numbers.clear()
        room = max_tokens - len(head) - 1

    for number, (sentence, encoding) in enumerate(zip(sentences, encoded, strict=True)):
        pieces = list(zip(encoding.ids, encoding.offsets, strict=True))
        if len(ids) + len(pieces) > room:
            close()
        for at in range(0, len(pieces), room):  # a sentence longer than a window is cut
            if at:
                close()
            for token_id, (start, end) in pieces[at : at + room]:
                ids.append(token_id)
                offsets.append((sentence.start + start, sentence.start + end))
                numbers.append(number)
    close()
    return windows
