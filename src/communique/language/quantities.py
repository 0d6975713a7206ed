"""How many things: cardinal numbers that are no date, money, measure, ordinal or designation."""

import re

from communique.language.mentions import QuantityMention
from communique.language.money import find_money
from communique.language.numbers import Number, find_numbers
from communique.model import Span

_GLUED_BEFORE = re.compile(
    r"(?:[^\W_][-–/+.’']?|[-–/+#$€£¥₹:%]|(?:No|Nos|Art|Article|Articles|Type|Block|Mk|Mark|Resolution|Section|Chapter|Phase"
    r"|Version|Level|Title|Batch|Agenda|Vision|Paragraph|Figure|Group of|page|Day)\.?\s|[Ff]iscal [Yy]ear\s|FY\s?)$"
)
_MEASURE = re.compile(
    r"(?:st|nd|rd|th)\b|\s?(?:%|°)|[\s\u00a0-](?:per\s?cent|percent|percentage|mm|cm|km|kg|kilomet|met(?:re|er)|mile"
    r"|nautical|nm\b|knot|inch|feet|foot|ft\b|tons?\b|tonne|hectare|square|litre|liter|gallon|barrel|degree|kW|MW|GW"
    r"|megawatt|gigawatt|kilowatt|year|month|week|days?\b|hour|minute|seconds?\b(?!-)|decade|centur|a\.m|p\.m|am\b|pm\b"
    r"|o’clock|o'clock)|[^\W\d_]|[-–/:]\d|[.,]\d",
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DATE_BESIDE = re.compile(rf"\b{_MONTH}\.?$")
_DATE_BEHIND = re.compile(rf"(?:\s(?:and|or|to|–|-)\s\d{{1,2}})?\s(?:of\s)?{_MONTH}\b|,\s(?:19|20)\d\d\b")
_YEARS = range(1800, 2101)
_PRONOUN_ONE = re.compile(r"\s(?:of|another)\b")


def find_quantities(text: str) -> tuple[QuantityMention, ...]:
    """Numbers that count things: "24 jets", "two dozen", "a pair of ships".

    Years, dates, money, measures, percentages, ordinals and numbers inside designations are none, nor is
    the pronoun "one" ("one of the aims").
    """
    money = iter(find_money(text))
    current = next(money, None)
    found = []
    end = 0
    for number in find_numbers(text):
        while current is not None and current.span.end <= number.span.start:
            current = next(money, None)
        if current is not None and current.span.overlaps(number.span):
            continue
        if number.span.start >= end and counts_things(text, number):
            factor, end = _factor(text, number)
            found.append(QuantityMention(Span(number.span.start, end), int(number.value * factor)))
    return tuple(found)


def counts_things(text: str, number: Number) -> bool:
    """Whether a number, by its form and its neighbours, is how many there are of something."""
    start, end = number.span.start, number.span.end
    before, behind = text[max(0, start - 16) : start], text[end : end + 30]
    if (
        number.value * _factor(text, number)[0] % 1
        or number.value == 0
        or _GLUED_BEFORE.search(before)
        or _MEASURE.match(behind)
    ):
        return False
    if number.figures and "," not in text[start:end] and number.value in _YEARS:
        return False
    if _DATE_BESIDE.search(before.rstrip()) or _DATE_BEHIND.match(behind):
        return False
    return number.value != 1 or number.figures or not _PRONOUN_ONE.match(behind)


_FACTORS = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_FACTOR = re.compile(rf"\s({'|'.join(_FACTORS)})\b")


def _factor(text: str, number: Number) -> tuple[int, int]:
    """What a scale behind a figure multiplies it by, and where the whole number ends."""
    match = _FACTOR.match(text, number.span.end)
    return (_FACTORS[match.group(1)], match.end()) if match else (1, number.span.end)
