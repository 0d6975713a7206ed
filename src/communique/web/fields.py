"""Fields of an entry as inputs of a form, and what was typed into them as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from communique.lexicon.parties import name_of, party_of
from communique.model import Entry, UsageError, checked_value, settable_fields, vocabulary
from communique.model.values import DATES, ITEMS, LISTS, MONEY, REFERS_TO
from communique.web.forms import Form

NAMES = ("people", "speakers")
"""Lists of which the members need not be states or organisations."""
SPARE = 3
"""Empty rows under a list."""
_LONG = ("title", "name", "action", "content")


@dataclass(frozen=True, slots=True)
class Input:
    """One field, to be filled in.

    Attributes:
        shape: ``choice``, ``date``, ``names``, ``items``, ``money``, ``entry``, ``text`` or ``words``.
        choices: of a choice, the words that can be chosen.
        rows: what stands in it, a row for each value: one column, of items and money two.
    """

    field: str
    shape: str
    rows: tuple[tuple[str, ...], ...]
    choices: tuple[str, ...] = ()


def correctable(entry: Entry) -> tuple[str, ...]:
    """The fields of an entry that people may set."""
    return settable_fields(entry.kind)


def input_of(entry: Entry, field: str, form: Form | None = None) -> Input:
    """The input for a field, holding what was typed before, else what the entry has.

    Raises:
        UsageError: the kind has no such field.
    """
    if field not in correctable(entry):
        raise UsageError(f"An entry of kind {entry.kind.value} has no field {field!r}.")
    shape = _shape(entry, field)
    rows = _typed(shape, form) if form is not None else _known(shape, field, value_now(entry, field))
    if shape in ("names", "items"):
        rows = (*rows, *[("",) * (2 if shape == "items" else 1)] * SPARE)
    words = vocabulary(entry.kind, field)
    return Input(field, shape, rows or (("", ""),), tuple(word.value for word in words) if words else ())


def value_now(entry: Entry, field: str) -> Any:
    """What the entry has in a field."""
    return entry.title if field == "title" else entry.fields.get(field)


def value_of(entry: Entry, field: str, form: Form, known: Sequence[str]) -> Any:
    """What was typed, as the plain data that the field holds.

    Args:
        known: parties that the ledger holds.

    Raises:
        UsageError: the field can't hold that; says what to give instead.
    """
    shape = _shape(entry, field)
    rows = _typed(shape, form)
    match shape:
        case "names":
            value: Any = [row[0] if field in NAMES else party_of(row[0], known) for row in rows]
        case "items":
            value = [{"what": what, "quantity": _whole(number)} for what, number in rows]
        case "money":
            value = {"amount": _amount(rows[0][0]), "currency": rows[0][1].upper()} if rows else None
        case _:
            value = rows[0][0] if rows else ("" if shape in ("words", "choice") else None)
    if field == REFERS_TO and not value:
        raise UsageError("Give the id of the entry that is promised.")
    return value if field == REFERS_TO else checked_value(entry.kind, field, value)


def _shape(entry: Entry, field: str) -> str:
    if vocabulary(entry.kind, field) is not None:
        return "choice"
    if field in DATES:
        return "date"
    if field in LISTS:
        return "names"
    return {ITEMS: "items", MONEY: "money", REFERS_TO: "entry"}.get(field, "words" if field in _LONG else "text")


def _known(shape: str, field: str, value: Any) -> tuple[tuple[str, ...], ...]:
    if value in (None, "", []):
        return ()
    match shape:
        case "names":
            return tuple((one if field in NAMES else name_of(one),) for one in value)
        case "items":
            return tuple((one["what"], str(one["quantity"] or "")) for one in value)
        case "money":
            return ((f"{value['amount']:,}", value["currency"]),)
        case _:
            return ((str(value),),)


def _typed(shape: str, form: Form) -> tuple[tuple[str, ...], ...]:
    """The rows that were filled in."""
    columns = [form.every("value")]
    if shape in ("items", "money"):
        columns.append(form.every("second"))
    return tuple(row for row in zip(*columns, strict=False) if any(row))


def _whole(typed: str) -> int | None:
    plain = typed.replace(",", "").replace(" ", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and len(plain) < 16):
        raise UsageError(f"{typed!r} is no number of things: give it in figures, or nothing where it is not known.")
    return int(plain)


def _amount(typed: str) -> int | float:
    plain = typed.replace(",", "").replace(" ", "")
    whole, point, part = plain.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) < 19 and (not point or part.isdigit())):
        raise UsageError(f"{typed!r} is no amount: give it in full, in figures, as in 3,500,000,000.")
    return float(plain) if part.strip("0") else int(whole)
