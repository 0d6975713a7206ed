"""How plainly an action names a thing: by its name, by a general word that fits it, or not at all."""

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import cache, lru_cache

from communique.lexicon.tables import forms, rows
from communique.model import Agreement, Engagement, Entry, Initiative, Item, Kind, Report, Transfer
from communique.model.names import fold
from communique.resolve.deliveries import Good, good
from communique.resolve.promised import Promised
from communique.resolve.words import content_words, listed, ordered_words, state_words

_COVERED = 0.6
"""The share of a name's words, besides those of parties and of the sort of instrument, that an action repeats."""
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
_SUBJECT_OPENS = frozenset({"on", "for", "of", "concerning", "regarding", "about"})
_SUBJECT_ENDS = frozenset(
    {"with", "by", "in", "before", "after", "this", "next", "at", "between", "when", "soon", "during"}
)
_GENERAL_GOODS = frozenset(ordered_words("delivery deliveries order contract sale purchase equipment procurement"))
_TYPE_WORDS = {
    "meeting": "meeting meet talks",
    "summit": "summit meeting meet",
    "dialogue": "dialogue talks consultations meeting round",
    "visit": "visit travel host receive welcome trip",
    "call": "call speak phone",
    "exercise": "exercise drill manoeuvre maneuver",
    "ceremony": "ceremony",
    "correspondence": "letter",
}


class Fit(IntEnum):
    """How plainly an action names a thing: by a fitting general word, most of its name, all of it or its acronym."""

    NONE = 0
    GENERAL = 1
    NAMED = 2
    FULLY = 3


def fit(promise: Promised, thing: Entry) -> Fit:
    """How plainly the action names the thing, by any of the names that reports give it."""
    match thing.kind:
        case Kind.AGREEMENT | Kind.INITIATIVE:
            names = {r.record.name for r in thing.history if isinstance(r.record, Agreement | Initiative)}
            return max((_by_name(promise, name) for name in names), default=Fit.NONE)
        case Kind.TRANSFER:
            items = {item for r in thing.history if isinstance(r.record, Transfer) for item in r.record.items}
            fitting = {item: found for item in items if (found := _by_item(promise, item))}
            return Fit.NONE if _numbered_apart(promise, fitting) else max(fitting.values(), default=Fit.NONE)
        case Kind.ENGAGEMENT:
            told = [r.record for r in thing.history if isinstance(r.record, Engagement)]
            return max((_by_occasion(promise, record) for record in told), default=Fit.NONE)
        case _:
            return Fit.NONE


def speaks_of(promise: Promised, report: Report) -> bool:
    """Whether a report of the thing can be of what was promised: of several goods, those that are named."""
    if not isinstance(report.record, Transfer):
        return True
    return not report.record.items or any(_by_item(promise, item) for item in report.record.items)


def _by_name(promise: Promised, name: str) -> Fit:
    whole = content_words(name) - state_words()
    heads = whole & listed("heads")
    words = {word for word in whole - heads - _times() if not word.isdigit()}
    own = words - listed("weak")
    if _acronyms(name) & _acronyms(promise.text) or (own and len(whole) > 1 and whole <= promise.words):
        return Fit.FULLY
    common = words & promise.words
    if own & common and len(common) >= _COVERED * len(words) and (len(common) > 1 or heads & promise.words):
        return Fit.NAMED
    # "The ten-year defence framework" has no word of its own, but few have so many of these words.
    if len(whole & promise.words) >= max(_ENOUGH, _COVERED * len(whole)) and heads & promise.words:
        return Fit.NAMED
    described = _description(promise.text, heads)
    return Fit.GENERAL if described is not None and described <= whole | _times() else Fit.NONE


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


def _description(action: str, heads: frozenset[str]) -> frozenset[str] | None:
    """The words that go with the first noun for such an instrument; None where there is none, or another is meant."""
    if _OTHER.search(action):
        return None
    tokens = _WORD.findall(action)
    at = next((at for at, token in enumerate(tokens) if not heads.isdisjoint(ordered_words(token))), None)
    if at is None:
        return None
    first = at
    while first > 1 and tokens[first - 1].lower() not in _PHRASE_ENDS and at - first < 6:
        first -= 1
    last = at + 1
    if last < len(tokens) and tokens[last].lower() in _SUBJECT_OPENS:
        while last < len(tokens) and tokens[last].lower() not in _SUBJECT_ENDS and last - at < 8:
            last += 1
    return content_words(" ".join(tokens[first:last])) - listed("heads") - state_words()


def _by_item(promise: Promised, item: Item) -> Fit:
    one, other = _good(item.what), _good(promise.text[:1].lower() + promise.text[1:])
    if one.accessory != other.accessory:
        return Fit.NONE
    if one.designations & other.designations:
        return Fit.NAMED
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
    words = frozenset(ordered_words(_TYPE_WORDS[record.type]))
    if words.isdisjoint(promise.words):
        return Fit.NONE
    place = content_words(record.place or "")
    people = {fold(name).split()[-1] for name in record.people if name.split()}
    told = bool(place and place <= promise.words) or bool(people & set(re.findall(r"[^\W\d_]+", fold(promise.text))))
    return Fit.NAMED if told else Fit.GENERAL
