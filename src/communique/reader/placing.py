"""Where a candidate stands as seen from an anchor: how far away, and as which of those around it."""

from collections.abc import Sequence

from communique.reader.candidates import Candidate

POSITIONS = (
    "inside",
    "before-3",
    "before-8",
    "before-20",
    "before-far",
    "after-3",
    "after-8",
    "after-20",
    "after-far",
    "previous-1",
    "previous-2",
    "previous-far",
    "next",
    "title",
    "whole",
)
"""Where a candidate stands as seen from the anchor: by tokens in the same sentence, else by sentences."""


def position(anchor: tuple[int, int, int], candidate: tuple[int, int, int]) -> int:
    """Index into :data:`POSITIONS` for a candidate as seen from an anchor.

    Both are (first token, token after the last, sentence number); sentence -1 is the title.
    """
    start, end, sentence = anchor
    c_start, c_end, c_sentence = candidate
    if c_sentence < 0:
        return _AT["title"]
    if c_sentence > sentence:
        return _AT["next"]
    if c_sentence < sentence:
        distance = sentence - c_sentence
        return _AT[f"previous-{distance if distance <= 2 else 'far'}"]
    if c_start >= start and c_end <= end:
        return _AT["inside"]
    gap, side = (start - c_end, "before") if c_start < start else (c_start - end, "after")
    return _AT[f"{side}-{'3' if gap <= 3 else '8' if gap <= 8 else '20' if gap <= 20 else 'far'}"]


_AT = {name: index for index, name in enumerate(POSITIONS)}

RANKS = (
    "none",
    *(f"{side}-{rank}" for side in ("before", "inside", "after", "previous") for rank in ("1", "2", "3", "more")),
)
"""As which of the actors, or of the times, around the anchor a candidate stands, counted from the anchor outwards: in
its own sentence before, inside or after it, else in the sentences before. The nearest name is not the same as a near
name: in "A told B that C will ..." A speaks, however long the words between."""


def ranks(anchor: tuple[int, int, int], candidates: Sequence[Candidate]) -> list[int]:
    """Index into :data:`RANKS` for each candidate as seen from an anchor.

    Args:
        anchor: (first token, token after the last, sentence number).
        candidates: those that stand in the text in order of their tokens, actors and times each by themselves.
    """
    start, end, sentence = anchor
    found = [0] * len(candidates)
    for of_times in (False, True):
        before: list[int] = []
        inside: list[int] = []
        after: list[int] = []
        previous: list[int] = []
        for i, candidate in enumerate(candidates):
            if candidate.span is None or candidate.is_time != of_times:
                continue
            first, stop = candidate.tokens
            if candidate.sentence == sentence:
                (before if stop <= start else after if first >= end else inside).append(i)
            elif candidate.sentence < sentence:
                previous.append(i)
        for offset, there in enumerate((before[::-1], inside, after, previous[::-1])):
            for rank, i in enumerate(there):
                found[i] = 1 + 4 * offset + min(rank, 3)
    return found
