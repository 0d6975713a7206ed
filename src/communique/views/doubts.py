"""Doubtful cases as questions to a reader, with the sentences that they turn on."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from communique.model import Dispute, Entry, Outline, Source, UsageError, checked_value
from communique.model.values import ITEMS
from communique.views.choosing import is_doubtful
from communique.views.logbook import words_of
from communique.views.quotes import clip

if TYPE_CHECKING:
    from communique.ledger import Doubted
    from communique.resolve.doubtful_actors import ActorDoubt

_TWO = 2
_KEYS = 9
"""Claims that a key can choose: those with one digit."""
_QUOTE = 400
"""Characters of a quoted passage."""
_INDENT = (0, 0, 0, 2)
WALKING = (("s", "skip"), ("u", "undo the last answer"), ("q", "quit"))
"""The keys that answer no question."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only a reader can tell.

    Attributes:
        entries: the entry that it is about, or the two of which it is asked whether they are one; the same one
            twice where they are one now.
        sources: the passages that it turns on.
        records: the records of these passages.
        dispute: the field on which sources contradict each other, where that is the question.
        probability: that two are one, or that an entry is right.
    """

    entries: tuple[Entry, ...]
    sources: tuple[Source, ...]
    dispute: Dispute | None = None
    probability: float | None = None

    @property
    def records(self) -> tuple[str, ...]:
        """The records of the passages, one for each."""
        return tuple(source.record_id for source in self.sources)

    @property
    def asks_for_one_thing(self) -> bool:
        """Whether the question is if two are one."""
        return len(self.entries) == 2


class Case(NamedTuple):
    """A question by the ids of what it is about, so that thousands can be put in order unread.

    Attributes:
        dispute: the field that is disputed.
        probability: as in :class:`Question`.
        actors: two names of which it is asked whether they are one actor's; there are no entries then.
    """

    entries: tuple[str, ...]
    records: tuple[str, ...] = ()
    dispute: str | None = None
    probability: float | None = None
    actors: tuple[str, ...] = ()

    @property
    def is_of_pair(self) -> bool:
        """Whether it is asked if two are one thing."""
        return len(self.entries) == _TWO


def pair_cases(doubts: "Iterable[Doubted]", decided: Collection[frozenset[str]]) -> Iterator[Case]:
    """Whether two records of which it is doubtful are of one thing, once for each pair of entries.

    Args:
        decided: pairs of entries on which somebody decided.
    """
    seen = set(decided)
    for doubt in doubts:
        together = frozenset(doubt.entries)
        if together not in seen:
            seen.add(together)
            yield Case(doubt.entries, doubt.records, probability=1 / (1 + exp(-doubt.total)))


def actor_cases(doubts: "Iterable[ActorDoubt]") -> Iterator[Case]:
    """Whether two names of which it is doubtful are one actor's."""
    for doubt in doubts:
        yield Case((), probability=1 / (1 + exp(-doubt.total)), actors=doubt.names)


def entry_cases(found: Iterable[Outline], disputed: Iterable[Entry]) -> Iterator[Case]:
    """Disputed entries, then doubtful ones, the most doubtful first.

    Args:
        found: entries that nobody confirmed.
        disputed: those of them on which sources contradict each other; their words are not needed.
    """
    for entry in disputed:
        for dispute in entry.disputes:
            yield Case((entry.id,), dispute=dispute.field)
    for one in sorted(found, key=lambda one: (one.confidence or 0.0, one.id)):
        if is_doubtful(one):
            yield Case((one.id,), probability=one.confidence)


def question_of(case: Case, entries: Sequence[Entry]) -> Question | None:
    """The case with the passages that it turns on; None where earlier answers have settled it.

    Args:
        entries: those that it is about, whole, one for each record where there are such.
    """
    if case.records:
        told = {report.source.record_id: report.source for entry in entries for report in entry.history}
        return Question(tuple(entries), tuple(told[key] for key in case.records), probability=case.probability)
    (entry,) = entries
    dispute = next((one for one in entry.disputes if one.field == case.dispute), None)
    if case.dispute and dispute is None:
        return None
    wanted = {record for claim in dispute.claims for record in claim.record_ids} if dispute else None
    return Question((entry,), _sources(entry, wanted), dispute, case.probability)


