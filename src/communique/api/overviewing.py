"""What those ask who look over a whole ledger, or over all that two parties have between them."""

from collections.abc import Sequence

from communique.api.browsing import wanted
from communique.api.opening import OpenLedger
from communique.ledger.dealings import days_told
from communique.ledger.occasions import Occasion, occasions
from communique.model import Kind


class OverviewedLedger(OpenLedger):
    """A ledger that is looked over."""

    def occasions(
        self, *, parties: Sequence[str] = (), since: str | None = None, until: str | None = None
    ) -> list[Occasion]:
        """Engagements with their places; the conditions are those of :meth:`communique.api.Ledger.entries`."""
        asked = wanted(kind=Kind.ENGAGEMENT, parties=parties, since=since, until=until)
        return self._store.ask(lambda connection: occasions(connection, asked))

    def days_told(self, one: str, other: str) -> list[str]:
        """The days on which documents were published that tell of what two parties have between them, in order."""
        return self._store.ask(lambda connection: days_told(connection, one, other))
