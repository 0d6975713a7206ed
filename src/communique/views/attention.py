"""What asks for attention: what is overdue, of what nothing is heard any more, what is disputed, what is doubtful."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from communique.ledger.tallies import Measure
from communique.model import Decision, Dispute, Entry, Outline, Report, Sketch
from communique.resolve.promises import NEVER_SILENT, PENDING, heard_until, is_overdue, silent_since
from communique.views.choosing import DOUBTFUL, is_doubtful

SILENT_MONTHS = 12
"""Months without news after which something open counts as silent: most bodies and summits come round once a year, so
what a whole round did not mention has been left lying."""


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where a page looks at entries from.

    Attributes:
        day: the day against which due dates and silence are held.
        linked: entries that promises refer to, by their ids: news of them are news of the promise. In outline, all of
            their reports were published up to the day.
        decisions: what people decided, by number.
    """

    day: date
    linked: Mapping[str, Entry | Outline | Sketch] = field(default_factory=dict)
    decisions: Mapping[int, Decision] = field(default_factory=dict)

    def silent_since(self, entry: Entry | Outline | Sketch) -> date | None:
        """The day on which an open thing was last heard of, if that is too long ago; else None."""
        about = entry.fields.get("refers_to") if isinstance(entry, Entry) else entry.refers_to
        return silent_since(entry, self.day, SILENT_MONTHS, self.linked.get(str(about)))


def measure(day: date) -> Measure:
    """What a ledger counts by as of a day; it comes to the same as :func:`asks` of each entry."""
    return Measure(
        day=day.isoformat(),
        heard=heard_until(day, SILENT_MONTHS).isoformat(),
        doubtful=DOUBTFUL,
        pending=PENDING,
        never_silent=NEVER_SILENT,
    )


class Attention(NamedTuple):
    """How many entries ask for attention, and why; one entry may do so for several reasons."""

    overdue: int = 0
    silent: int = 0
    disputed: int = 0
    doubtful: int = 0

    def in_words(self) -> str:
        """The reasons that there are, as "2 overdue, 1 disputed"; empty where nothing asks for attention."""
        return ", ".join(f"{number} {reason}" for reason, number in self._asdict().items() if number)


def attention(entries: Collection[Outline | Sketch], standpoint: Standpoint) -> Attention:
    """How many of the entries ask for attention."""
    pending = [entry for entry in entries if entry.standing in PENDING]
    until = heard_until(standpoint.day, SILENT_MONTHS).isoformat()
    return Attention(
        overdue=sum(is_overdue(entry, standpoint.day) for entry in pending),
        silent=sum(_is_silent(entry, until, standpoint) for entry in pending),
        disputed=sum(map(attrgetter("disputed"), entries)),
        doubtful=sum(map(is_doubtful, entries)),
    )


def _is_silent(entry: Outline | Sketch, until: str, standpoint: Standpoint) -> bool:
    """Whether something pending was last heard of by a day; of most there is no other thing to be asked about."""
    if entry.refers_to:
        return standpoint.silent_since(entry) is not None
    return entry.last_heard is not None and entry.last_heard <= until and entry.kind not in NEVER_SILENT


def asks(entry: Outline, standpoint: Standpoint) -> Attention:
    """Whether one entry asks for attention, as counts of 0 and 1."""
    return Attention(
        overdue=int(is_overdue(entry, standpoint.day)),
        silent=int(standpoint.silent_since(entry) is not None),
        disputed=int(entry.disputed),
        doubtful=int(is_doubtful(entry)),
    )


def together(each: Iterable[Attention]) -> Attention:
    """The counts added up."""
    columns = tuple(zip(*each, strict=True))
    return Attention(*map(sum, columns))


def fate_to_json(entry: Entry, standpoint: Standpoint) -> dict[str, Any]:
    """What the day makes of an entry, as plain JSON data."""
    silent = standpoint.silent_since(entry)
    return {
        "overdue": is_overdue(entry, standpoint.day),
        "silent_since": silent.isoformat() if silent else None,
    }


def reports_of(claimed: Iterable[str], entry: Entry) -> list[Report]:
    """The reports whose records give a value, in order of publication."""
    ids = set(claimed)
    found = [report for report in entry.history if report.source.record_id in ids]
    return sorted(found, key=lambda report: report.source.published or "~")


def disputes_to_json(disputes: Iterable[Dispute]) -> list[dict[str, Any]]:
    """Disputes as plain JSON data, the official values first."""
    return [
        {
            "field": dispute.field,
            "claims": [
                {"value": claim.value, "record_ids": list(claim.record_ids), "official": claim.official}
                for claim in dispute.claims
            ],
        }
        for dispute in disputes
    ]
