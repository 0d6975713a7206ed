"""Entries as their own records make them, before undertakings are linked to what they promise."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from communique.ledger import Reported
from communique.model import Decision, Entry, Kind
from communique.resolve.bonds import bonds_of
from communique.resolve.claims import Claim, claim
from communique.resolve.cluster import groups
from communique.resolve.identities import IDENTITIES
from communique.resolve.merging import entry_of


def unlinked(reported: Iterable[Reported], decisions: Sequence[Decision] = ()) -> list[Entry]:
    """The entries that these records make, in order of their ids; undertakings refer to nothing yet.

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
    return sorted((entry_of(members, decisions) for members in found), key=lambda entry: entry.id)
