"""Why two names of actors mean one or two, in features that people can read.

Names are told apart by rule and not by weighing: what rules has a weight that what else is known of the two can bring
near to zero, where it is doubtful, but not beyond. What is only seen of them stands beside it with none.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from communique.ledger.meaning import Meanings
from communique.lexicon.parties import is_state, name_of
from communique.model import Action, Decision
from communique.model.names import same_person
from communique.resolve.actors import full_names
from communique.resolve.alike_names import Likeness, organisations_alike, people_alike
from communique.resolve.compare import RULED_OUT, Comparison, Feature

_NAME = 6.0
_ALIKE: Mapping[Likeness, float] = {"part": 5.25, "spelling": 5.25, "letters": 4.5}
_SEVERAL, _EACH = -6.75, -0.125
"""That a name may stand for several people, and for each of them."""
_ONE_PARTY, _TWO_STATES = 0.75, -5.25
_TOLD: Mapping[Likeness, str] = {
    "part": "one has what the other is made of, and more",
    "spelling": "one may be the other, spelled otherwise",
    "letters": "one may be the other, misspelled",
}


class Bearer(NamedTuple):
    """A name with those for whom documents let its bearer act: for nobody where that is not known."""

    name: str
    parties: frozenset[str] = frozenset()


def of_people(one: Bearer, other: Bearer, fitting: Collection[str] = ()) -> list[Feature]:
    """What speaks for and against two names being one person's, without decisions.

    Args:
        fitting: the people whom the shorter one may stand for where that is not told; none where it is.
    """
    found = [_of_names(one.name, other.name)]
    alike = people_alike(one.name, other.name) if found[0].weight < 0 else None
    if alike:
        found.append(Feature("alike", _ALIKE[alike], _TOLD[alike]))
    if fitting:
        told = f"{min(one.name, other.name, key=len)} may stand for {', '.join(sorted(fitting)[:4])}"
        found.append(Feature("several", _SEVERAL + _EACH * len(fitting), told))
    common = one.parties & other.parties
    states = [{party for party in bearer.parties if is_state(party)} for bearer in (one, other)]
    if common and (alike or fitting):
        found.append(Feature("one party", _ONE_PARTY, f"both for {_listed(common)}"))
    elif all(states) and not common and found[0].weight > 0:
        told = f"{one.name} for {_listed(one.parties)}, {other.name} for {_listed(other.parties)}"
        found.append(Feature("two states", _TWO_STATES, told))
    return found


def of_organisations(one: str, other: str) -> list[Feature]:
    """What speaks for and against two names being one organisation's, without decisions."""
    found = [Feature("name", -_NAME, "no table has one as a name of the other")]
    if alike := organisations_alike(one, other):
        found.append(Feature("alike", _ALIKE[alike], _TOLD[alike]))
    return found


def fitting_people(one: str, other: str, full: Mapping[str, str]) -> list[str]:
    """The people whom the shorter of two names may stand for, where both may be one person's and it is not told whose.

    Args:
        full: for each name that is known the one by which its bearer goes.
    """
    if full[one] == full[other] or not same_person(one, other):
        return []
    short = min(one, other, key=len)
    return sorted({person for person in set(full.values()) - {full[short]} if same_person(person, short)})


def why_people(
    one: Bearer,
    other: Bearer,
    known: Collection[str],
    meanings: Meanings,
    made: Iterable[Decision],
    seen: Iterable[tuple[str, str]] = (),
) -> Comparison:
    """What makes two names those of one person, or of two.

    Args:
        known: all names of people that the ledger knows.
        made: the decisions that hold.
        seen: what else is to be told of the two, each with its name.
    """
    names = one.name, other.name
    full = full_names({*names, *known}, meanings)
    found = of_people(one, other, fitting_people(*names, full))
    return _summed(*names, found, made, seen, together=full[one.name] == full[other.name])


def why_parties(
    one: str, other: str, meanings: Meanings, made: Iterable[Decision], seen: Iterable[tuple[str, str]] = ()
) -> Comparison:
    """What makes two names those of one state or organisation, or of two; the arguments are those of people."""
    together = meanings.parties.get(one, one) == meanings.parties.get(other, other)
    return _summed(one, other, of_organisations(one, other), made, seen, together=together)


def _of_names(one: str, other: str) -> Feature:
    if one == other:
        return Feature("name", _NAME, "the same")
    if same_person(one, other):
        return Feature("name", _NAME, f"{min(one, other, key=len)} may be short for {max(one, other, key=len)}")
    return Feature("name", -_NAME, "the names contradict each other")


def _listed(parties: Iterable[str]) -> str:
    return ", ".join(name_of(party) for party in sorted(parties))


def _summed(
    one: str,
    other: str,
    found: list[Feature],
    made: Iterable[Decision],
    seen: Iterable[tuple[str, str]],
    *,
    together: bool,
) -> Comparison:
    own = [d for d in made if d.is_on_actors and {one, other} <= set(d.value["names"])]
    if own:
        last = max(own, key=lambda decision: decision.number)
        weight = RULED_OUT if last.action is Action.SAME and not last.records else -RULED_OUT
        told = f"{last.by} said so" + (f": {last.why}" if last.why else "")
        found.append(Feature(f"decision {last.number}", weight, told))
    if together != (sum(feature.weight for feature in found) > 0):
        told = "by way of other names and decisions"
        found.append(Feature("others", 2 * RULED_OUT if together else -2 * RULED_OUT, told))
    ruled = sorted(found, key=lambda feature: (-abs(feature.weight), feature.name))
    beside = [Feature(name, 0.0, told) for name, told in seen]
    return Comparison((*ruled, *beside), sum(feature.weight for feature in ruled))
