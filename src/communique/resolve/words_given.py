"""When two reports of a statement report the same one."""

from collections.abc import Sequence
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
_SAME_DAY = 1
"""Days within which one publisher tells of one occasion; the same words on another day were said anew."""


class Saying(NamedTuple):
    """Who said what; ``states`` are those that the speakers are or act for."""

    speakers: tuple[str, ...]
    states: frozenset[str]
    content: frozenset[str]
    published: Days | None
    publisher: str | None


def _wording(one: frozenset[str], other: frozenset[str]) -> list[Seen]:
    common = Seen("words in common", jaccard(one, other), f"{told(one & other)} of {told(one | other)}")
    if one != other and min(len(one), len(other)) < _FEW_WORDS:
        return [common, Seen("too few words", 1, f"{told(one)} | {told(other)}")]
    return [common]


def _saying(claim: Claim) -> Saying:
    record = claim.reported.record
    assert isinstance(record, Statement)
    people = claim.reported.people
    states = frozenset(state for name in record.speakers for state in people.get(name, (name,)))
    return Saying(
        tuple(sorted(record.speakers)),
        states,
        content_words(record.content),
        claim.published,
        claim.reported.source.publisher,
    )


def _sayings_seen(one: Saying, other: Saying) -> list[Seen]:
    if one.published is None or other.published is None or distance(one.published, other.published) > _QUOTED:
        return [Seen("weeks apart", 1, f"{one.published} | {other.published}")]
    if one.publisher and one.publisher == other.publisher and distance(one.published, other.published) > _SAME_DAY:
        return [Seen("said anew", 1, f"{one.published} | {other.published}")]
    if not (_of_one_state(one, other) or _of_the_same(*sorted((one.speakers, other.speakers), key=len))):
        return [Seen("other speaker", 1, f"{told(one.speakers)} | {told(other.speakers)}")]
    return _wording(one.content, other.content)


def _of_the_same(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether all who speak in one speak in the other: what two say together, one of them says to others elsewhere."""
    return all(any(same_person(name, other) for other in many) for name in few)


def _of_one_state(one: Saying, other: Saying) -> bool:
    """Whether one document gives to the president what another of that day gives to the state."""
    if one.published != other.published or one.states != other.states:
        return False
    return one.states == frozenset(one.speakers) or other.states == frozenset(other.speakers)


def _saying_keys(saying: Saying) -> list[str]:
    if saying.published is None:
        return []
    first, last = (day.toordinal() // _QUOTED for day in saying.published)
    weeks = range(first, min(last, first + _QUOTED) + 2)
    words = prefix(saying.content, _SAME_CONTENT)
    spoken = (fold(name).split() for name in (*saying.speakers, *saying.states))
    names = sorted({part for name in spoken for part in (*name[:1], *name[-1:])})
    return [f"{name}|{word}|{week}" for name in names for word in words for week in weeks]


def _saying_facts(claim: Claim, _: Saying) -> Facts:
    return Facts(documents=frozenset({claim.reported.source.document_id}))


SAYINGS = Identity(
    features=_saying, name=itself, keys=_saying_keys, seen=_sayings_seen, facts=_saying_facts, limits=Limits()
)
