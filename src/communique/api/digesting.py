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
    shown = {one.parties for key in busiest(groups)[:GROUPS] for one in groups[key]}
    changes = ledger.foremost(period.span, sorted(shown), READ, wanted)

    def read(ids: Collection[str]) -> dict[str, Entry]:
        return {one.id: one for one in ledger.entries_in_short(sorted(ids))}

    return digest_of(period, documents, groups, changes, read)
