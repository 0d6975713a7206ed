"""The digest of a day or a week, asked of a ledger."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from communique.model import Entry
from communique.views.digest import GROUPS, READ, Digest, Period, busiest, digest_of, parted

if TYPE_CHECKING:
    from communique.api.ledger import Ledger


def digest_between(ledger: "Ledger", period: Period, wanted: Sequence[frozenset[str]] = ()) -> Digest:
    """What happened to all entries in a period, by the relationships that it concerns.

    Args:
        wanted: only what all parties of any of these take part in; everything where there are none.
    """
    documents, found = ledger.happened(period.span, wanted)
    groups = parted(found, wanted)
    shown = {key: _pair(key) for key in busiest(groups)[:GROUPS]}
    changes = ledger.foremost(period.span, list(shown.values()), READ, wanted)

    def read(ids: Collection[str]) -> dict[str, Entry]:
        return {one.id: one for one in ledger.entries_alone(ids)}

    return digest_of(period, documents, groups, {key: changes[pair] for key, pair in shown.items()}, read)


def _pair(parties: frozenset[str] | None) -> tuple[str, str] | None:
    """Two parties in order of their names."""
    if parties is None:
        return None
    one, other = sorted(parties)
    return one, other
