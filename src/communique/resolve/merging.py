"""What the records of one thing say together: merged fields, parties, a title and an id."""

import hashlib
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from communique.ledger import Reported
from communique.model import (
    Agreement,
    Engagement,
    Entry,
    Initiative,
    Item,
    Kind,
    Record,
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
from communique.resolve.claims import Claim, days
from communique.resolve.deliveries import good, same_good
from communique.resolve.history import history, stage_date

_CLIP = 90
"""Characters of a statement's content in its title."""
_ITEMS = 3
"""Items of a transfer in its title."""
_SETS = {"parties", "supplier", "recipient", "by", "to", "speakers"}
_LONGEST = {"name", "place"}
_DATES = {"date", "due"}


def entry_of(claims: Sequence[Claim], known: Container[str]) -> Entry:
    """The entry that claims of one thing make; the first of them names it, by an id that is not yet known."""
    reports = history(claims)
    kind = reports[0].record.kind
    stage, when = reports[-1].stage, stage_date(reports)
    fields = merged_fields(reports)
    if "stage" in fields:
        fields["stage"] = stage
    if "status" in fields:
        fields["status"] = stage
    if "date" in fields:
        fields["date"] = when
    return Entry(
        id=next(key for key in entry_ids(claims[0]) if key not in known),
        kind=kind,
        title=title(kind, fields),
        parties=_union(parties_of(claim.reported) for claim in claims),
        stage=stage,
        standing=standing_of(kind, stage),
        date=when,
        fields=fields,
        history=reports,
    )


def entry_ids(claim: Claim) -> Iterator[str]:
    """The kind's initial and a hash of where the entry is first told of, and in which words.

    The first is the id; the others are for things that one sentence tells of in the same words ("F-16s to
    Denmark and F-16s to Norway").
    """
    record, source, _ = claim.reported
    place = [source.published, source.document_id, *((s.start, s.end) for s in source.spans), _main_words(record)]
    for again in count():
        digest = hashlib.sha256(repr([*place, again] if again else place).encode()).hexdigest()
        yield f"{record.kind.value[0].upper()}-{digest[:10]}"


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
    return {name: _merged(name, [row[name] for row in rows]) for name in field_names(kind)}


def title(kind: Kind, fields: dict[str, Any]) -> str:
    """One line that names the thing."""
    match kind:
        case Kind.ENGAGEMENT:
            parts = (_listing(fields["parties"]) + ": " + fields["type"], fields["date"], fields["place"])
            return ", ".join(part for part in parts if part).removeprefix(": ")
        case Kind.TRANSFER:
            items = ", ".join(_item(item) for item in fields["items"][:_ITEMS]) or "defence items"
            items += f" and {len(fields['items']) - _ITEMS} more" if len(fields["items"]) > _ITEMS else ""
            sides = (_listing(fields["supplier"]), "to " + _listing(fields["recipient"]))
            return ", ".join((items, " ".join(side for side in sides if side not in ("", "to ")))).removesuffix(", ")
        case Kind.UNDERTAKING:
            return str(fields["action"])
        case Kind.STATEMENT:
            return f"{_listing(fields['speakers'])}: {_clipped(fields['content'])}".removeprefix(": ")
        case Kind.AGREEMENT | Kind.INITIATIVE:
            return str(fields["name"])


def _merged(name: str, values: list[Any]) -> Any:
    if name in _SETS:
        return list(_union(values))
    if name == "people":
        return _people(values)
    if name == "items":
        return _items(values)
    known = [value for value in values if value is not None]
    if not known:
        return None
    if name in _LONGEST:
        return max(reversed(known), key=len)
    if name in _DATES:
        return min(reversed(known), key=_vagueness)
    return known[-1]


def _vagueness(when: str) -> int:
    known = days(when)
    return (known[1] - known[0]).days if known else 10**9


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


def _items(lists: Iterable[Iterable[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Each item once, by its first description, with the last quantity told; items of one record stay apart."""
    found: list[dict[str, Any]] = []
    for values in lists:
        known = len(found)
        for value in values:
            this = good(Item(value["what"]))
            same = next((old for old in found[:known] if same_good(good(Item(old["what"])), this, near=True)), None)
            if same is None:
                found.append(dict(value))
            elif value["quantity"] is not None:
                same["quantity"] = value["quantity"]
    return found


def _main_words(record: Record) -> str:
    match record:
        case Agreement() | Initiative():
            return record.name
        case Undertaking():
            return record.action
        case Statement():
            return record.content
        case Transfer():
            return "|".join(item.what for item in record.items)
        case Engagement():
            return f"{record.type}|{record.date}|{record.place}|{'|'.join(record.people)}"


def _listing(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _item(item: dict[str, Any]) -> str:
    return f"{item['what']} x{item['quantity']}" if item["quantity"] is not None else str(item["what"])


def _clipped(content: str) -> str:
    if len(content) <= _CLIP:
        return content
    return content[:_CLIP].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
