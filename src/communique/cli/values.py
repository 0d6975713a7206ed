"""Values of fields as users type them: words of a vocabulary, dates, lists, items, money."""

import re
from collections.abc import Iterable
from typing import Any

from communique.lexicon.parties import party_of
from communique.model import Kind, UsageError, vocabulary
from communique.model.values import DATES, ITEMS, LISTS, MONEY

_UNKNOWN = ("", "none", "unknown")
_NAMES = ("people", "speakers")
"""Lists of which the members need not be states or organisations."""
_SEPARATOR = re.compile(r"\s*(?:;|,(?!\d{3}\b))\s*")
_COUNTED = re.compile(r"(?:(?P<first>\d[\d,]*)\s*[x×]?\s+)?(?P<what>.+?)(?:\s+[x×]\s?(?P<last>\d[\d,]*))?")


def value_of(kind: Kind, field: str, typed: str, known: Iterable[str] = ()) -> Any:
    """The typed words as the plain data that a field of this kind holds; whether it may hold it is checked later.

    Args:
        typed: a word; an EDTF date; names or items ("6 P-8I, MQ-9B") with commas or semicolons between them; an amount
            of money in words or figures ("$3.5 billion"); ``none`` where nothing is known.
        known: parties that the ledger holds.

    Raises:
        UsageError: a party is not known, or an amount of money can't be read.
    """
    text = typed.strip()
    if vocabulary(kind, field) is not None:
        return re.sub(r"[\s_]+", "-", text.casefold())
    if field in LISTS or field == ITEMS:
        parts = [part for part in _SEPARATOR.split(text) if part] if text.casefold() not in _UNKNOWN else []
        if field == ITEMS:
            return [_item(part) for part in parts]
        return parts if field in _NAMES else [party_of(part, known) for part in parts]
    if field in (*DATES, MONEY, "place") and text.casefold() in _UNKNOWN:
        return None
    return _money(text) if field == MONEY else text


def _item(text: str) -> dict[str, Any]:
    found = _COUNTED.fullmatch(text)
    if found is None:
        return {"what": text, "quantity": None}
    number = found["first"] or found["last"]
    return {"what": found["what"], "quantity": int(number.replace(",", "")) if number else None}


def _money(text: str) -> dict[str, Any]:
    from communique.language.money import find_money

    amounts = find_money(text)
    if len(amounts) != 1:
        raise UsageError(f"{text!r} is no amount of money: give it as in '$3.5 billion' or 'EUR 120 million'.")
    money = amounts[0].value
    return {"amount": money.amount, "currency": money.currency}
