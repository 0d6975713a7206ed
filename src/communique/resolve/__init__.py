"""Records to entries: which records speak of one thing, how far it has come, which promise it keeps.

Pure functions: the same set of records and decisions gives the same entries, in whatever order they come.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from communique.ledger import Derived, Reported
from communique.model import Decision, Entry, Kind
from communique.resolve.actors import actors
from communique.resolve.bonds import bonds_of
from communique.resolve.claims import Claim, claim
from communique.resolve.cluster import groups
from communique.resolve.identities import IDENTITIES
from communique.resolve.links import linked
from communique.resolve.merging import entry_id, entry_of
from communique.resolve.reach import affected, keys
from communique.resolve.why import Doubt, doubtful, why

__all__ = ["Doubt", "affected", "derive", "doubtful", "entry_id", "keys", "resolve", "why"]


def resolve(reported: Iterable[Reported], decisions: Sequence[Decision] = ()) -> tuple[Entry, ...]:
    """The entries that these records make, in order of their ids.

    Args:
        reported: the records of current revisions, each with its source.
        decisions: what analysts have decided, of what is in force.
    """
    bonds = bonds_of(decisions)
    claims: dict[Kind, list[Claim]] = defaultdict(list)
    for one in reported:
        if one.source.record_id not in bonds.rejected:
            claims[one.record.kind].append(claim(one))
    found = [
        members for kind, identity in IDENTITIES.items() for members in groups(kind, claims[kind], identity, bonds)
    ]
    entries = [entry_of(members, decisions) for members in found]
    return linked(sorted(entries, key=lambda entry: entry.id))


def derive(reported: Iterable[Reported], decisions: Sequence[Decision] = ()) -> Derived:
    """All that follows from the records and decisions: entries and actors."""
    records = tuple(reported)
    entries = resolve(records, decisions)
    return Derived(entries=entries, actors=actors(entries, records))
