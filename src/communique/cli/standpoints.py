"""What a page has to know besides its entries: the day, what promises are about, and what people decided."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from communique.model import Entry, Outline

if TYPE_CHECKING:
    from communique.api import Ledger
    from communique.views import Standpoint


def standpoint_of(ledger: "Ledger", entries: Iterable[Entry | Outline], day: date) -> "Standpoint":
    """The standpoint of a page that shows these entries; outlines are those of what was told by the day."""
    from communique.views import Standpoint, told_in_outline

    known: dict[str, Entry | Outline] = {entry.id: entry for entry in entries}
    promised = {about for entry in known.values() if (about := _about(entry))}
    known |= {one.id: one for one in told_in_outline(ledger.outlines(promised - known.keys()), ledger.wordless, day)}
    decided = any(e.decided if isinstance(e, Outline) else e.decisions for e in known.values())
    decisions = [state.decision for state in ledger.decisions()] if decided else []
    return Standpoint(day, known, {decision.number: decision for decision in decisions})


def _about(entry: Entry | Outline) -> str | None:
    """The id of the entry that an undertaking is about."""
    about = entry.refers_to if isinstance(entry, Outline) else entry.fields.get("refers_to")
    return str(about) if about else None
