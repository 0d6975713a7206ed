"""Which values the fields of an entry can have, for those that people set."""

from datetime import date
from typing import Any

from communique.model.edtf import bounds, is_valid
from communique.model.errors import UsageError
from communique.model.record import field_names, vocabulary
from communique.model.vocabulary import Kind

TITLE = "title"
REFERS_TO = "refers_to"
"""Of an undertaking, the id of the entry that it is about."""
LISTS = ("parties", "people", "supplier", "recipient", "by", "to", "speakers")
DATES = ("date", "due")
ITEMS = "items"
MONEY = "value"
_FIRST_YEAR, _LAST_YEAR = 1000, 9000
"""Days to look from: those around them have to be days, too."""
_MAY_BE_UNKNOWN = (*DATES, MONEY, "place")


def settable_fields(kind: Kind) -> tuple[str, ...]:
    """The fields of an entry of this kind that people may set."""
    own = (TITLE, *field_names(kind))
    return (*own, REFERS_TO) if kind is Kind.UNDERTAKING else own


def checked_value(kind: Kind, field: str, value: Any) -> Any:
    """The value, if a field of an entry of this kind can have it.

    Args:
        value: plain JSON data: a word, a list of names, an EDTF date, items as {what, quantity}, money as
            {amount, currency}, or None for a place, date or amount that is not known.

    Raises:
        UsageError: the kind has no such field, or the field can't have this value.
    """
    fields = settable_fields(kind)
    if field not in fields:
        raise UsageError(f"An entry of kind {kind.value} has no field {field!r}: choose {_choice(fields)}.")
    problem = None if value is None and field in _MAY_BE_UNKNOWN else _problem(kind, field, value)
    if problem:
        raise UsageError(f"The field {field!r} can't have the value {value!r}: {problem}.")
    return value


def day(value: str | None, option: str) -> date | None:
    """The first day of a date given as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; None for None.

    Raises:
        UsageError: it is no such date.
    """
    if value is None:
        return None
    if value.isascii() and value.replace("-", "").isdigit():
        try:
            found = bounds(value)[0]
        except ValueError:
            pass  # an impossible day, such as 2025-02-30
        else:
            if _FIRST_YEAR <= found.year <= _LAST_YEAR:
                return found
            raise UsageError(f"{option} is too far away ({value}): give a year from {_FIRST_YEAR} to {_LAST_YEAR}.")
    raise UsageError(f"{option} is no date ({value!r}): give it as in 2025-10-31, 2025-10 or 2025.")


def _problem(kind: Kind, field: str, value: Any) -> str | None:
    """What is wrong with a value that is known, and what to give instead; None if nothing is."""
    words = vocabulary(kind, field)
    if words is not None:
        allowed = tuple(word.value for word in words)
        return None if value in allowed else f"choose {_choice(allowed)}"
    if field in LISTS:
        names = isinstance(value, list) and all(isinstance(name, str) and name.strip() for name in value)
        return None if names else "give a list of names"
    if field in DATES:
        dated = isinstance(value, str) and is_valid(value)
        return None if dated else "give an EDTF date, such as 2025-10-31, 2025-10, 2025-07/2025-12 or ../2030"
    if field == ITEMS:
        items = isinstance(value, list) and all(_is_item(item) for item in value)
        return None if items else "give a list of items, each with what it is and how many"
    if field == MONEY:
        return None if _is_money(value) else "give an amount and an ISO 4217 currency"
    return None if isinstance(value, str) and value.strip() else "give some words"


def _is_item(item: Any) -> bool:
    if not isinstance(item, dict) or item.keys() != {"what", "quantity"}:
        return False
    what, quantity = item["what"], item["quantity"]
    return (
        isinstance(what, str) and bool(what.strip()) and (quantity is None or (type(quantity) is int and quantity > 0))
    )


def _is_money(value: Any) -> bool:
    if not isinstance(value, dict) or value.keys() != {"amount", "currency"}:
        return False
    amount, currency = value["amount"], value["currency"]
    known = isinstance(currency, str) and len(currency) == 3 and currency.isalpha() and currency.isupper()
    return known and type(amount) in (int, float) and amount > 0


def _choice(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
