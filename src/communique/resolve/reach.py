"""How far a change reaches: the records whose entries may differ because some records came or went."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, NamedTuple

from communique.ledger import Reported
from communique.model import Decision, Kind
from communique.resolve.bonds import bonds_of
from communique.resolve.claims import claim
from communique.resolve.cluster import may_join
from communique.resolve.identities import IDENTITIES


class _Known(NamedTuple):
    """A record with its features, and the keys by which others may meet it."""

    reported: Reported
    features: Any
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
    reached = [_known(reported) for reported in seeds]
    while reached:
        seen |= {one.reported.source.record_id for one in reached}
        bound = {other for one in reached for other in bonds.of(one.reported.source.record_id)}
        wanted = {key for one in reached for key in one.keys} | bound
        met = {reported.source.record_id: reported for reported in lookup(wanted)}
        found |= {record: met[record] for record in met if record in seen}
        fresh = [_known(reported) for record, reported in met.items() if record not in seen]
        by_key: dict[tuple[Kind, str], list[_Known]] = defaultdict(list)
        for one in reached:
            for key in one.keys:
                by_key[one.reported.record.kind, key].append(one)
        reached = [one for one in fresh if one.reported.source.record_id in bound or _meets(one, by_key)]
    return list(found.values())


def _known(reported: Reported) -> _Known:
    kind = reported.record.kind
    identity = IDENTITIES[kind]
    features = identity.features(claim(reported))
    own = tuple(f"{kind.value}|{key}" for key in dict.fromkeys(identity.keys(features)))
    return _Known(reported, features, (reported.source.record_id, *own))


def _meets(one: _Known, by_key: dict[tuple[Kind, str], list[_Known]]) -> bool:
    kind = one.reported.record.kind
    identity = IDENTITIES[kind]
    compared: set[str] = set()
    for key in one.keys:
        for other in by_key.get((kind, key), ()):
            record = other.reported.source.record_id
            if record not in compared:
                compared.add(record)
                if may_join(kind, one.features, other.features, identity):
                    return True
    return False
