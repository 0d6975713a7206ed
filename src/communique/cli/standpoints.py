"""What a page has to know besides its entries: the day, what promises are about, and what people decided."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from communique.model import Entry

if TYPE_CHECKING:
    from communique.api import Ledger
    from communique.views import Standpoint


def standpoint_of(ledger: "Ledger", entries: Iterable[Entry], day: date) -> "Standpoint":
    """The standpoint of a page that shows these entries."""
    from communique.views import Standpoint

    known = {entry.id: entry for entry in entries}
    promised = {str(entry.fields["refers_to"]) for entry in known.values() if entry.fields.get("refers_to")}
    known |= {entry.id: entry for entry in ledger.entries_with_ids(sorted(promised - known.keys()))}
    decided = any(entry.decisions for entry in known.values())
    decisions = [state.decision for state in ledger.decisions()] if decided else []
    return Standpoint(day, known, {decision.number: decision for decision in decisions})
