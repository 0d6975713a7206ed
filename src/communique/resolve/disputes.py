"""What sources contradict each other about: values for one fact that can't all be right, kept side by side.

A vaguer value does not contradict a more exact one that it allows ("July 2025", "15 July 2025"; "about 30",
31). What may change in time (a due date, a price, a number still to be ordered) is disputed only where it is
told at about the same time; a fact of the past (the day of a signing) whenever it is told.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from communique.language.terms import find_terms
from communique.lexicon.tables import rows
from communique.model import Claimed, Dispute, Engagement, Item, Kind, Report, Transfer, record_to_json
from communique.resolve.claims import days, distance
from communique.resolve.deliveries import good, same_good
from communique.resolve.history import misdated
from communique.resolve.publishers import is_official
from communique.resolve.stages import LIFE_CYCLES, REACHED_ONCE, height, impossible, interrupts, rank
from communique.resolve.telling import AGAIN, DENIED, tells

_SURE = 0.5
"""Confidence below which a reading is likelier wrong than right, so that it contradicts nobody."""
_ONE_DAY = 1
"""Days by which dates of one thing differ for time zones alone."""
_SAME_TIME = 30
"""Days within which two reports are of the same time."""
_ONE_THING = 366
"""Days beyond which two dates are likelier of two things than of one that is dated wrongly."""
_ROUNDED = 0.1
"""The share by which a rounded number may differ from the exact one."""
_APPROXIMATE = 0.25
"""The share by which a number told as approximate, or as a bound, may differ from the exact one."""
_ABOUT = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|an estimated|more than|over|at least|up to|as many as"
    r"|fewer than|less than|under|close to)\s+(?:[A-Z]{0,3}[$€£¥₹]|Rs\.?\s|[A-Z]{3}\s)?\s?\d",
    re.IGNORECASE,
)


class _Told(NamedTuple):
    """A value as a report gives it, by order of publication; the smaller ``vagueness``, the more exact it is."""

    value: Any
    report: Report
    position: int
    vagueness: float = 0.0


_Compatible = Callable[[_Told, _Told], bool]


def disputes(reports: Sequence[Report], parties: Iterable[str]) -> tuple[Dispute, ...]:
    """The fields about which the reports of one thing contradict each other.

    Args:
        reports: in the order of the entry's history.
        parties: the entry's parties: what they publish themselves is official.
    """
    told = sorted(reports, key=lambda r: (r.source.published or "~", r.source.record_id))
    sure = [(at, r) for at, r in enumerate(told) if r.record.confidence is None or r.record.confidence >= _SURE]
    if len(sure) < 2 or reports[0].record.kind is Kind.STATEMENT:
        return ()
    concerned = frozenset(parties)
    kind, now = reports[0].record.kind, reports[-1].stage
    found: list[tuple[str, list[list[_Told]]]] = [
        *(("date" if stage == now else f"{stage} date", _dates(sure, stage)) for stage in LIFE_CYCLES[kind]),
        ("due", _apart(_values(sure, "due", _vagueness), _dates_at_one_time)),
        ("place", _apart(_values(sure, "place"), _places)),
        ("value", _apart(_values(sure, "value"), _amounts)),
        *(("items", groups) for groups in _quantities(sure)),
        *((side, _apart(_values(sure, side), _sides)) for side in ("supplier", "recipient")),
        ("status" if kind is Kind.UNDERTAKING else "stage", _stages(kind, sure, concerned)),
    ]
    return tuple(
        _dispute(field, groups, concerned) for field, groups in found if len(groups) > 1 and _sources(groups) > 1
    )


def _sources(groups: Iterable[Iterable[_Told]]) -> int:
    """How many documents the values stand in: what one document seems to contradict in itself is misread."""
    return len({told.report.source.document_id for group in groups for told in group})


def _dispute(field: str, groups: list[list[_Told]], parties: frozenset[str]) -> Dispute:
    claims = []
    for group in groups:
        official = any(is_official(told.report.source, parties) for told in group)
        ids = tuple(dict.fromkeys(t.report.source.record_id for t in sorted(group, key=lambda t: t.position)))
        claims.append(
            (
                not official,
                min(t.position for t in group),
                Claimed(value=group[0].value, record_ids=ids, official=official),
            )
        )
    return Dispute(field=field, claims=tuple(claim for *_, claim in sorted(claims, key=lambda c: c[:2])))


def _apart(told: Iterable[_Told], compatible: _Compatible) -> list[list[_Told]]:
    """The values in groups that contradict each other, each led by its most exact; a vague one may be in several."""
    groups: list[list[_Told]] = []
    for one in sorted(told, key=lambda t: (t.vagueness, t.position)):
        fitting = [group for group in groups if compatible(one, group[0])]
        for group in fitting:
            group.append(one)
        if not fitting:
            groups.append([one])
    return groups


def _values(
    sure: Sequence[tuple[int, Report]], field: str, vagueness: Callable[[Any], float] = lambda _: 0.0
) -> list[_Told]:
    rows = ((at, report, record_to_json(report.record).get(field)) for at, report in sure)
    return [_Told(value, report, at, vagueness(value)) for at, report, value in rows if value]


def _vagueness(when: str) -> float:
    known = days(when)
    return (known[1] - known[0]).days if known else float("inf")


def _dates(sure: Sequence[tuple[int, Report]], stage: str) -> list[list[_Told]]:
    told = [_Told(r.date, r, at, _vagueness(r.date)) for at, r in sure if r.stage == stage and r.date and days(r.date)]
    if stage in REACHED_ONCE:
        late = misdated([t.report for t in told])
        past = [t for t in told if t.report.ordered_by == t.report.date]  # what is to come has no date yet
        return _apart([t for t in past if t.report.source.record_id not in late], _same_day)
    return _apart(told, _dates_at_one_time) if stage == "planned" else []


def _same_day(one: _Told, other: _Told) -> bool:
    first, second = days(one.value), days(other.value)
    return first is None or second is None or not _ONE_DAY < distance(first, second) <= _ONE_THING


def _at_one_time(one: _Told, other: _Told) -> bool:
    first, second = days(one.report.source.published), days(other.report.source.published)
    return first is not None and second is not None and distance(first, second) <= _SAME_TIME


def _dates_at_one_time(one: _Told, other: _Told) -> bool:
    return _same_day(one, other) or not _at_one_time(one, other)


def _places(one: _Told, other: _Told) -> bool:
    """Whether two places may be one, or of two occasions: only what one day and the same parties have is one."""
    first, second = (_states_of(told.value) for told in (one, other))
    return not first or not second or not first.isdisjoint(second) or not _one_occasion(one.report, other.report)


def _one_occasion(one: Report, other: Report) -> bool:
    """Whether two reports are surely of one occasion in one place; a visit may lead to several."""
    first, second = one.record, other.record
    if not isinstance(first, Engagement) or not isinstance(second, Engagement):
        return False
    a, b = days(first.date), days(second.date)
    same_day = a is not None and a == b and a[0] == a[1]
    return same_day and first.type == second.type != "visit" and set(first.parties) == set(second.parties)


def _states_of(place: str) -> frozenset[str]:
    return frozenset(party for hit in find_terms(place) for party in hit.term.parties) & _states()


def _sides(one: _Told, other: _Told) -> bool:
    """Whether two lists may be of one side: states that exclude each other are not, if each is to do all of it.

    Firms may stand for their state, and of what is not counted each state may give a part.
    """
    first, second = (frozenset(told.value) & _states() for told in (one, other))
    return not first or not second or not first.isdisjoint(second) or not _as_many(one.report, other.report)


def _as_many(one: Report, other: Report) -> bool:
    """Whether two reports of a transfer give the same number of the same item."""
    counted = ({(good(i), i.quantity) for i in _items(report) if i.quantity is not None} for report in (one, other))
    return not next(counted).isdisjoint(next(counted))


def _items(report: Report) -> tuple[Item, ...]:
    return report.record.items if isinstance(report.record, Transfer) else ()


def _amounts(one: _Told, other: _Told) -> bool:
    if one.value["currency"] != other.value["currency"] or one.report.stage != other.report.stage:
        return True
    return not _at_one_time(one, other) or _same_number(one, other, one.value["amount"], other.value["amount"])


def _quantities(sure: Sequence[tuple[int, Report]]) -> list[list[list[_Told]]]:
    """For each item the numbers that are told of it."""
    by_item: list[list[_Told]] = []
    for at, report in sure:
        # A delivery may be of a part.
        if str(getattr(report.record, "stage", None)) in ("delivered", "in-service"):
            continue
        for item in _items(report):
            if item.quantity is None:
                continue
            told = _Told({"what": item.what, "quantity": item.quantity}, report, at)
            same = next((known for known in by_item if _same_item(known[0], told)), None)
            if same is None:
                by_item.append([told])
            else:
                same.append(told)
    return [_apart(told, _quantities_fit) for told in by_item]


def _same_item(one: _Told, other: _Told) -> bool:
    first, second = (good(Item(told.value["what"])) for told in (one, other))
    return one.report is not other.report and same_good(first, second, near=True)


def _quantities_fit(one: _Told, other: _Told) -> bool:
    if one.report.stage != other.report.stage or not _at_one_time(one, other):
        return True
    return _same_number(one, other, one.value["quantity"], other.value["quantity"])


def _same_number(one: _Told, other: _Told, first: float, second: float) -> bool:
    small, large = sorted((first, second))
    if any(_ABOUT.search(quote) for told in (one, other) for quote in told.report.source.quotes):
        return large <= small * (1 + _APPROXIMATE)
    return small == large or (large <= small * (1 + _ROUNDED) and _is_rounded(small, large))


def _is_rounded(one: float, other: float) -> bool:
    """Whether one of two numbers is the other one, rounded to a power of ten."""
    return any(
        _round(b, 10**power) == a
        for a, b in ((one, other), (other, one))
        for power in range(1, 13)
        if a % 10**power == 0
    )


def _round(number: float, unit: int) -> float:
    return (number + unit / 2) // unit * unit


def _stages(kind: Kind, sure: Sequence[tuple[int, Report]], parties: frozenset[str]) -> list[list[_Told]]:
    """A stage that was reached, and an interruption that can't be true beside it or was denied at once."""
    for _, halt in sure:
        if not interrupts(kind, str(halt.stage)):
            continue
        against = [
            _Told(other.stage, other, at)
            for at, other in sure
            if not interrupts(kind, str(other.stage))
            and (_too_late(kind, halt, other) or _denies(kind, halt, other, [r for _, r in sure], parties))
        ]
        if against:
            return [against, [_Told(r.stage, r, at) for at, r in sure if r.stage == halt.stage]]
    return []


def _too_late(kind: Kind, halt: Report, other: Report) -> bool:
    """Whether a halt is told of something that had been told to be done: a sale that was cancelled after delivery."""
    first, second = days(other.source.published), days(halt.source.published)
    told_before = first is not None and second is not None and first[0] <= second[0]
    return told_before and impossible(kind, str(other.stage), str(halt.stage))


def _denies(kind: Kind, halt: Report, other: Report, reports: Sequence[Report], parties: frozenset[str]) -> bool:
    """Whether a report that a thing goes on answers one that it was halted, and does not tell of a new start."""
    first, second = days(halt.source.published), days(other.source.published)
    if first is None or second is None or not 0 <= (second[0] - first[0]).days <= _SAME_TIME:
        return False
    before = (str(r.stage) for r in reports if (when := days(r.source.published)) and when[0] < first[0])
    reached = rank(kind, str(other.stage))
    if reached is None or reached > max(0, height(kind, before)) or tells(other.source, AGAIN):
        return False
    unofficial = not is_official(halt.source, parties)
    return tells(other.source, DENIED) or (unofficial and is_official(other.source, parties))


@cache
def _states() -> frozenset[str]:
    return frozenset(row["code"] for row in rows("states"))
