"""What the sentences of a report tell of an occasion beside its fields: its name, its time, who is named in them."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from communique.lexicon.tables import forms, rows
from communique.model import Engagement, Source
from communique.model.names import fold
from communique.resolve.occasion_names import naming_of
from communique.resolve.occasion_times import Timing, timing_of
from communique.resolve.words import ordered_words

_TITLED = re.compile(
    r"\b(?:President|Prime Minister|Chancellor|Premier|King|Queen|Emperor|Crown Prince|Pope|Secretary|Minister|Advisor|"
    r"Adviser|Ambassador|Chairman|Director|General)\s+(?:(?:[A-Z]\.|[A-Z][\w’'-]+)\s+)*?(?P<name>[A-Z][\w-]+)(?=[^\w\s]|’s|\s+[^A-Z]|$)"
)
_MET = re.compile(
    r"\b(?:met|(?<!to )meets?|meetings?|talks|host(?:s|ed|ing)?|receiv(?:e|es|ed|ing)|together|person|"
    r"welcom(?:e|es|ed|ing)\b(?=[^.;]{0,80}\bto\s+(?:the\s+)?(?-i:[A-Z]))|"
    r"visit(?:s|ed|ing)?|conven(?:e|es|ed|ing)|gather(?:s|ed|ing)?|attend(?:s|ed|ing)?|summits?|consultations|dialogues?)\b",
    re.IGNORECASE,
)
"""Words that tell that people met: without them ("the leaders also discussed") they may have spoken by phone."""
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our)\b")
_STATE_CODE = 2
_FEW_MEMBERS = 7
"""Of a group with as many members at most, all take part in its meetings."""


class Told(NamedTuple):
    """What the sentences tell.

    Attributes:
        names: words of the names by which the occasion goes ("quad", "tokyo" of "the Quad's Tokyo summit").
        people: those of the record's people whom the sentences name, or whom they name instead.
        timing: when they tell that it is.
        number: its number in a series; empty where none is told.
        conference: the series and number of the conference that it is ("COP28"), where no other name is told.
        beside: whether it took place on the margins of another.
        unsaid: whether the sentences leave open how those who took part spoke with each other.
        aside: whether the sentences tell of others than the record does: of an occasion that is only mentioned.
    """

    names: frozenset[str]
    people: tuple[str, ...]
    timing: Timing
    number: str
    conference: str
    beside: bool
    unsaid: bool
    aside: bool


def told_of(record: Engagement, source: Source) -> Told:
    """What the quoted sentences tell of the occasion that the record reports."""
    return _told(
        tuple(record.people),
        tuple(record.parties),
        record.type.value,
        record.date,
        record.stage.value,
        source.quotes,
        source.title or "",
        source.published,
    )


@lru_cache(maxsize=32768)
def _told(
    people: Sequence[str],
    parties: Sequence[str],
    record_type: str,
    date: str | None,
    stage: str,
    quotes: Sequence[str],
    title: str,
    published: str | None,
) -> Told:
    quoted = " ".join(quotes)
    folded = fold(quoted)
    named = tuple(sorted(name for name in people if _stands_in(name, folded)))
    titled = tuple(sorted({match["name"].removesuffix("’s") for match in _TITLED.finditer(quoted)}))
    aside = bool(people) and not named and bool(titled)
    summit = record_type == "summit"
    today = date is not None and date == published
    naming = naming_of(quotes, title if summit else "", today=today, coming=summit and stage == "planned")
    names = naming.words
    there = titled if aside else tuple(sorted(people))
    if people and names and not named and not aside and not _FIRST_PERSON.search(quoted):
        there = ()
    organisations = [party for party in parties if len(party) > _STATE_CODE]
    if summit and not names and len(organisations) == 1:
        names = frozenset(ordered_words(organisations[0]))
    own = frozenset(part for name in (*people, *there) for part in ordered_words(name))
    naming_it = tuple(quote for quote in quotes if not names.isdisjoint(ordered_words(quote))) if summit else ()
    return Told(
        names=names - own,
        people=there,
        timing=timing_of(record_type, date, stage, naming_it or quotes, quoted, published),
        number=naming.number,
        conference=naming.conference,
        beside=naming.beside,
        unsaid=record_type == "meeting" and not _MET.search(quoted),
        aside=aside,
    )


def _stands_in(name: str, folded: str) -> bool:
    return any(len(part) > 1 and part in folded for part in fold(name).replace(",", " ").split())


@lru_cache(maxsize=8192)
def states_of_place(place: str) -> tuple[frozenset[str], bool]:
    """The states in which a place lies, as far as tables tell, and whether it is named by the state alone."""
    words = ordered_words(place)
    found = {code for first, size in _runs(words) for code in _places().get(words[first : first + size], ())}
    return frozenset(found), words in _state_names()


def seat_of(place: str) -> frozenset[str]:
    """The states whose capital, or a house of whose government, the place is."""
    return _seats().get(ordered_words(place), frozenset())


@cache
def group_members() -> dict[str, frozenset[str]]:
    """The members of small groups of states, by the word that names the group."""
    found = {}
    for row in rows("organisations"):
        members = frozenset(row["members"].split())
        words = ordered_words(row["name"])
        if len(words) == 1 and 1 < len(members) <= _FEW_MEMBERS:
            found[words[0]] = members
    return found


@cache
def _seats() -> dict[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], set[str]] = {}
    for row in rows("states"):
        for form in (*forms(row, "capital"), *forms(row, "seats")):
            found.setdefault(ordered_words(form), set()).add(row["code"])
    return {words: frozenset(codes) for words, codes in found.items() if words}


def _runs(words: tuple[str, ...]) -> list[tuple[int, int]]:
    return [(first, size) for first in range(len(words)) for size in (1, 2, 3, 4) if first + size <= len(words)]


@cache
def _places() -> dict[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], set[str]] = {}
    for row in rows("states"):
        for column in ("name", "official", "aliases", "capital", "seats"):
            for form in forms(row, column):
                found.setdefault(ordered_words(form), set()).add(row["code"])
    return {words: frozenset(codes) for words, codes in found.items() if words}


@cache
def _state_names() -> frozenset[tuple[str, ...]]:
    columns = ("name", "official", "aliases")
    return frozenset(ordered_words(form) for row in rows("states") for column in columns for form in forms(row, column))
