"""Which names of actors are doubtful: they may be one's and are taken for two's, or two's and are taken for one's."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from communique.ledger import Actor
from communique.ledger.meaning import Meanings
from communique.model import PARTIES, PEOPLE, Decision
from communique.model.names import name_parts, same_person
from communique.resolve.alike_names import pairs_of_organisations, pairs_of_people, people_alike
from communique.resolve.compare import Feature
from communique.resolve.why import DOUBTFUL
from communique.resolve.why_actors import Bearer, of_organisations, of_people

_PERSON, _ORGANISATION = "person", "organisation"


class ActorDoubt(NamedTuple):
    """Two names of which it is doubtful whether they are one actor's.

    Attributes:
        field: whether it is a person (``people``) or an organisation (``parties``).
        total: the sum of all features, in log-odds; above 0 they are taken for one's.
    """

    field: str
    names: tuple[str, str]
    total: float


def doubtful_actors(
    actors: Iterable[Actor],
    called: Mapping[str, str],
    sides: Mapping[str, frozenset[str]],
    meanings: Meanings,
    made: Iterable[Decision],
) -> list[ActorDoubt]:
    """Pairs of names on which nobody decided, the most doubtful first, of these those who take part in most.

    Args:
        called: for each name of a person the one by which they go.
        sides: for names of people the parties for which documents let them act.
        made: the decisions that hold.
    """
    known = {actor.name: actor for actor in actors}
    decided = _decided(made, called, meanings)
    people = {name: actor for name, actor in known.items() if actor.kind == _PERSON}
    organisations = [name for name, actor in known.items() if actor.kind == _ORGANISATION]
    found = [
        *_of_two_people(people, meanings),
        *_of_one_person(people, called, sides),
        *(ActorDoubt(PARTIES, pair, _sum(of_organisations(*pair))) for pair in pairs_of_organisations(organisations)),
    ]

    def place(doubt: ActorDoubt) -> tuple[float, int, tuple[str, str]]:
        return abs(doubt.total), -min(known[called.get(name, name)].entries for name in doubt.names), doubt.names

    return sorted((d for d in found if abs(d.total) < DOUBTFUL and frozenset(d.names) not in decided), key=place)


def _of_two_people(people: Mapping[str, Actor], meanings: Meanings) -> Iterator[ActorDoubt]:
    """People whose names are alike, and names too short to tell for which of several they stand."""
    bearers = {name: Bearer(name, frozenset(actor.parties)) for name, actor in people.items()}
    by_part: dict[str, list[str]] = defaultdict(list)
    for name in people:
        for part in set(name_parts(name)):
            by_part[part].append(name)
    for one, other in pairs_of_people(people):
        if meanings.others.get(one, one) == meanings.others.get(other, other):
            continue  # namesakes whom somebody has told apart
        fitting: list[str] = []
        may_be_one = same_person(one, other)
        if not may_be_one and people_alike(one, other) is None:
            continue
        if may_be_one:
            short = min(one, other, key=len)
            known = {name for part in name_parts(short) for name in by_part[part]} - {short}
            fitting = [name for name in known if same_person(name, short)]
        yield ActorDoubt(PEOPLE, (one, other), _sum(of_people(bearers[one], bearers[other], fitting)))


def _of_one_person(
    people: Mapping[str, Actor], called: Mapping[str, str], sides: Mapping[str, frozenset[str]]
) -> Iterator[ActorDoubt]:
    """Names that are taken for a shorter form of another one, though their bearers act for two states."""
    for name, person in sorted(called.items()):
        if name != person and person in people and name in sides and person in sides:
            one, other = (Bearer(each, sides[each]) for each in (person, name))
            yield ActorDoubt(PEOPLE, (person, name), _sum(of_people(one, other)))


def _decided(made: Iterable[Decision], called: Mapping[str, str], meanings: Meanings) -> Collection[frozenset[str]]:
    """Pairs of names on which somebody decided, as they were then and as the actors go now."""
    found = set()
    for one in made:
        if one.is_on_actors:
            name, other = one.value["names"]
            heads = {called.get(each, meanings.parties.get(each, each)) for each in (name, other)}
            found |= {frozenset((name, other)), frozenset(heads)}
            found |= {frozenset((head, each)) for head in heads for each in (name, other)}
    return found


def _sum(features: Iterable[Feature]) -> float:
    return sum(feature.weight for feature in features)
