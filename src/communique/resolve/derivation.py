"""All that makes entries of records, as one bundle of functions for the ledger."""

from collections.abc import Sequence

from communique.ledger import Derivation
from communique.model import Decision, Entry, Kind
from communique.resolve.actors import actors
from communique.resolve.links import linked
from communique.resolve.merging import entry_id
from communique.resolve.reach import affected, keys
from communique.resolve.unlinked import unlinked


def link(undertakings: Sequence[Entry], things: Sequence[Entry], decisions: Sequence[Decision]) -> list[Entry]:
    """The undertakings, linked to those of the things that they promise; see :mod:`communique.resolve.links`."""
    return [entry for entry in linked([*undertakings, *things]) if entry.kind is Kind.UNDERTAKING]


def link_keys(entry: Entry) -> tuple[str, ...]:
    """What an undertaking and the thing that it promises have in common: all parties."""
    if entry.kind is Kind.STATEMENT:
        return ()
    return ("|".join(sorted(set(entry.parties))),)


DERIVATION = Derivation(
    keys=keys,
    affected=affected,
    entries=unlinked,
    entry_id=entry_id,
    link_keys=link_keys,
    link=link,
    actors=actors,
)
"""How entries follow from records and decisions."""
