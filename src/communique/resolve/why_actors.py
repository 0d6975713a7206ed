"""Why two names of actors mean one or two, in features that people can read.

Names are told apart by rule and not by weighing: what rules has a weight that outdoes all others, and what else is
seen of the two stands beside it with none, for people to judge.
"""

from collections.abc import Collection, Iterable

from communique.ledger.meaning import Meanings
from communique.model import Action, Decision
from communique.model.names import same_person
from communique.resolve.actors import full_names
from communique.resolve.compare import RULED_OUT, Comparison, Feature

_NAME, _SEVERAL = 6.0, -12.0


def why_people(
    one: str,
    other: str,
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
    found = [_of_names(one, other)]
    full = full_names({one, other, *known}, meanings)
    if found[0].weight > 0 and full[one] != full[other]:
        fitting = sorted(
            {name for name in known if name not in (one, other) and same_person(name, min(one, other, key=len))}
        )
        told = f"{min(one, other, key=len)} may stand for {', '.join(fitting[:3]) or 'somebody else'}, too"
        found.append(Feature("several", _SEVERAL, told))
    return _summed(one, other, found, made, seen, together=full[one] == full[other])


def why_parties(
    one: str, other: str, meanings: Meanings, made: Iterable[Decision], seen: Iterable[tuple[str, str]] = ()
) -> Comparison:
    """What makes two names those of one state or organisation, or of two; the arguments are those of people."""
    found = [Feature("name", -_NAME, "no table has one as a name of the other")]
    together = meanings.parties.get(one, one) == meanings.parties.get(other, other)
    return _summed(one, other, found, made, seen, together=together)


def _of_names(one: str, other: str) -> Feature:
    if one == other:
        return Feature("name", _NAME, "the same")
    if same_person(one, other):
        return Feature("name", _NAME, f"{min(one, other, key=len)} may be short for {max(one, other, key=len)}")
    return Feature("name", -_NAME, "the names contradict each other")


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
