"""How far a change reaches: the records whose entries may differ because some records came or went."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from communique.ledger import Reported
from communique.model import Decision, Kind
from communique.resolve.bonds import bonds_of
from communique.resolve.claims import claim
from communique.resolve.cluster import may_join
from communique.resolve.identities import IDENTITIES


class _Known(NamedTuple):
    """A record with its features, what of them tells it from others at any time, and the keys by which others may meet
    it."""

    reported: Reported
    features: Any
    name: Any
    keys: tuple[str, ...]


def keys(reported: Reported) -> tuple[str, ...]:
    """The blocking keys of a record: two that share none are never joined but by an analyst.

    Its own id is the first, so that a record can be looked up like those it may be joined with.
    """
    return _known(reported).keys


def affected(
    seeds: Iterable[Reported],
    lookup: Callable[[Collection[str]], Iterable[Reported]],
    decisions: Sequence[Decision] = (),
) -> list[Reported]:
    """The current records whose entries may change with these records, themselves included where current.

    These are all that can be reached from them by steps from one record to another that it may be joined
    with; joining the found ones anew gives the entries that joining all records would give.

    Args:
        seeds: records that were added, have gone, or were decided on.
        lookup: gives all current records that have one of some keys.
        decisions: those in force.
    """
    bonds = bonds_of(decisions)
    found: dict[str, Reported] = {}
    seen: set[str] = set()
    beside: dict[str, _Known] = {}
    named_alike: dict[Hashable, bool] = {}
    reached = [_known(reported) for reported in seeds]
    while reached:
        seen |= {one.reported.source.record_id for one in reached}
        bound = {other for one in reached for other in bonds.of(one.reported.source.record_id)}
        wanted = {key for one in reached for key in one.keys} | bound
        met = {reported.source.record_id: reported for reported in lookup(wanted)}
        found |= {record: met[record] for record in met if record in seen}
        beside |= {record: _known(met[record]) for record in met.keys() - beside.keys() - seen}
        fresh = [beside[record] for record in met if record not in seen]
        by_key: dict[tuple[Kind, str], list[_Known]] = defaultdict(list)
        for one in reached:
            for key in one.keys:
                by_key[one.reported.record.kind, key].append(one)
        reached = [one for one in fresh if one.reported.source.record_id in bound or _meets(one, by_key, named_alike)]
    return list(found.values())


def _known(reported: Reported) -> _Known:
    kind = reported.record.kind
    identity = IDENTITIES[kind]
    features = identity.features(claim(reported))
    own = tuple(f"{kind.value}|{key}" for key in dict.fromkeys(identity.keys(features)))
    return _Known(reported, features, identity.name(features), (reported.source.record_id, *own))


def _meets(one: _Known, by_key: dict[tuple[Kind, str], list[_Known]], named_alike: dict[Hashable, bool]) -> bool:
    kind = one.reported.record.kind
    compared: set[str] = set()
    for key in one.keys:
        for other in by_key.get((kind, key), ()):
            record = other.reported.source.record_id
            if record not in compared:
                compared.add(record)
                if _may_join(kind, one, other, named_alike):
                    return True
    return False


def _may_join(kind: Kind, one: _Known, other: _Known, named_alike: dict[Hashable, bool]) -> bool:
    """Whether two records may be joined; where both names tell at any time, these alone are compared, and once."""
    if one.name == one.features or other.name == other.features:
        return may_join(kind, one.features, other.features, IDENTITIES[kind])
    names = kind, one.name, other.name
    if names not in named_alike:
        named_alike[names] = may_join(kind, one.name, other.name, IDENTITIES[kind])
    return named_alike[names]
