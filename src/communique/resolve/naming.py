"""How plainly an action names a thing: by its name, by a general word that fits it, or not at all."""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cache, lru_cache

from communique.lexicon.tables import forms, rows
from communique.model import Agreement, Engagement, Initiative, Item, Record, Report, Transfer
from communique.model.names import fold
from communique.resolve.deliveries import Good, good
from communique.resolve.pairs import jaccard
from communique.resolve.promised import Promised
from communique.resolve.words import content_words, listed, ordered_words, state_words

_COVERED = 0.6
"""The share of a name's words, besides those of parties and of the sort of instrument, that an action repeats."""
_NOTHING_ELSE = 0.75
"""The share of the words that describe a thing in an action that its name has to have."""
_HALF = 0.5
_ENOUGH = 3
"""Words that have to agree where none of them is rare."""
_OTHER = re.compile(
    r"\b(?:another|separate|second|further|additional|other|similar|agreements|treaties|pacts)\b", re.IGNORECASE
)
"""What says that a general word ("agreement") means something else than what has been spoken of, or several."""
_ACRONYM = re.compile(r"\b[A-Za-z]*[A-Z]{2}[A-Za-z]*[A-Z0-9]\w*\b|\b[A-Z]{3,}(?:-[A-Z0-9]+)*\b|\b[a-z][A-Z]{2,}\b")
_WORD = re.compile(r"[\w’'.-]+")
_PHRASE_ENDS = frozenset(
    {"a", "an", "the", "their", "its", "this", "that", "his", "her", "our", "of", "to", "be", "and"}
)
_KNOWN = frozenset({"the", "this", "that", "its", "their", "both"})
_SUBJECT_OPENS = frozenset({"on", "for", "of", "concerning", "regarding", "about"})
_SUBJECT_ENDS = frozenset(
    {"with", "by", "in", "before", "after", "this", "next", "at", "between", "when", "soon", "during"}
)
_GENERAL_GOODS = frozenset(ordered_words("delivery deliveries order contract sale purchase equipment procurement"))
_TYPE_WORDS = {
    "meeting": ("meeting talks", "meet"),
    "summit": ("summit meeting", "meet"),
    "dialogue": ("dialogue talks consultations meeting round", "meet"),
    "visit": ("visit trip", "travel host receive welcome"),
    "call": ("call", "speak phone"),
    "exercise": ("exercise drill manoeuvre maneuver", ""),
    "ceremony": ("ceremony", ""),
    "correspondence": ("letter", "write"),
}
"""Nouns for each type of engagement, and verbs, which many other sentences have."""


class Fit(IntEnum):
    """How plainly an action names a thing.

    By a general word that it newly brings in ("a treaty"), one that refers to what is known ("the treaty"), most of
    its name, or all of it or an acronym or designation.
    """

    NONE = 0
    MENTIONED = 1
    GENERAL = 2
    NAMED = 3
    FULLY = 4


def fit(promise: Promised, reports: Sequence[Report]) -> Fit:
    """How plainly the action names the thing that the reports tell of, by any of the names that they give it."""
    goods = {item for report in reports if isinstance(report.record, Transfer) for item in report.record.items}
    if goods:
        fitting = {item: found for item in goods if (found := _by_item(promise, item))}
        return Fit.NONE if _numbered_apart(promise, fitting) else max(fitting.values(), default=Fit.NONE)
    return max((_by_record(promise, report.record) for report in reports), default=Fit.NONE)


def _by_record(promise: Promised, record: Record) -> Fit:
    match record:
        case Agreement() | Initiative():
            return _by_name(promise.text, record.name)
        case Engagement():
            return _by_occasion(promise, record)
        case _:
            return Fit.NONE


def speaks_of(promise: Promised, report: Report, others: Sequence[Report]) -> bool:
    """Whether a report is of what was promised: named in the action, or as in other reports that surely are.

    Of several goods in a transfer, one that is named is enough.
    """
    match report.record:
        case Transfer(items=items):
            return not items or any(_by_item(promise, item) for item in items)
        case Agreement() | Initiative() as record:
            names = [other.record.name for other in others if isinstance(other.record, Agreement | Initiative)]
            return _by_name(promise.text, record.name) >= Fit.NAMED or any(_alike(record.name, name) for name in names)
        case _:
            return True


def _alike(one: str, other: str) -> bool:
    """Whether two names have most of their words in common, or an acronym."""
    first, second = (content_words(name) - state_words() for name in (one, other))
    return (
        first <= second or second <= first or jaccard(first, second) >= _HALF or bool(_acronyms(one) & _acronyms(other))
    )


