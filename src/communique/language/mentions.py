"""What the language room finds in a text: actors, times, money, quantities, equipment.

Every mention carries the half-open character offsets of its words in the document's text and the
name of the rule or table row that found it.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum

from communique.model import Document, Money, Span


class ActorKind(StrEnum):
    """What sort of actor the words name."""

    STATE = "state"
    ORGANISATION = "organisation"
    COMPANY = "company"
    OFFICE = "office"
    PERSON = "person"
    GROUP = "group"
    PRONOUN = "pronoun"
    NAME = "name"
    """A name of which no table or rule knows whose it is."""


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that stand for one or more actors.

    Attributes:
        parties: whom the words stand for as a party: ISO 3166-1 alpha-2 codes, short names of
            organisations, names of companies; empty where that is unknown.
        people: the persons whom the words stand for, each by the fullest form of the name that the
            document gives, without title; empty for states and organisations.
        rule: the rule or table row that found the mention.
    """

    span: Span
    kind: ActorKind
    parties: tuple[str, ...]
    people: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that name a time; ``edtf`` is None where they can't be resolved ("soon")."""

    span: Span
    edtf: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """Words that name an amount of money."""

    span: Span
    value: Money


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """Words that count things: "two dozen", "24"."""

    span: Span
    number: int


@dataclass(frozen=True, slots=True)
class EquipmentMention:
    """Words that name defence equipment, by bare designator where there is one, and how many."""

    span: Span
    what: str
    quantity: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with its sentences and the mentions in them, each in order of their offsets.

    ``title_actors`` are the actors that the title names; their offsets refer to the title. ``places`` are those beside
    states, which are actors.
    """

    document: Document
    sentences: tuple[Span, ...]
    actors: tuple[ActorMention, ...]
    times: tuple[TimeMention, ...]
    money: tuple[MoneyMention, ...]
    equipment: tuple[EquipmentMention, ...]
    title_actors: tuple[ActorMention, ...] = ()
    places: tuple[Span, ...] = ()

    def actors_in(self, part: Span) -> list[ActorMention]:
        """The actors that a part of the text names, none that reaches out of it; found by halving."""
        first = bisect_left(self.actors, part.start, key=_start_of)
        after = bisect_left(self.actors, part.end, lo=first, key=_start_of)
        return [actor for actor in self.actors[first:after] if actor.span.end <= part.end]

    def actors_touching(self, part: Span) -> tuple[ActorMention, ...]:
        """The actors whose mentions lie in a part of the text at least in part; found by halving."""
        first = bisect_right(self.actors, part.start, key=_end_of)
        return self.actors[first : bisect_left(self.actors, part.end, lo=first, key=_start_of)]

    def actor_around(self, words: Span) -> ActorMention | None:
        """The actor of whose mention these words are a part, if there is one; mentions never overlap."""
        after = bisect_right(self.actors, words.start, key=_start_of)
        last = self.actors[after - 1] if after else None
        return last if last and last.span.contains(words) else None


def _start_of(actor: ActorMention) -> int:
    return actor.span.start


def _end_of(actor: ActorMention) -> int:
    return actor.span.end
