"""What a run of reading came to: counted as it goes, so that it takes no more room the longer it is."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from communique.model import CommuniqueError, Place, SourceError

if TYPE_CHECKING:
    from communique.ledger import Taken

_WORDS = {
    "new": "new",
    "revision": "revised",
    "known": "known already",
    "unread": "not in English",
    "passed over": "passed over",
    "failed": "failed",
}
_SHOWN = 20
"""Failures that are named; `communique problems` lists all."""


class Tally:
    """Counts of outcomes, and the first failures with their reasons.

    Args:
        every: keep each document's outcome, for a report in JSON.
    """

    def __init__(self, *, every: bool) -> None:
        self._every = every
        self._outcomes: Counter[str] = Counter()
        self._records = 0
        self._added: list[dict[str, Any]] = []
        self._failures: list[tuple[str, CommuniqueError]] = []

    @property
    def failed(self) -> int:
        """How many documents could not be read."""
        return self._outcomes["failed"]

    @property
    def kept(self) -> int:
        """How many documents are in the ledger, or noted there as passed over."""
        return self._outcomes.total() - self.failed

    def refuse(self, path: str, error: CommuniqueError) -> None:
        """Count a path behind which there was nothing to read."""
        self._outcomes["failed"] += 1
        if self._every or len(self._failures) < _SHOWN:
            self._failures.append((path, error))

    def count(self, taken: "Taken") -> None:
        """Count a document."""
        if taken.outcome == "failed":
            self.refuse(taken.name, SourceError(taken.reason or ""))
            return
        self._outcomes[taken.outcome] += 1
        if taken.outcome in ("new", "revision"):
            self._records += taken.records
        if self._every and taken.document_id is not None:
            row = {"path": _path(taken), "outcome": taken.outcome, "document_id": taken.document_id}
            self._added.append(row | {"records": taken.records})

    def raise_if_alone(self) -> None:
        """Let the error of a single thing that was given be the error of the whole.

        Raises:
            CommuniqueError: it failed, and there was nothing else.
        """
        if self.failed == 1 and self.kept == 0:
            raise self._failures[0][1]

    def counted(self, *, left_out: tuple[str, ...] = ()) -> str:
        """How many had which outcome, in words."""
        return ", ".join(
            f"{self._outcomes[outcome]:,} {words}"
            for outcome, words in _WORDS.items()
            if self._outcomes[outcome] and outcome not in left_out
        )

    def lines(self, ledger: Place) -> Iterator[str]:
        """The report on a page."""
        documents = self._outcomes.total()
        counted = self.counted() or "nothing to read"
        yield (
            f"{documents:,} document{'' if documents == 1 else 's'}: {counted}. "
            f"{self._records:,} record{'' if self._records == 1 else 's'} went into {ledger}."
        )
        for path, error in self._failures:
            reason = str(error)
            yield f"  {reason}" if path in reason else f"  {path}: {reason}"
        if self.failed > len(self._failures):
            yield f"  and {self.failed - len(self._failures):,} more: communique problems"
        if self._outcomes["unread"] or self._outcomes["passed over"]:
            yield "What was not read, and why: communique skipped"

    def to_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "added": self._added,
            "passed_over": self._outcomes["passed over"],
            "failed": [{"path": path, "reason": str(error)} for path, error in self._failures],
        }


def _path(taken: "Taken") -> str:
    """The name as it was given, for what is one document."""
    return "-" if taken.origin == "-" and taken.item == "standard input" and not taken.part else taken.name