@lru_cache(maxsize=65536)
def _by_name(action: str, name: str) -> Fit:
    told = content_words(action)
    whole = content_words(name) - state_words()
    heads = whole & listed("heads")
    words = _telling(whole - heads)
    own = words - listed("weak")
    if _acronyms(name) & _acronyms(action) or (own and len(whole) > 1 and whole <= told):
        return Fit.FULLY
    described, known = _description(action, heads)
    if described is None:
        return Fit.NONE
    telling = _telling(described)
    common = words & telling
    if own & common and len(common) >= max(_COVERED * len(words), _NOTHING_ELSE * len(telling)):
        return Fit.NAMED
    # "The ten-year defence framework" has no word of its own, but few have so many of these words.
    if len(whole & told) >= max(_ENOUGH, _COVERED * len(whole)) and telling <= whole:
        return Fit.NAMED
    if not telling <= whole:
        return Fit.NONE
    if known:
        return Fit.GENERAL
    # "A treaty" is no treaty that has a name of its own, unless the action has some of it.
    return Fit.MENTIONED if words & telling or not words else Fit.NONE


def _telling(words: frozenset[str]) -> frozenset[str]:
    """The words of a name without those of time, and without numbers."""
    return frozenset(word for word in words - _times() if not word.isdigit())


@cache
def _times() -> frozenset[str]:
    """Words of time and order, which tell no name from another."""
    return frozenset(
        ordered_words("year years month months week day century next first end coming early late time date")
    )


@cache
def common_words() -> frozenset[str]:
    """Words that so many names share that they find none."""
    return listed("heads") | listed("weak") | listed("general_items") | state_words() | _times()


def _acronyms(text: str) -> frozenset[str]:
    """The acronyms that stand in a text, but for those of organisations and currencies."""
    return frozenset(fold(found) for found in _ACRONYM.findall(text)) - _other_acronyms()


@cache
def _other_acronyms() -> frozenset[str]:
    names = (name for row in rows("organisations") for name in (row["name"], *forms(row, "aliases")))
    return frozenset(map(fold, names)) | frozenset(fold(row["code"]) for row in rows("currencies"))


def _description(action: str, heads: frozenset[str]) -> tuple[frozenset[str] | None, bool]:
    """The words that go with the first noun for such an instrument, and whether they refer to what is known ("the").

    None where there is no such noun, or another or several are meant.
    """
    tokens = _WORD.findall(action)
    at = next((at for at, token in enumerate(tokens) if not heads.isdisjoint(ordered_words(token))), None)
    if at is None or _OTHER.search(action):
        return None, False
    first = at
    while first > 1 and tokens[first - 1].lower() not in _PHRASE_ENDS and at - first < 6:
        first -= 1
    last = at + 1
    while last < len(tokens) and not heads.isdisjoint(ordered_words(tokens[last])):
        last += 1
    if last < len(tokens) and tokens[last].lower() in _SUBJECT_OPENS:
        while last < len(tokens) and tokens[last].lower() not in _SUBJECT_ENDS and last - at < 8:
            last += 1
    words = content_words(" ".join(tokens[first:last])) - listed("heads") - state_words()
    return words, first > 0 and tokens[first - 1].lower() in _KNOWN


def _by_item(promise: Promised, item: Item) -> Fit:
    one, other = _good(item.what), _good(promise.text[:1].lower() + promise.text[1:])
    if one.accessory != other.accessory:
        return Fit.NONE
    if one.designations & other.designations:
        return Fit.FULLY
    if one.designations and other.designations:
        return Fit.NONE
    if one.words and one.words <= other.words and (one.named or len(one.words) > 1):
        return Fit.NAMED
    if promise.numbers and item.quantity not in promise.numbers and not promise.part and not promise.rest:
        return Fit.NONE
    if one.words & other.words or (_GENERAL_GOODS & promise.words and not other.designations and not other.named):
        return Fit.GENERAL
    return Fit.NONE


@lru_cache(maxsize=16384)
def _good(what: str) -> Good:
    return good(Item(what))


def _numbered_apart(promise: Promised, items: Iterable[Item]) -> bool:
    """Whether the action names other numbers than any that are told of the items: another lot."""
    told = {item.quantity for item in items if item.quantity is not None}
    counted = promise.numbers and not promise.part and not promise.rest
    return bool(counted and told and told.isdisjoint(promise.numbers))


def _by_occasion(promise: Promised, record: Engagement) -> Fit:
    nouns, verbs = (frozenset(ordered_words(words)) for words in _TYPE_WORDS[record.type])
    if promise.words.isdisjoint(nouns | verbs):
        return Fit.NONE
    names = {fold(word) for word in _WORD.findall(promise.text) if word[:1].isupper()}
    if any(fold(name).split()[-1] in names for name in record.people if name.split()):
        return Fit.NAMED
    if promise.words.isdisjoint(nouns):
        return Fit.MENTIONED
    place = content_words(record.place or "")
    return Fit.NAMED if place and place <= promise.words else Fit.MENTIONED
