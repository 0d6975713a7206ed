"""When two reports of an undertaking or of a statement report the same one."""

from itertools import combinations
from typing import NamedTuple

from communique.model import Statement, Undertaking
from communique.model.names import fold, same_person
from communique.resolve.claims import Claim, Days, Facts, Limits, comparable, days, distance, told
from communique.resolve.cluster import Identity, itself
from communique.resolve.compare import Seen
from communique.resolve.pairs import jaccard, prefix
from communique.resolve.words import content_words, listed

_KEY_WORDS = 6
"""Of an action's telling words, as many of the longest are looked up, two by two."""
_SAME_CONTENT = 0.8
_FEW_WORDS = 3
"""Fewer words than these have to be the same ones."""
_REPEATED = 730
"""Days within which the same words of the same party repeat a promise, and do not make a new one."""
_QUOTED = 7
"""Days within which sources report one statement."""


class Promise(NamedTuple):
    """Who is to do what, towards whom, by when."""

    by: frozenset[str]
    to: frozenset[str]
    action: frozenset[str]
    due: Days | None


class Saying(NamedTuple):
    """Who said what."""

    speakers: tuple[str, ...]
    content: frozenset[str]
    published: Days | None


def _promise(claim: Claim) -> Promise:
    record = claim.reported.record
    assert isinstance(record, Undertaking)
    return Promise(frozenset(record.by), frozenset(record.to), content_words(record.action), days(record.due))


def _promises_seen(one: Promise, other: Promise) -> list[Seen]:
    if one.by != other.by:
        return [Seen("other promiser", 1, f"{told(one.by)} | {told(other.by)}")]
    if not comparable(one.to, other.to):
        return [Seen("other addressee", 1, f"{told(one.to)} | {told(other.to)}")]
    if one.due and other.due and distance(one.due, other.due) > 0:
        return [Seen("other due date", 1, f"{one.due[1].isoformat()} | {other.due[1].isoformat()}")]
    numbers = [frozenset(filter(str.isdigit, promise.action)) for promise in (one, other)]
    if all(numbers) and numbers[0].isdisjoint(numbers[1]):
        return [Seen("other numbers", 1, f"{told(numbers[0])} | {told(numbers[1])}")]
    return [*_wording(one.action, other.action, whole=not one.by), *_telling(one.action, other.action)]


def _telling(one: frozenset[str], other: frozenset[str]) -> list[Seen]:
    """How far the words agree that say what is promised, and not only that something is to be done or strengthened."""
    one, other = _telling_words(one), _telling_words(other)
    fewest = min(len(one), len(other))
    common = Seen("telling words in common", len(one & other) / max(1, fewest), f"{told(one)} | {told(other)}")
    few = [Seen("few telling words", 1, f"{told(one)} | {told(other)}")] if fewest < 2 and one != other else []
    return [common, *few]


def _telling_words(action: frozenset[str]) -> frozenset[str]:
    return action - listed("general_actions")


def _wording(one: frozenset[str], other: frozenset[str], *, whole: bool) -> list[Seen]:
    common = Seen("words in common", jaccard(one, other), f"{told(one & other)} of {told(one | other)}")
    if one != other and (whole or min(len(one), len(other)) < _FEW_WORDS):
        return [common, Seen("too few words", 1, f"{told(one)} | {told(other)}")]
    return [common]


def _promise_keys(promise: Promise) -> list[str]:
    words = sorted(_telling_words(promise.action), key=lambda word: (-len(word), word))[:_KEY_WORDS]
    alone = words if len(words) <= 2 else []
    pairs = ["+".join(sorted(pair)) for pair in combinations(words, 2)]
    whole = [] if words else [" ".join(sorted(promise.action))]
    return [f"{told(promise.by)}|{key}" for key in (*alone, *pairs, *whole)]


def _promise_facts(claim: Claim, promise: Promise) -> Facts:
    return Facts(
        documents=frozenset({claim.reported.source.document_id}),
        sides=(promise.to,),
        window=promise.due,
        settled=claim.published,
    )


def _saying(claim: Claim) -> Saying:
    record = claim.reported.record
    assert isinstance(record, Statement)
    return Saying(tuple(sorted(record.speakers)), content_words(record.content), claim.published)


def _sayings_seen(one: Saying, other: Saying) -> list[Seen]:
    if one.published is None or other.published is None or distance(one.published, other.published) > _QUOTED:
        return [Seen("weeks apart", 1, f"{one.published} | {other.published}")]
    if not any(same_person(a, b) for a in one.speakers for b in other.speakers):
        return [Seen("other speaker", 1, f"{told(one.speakers)} | {told(other.speakers)}")]
    return _wording(one.content, other.content, whole=False)


def _saying_keys(saying: Saying) -> list[str]:
    if saying.published is None:
        return []
    first, last = (day.toordinal() // _QUOTED for day in saying.published)
    weeks = range(first, min(last, first + _QUOTED) + 2)
    words = prefix(saying.content, _SAME_CONTENT)
    names = sorted({part for name in saying.speakers for part in (*fold(name).split()[:1], *fold(name).split()[-1:])})
    return [f"{name}|{word}|{week}" for name in names for word in words for week in weeks]


def _saying_facts(claim: Claim, _: Saying) -> Facts:
    return Facts(documents=frozenset({claim.reported.source.document_id}))


PROMISES = Identity(
    features=_promise,
    name=itself,
    keys=_promise_keys,
    seen=_promises_seen,
    facts=_promise_facts,
    limits=Limits(settled=_REPEATED),
)
SAYINGS = Identity(
    features=_saying, name=itself, keys=_saying_keys, seen=_sayings_seen, facts=_saying_facts, limits=Limits()
)
