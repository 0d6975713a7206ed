"""Amounts of money with their ISO 4217 currency (``lexicon/currencies.csv``)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from communique.language.mentions import MoneyMention
from communique.language.numbers import FIGURES, Number, find_numbers, scales
from communique.lexicon.tables import forms, rows
from communique.model import Money, Span

_WORDS_OF_OTHER_TRADES = frozenset("pounds sterling won lei dong rand soles kip kina pula".split())
_LOOK_BACK = 14
_LOOK_AHEAD = 60


@cache
def _currencies() -> dict[str, str]:
    """ISO codes by mark, code and name; names in lower case."""
    table: dict[str, str] = {}
    for row in rows("currencies"):
        table[row["code"]] = row["code"]
        table.update(dict.fromkeys(forms(row, "marks"), row["code"]))
        table.update({name.lower(): row["code"] for name in forms(row, "names")})
    return table


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


@cache
def _shared_names() -> Mapping[str, Mapping[str, str]]:
    """Names that currencies bear with an adjective before them ("Danish kroner"): code by state, by bare name.

    The first two letters of a national currency's code are its state's (ISO 4217); a name that the table
    lists bare ("pounds") is one currency's.
    """
    shared: dict[str, dict[str, str]] = {}
    for row in rows("currencies"):
        for name in forms(row, "names"):
            bare = name.rsplit(" ", 1)[-1].lower()
            if bare != name.lower() and bare not in _currencies() and not row["code"].startswith("X"):
                shared.setdefault(bare, {})[row["code"][:2]] = row["code"]
    return {bare: codes for bare, codes in shared.items() if len(codes) > 1}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before the figure; the scale behind it; the currency behind that."""
    marks = [mark for row in rows("currencies") for mark in (row["code"], *forms(row, "marks"))]
    names = [*(name for row in rows("currencies") for name in forms(row, "names")), *_shared_names()]
    words = [form for form in scales() if len(form) > 3]
    letters = [form for form in scales() if len(form) <= 3]
    before = rf"(?:(?<![^\W_])|(?<=\d))(?P<mark>{_alternatives(marks)})[\s\u00a0]?$"
    scale = (
        rf"(?:[\s\u00a0-]?(?P<word>(?i:{_alternatives(words)})s?(?:[\s-](?i:crore|trillion))?)\b"
        rf"|[\s\u00a0]?(?P<letter>(?i:{_alternatives(letters)}))(?:\b\.?|(?=[A-Z]{{3}}\b)))"
    )
    adjectives = {name.rsplit(" ", 1)[0] for name in names if name.lower().endswith("dollars") and " " in name}
    after = (
        rf"[\s\u00a0-]?\(?(?:of\s)?(?:(?i:(?P<name>{_alternatives(names)}))|(?P<code>{_alternatives(marks)})"
        rf"|(?P<whose>{_alternatives(list(adjectives))}))(?![^\W_])"
    )
    return re.compile(before), re.compile(scale), re.compile(after)


@cache
def _mark_ends() -> frozenset[str]:
    """The characters that marks and codes end with: a cheap look before the search for one."""
    return frozenset(mark[-1] for row in rows("currencies") for mark in (row["code"], *forms(row, "marks")))


_RANGE = re.compile(rf"\s?(?:-|–|—|to|and|or)\s?(?:[^\s\d]{{1,3}})?(?:{FIGURES})")


def find_money(text: str, states: Sequence[tuple[int, str]] = ()) -> tuple[MoneyMention, ...]:
    """Amounts with a currency: "$1.2 billion", "DKK2.1 billion", "Rs 54,000 crore", "1.5 trillion yen".

    Of a range ("between $1 and $2 billion") the first amount is the value. A bare "$" is the U.S. dollar
    unless the words behind it say otherwise ("$5 million Canadian"). Amounts are whole where they can be.

    Args:
        states: the states that the text names (ISO 3166-1 alpha-2) with the offsets where it does: a name that
            several currencies share ("francs") is the one's whose state is named last before it, else first.
    """
    return tuple(_disjoint(_read(text, number, states) for number in find_numbers(text)))


def _disjoint(mentions: Iterator[MoneyMention | None]) -> Iterator[MoneyMention]:
    end = 0
    for mention in mentions:
        if mention is not None and mention.span.start >= end:
            yield mention
            end = mention.span.end


def _read(text: str, number: Number, states: Sequence[tuple[int, str]]) -> MoneyMention | None:
    before, scale_pattern, after = _patterns()
    start, end = number.span.start, number.span.end
    head = text[max(0, start - _LOOK_BACK) : start]
    mark = before.search(head) if number.figures and head.rstrip()[-1:] in _mark_ends() else None
    tail = text[end : end + _LOOK_AHEAD]
    factor, used = _scale(tail, scale_pattern)
    if not used and (ahead := _RANGE.match(tail)) and number.value < 1000:
        inherited, more = _scale(tail[ahead.end() :], scale_pattern)
        factor, used = inherited, ahead.end() + more if more else 0
    named = after.match(tail[used:])
    code = _code(
        mark,
        named,
        _named(named, states, start),
        bool(used) or not number.figures,
        "," in text[start:end] or number.value > 2100,
    )
    if code is None:
        return None
    if mark is not None:
        start -= len(mark.group())
    if named is not None and (mark is None or named["whose"] or named["name"]):
        used += named.end()
    return MoneyMention(Span(start, end + used), Money(_whole(number.value * factor), code))


def _scale(tail: str, pattern: re.Pattern[str]) -> tuple[Decimal, int]:
    """The factor that the words after a number give and how many characters they take, else 1 and 0."""
    match = pattern.match(tail)
    if match is None:
        return Decimal(1), 0
    factor = Decimal(1)
    for word in re.split(r"[\s-]+", (match["word"] or match["letter"]).lower()):
        factor *= scales().get(word) or scales()[word.removesuffix("s")]
    return factor, match.end()


def _named(named: re.Match[str] | None, states: Sequence[tuple[int, str]], start: int) -> str | None:
    """The currency that the words behind a figure name; None where several bear that name and no state tells which."""
    if named is None:
        return None
    name = (named["name"] or "").lower() or named["code"] or f"{named['whose']} dollars".lower()
    if name in _currencies():
        return _currencies()[name]
    codes = _shared_names()[name]
    homes = [(at, codes[state]) for at, state in states if state in codes]
    before = [code for at, code in homes if at < start]
    return before[-1] if before else next((code for _, code in homes), None)


def _code(
    mark: re.Match[str] | None, named: re.Match[str] | None, behind: str | None, scaled: bool, large: bool
) -> str | None:
    """The currency by what stands before and behind the figure; None where the words are no currency.

    Marks of letters alone ("MT 5", "TOP 10") need a scale or a sum no list or rank has.
    """
    if mark is not None and mark["mark"].isalpha() and not scaled and not large:
        return None
    if mark is not None:
        bare_dollar = mark["mark"] == "$"
        return (
            behind
            if bare_dollar and named is not None and not named["code"] and behind
            else _currencies()[mark["mark"]]
        )
    if named is None or named["whose"]:
        return None
    # "500 pounds" is a weight and "3 won" a result: words of other trades count after a scale only.
    return behind if scaled or not _ambiguous(named["name"]) else None


def _ambiguous(name: str | None) -> bool:
    return name is None or name.lower() in _WORDS_OF_OTHER_TRADES or name.lower() in _shared_names()


def _whole(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
