"""A document's text cut where evidence begins and ends, paragraph by paragraph."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.model import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that something rests on.

    Attributes:
        number: what it is called on the page, from 1 on.
        kind: the kind of what rests on it.
        record: the record's id.
    """

    span: Span
    number: int
    kind: str
    record: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text under the same evidence throughout.

    Attributes:
        evidence: what rests on it, in order of number.
        begins: those records whose first passage begins here.
        ends: what rests on it and on nothing behind it: there their numbers stand.
    """

    text: str
    evidence: tuple[Evidence, ...]
    begins: tuple[str, ...]
    ends: tuple[Evidence, ...]


def paragraphs(text: str, evidence: Sequence[Evidence]) -> list[list[Piece]]:
    """The paragraphs of a text, each in pieces; nothing of the text is left out but the breaks between them.

    Args:
        evidence: with half-open character offsets into the text, in any order; passages may overlap.
    """
    first = {one.record: one.span.start for one in sorted(evidence, key=lambda one: -one.span.start)}
    found = []
    at = 0
    for part in text.split("\n"):
        if part.strip():
            found.append(list(_pieces(Span(at, at + len(part)), text, evidence, first)))
        at += len(part) + 1
    return found


def _pieces(part: Span, text: str, evidence: Iterable[Evidence], first: dict[str, int]) -> Iterator[Piece]:
    inside = sorted((one for one in evidence if one.span.overlaps(part)), key=lambda one: one.number)
    cuts = {part.start, part.end}
    for one in inside:
        cuts |= {max(part.start, one.span.start), min(part.end, one.span.end)}
    for start, end in pairwise(sorted(cuts)):
        over = tuple(one for one in inside if one.span.overlaps(Span(start, end)))
        # a passage may begin with the break before the paragraph
        begins = dict.fromkeys(one.record for one in over if max(first[one.record], part.start) == start)
        ends = tuple(one for one in over if min(one.span.end, part.end) == end)
        yield Piece(text[start:end], over, tuple(key for key in begins if first[key] > part.start - 2), ends)
