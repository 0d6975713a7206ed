"""How much of a transfer has arrived: deliveries of a part add up, and leave the rest contracted."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from communique.language.numbers import find_numbers
from communique.model import Item, Kind, Report, Transfer
from communique.resolve.claims import Days, days, distance
from communique.resolve.deliveries import Good, good, same_good
from communique.resolve.telling import CUMULATIVE, FINAL, MORE, PARTIAL, tells

CONTRACTED = "contracted"
"""The stage in which a delivery of a part leaves a transfer."""
_ARRIVED = ("delivered", "in-service")
_ONE_DELIVERY = 3
"""Days within which two reports of as many items tell of one delivery (time zones, unloading)."""
_OF = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|a total of)\s+)?", re.IGNORECASE)
_ORDINAL_OF = re.compile(r"\b(?:first|second|third|last|latest|final|next)\s+of\s+(?:the\s+|its\s+)?$", re.IGNORECASE)


@dataclass(slots=True)
class _Tally:
    """What is known of one item: how many are to come in all, how many came, and when."""

    what: str
    good: Good
    ordered: int | None = None
    arrived: int = 0
    begun: bool = False
    complete: bool = False
    seen: list[tuple[Days | None, int]] = field(default_factory=list)

    @property
    def pending(self) -> bool:
        """Whether some are known to be still to come."""
        return not self.complete and (self.ordered is not None or self.begun) and not self.good.accessory


def parts(reports: Sequence[Report]) -> tuple[int, ...]:
    """The positions of those reports of a delivery that leave some of the items still to come.

    Args:
        reports: of one transfer, in order of time.
    """
    tallies = _tallies(reports)
    return tuple(at for at, report in enumerate(reports) if _has_arrived(report) and _is_part(tallies, report))


def progress(reports: Sequence[Report]) -> str | None:
    """How far deliveries have come, "4 of 99 delivered"; None where none has begun or all is there.

    Args:
        reports: of one entry, in the order of its history, or those of them that were known on a day.
    """
    if not reports or not isinstance(reports[0].record, Transfer):
        return None
    tallies = _tallies(reports)
    left = False
    for report in filter(_has_arrived, reports):
        left = _is_part(tallies, report)
    begun = [tally for tally in tallies if tally.arrived or tally.begun or tally.complete]
    if not left or not begun:
        return None
    counts = ", ".join(_count(tally, name=len(tallies) > 1) for tally in begun)
    return f"{counts} delivered" + (", more to come" if any(t.pending and t.ordered is None for t in begun) else "")


def items_of(reports: Sequence[Report]) -> list[Item]:
    """Each item once, by its first description, with the number ordered, else the number that arrived."""
    tallies = _tallies(reports)
    for report in filter(_has_arrived, reports):
        _is_part(tallies, report)
    return [Item(t.what, t.ordered if t.ordered is not None else t.arrived or None) for t in tallies]


def _has_arrived(report: Report) -> bool:
    return isinstance(report.record, Transfer) and report.record.stage in _ARRIVED


def _tallies(reports: Sequence[Report]) -> list[_Tally]:
    """One for each item, with the number that was ordered: told last by a report of an order, else beside a delivery.

    Items of one record stay apart.
    """
    found: list[_Tally] = []
    for report in reports:
        known = len(found)
        for item in _items(report):
            tally = _tally_of(found[:known], item)
            if tally is None:
                tally = _Tally(item.what, good(item))
                found.append(tally)
            if item.quantity is not None and not _has_arrived(report):
                tally.ordered = item.quantity
    for report in filter(_has_arrived, reports):
        for item in _items(report):
            tally = _tally_of(found, item)
            if tally is not None and tally.ordered is None:
                tally.ordered = _total(report, item.quantity)
    return found


def _items(report: Report) -> tuple[Item, ...]:
    return report.record.items if isinstance(report.record, Transfer) else ()


def _tally_of(tallies: Iterable[_Tally], item: Item) -> _Tally | None:
    this = good(item)
    exact = [tally for tally in tallies if tally.good == this]
    return next(iter(exact or [tally for tally in tallies if same_good(tally.good, this, near=True)]), None)


def _is_part(tallies: list[_Tally], report: Report) -> bool:
    """Add a delivery to the tallies, and tell whether any of the transfer's items is still to come after it."""
    named = [(item, tally) for item in _items(report) if (tally := _tally_of(tallies, item)) is not None]
    for item, tally in named:
        _add(tally, report, item.quantity)
    if any(tally.pending for _, tally in named):
        return True
    # Of what the report does not name, only a known number of items is known to be still to come.
    return bool(named) and any(tally.pending and tally.ordered for tally in tallies)


def _add(tally: _Tally, report: Report, quantity: int | None) -> None:
    first, more = tells(report.source, PARTIAL), tells(report.source, MORE)
    total = _total(report, quantity)
    if total is not None and total == quantity:
        quantity = None  # "the first of six" names the whole
    part = first or more or (total is not None and quantity is None)
    whole = tally.ordered is not None and quantity is not None and quantity >= tally.ordered
    if whole or tells(report.source, FINAL):
        tally.complete = True
    elif quantity is None:
        tally.complete = tally.complete or not part
    elif _is_further(report, first=first, more=more, total=total is not None):
        tally.arrived += 0 if _is_known(tally, report, quantity) else quantity
    else:
        tally.arrived = max(tally.arrived, quantity)
    tally.begun = tally.begun or part
    if tally.ordered is not None:
        tally.complete = tally.complete or tally.arrived >= tally.ordered
        tally.arrived = tally.ordered if tally.complete else tally.arrived
    elif not tally.begun:
        tally.complete = True


def _is_further(report: Report, *, first: bool, more: bool, total: bool) -> bool:
    """Whether the number told adds to those told before; one without a date may sum them up or recall them."""
    if report.record.kind is Kind.TRANSFER and getattr(report.record, "stage", None) == "in-service":
        return False
    if tells(report.source, CUMULATIVE):
        return False
    return more or (not first and not total and bool(getattr(report.record, "date", None)))


def _is_known(tally: _Tally, report: Report, quantity: int) -> bool:
    """Whether the delivery has been told before; it is noted."""
    when = days(getattr(report.record, "date", None) or report.source.published)
    before, tally.seen = tally.seen, [*tally.seen, (when, quantity)]
    return any(
        known == quantity and (not day or not when or distance(day, when) <= _ONE_DELIVERY) for day, known in before
    )


def _total(report: Report, quantity: int | None) -> int | None:
    """How many there are to be, where a sentence tells it beside the delivery: "three of the six", "first of six"."""
    for quote in report.source.quotes:
        numbers = find_numbers(quote)
        for before, number in zip((None, *numbers), numbers, strict=False):
            told = (
                before is not None
                and before.value == quantity
                and _OF.fullmatch(quote[before.span.end : number.span.start])
            )
            ordinal = _ORDINAL_OF.search(quote[: number.span.start])
            if (told and number.value > (quantity or 0)) or (ordinal and number.value >= (quantity or 0)):
                return int(number.value)
    return None


def _count(tally: _Tally, *, name: bool) -> str:
    what = f" {tally.what}" if name else ""
    if tally.complete:
        return f"all {tally.ordered}{what}" if tally.ordered else f"all{what}"
    total = f" of {tally.ordered}" if tally.ordered is not None else ""
    return f"{tally.arrived or 'first'}{total}{what}"
