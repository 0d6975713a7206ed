"""Where words of the equipment tables, and words of their shape, stand in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from communique.lexicon.tables import forms, rows

PLAIN = str.maketrans({"‑": "-", "‐": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\n": " ", "’": "'"})
"""Same-length normalisation: the dashes, spaces and apostrophes of typeset text to those of the tables."""

_SHORT_FORM = re.compile(r"(?:[A-Z]-?\d|[A-Z]{1,4}\d{1,2})$")
_HYPHENED = re.compile(r"[A-Z][A-Za-z]{0,3}-\d+[A-Z]?$")
_VARIANT = re.compile(
    r"(?:(?<=\d)[A-Z]{1,2}\d?(?:/[A-Z]{1,2})?(?![a-z])|(?<=[A-Za-z])(?:-\d{1,3})(?![\d,.]\d))?"
    r"(?:(?<=\d)-\d{1,3}[A-Z]?(?![\d,]))?"
    r"(?: Block[- ]?\d+\+?| Mk\.? ?\d\w*| Mark (?:\d|I{1,3}|IV|V)\b| [B-H](?:/[A-H])?(?=[\s,.;:)])"
    r"| (?:II|III|IV|VI?)(?![\w-])"
    r"|(?<=[a-z]) (?:[A-Z]{1,3}\d[A-Z]?|F\d)(?![\w-]))?"
)
_PLURAL = re.compile(r"e?s(?![\w-])")
_SHAPE = re.compile(
    r"(?<![\w/+.&-])(?:[A-Z]{1,4}|[A-Z][a-z]{1,2}|Type |Project )-?\d{1,4}[A-Z]{0,2}\d?"
    r"(?:-[A-Z]{0,3}\d{1,4}[A-Z]{0,2}){0,2}"
    r"(?:/[A-Z]{1,2})?(?P<plural>s?)(?![\w/+%&-]|[.,:]\d)"
)
_GROUPING = re.compile(r"[A-Z]-?\d{1,2}|[A-Z]\d[A-Z]")
_CLASS = re.compile(
    r"(?<![\w-])(?!(?:The|A|An|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|First|World)[- ])"
    r"[A-Z]\w+(?:[ -][A-Z]\w+){0,2}[- ][Cc]lass(?![\w-])"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a table or a shape, ``text[start:end]``.

    Attributes:
        kind: ``designation``, ``class`` (of ships) or ``noun``.
        group: category of the table's row, class of the noun, or ``shape`` where no table knows it.
        alone: whether the words name equipment without words of equipment near them.
        plural: whether they are in the plural; the plural's "s" of a designation lies within the span.
    """

    start: int
    end: int
    kind: str
    group: str
    alone: bool
    plural: bool


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, str, bool, bool], ...]]:
    terms: dict[str, tuple[str, str, bool, bool]] = {}
    for row in rows("equipment"):
        for form, alone in _forms_of(row):
            kind = "class" if form.lower().endswith("class") else "designation"
            terms.setdefault(form.translate(PLAIN), (kind, row["category"], alone, False))
    for row in rows("equipment_nouns"):
        alone = row["alone"] == "yes"
        for form, plural in ((row["singular"], False), (row["plural"], row["plural"] != row["singular"])):
            for cased in (form, form[0].upper() + form[1:], form.title() if form.islower() else form):
                terms.setdefault(cased, ("noun", row["class"], alone, plural))
    return ahocorasick_rs.AhoCorasick(list(terms)), tuple(terms.values())


@cache
def _currency_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in rows("currencies"))


def _forms_of(row: dict[str, str]) -> Iterator[tuple[str, bool]]:
    for form in forms(row):
        yield form, not _SHORT_FORM.fullmatch(form) or "-" in form
        if _HYPHENED.fullmatch(form):
            yield form.replace("-", ""), not _SHORT_FORM.fullmatch(form.replace("-", ""))
        if form.endswith("-class"):
            yield form.replace("-class", " class"), True
            yield form.replace("-class", " Class"), True
    for form in forms(row, "words"):
        yield form, False


def find_hits(plain: str) -> list[Hit]:
    """The hits in a normalised text in order, the longest at each place, none overlapping another."""
    automaton, terms = _automaton()
    currencies = _currency_codes()
    hits = [
        hit
        for index, start, end in automaton.find_matches_as_indexes(plain, overlapping=True)
        if (hit := _bounded(plain, start, end, terms[index])) is not None
    ]
    hits += [
        Hit(match.start(), match.end(), "designation", "shape", False, bool(match["plural"]))
        for match in _SHAPE.finditer(plain)
        if match.group()[:3] not in currencies and not _GROUPING.fullmatch(match.group())
    ]
    hits += [Hit(match.start(), match.end(), "class", "shape", False, False) for match in _CLASS.finditer(plain)]
    hits.sort(key=lambda hit: (hit.start, -hit.end, hit.group == "shape"))
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.start == kept[-1].start and kept[-1].group == "shape" and hit.kind == "designation":
            kept[-1] = Hit(hit.start, kept[-1].end, "designation", hit.group, hit.alone, kept[-1].plural)
    return kept


def _bounded(plain: str, start: int, end: int, term: tuple[str, str, bool, bool]) -> Hit | None:
    """The term with its variant letters and plural, None where it is a part of another word."""
    kind, group, alone, plural = term
    before = plain[start - 1] if start else " "
    if before.isalnum() or (before in "-/&+." and start > 1 and not plain[start - 2].isspace()):
        return None
    if kind == "designation":
        variant = _VARIANT.match(plain, end)
        end = variant.end() if variant else end
        if ending := _PLURAL.match(plain, end):
            end, plural = ending.end(), True
    after = plain[end : end + 2]
    if (
        after[:1].isalnum()
        or after[:1] == "_"
        or (after[:1] in ("-", "+", "/") and after[1:].strip() and after[1:] != "-")
    ):
        return None
    return Hit(start, end, kind, group, alone, plural)
