"""When two reports of an undertaking or of a statement report the same one."""

from collections.abc import Sequence
from typing import NamedTuple

from communique.model import Statement, Undertaking
from communique.model.names import same_person
from communique.resolve.claims import Claim, Days, Facts, Limits, comparable, days, distance
from communique.resolve.cluster import Identity
from communique.resolve.pairs import Pair, jaccard, overlapping
from communique.resolve.words import content_words

_SAME_ACTION = 0.6
_SAME_CONTENT = 0.8
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
    published: Days | None


class Saying(NamedTuple):
    """Who said what."""

    speakers: tuple[str, ...]
    content: frozenset[str]
    published: Days | None


def _promise(claim: Claim) -> Promise:
    record = claim.reported.record
    assert isinstance(record, Undertaking)
    action = content_words(record.action)
    return Promise(frozenset(record.by), frozenset(record.to), action, days(record.due), claim.published)


def _same_promise(one: Promise, other: Promise) -> float:
    if one.by != other.by or not comparable(one.to, other.to):
        return 0.0
    if one.due and other.due and distance(one.due, other.due) > 0:
        return 0.0
    if not _within(one.published, other.published, _REPEATED):
        return 0.0
    alike = jaccard(one.action, other.action)
    few = min(len(one.action), len(other.action)) < 3 or not one.by
    return alike if alike >= (1 if few else _SAME_ACTION) else 0.0


def _promise_facts(claim: Claim, promise: Promise) -> Facts:
    return Facts(documents=frozenset({claim.reported.source.document_id}), sides=(promise.to,), window=promise.due)


def _saying(claim: Claim) -> Saying:
    record = claim.reported.record
    assert isinstance(record, Statement)
    return Saying(tuple(sorted(record.speakers)), content_words(record.content), claim.published)


def _same_saying(one: Saying, other: Saying) -> float:
    if not _within(one.published, other.published, _QUOTED):
        return 0.0
    if not any(same_person(a, b) for a in one.speakers for b in other.speakers):
        return 0.0
    alike = jaccard(one.content, other.content)
    few = min(len(one.content), len(other.content)) < 3
    return alike if alike >= (1 if few else _SAME_CONTENT) else 0.0


def _saying_facts(claim: Claim, _: Saying) -> Facts:
    return Facts(documents=frozenset({claim.reported.source.document_id}))


def _within(one: Days | None, other: Days | None, limit: int) -> bool:
    return one is not None and other is not None and distance(one, other) <= limit


def _promise_pairs(promises: Sequence[Promise]) -> set[Pair]:
    return overlapping([promise.action for promise in promises], _SAME_ACTION)


def _saying_pairs(sayings: Sequence[Saying]) -> set[Pair]:
    return overlapping([saying.content for saying in sayings], _SAME_CONTENT)


PROMISES = Identity(
    features=_promise, pairs=_promise_pairs, likeness=_same_promise, facts=_promise_facts, limits=Limits()
)
SAYINGS = Identity(features=_saying, pairs=_saying_pairs, likeness=_same_saying, facts=_saying_facts, limits=Limits())
