"""When two reports of an undertaking report the same one."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple

from communique.lexicon.tables import rows
from communique.model import Undertaking
from communique.resolve.action_words import (
    action_words,
    amounts,
    points_at_document,
    rarest,
    serials,
    states_in,
    weight,
)
from communique.resolve.claims import Claim, Days, Facts, Limits, comparable, days, distance, told
from communique.resolve.cluster import Identity, itself
from communique.resolve.compare import Seen

_KEY_WORDS = 7
"""Of an action's words, as many of the most telling are looked up, two by two."""
_KEY_WEIGHT = 8.0
"""How much two words must tell together to be looked up."""
_WORDS_ALONE = 5
"""Of as many of the most telling words, all but one are looked up whoever promises."""
_KEY_PARTIES = 3
"""Of those who promise, as many are looked up, in the order in which the record names them."""
_REPEATED = 1096
"""Days within which the same words of the same party repeat a promise, and do not make a new one."""
_NEWS = 7
"""Days within which a report may leave out one of those who promise."""
_MUCH = 40.0
"""Words in common that tell as much as this together leave no doubt."""
_LITTLE = 8.0
"""Words that tell less than this have to be the same ones, all of them."""
_FEW_MEMBERS = 5
_TWO = 2


class Promise(NamedTuple):
    """Who is to do what, towards whom, by when.

    Attributes:
        by: who promises; a group of few states stands for its members.
        first: the first of them, by whom it is looked up.
        about: the states to which it is promised, or that the action names beside who promises.
        serials: numbers of the orders and resolutions that it names.
        pointing: whether it means the document that it stands in, or what follows there.
    """

    by: frozenset[str]
    first: tuple[str, ...]
    to: frozenset[str]
    action: frozenset[str]
    amounts: tuple[float, ...]
    about: frozenset[str]
    serials: frozenset[str]
    pointing: bool
    due: Days | None
    published: Days | None
    document: str


def _promise(claim: Claim) -> Promise:
    record = claim.reported.record
    assert isinstance(record, Undertaking)
    first = tuple(dict.fromkeys(member for party in record.by for member in _members().get(party, (party,))))
    by = frozenset(first)
    return Promise(
        by=by,
        first=first[:_KEY_PARTIES],
        to=frozenset(record.to),
        action=action_words(record.action),
        amounts=amounts(record.action),
        about=frozenset(party for party in record.to if len(party) == len("XX")) | states_in(record.action) - by,
        serials=serials(record.action),
        pointing=points_at_document(record.action),
        due=days(record.due),
        published=claim.published,
        document=claim.reported.source.document_id,
    )


@cache
def _members() -> dict[str, tuple[str, ...]]:
    """The members of groups of states that are so few that the group and all of them are the same."""
    members = {row["name"]: tuple(row["members"].split()) for row in rows("organisations")}
    return {name: states for name, states in members.items() if 1 < len(states) <= _FEW_MEMBERS}


def _seen(one: Promise, other: Promise) -> list[Seen]:
    against = _contradiction(one, other)
    if against:
        return [against]
    common = one.action & other.action
    shared, first, second = weight(common), weight(one.action), weight(other.action)
    shown = f"{told(common)} of {told(one.action | other.action)}"
    found = [
        Seen("words in common", shared / max(1.0, first + second - shared), shown),
        Seen("words of the shorter one", shared / max(1.0, min(first, second)), shown),
        Seen("telling words", min(1.0, shared / _MUCH), told(common)),
    ]
    if one.action != other.action and min(first, second) < _LITTLE:
        found.append(Seen("too few words", 1, f"{told(one.action)} | {told(other.action)}"))
    if len(one.by & other.by) > 1:
        found.append(Seen("promisers together", 1, told(one.by & other.by)))
    if one.published and other.published:
        apart = distance(one.published, other.published)
        found.append(Seen("time between", min(1.0, apart / _REPEATED), f"{apart} days"))
    if one.document == other.document:
        found.append(Seen("told apart in one document", 1, one.document))
    return [*found, _promisers(one, other), *_amounts_seen(one, other)]


