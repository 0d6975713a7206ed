"""Where a candidate stands as seen from an anchor: how far away, and as which of those around it."""

from collections.abc import Callable, Sequence

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
        name = "title"
    elif c_sentence == sentence:
        if c_start >= start and c_end <= end:
            name = "inside"
        else:
            gap, side = (start - c_end, "before") if c_start < start else (c_start - end, "after")
            name = f"{side}-{'3' if gap <= 3 else '8' if gap <= 8 else '20' if gap <= 20 else 'far'}"
    elif c_sentence < sentence:
        distance = sentence - c_sentence
        name = f"previous-{distance if distance <= 2 else 'far'}"
    else:
        name = "next"
    return POSITIONS.index(name)


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
    """
    start, end, sentence = anchor
    sides: dict[str, tuple[Callable[[Candidate], bool], int]] = {
        "before": (lambda c: c.sentence == sentence and c.tokens[1] <= start, -1),
        "inside": (lambda c: c.sentence == sentence and c.tokens[1] > start and c.tokens[0] < end, 1),
        "after": (lambda c: c.sentence == sentence and c.tokens[0] >= end, 1),
        "previous": (lambda c: 0 <= c.sentence < sentence, -1),
    }
    found = [0] * len(candidates)
    named = [i for i, c in enumerate(candidates) if c.span is not None]
    for side, (stands_there, direction) in sides.items():
        for of_times in (False, True):
            there = [i for i in named if candidates[i].is_time == of_times and stands_there(candidates[i])]
            there.sort(key=lambda i: direction * candidates[i].tokens[0])
            for rank, i in enumerate(there):
                found[i] = RANKS.index(f"{side}-{'123'[rank] if rank < 3 else 'more'}")
    return found
