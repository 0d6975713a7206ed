"""What belongs on a page of two parties beyond the entries that it may show: counted, and asked for by need."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from communique.ledger.shortlists import Further
from communique.model import Kind, Outline, Sketch
from communique.views.attention import Attention
from communique.views.choosing import latest

Glimpse = Outline | Sketch
"""What is counted and put in a rough order; that is read in outline of which the order may matter."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """The whole of which entries were chosen that a page may show.

    Attributes:
        further: the entries that are only counted.
        documents: how many documents all entries come from.
        period: first and last day of publication of these documents, None where none is dated.
        statements: gives at least so many statements, those that come last, with all of the last one's day.
        told_with: gives the ids of the entries, statements apart, that any of these documents tells.
    """

    further: Sequence[Further]
    documents: int
    period: tuple[str, str] | None
    statements: Callable[[int], Sequence[Glimpse]]
    told_with: Callable[[Collection[str]], Collection[str]]

    @property
    def attention(self) -> Attention:
        """How many of the entries that are only counted ask for attention, and why."""
        columns = zip(*((one.overdue, one.silent, one.disputed, one.doubtful) for one in self.further), strict=True)
        return Attention(*map(sum, columns))


def nothing_beyond(entries: Sequence[Glimpse]) -> Beyond:
    """The same where these entries are the whole."""
    first = min((one.first_dated for one in entries if one.first_dated), default=None)
    said = [one for one in entries if one.kind is Kind.STATEMENT]

    def told_with(documents: Collection[str]) -> list[str]:
        told = frozenset(documents)
        return [e.id for e in entries if e.kind is not Kind.STATEMENT and not told.isdisjoint(e.documents)]

    return Beyond(
        further=(),
        documents=len(set(chain.from_iterable(map(attrgetter("documents"), entries)))),
        period=(first, max(one.last_told for one in entries)) if first else None,
        statements=lambda number: latest(said, number),
        told_with=told_with,
    )
