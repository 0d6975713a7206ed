"""What people have decided about an entry, laid over what its records say."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from communique.model import STAGES, Action, Decision, Entry, Kind, standing_of
from communique.resolve.titles import title

SIDES = ("parties", "supplier", "recipient", "by", "to")
"""Fields that hold the actors of an entry."""
_STAGE = ("stage", "status")
_BESIDE_FIELDS = ("title", "stage", "date")
"""What a decision may set that is an attribute of the entry, whether or not the kind has a field of that name."""


def decided(entry: Entry, decisions: Iterable[Decision]) -> Entry:
    """The entry as those decisions leave it that concern its records; of several for one field the latest wins.

    A value that the field can't have is left out of account, as is a decision that does not concern the entry.
    """
    own = {report.source.record_id for report in entry.history}
    concerning = sorted((d for d in decisions if not own.isdisjoint((*d.records, *d.others))), key=lambda d: d.number)
    shaping = [d for d in concerning if d.action is not Action.SET or _settable(entry, d)]
    for decision in shaping:
        if decision.action is Action.SET:
            entry = _set(entry, str(decision.field), decision.value)
    return replace(
        entry,
        confirmed=any(d.action is Action.CONFIRM for d in shaping),
        decisions=tuple(d.number for d in shaping),
    )


def is_set(entry: Entry, decisions: Sequence[Decision], *fields: str) -> bool:
    """Whether one of the decisions that shaped the entry set one of these fields."""
    own = set(entry.decisions)
    return any(d.number in own and d.action is Action.SET and d.field in fields for d in decisions)


def _settable(entry: Entry, decision: Decision) -> bool:
    field = decision.field
    if field in _STAGE:
        return entry.kind in STAGES and decision.value in {stage.value for stage in STAGES[entry.kind]}
    if field == "refers_to":
        return entry.kind is Kind.UNDERTAKING
    if field not in entry.fields:
        return field in _BESIDE_FIELDS and isinstance(decision.value, str)
    return isinstance(decision.value, list) == isinstance(entry.fields[field], list)


def _set(entry: Entry, field: str, value: Any) -> Entry:
    """The entry with another value of a field, and with what follows from it."""
    if field in _STAGE:
        fields = entry.fields | {name: value for name in _STAGE if name in entry.fields}
        disputes = tuple(dispute for dispute in entry.disputes if dispute.field not in _STAGE)
        standing = standing_of(entry.kind, value)
        return replace(entry, stage=value, standing=standing, fields=fields, disputes=disputes)
    if field == "title":
        return replace(entry, title=value)
    fields = entry.fields | {field: value}
    named = entry.title if entry.title != title(entry.kind, entry.fields) else title(entry.kind, fields)
    disputes = tuple(dispute for dispute in entry.disputes if dispute.field != field)
    entry = replace(entry, fields=fields, title=named, disputes=disputes)
    if field == "date":
        return replace(entry, date=value)
    if field in SIDES:
        return replace(entry, parties=tuple(dict.fromkeys(p for side in SIDES for p in fields.get(side) or ())))
    return entry
