"""Which undertakings and other entries have to be held against each other when some of them change, told unread."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from communique.ledger.portable import id_of_kind, listed
from communique.ledger.reading import unlinked
from communique.ledger.shapes import Derivation
from communique.ledger.tables import entries, link_keys
from communique.ledger.wordless import read_wordless
from communique.model import Entry, Kind


class _Met(NamedTuple):
    """An entry that has a link key."""

    id: str
    key: str
    parties: tuple[str, ...]
    kind: Kind


def bystanders(
    connection: Connection, derivation: Derivation, moved: Iterable[Entry], except_for: Collection[str]
) -> list[str]:
    """Ids of the undertakings that may refer to one of the things, or no longer do, though nothing else changed for
    them.

    Thousands may share a word with a thing, so that they are read without their words, and only where their parties
    let them refer to it.
    """
    by_key = _by_key(derivation, moved)
    met: dict[str, dict[int, Entry]] = defaultdict(dict)
    for one in _having(connection, by_key, id_of_kind(link_keys.c.entry_id, Kind.UNDERTAKING)):
        if one.id not in except_for:
            for thing in by_key[one.key]:
                if derivation.may_meet(one.key, one.parties, thing.parties, thing.kind):
                    met[one.id][id(thing)] = thing
    near = unlinked(connection, read_wordless(connection, sorted(met)))
    return [one.id for one in near if any(derivation.may_link(one, thing) for thing in met[one.id].values())]


def things_for(connection: Connection, derivation: Derivation, promises: Iterable[Entry]) -> set[str]:
    """Ids of the entries that one of these undertakings may refer to."""
    by_key = _by_key(derivation, promises)
    return {
        one.id
        for one in _having(connection, by_key, ~id_of_kind(link_keys.c.entry_id, Kind.UNDERTAKING))
        if any(derivation.may_meet(one.key, promise.parties, one.parties, one.kind) for promise in by_key[one.key])
    }


def _by_key(derivation: Derivation, found: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    by_key: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        for key in derivation.link_keys(entry):
            by_key[key].append(entry)
    return by_key


def _having(connection: Connection, keys: Collection[str], condition: ColumnElement[bool]) -> list[_Met]:
    """The entries that have any of these link keys, once with each, of those of whose ids something holds.

    Keys are looked up alone: joined with entries, SQLite goes through all entries of a kind instead.
    """
    query = select(link_keys.c.entry_id, link_keys.c.key).where(link_keys.c.key.in_(listed(keys)), condition)
    rows = connection.execute(query).all()
    ids = listed({row.entry_id for row in rows})
    about = select(entries.c.id, entries.c.parties, entries.c.kind).where(entries.c.id.in_(ids))
    known = {key: (_parties(parties), Kind(kind)) for key, parties, kind in connection.execute(about).all()}
    return [_Met(entry, key, *known[entry]) for entry, key in rows]


@lru_cache(maxsize=4096)
def _parties(told: str) -> tuple[str, ...]:
    return tuple(json.loads(told))