def _contradiction(one: Promise, other: Promise) -> Seen | None:
    if _others_promise(one, other):
        return Seen("other promiser", 1, f"{told(one.by)} | {told(other.by)}")
    if not comparable(one.to, other.to):
        return Seen("other addressee", 1, f"{told(one.to)} | {told(other.to)}")
    if one.due and other.due and distance(one.due, other.due) > 0:
        return Seen("other due date", 1, f"{one.due[1].isoformat()} | {other.due[1].isoformat()}")
    if one.amounts and other.amounts and one.amounts[0] != other.amounts[0]:
        return Seen("other numbers", 1, f"{one.amounts[0]:g} | {other.amounts[0]:g}")
    if one.about and other.about and one.about.isdisjoint(other.about):
        return Seen("other states", 1, f"{told(one.about)} | {told(other.about)}")
    if one.serials and other.serials and one.serials.isdisjoint(other.serials):
        return Seen("other numbers", 1, f"{told(one.serials)} | {told(other.serials)}")
    if (one.pointing or other.pointing) and one.document != other.document and not _in_one_week(one, other):
        return Seen("each of its own document", 1, f"{told(one.action)} | {told(other.action)}")
    return None


def _in_one_week(one: Promise, other: Promise) -> bool:
    return bool(one.published and other.published and distance(one.published, other.published) <= _NEWS)


def _others_promise(one: Promise, other: Promise) -> bool:
    """Whether none promises in both, or each names another partner; of many, each document names some."""
    if not one.by or not other.by:
        return False
    return one.by.isdisjoint(other.by) or (
        min(len(one.by), len(other.by)) <= _TWO and not comparable(*_several(one.by, other.by))
    )


def _promisers(one: Promise, other: Promise) -> Seen:
    by = f"{told(one.by)} | {told(other.by)}"
    if _states(one.by) == _states(other.by):
        return Seen("same promiser", 1, told(one.by))
    if not one.by or not other.by:
        return Seen("promiser of one only", 1, by)
    near = _in_one_week(one, other)
    return Seen("some of the promisers", 1, by) if near else Seen("some of the promisers, at another time", 1, by)


def _several(*sides: frozenset[str]) -> Iterator[frozenset[str]]:
    """The states of each side where they are several, none where one may be all that is told of them."""
    for parties in sides:
        states = frozenset(party for party in parties if len(party) == len("XX"))
        yield states if len(states) > 1 else frozenset()


def _states(parties: frozenset[str]) -> frozenset[str]:
    """The states alone where there are several: organisations beside them are often only spoken of."""
    states = frozenset(party for party in parties if len(party) == len("XX"))
    return states if len(states) > 1 else parties


def _amounts_seen(one: Promise, other: Promise) -> list[Seen]:
    amounts = ", ".join(f"{amount:g}" for amount in (*one.amounts[:1], *other.amounts[:1]))
    if one.amounts and other.amounts:
        return [Seen("same number", 1, amounts)]
    return [Seen("number of one only", 1, amounts)] if amounts else []


def _keys(promise: Promise) -> list[str]:
    words = rarest(promise.action, _KEY_WORDS)
    pairs = list(combinations(words, 2))
    telling = [pair for pair in pairs if weight(pair) >= _KEY_WEIGHT] or pairs[:1]
    found = ["+".join(sorted(pair)) for pair in telling]
    found += words if len(words) <= 2 else []
    found += [f"#{amount:g}" for amount in promise.amounts[:1]]
    keys = [f"{party}|{key}" for party in promise.first or ("",) for key in found]
    # The same words are one promise though the two name other promisers, or one names none.
    alone = words[:_WORDS_ALONE]
    keys += ["|" + "+".join(sorted(each)) for each in combinations(alone, _WORDS_ALONE - 1)]
    keys += [f"|#{amount:g}+{word}" for amount in promise.amounts[:1] for word in alone]
    return [f"{key}|{time}" for key in keys for time in _times(promise.published)]


def _times(published: Days | None) -> tuple[int, ...]:
    """Spans of time of which two promises that are near enough share one."""
    if published is None:
        return ()
    span = published[0].toordinal() // _REPEATED
    return span, span + 1


def _facts(claim: Claim, promise: Promise) -> Facts:
    return Facts(
        sides=(promise.to,),
        window=promise.due,
        settled=claim.published,
    )


PROMISES = Identity(
    features=_promise,
    name=itself,
    keys=_keys,
    seen=_seen,
    facts=_facts,
    limits=Limits(settled=_REPEATED),
    on_average=0.0,
    against=-8.0,
)
"""Promises of one sort are worded so alike that one which surely is another has to keep two groups of them apart."""
