"""What a line says of an entry besides its stages: sides, sums, progress, what is due, silent, disputed or decided."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from communique.model import Action, Claimed, Decision, Dispute, Entry, Kind
from communique.resolve.promises import is_overdue
from communique.views.attention import Standpoint, reports_of
from communique.views.chains import source_words
from communique.views.dates import in_words

_STRENGTHS = {"aspiration": "hoped", "intention": "planned", "commitment": "pledged", "obligation": "agreed"}
"""How a promise was given, as a verb, where that changed."""
_DISPUTED = {"items": "number", "due": "due date"}
"""Fields that a reader calls otherwise."""
_DECIDED = {Action.CONFIRM: "confirmed", Action.SAME: "joined", Action.DIFFERENT: "kept apart"}


def facts(entry: Entry, standpoint: Standpoint, name_of: Callable[[str], str] = str) -> Iterator[str]:
    """What is known besides the stages, as short phrases.

    Args:
        name_of: what a reader calls a party, for its code.
    """
    fields = entry.fields
    if entry.kind is Kind.UNDERTAKING:
        yield from _promise(entry, name_of, overdue=is_overdue(entry, standpoint.day))
    elif entry.kind is Kind.TRANSFER and fields.get("value"):
        yield money(fields["value"]["amount"], fields["value"]["currency"])
    elif entry.kind is Kind.ENGAGEMENT and fields.get("people") and fields.get("parties"):
        yield ", ".join(map(name_of, fields["parties"]))  # the headline names the people
    if fields.get("progress"):
        yield str(fields["progress"])
    if fields.get("amended"):
        yield f"amended {_and([in_words(day) for day in fields['amended']])}"


def warnings(entry: Entry, standpoint: Standpoint, *, shortly: bool = False) -> Iterator[str]:
    """What is overdue or silent, as short phrases.

    Args:
        shortly: without the day on which it was due.
    """
    if is_overdue(entry, standpoint.day):
        due = "" if shortly else f", was due {in_words(str(entry.fields.get('due')))}"
        yield f"overdue{due}" if entry.kind is Kind.UNDERTAKING else "date passed, no report of it"
    silent = standpoint.silent_since(entry)
    if silent:
        yield f"silent since {silent.isoformat()[:7]}"


def disputed(entry: Entry) -> Iterator[str]:
    """A line for each field on which sources contradict each other: the values side by side, official ones first."""
    for dispute in entry.disputes:
        claims = (f"{_claimed(dispute, claim)} ({_sources(entry, claim)})" for claim in dispute.claims)
        yield f"disputed {field_name(dispute.field)}: {' or '.join(claims)}"


def disputed_shortly(entry: Entry) -> Iterator[str]:
    """The same without the sources."""
    for dispute in entry.disputes:
        values = " or ".join(_claimed(dispute, claim) for claim in dispute.claims)
        yield f"disputed {field_name(dispute.field)}: {values}"


def decided(entry: Entry, standpoint: Standpoint) -> Iterator[str]:
    """What people decided about the entry, with the numbers of their decisions."""
    for number in entry.decisions:
        made = standpoint.decisions.get(number)
        yield f"{_what(made)} by decision {number}"


def strengths_words(changes: Iterable[Mapping[str, str | None]]) -> str:
    """How a promise was strengthened or weakened: "hoped 2025-02-13, then agreed 2025-10-31"."""
    told = ((_STRENGTHS[str(change["strength"])], change["date"]) for change in changes)
    return ", then ".join(f"{verb} {in_words(day)}" if day else verb for verb, day in told)


def field_name(field: str) -> str:
    """What a reader calls a field."""
    return _DISPUTED.get(field, field)


def money(amount: float, currency: str) -> str:
    """A sum with its currency, large ones in words."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if amount >= size:
            return f"{currency} {amount / size:,.4g} {word}"
    return f"{currency} {amount:,}"


def _promise(entry: Entry, name_of: Callable[[str], str], *, overdue: bool) -> Iterator[str]:
    fields = entry.fields
    by, to = (", ".join(map(name_of, fields.get(side) or ())) for side in ("by", "to"))
    if by or to:
        yield " ".join(part for part in (by, f"towards {to}" if to else "") if part)
    if fields.get("strengths"):
        yield strengths_words(fields["strengths"])
    elif fields.get("strength"):
        yield str(fields["strength"])
    if fields.get("due") and not overdue:
        yield f"due {in_words(fields['due'])}"


def _claimed(dispute: Dispute, claim: Claimed) -> str:
    match claim.value:
        case {"what": what, "quantity": quantity}:
            return f"{quantity} {what}"
        case {"amount": amount, "currency": currency}:
            return money(amount, currency)
        case list() as values:
            return _and(values)
        case str() as value if dispute.field == "due" or dispute.field.endswith("date"):
            return in_words(value)
        case value:
            return str(value).replace("-", " ") if dispute.field in ("stage", "status") else str(value)


def _sources(entry: Entry, claim: Claimed) -> str:
    """Who gives the value: the first source that does, and how many more."""
    reports = reports_of(claim.record_ids, entry)
    official = "official" if claim.official else ""
    first = source_words(reports[0]) if reports else ""
    more = len(reports) - 1
    named = first + (f", and {more} more {'report' if more == 1 else 'reports'}" if more > 0 else "")
    return ": ".join(filter(None, (official, named))) or "source not known"


def _what(made: Decision | None) -> str:
    if made is None:
        return "shaped"
    return f"{made.field} corrected" if made.action is Action.SET else _DECIDED.get(made.action, "shaped")


def _and(values: Iterable[Any]) -> str:
    *most, last = map(str, values)
    return f"{', '.join(most)} and {last}" if most else last
