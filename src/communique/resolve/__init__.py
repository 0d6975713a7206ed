"""Records to entries: which records speak of one thing, how far it has come, which promise it keeps.

Pure functions: the same set of records gives the same entries, in whatever order they come.
"""

from collections import defaultdict
from collections.abc import Iterable

from communique.ledger import Derived, Reported
from communique.model import Entry, Kind
from communique.resolve.actors import actors
from communique.resolve.claims import Claim, claim
from communique.resolve.cluster import groups
from communique.resolve.deliveries import TRANSFERS
from communique.resolve.instruments import NAMED
from communique.resolve.links import linked
from communique.resolve.merging import entry_of
from communique.resolve.occasions import OCCASIONS
from communique.resolve.words_given import PROMISES, SAYINGS

__all__ = ["derive", "resolve"]


def resolve(reported: Iterable[Reported]) -> tuple[Entry, ...]:
    """The entries that these records make, in order of their ids.

    Args:
        reported: the records of current revisions, each with its source.
    """
    claims: dict[Kind, list[Claim]] = defaultdict(list)
    for one in reported:
        claims[one.record.kind].append(claim(one))
    found = [
        *groups(claims[Kind.ENGAGEMENT], OCCASIONS),
        *groups(claims[Kind.AGREEMENT], NAMED),
        *groups(claims[Kind.TRANSFER], TRANSFERS),
        *groups(claims[Kind.INITIATIVE], NAMED),
        *groups(claims[Kind.UNDERTAKING], PROMISES),
        *groups(claims[Kind.STATEMENT], SAYINGS),
    ]
    entries: dict[str, Entry] = {}
    for members in found:
        entry = entry_of(members, entries)
        entries[entry.id] = entry
    return linked([entries[key] for key in sorted(entries)])


def derive(reported: Iterable[Reported]) -> Derived:
    """All that follows from the records: entries and actors."""
    records = tuple(reported)
    entries = resolve(records)
    return Derived(entries=entries, actors=actors(entries, records))
