"""Records to entries: which records speak of one thing, how far it has come, which promise it keeps.

Pure functions: the same set of records and decisions gives the same entries, in whatever order they come.
"""

from collections.abc import Iterable, Sequence

from communique.ledger import Reported
from communique.model import Decision, Entry
from communique.resolve.links import linked
from communique.resolve.merging import entry_id
from communique.resolve.reach import affected, keys
from communique.resolve.unlinked import unlinked
from communique.resolve.why import doubts, why

__all__ = ["affected", "doubts", "entry_id", "keys", "resolve", "why"]


def resolve(reported: Iterable[Reported], decisions: Sequence[Decision] = ()) -> tuple[Entry, ...]:
    """The entries that these records make, in order of their ids.

    Args:
        reported: the records of current revisions, each with its source.
        decisions: what analysts have decided, of what is in force.
    """
    return linked(unlinked(reported, decisions), decisions)
