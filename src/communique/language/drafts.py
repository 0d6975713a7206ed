"""Mentions while they are being resolved."""

from dataclasses import dataclass

from communique.language.mentions import ActorKind, ActorMention
from communique.language.registry import Person
from communique.model import Span


@dataclass(slots=True)
class Draft:
    """An actor mention whose parties and people may still be open.

    Attributes:
        people: the persons it stands for; their parties count as the mention's own where it has none.
        core: offices and bodies: their words in lower case without state.
        definite: whether "the" stands before it.
        number: groups: how many they count, 0 where open.
        detail: groups: ``people`` or ``parties``; pronouns: their class.
    """

    start: int
    end: int
    kind: ActorKind
    rule: str
    parties: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    core: str = ""
    definite: bool = False
    number: int = 0
    detail: str = ""
    ranks: tuple[str, ...] = ()

    def all_parties(self) -> tuple[str, ...]:
        """Own parties, else those of the people if all of them are known."""
        if self.parties or not all(person.parties for person in self.people):
            return self.parties
        return tuple(dict.fromkeys(party for person in self.people for party in person.parties))

    def mention(self) -> ActorMention:
        """The finished mention."""
        names = tuple(person.name for person in self.people)
        return ActorMention(Span(self.start, self.end), self.kind, self.all_parties(), names, self.rule)
