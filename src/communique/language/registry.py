"""The people of one document, gathered while it is read, so that "Hegseth" finds "Pete Hegseth"."""

from dataclasses import dataclass, field

from communique.language.names import keys_of
from communique.language.titles import Title


@dataclass(slots=True, eq=False)
class Person:
    """One person of a document while it is being read.

    Attributes:
        name: the fullest form of the name so far.
        keys: all words by which the person is recognised.
        parties: whom the person represents; empty while unknown.
        ranks: ranks of all offices named beside the person.
        gender: ``he`` or ``she`` where a title says so, else empty.
        first: offset at which the person is first named.
    """

    name: str
    keys: tuple[str, ...]
    parties: tuple[str, ...] = ()
    ranks: set[str] = field(default_factory=set)
    cores: set[str] = field(default_factory=set)
    gender: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class Naming:
    """A place at which a person is named, with or without title, or an office alone (``person`` None)."""

    start: int
    end: int
    person: Person | None
    title: Title | None
    definite: bool = False


class Registry:
    """The people of one document, found again by full name, part of the name, or rank and part of the name."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_key: dict[str, list[Person]] = {}

    def enter(self, name: str, start: int, title: Title | None) -> Person | None:
        """The person of this name, new or known already; None where the words hold no name."""
        keys = keys_of(name)
        if not keys:
            return None
        name = _in_mixed_case(name)
        person = self._known(keys, title)
        if person is None:
            person = Person(name, keys, first=start)
            self.people.append(person)
        elif (len(keys), len(name)) > (len(person.keys), len(person.name)) or (
            keys == person.keys and person.name == _in_mixed_case(name.upper())
        ):
            person.name, person.keys = name, keys
        for key in keys:
            entries = self._by_key.setdefault(key, [])
            if person not in entries:
                entries.append(person)
        if title is not None:
            self.learn(person, title)
        return person

    def find(self, name: str) -> Person | None:
        """The one person whom a name without title can mean, else None."""
        return self._known(keys_of(name), None)

    def _known(self, keys: tuple[str, ...], title: Title | None) -> Person | None:
        candidates = [p for p in self._by_key.get(keys[-1], ()) if _compatible(keys, p.keys)] if keys else []
        if not candidates and keys:
            candidates = [p for p in self._by_key.get(keys[0], ()) if _compatible(keys, p.keys)]
        if title is not None and title.parties:
            candidates = [p for p in candidates if not p.parties or p.parties == title.parties]
        if len(candidates) > 1 and title is not None:
            ranked = [p for p in candidates if p.ranks & set(title.ranks)]
            candidates = ranked or candidates
        return candidates[0] if len(candidates) == 1 else None

    @staticmethod
    def learn(person: Person, title: Title) -> None:
        """Add to a person what a title says: ranks, gender, and the party if it names just one."""
        for rank in title.ranks:
            if rank.startswith("honorific "):
                person.gender = rank.removeprefix("honorific ")
            person.ranks.add(rank.split(" ")[0] if rank.startswith("honorific") else rank)
        person.cores.add(title.core)
        if title.parties and not person.parties and len(title.parties) == 1:
            person.parties = title.parties


def _in_mixed_case(name: str) -> str:
    """A name wholly in capitals, as headlines write it, in ordinary case."""
    return name.title().replace("'S", "'s") if name.isupper() and len(name) > 4 else name


def _compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return set(short) <= set(long)