def question_page(question: Question) -> Stack:
    """The question, what it is about, and the passages, of two entries side by side."""
    parts: list[RenderableType] = [Text(_asked(question), style="bold")]
    if question.asks_for_one_thing:
        table = Table.grid(padding=(0, 3, 0, 0), expand=True)
        for _ in question.entries:
            table.add_column(ratio=1)
        table.add_row(*(Text(f"{entry.id}  {entry.title}", style="blue") for entry in question.entries))
        table.add_row(*(passage_of(source) for source in question.sources))
        return Stack(*parts, table)
    (entry,) = question.entries
    parts.append(Text(f"{entry.id}  {entry.title}", style="blue"))
    if question.dispute is not None:
        for number, claim in enumerate(question.dispute.claims, start=1):
            official = ", official" if claim.official else ""
            parts.append(Padding(Text(f"{number}  {words_of(claim.value)}{official}"), _INDENT))
    parts += [Padding(passage_of(source), _INDENT) for source in question.sources]
    return Stack(*parts)


def question_to_json(question: Question) -> dict[str, Any]:
    """The question as plain data."""
    dispute = question.dispute
    claims = (
        [{"value": c.value, "record_ids": list(c.record_ids), "official": c.official} for c in dispute.claims]
        if dispute
        else []
    )
    return {
        "question": "same" if question.asks_for_one_thing else "disputed" if dispute else "right",
        "entry_ids": [entry.id for entry in question.entries],
        "record_ids": list(question.records),
        "probability": None if question.probability is None else round(question.probability, 3),
        "names": [],
        "field": dispute.field if dispute else None,
        "claims": claims,
        "quotes": [" ".join(source.quotes) for source in question.sources],
    }


def _asked(question: Question) -> str:
    if question.dispute is not None:
        return f"Which {question.dispute.field} is right?"
    sure = "" if question.probability is None else f" (probability {question.probability:.2f})"
    if not question.asks_for_one_thing:
        return f"Is this right?{sure}"
    now = "one entry" if len({entry.id for entry in question.entries}) == 1 else "two entries"
    return f"Are these one thing?{sure[:-1] + ', ' if sure else ' ('}{now} now)"


def _sources(entry: Entry, records: set[str] | None) -> tuple[Source, ...]:
    return tuple(r.source for r in entry.history if records is None or r.source.record_id in records)


def passage_of(source: Source) -> Stack:
    """A passage below where it stands."""
    origin = ", ".join(part for part in (source.published, source.publisher or source.title) if part)
    quoted = clip(" ".join(source.quotes), limit=_QUOTE)
    return Stack(Text(origin or f"document {source.document_id}", style="dim"), Text(f"“{quoted}”"))


def settled(entry: Entry, field: str, claimed: Any) -> Any:
    """What a field holds once a claimed value is taken for right; None where it can't be set to that.

    The day of an earlier stage, say, is told by reports alone, and no field of the entry.
    """
    value = claimed
    if field == ITEMS:
        own = entry.fields[ITEMS]
        value = [claimed if one["what"] == claimed["what"] else one for one in own]
        if claimed not in value:
            return None
    try:
        return checked_value(entry.kind, field, value)
    except UsageError:
        return None


def choices(question: Question) -> Sequence[tuple[str, str]]:
    """The keys that answer the question, each with what it says."""
    if question.asks_for_one_thing:
        own = [("y", "one thing"), ("n", "two things")]
    elif question.dispute is not None:
        entry, field = question.entries[0], question.dispute.field
        claims = list(enumerate(question.dispute.claims, start=1))[:_KEYS]
        numbers = [number for number, claim in claims if settled(entry, field, claim.value) is not None]
        own = [*((str(number), "this one") for number in numbers), ("y", "leave it as it is")]
    else:
        own = [("y", "right"), ("n", "wrong")]
    return [*own, *WALKING]
