"""What the records of one thing say together: merged fields, parties, a title and an id."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from communique.ledger import Reported
from communique.model import (
    Agreement,
    Decision,
    Dispute,
    Engagement,
    Entry,
    Initiative,
    Item,
    Kind,
    Report,
    Statement,
    Transfer,
    Undertaking,
    field_names,
    record_to_json,
    standing_of,
)
from communique.model.names import same_person
from communique.resolve.actors import acts_for
from communique.resolve.claims import Claim
from communique.resolve.decided import decided
from communique.resolve.deliveries import good
from communique.resolve.disputes import disputes
from communique.resolve.history import history, latest_date, stage_date
from communique.resolve.progress import items_of, progress
from communique.resolve.promises import strength_changes
from communique.resolve.telling import amended_on, amendments
from communique.resolve.titles import title

_SETS = {"parties", "supplier", "recipient", "by", "to", "speakers"}
_LONGEST = {"name", "place"}
_DATES = {"date", "due"}


def entry_of(claims: Sequence[Claim], decisions: Iterable[Decision] = ()) -> Entry:
    """The entry that claims of one thing make, with the id that the earliest of them implies.

    Args:
        claims: of one kind, at least one, in any order.
        decisions: those in force; what they say of other entries is left out of account.
    """
    reports = history(claims)
    kind = reports[0].record.kind
    stage, when = reports[-1].stage, stage_date(reports)
    fields = merged_fields(reports)
    fields |= {name: stage for name in ("stage", "status") if name in fields}
    fields |= {"date": when} if "date" in fields else {}
    fields |= happenings(reports)
    parties = _union(parties_of(claim.reported) for claim in sorted(claims))
    disputed = disputes(reports, parties)
    fields |= _official(disputed, fields)
    entry = Entry(
        id=entry_id(kind, min(claims).reported.source.record_id),
        kind=kind,
        title=title(kind, fields),
        parties=parties,
        stage=stage,
        standing=standing_of(kind, stage),
        date=fields.get("date", when),
        fields=fields,
        history=_as_read(reports, claims),
        disputes=disputed,
    )
    return decided(entry, decisions)


def _as_read(reports: Sequence[Report], claims: Sequence[Claim]) -> tuple[Report, ...]:
    """The reports with what their documents say: who is meant by names is told by the entry."""
    read = {c.reported.source.record_id: c.read for c in claims if c.read is not c.reported.record}
    return tuple(replace(r, record=read.get(r.source.record_id, r.record)) for r in reports) if read else tuple(reports)


def entry_id(kind: Kind, record_id: str) -> str:
    """The id that a record implies; an entry has that of its earliest record: ``A-3f9c2b1d07``."""
    return f"{kind.value[0].upper()}-{hashlib.sha256(record_id.encode()).hexdigest()[:10]}"


def parties_of(reported: Reported) -> tuple[str, ...]:
    """The actors on any side of what a record reports; of a statement, those that its speakers speak for."""
    match record := reported.record:
        case Transfer():
            return (*record.supplier, *record.recipient)
        case Undertaking():
            return (*record.by, *record.to)
        case Statement():
            return tuple(party for speaker in record.speakers for party in acts_for(speaker, reported.people))
        case Engagement() | Agreement() | Initiative():
            return record.parties


def merged_fields(reports: Sequence[Report]) -> dict[str, Any]:
    """The kind's fields: sets joined in order of mention, else the most specific value, else the latest."""
    kind = reports[0].record.kind
    rows = [record_to_json(report.record) for report in reports]
    fields = {name: _merged(name, [row[name] for row in rows]) for name in field_names(kind)}
    if kind is Kind.TRANSFER:
        fields |= _sides(rows)
        fields["items"] = [{"what": item.what, "quantity": item.quantity} for item in items_of(reports)]
    return fields


def _sides(rows: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
    """Supplier and recipient, each party on the side on which more reports have it, the buyer's if as many."""
    given, taken = (Counter(party for row in rows for party in row[side]) for side in ("supplier", "recipient"))
    return {
        "supplier": [party for party in given if given[party] > taken[party]],
        "recipient": [party for party in taken if taken[party] >= given[party]],
    }


def happenings(reports: Sequence[Report]) -> dict[str, Any]:
    """What else the history shows, by further fields that stand only where there is something to tell.

    ``amended``: EDTF dates of changes to an agreement or initiative. ``progress``: how far deliveries have come, "4 of
    99 delivered". ``strengths``: how a promise was strengthened or weakened, each with the day it was first told so.
    """
    changes = strength_changes(reports)
    found = {
        "amended": list(dict.fromkeys(when for r in amendments(reports) if (when := amended_on(r)))),
        "progress": progress(reports),
        "strengths": [{"strength": s, "date": when} for s, when in changes] if len(changes) > 1 else [],
    }
    return {name: value for name, value in found.items() if value}


def _official(disputed: Sequence[Dispute], fields: dict[str, Any]) -> dict[str, Any]:
    """The values of disputed fields that official sources agree on; the stage follows from the history."""
    chosen: dict[str, Any] = {}
    for dispute in disputed:
        first, second = dispute.claims[:2]
        if not first.official or second.official or dispute.field in ("stage", "status"):
            continue
        if dispute.field == "items":
            this = good(Item(first.value["what"]))
            items = chosen.get("items") or fields["items"]
            chosen["items"] = [
                {**item, "quantity": first.value["quantity"]} if good(Item(item["what"])) == this else item
                for item in items
            ]
        elif dispute.field in fields:
            chosen[dispute.field] = first.value
    return chosen


def _merged(name: str, values: list[Any]) -> Any:
    if name in _SETS:
        return list(_union(values))
    if name == "people":
        return _people(values)
    known = [value for value in values if value is not None]
    if not known:
        return None
    if name in _LONGEST:
        return max(reversed(known), key=len)
    if name in _DATES:
        return latest_date(known)
    if name == "type":  # one report that misnames an occasion does not rename it
        return max(reversed(known), key=known.count)
    return known[-1]


def _union(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for values in lists for value in values))


def _people(lists: Iterable[Iterable[str]]) -> list[str]:
    """Each person once, by the longest form of the name, in order of first mention."""
    found: list[str] = []
    for name in _union(lists):
        at = next((i for i, known in enumerate(found) if same_person(known, name)), None)
        if at is None:
            found.append(name)
        elif len(name) > len(found[at]):
            found[at] = name
    return found
