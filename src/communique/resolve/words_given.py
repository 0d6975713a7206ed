"""When two reports of a statement report the same one."""

from typing import NamedTuple

from communique.model import Statement
from communique.model.names import fold, same_person
from communique.resolve.claims import Claim, Days, Facts, Limits, distance, told
from communique.resolve.cluster import Identity, itself
from communique.resolve.compare import Seen
from communique.resolve.pairs import jaccard, prefix
from communique.resolve.words import content_words

_SAME_CONTENT = 0.8
_FEW_WORDS = 3
"""Fewer words than these have to be the same ones."""
_QUOTED = 7
"""Days within which sources report one statement."""


class Saying(NamedTuple):
    """Who said what."""

    speakers: tuple[str, ...]
    content: frozenset[str]
    published: Days | None


def _wording(one: frozenset[str], other: frozenset[str]) -> list[Seen]:
    common = Seen("words in common", jaccard(one, other), f"{told(one & other)} of {told(one | other)}")
    if one != other and min(len(one), len(other)) < _FEW_WORDS:
        return [common, Seen("too few words", 1, f"{told(one)} | {told(other)}")]
    return [common]


def _saying(claim: Claim) -> Saying:
    record = claim.reported.record
    assert isinstance(record, Statement)
    return Saying(tuple(sorted(record.speakers)), content_words(record.content), claim.published)


def _sayings_seen(one: Saying, other: Saying) -> list[Seen]:
    if one.published is None or other.published is None or distance(one.published, other.published) > _QUOTED:
        return [Seen("weeks apart", 1, f"{one.published} | {other.published}")]
    if not any(same_person(a, b) for a in one.speakers for b in other.speakers):
        return [Seen("other speaker", 1, f"{told(one.speakers)} | {told(other.speakers)}")]
    return _wording(one.content, other.content)


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


SAYINGS = Identity(
    features=_saying, name=itself, keys=_saying_keys, seen=_sayings_seen, facts=_saying_facts, limits=Limits()
)
