"""When two reports of an engagement report the same occasion."""

from collections.abc import Sequence
from datetime import date
from enum import Enum
from itertools import combinations
from typing import NamedTuple

from communique.model import Engagement
from communique.model.edtf import shift
from communique.model.names import fold, same_person
from communique.resolve.claims import Claim, Days, Facts, Limits, comparable, days, distance, length
from communique.resolve.cluster import Identity
from communique.resolve.pairs import Pair, sharing
from communique.resolve.words import content_words

_TALKS = {"meeting", "summit", "dialogue"}
"""Types that different sources use for one occasion."""
_FEW_DAYS = 4
"""As long as one occasion usually lasts; a wider date is one that is not known exactly."""
_NEWS_DAYS = 3
"""How many days after an occasion without a date its report is published, at most."""
_MONTH = 31
_AHEAD_DAYS = 180
"""How far ahead an occasion is announced without a date, at most."""
_MAX_MONTHS = 24
_MAX_PARTIES = 6


class _Match(Enum):
    AGREE = 1
    UNKNOWN = 2
    CLASH = 3


class Occasion(NamedTuple):
    """An occasion; ``when`` is inferred from publication where ``dated`` is False."""

    type: str
    told_as: str
    stage: str
    parties: frozenset[str]
    people: tuple[str, ...]
    when: Days | None
    dated: bool
    place: frozenset[str]


def _features(claim: Claim) -> Occasion:
    record = claim.reported.record
    assert isinstance(record, Engagement)
    when = days(record.date)
    return Occasion(
        type="talks" if record.type in _TALKS else record.type,
        told_as=record.type,
        stage=record.stage,
        parties=frozenset(record.parties),
        people=tuple(sorted(record.people)),
        when=when or _inferred(record.stage, claim.published),
        dated=when is not None,
        place=content_words(record.place or ""),
    )


def _inferred(stage: str, published: Days | None) -> Days | None:
    if published is None:
        return None
    if stage == "planned":
        return published[0], shift(published[1], _AHEAD_DAYS)
    return shift(published[0], -_NEWS_DAYS), published[1]


def _likeness(one: Occasion, other: Occasion) -> float:
    if one.type != other.type or one.when is None or other.when is None:
        return 0.0
    people, place = _people(one, other), _place(one, other)
    if people is _Match.CLASH or not _parties_fit(one, other, people):
        return 0.0
    apart = distance(one.when, other.when)
    agree = _Match.AGREE in (people, place)
    if apart > 1 or (apart == 1 and not (agree and one.dated and other.dated)):
        return 0.0
    bonus = 0.05 * (people is _Match.AGREE) + 0.03 * (place is _Match.AGREE)
    if one.dated and other.dated:
        exact = length(one.when) <= _FEW_DAYS and length(other.when) <= _FEW_DAYS
        if exact and (people is _Match.AGREE or place is not _Match.CLASH):
            return (0.9 if apart == 0 else 0.7) + bonus
        return 0.6 + bonus if agree else 0.0
    if people is _Match.AGREE:
        return 0.5 + bonus
    # Without a date or people, two reports of the same days may still be of one occasion, but an
    # announcement without a date may be of any.
    undated_plan = "planned" in {o.stage for o in (one, other) if not o.dated}
    vague = any(length(o.when) > _MONTH for o in (one, other) if o.when)
    if undated_plan or vague or one.told_as != other.told_as or place is _Match.CLASH:
        return 0.0
    return 0.45 + bonus


def _people(one: Occasion, other: Occasion) -> _Match:
    if not one.people or not other.people:
        return _Match.UNKNOWN
    common = sum(any(same_person(a, b) for b in other.people) for a in one.people)
    fewest = min(len(one.people), len(other.people))
    return _Match.AGREE if common >= min(2, fewest) else _Match.CLASH


def _place(one: Occasion, other: Occasion) -> _Match:
    if not one.place or not other.place:
        return _Match.UNKNOWN
    return _Match.CLASH if one.place.isdisjoint(other.place) else _Match.AGREE


def _parties_fit(one: Occasion, other: Occasion, people: _Match) -> bool:
    if one.parties == other.parties and one.parties:
        return len(one.parties) > 1 or people is _Match.AGREE
    if not comparable(one.parties, other.parties):
        return False
    fewest, most = sorted((len(one.parties), len(other.parties)))
    # A side that a report leaves out, or some of many; two of four are not the four.
    return (people is _Match.AGREE and fewest <= 1) or (most >= 3 and 2 * fewest > most)


def _pairs(occasions: Sequence[Occasion]) -> set[Pair]:
    return sharing([_keys(occasion) for occasion in occasions])


def _keys(occasion: Occasion) -> list[tuple[object, ...]]:
    if occasion.when is None:
        return []
    months = _months(shift(occasion.when[0], -1), shift(occasion.when[1], 1))
    parties = sorted(occasion.parties)
    sides: list[tuple[str, ...]] = list(combinations(parties[:_MAX_PARTIES], 2))
    names = {fold(name).split()[-1] for name in occasion.people if name.split()}
    return [(occasion.type, who, month) for who in (*sides, *sorted(names)) for month in months]


def _months(first: date, last: date) -> list[int]:
    start, end = (day.year * 12 + day.month for day in (first, last))
    return list(range(start, end + 1)) if end - start <= _MAX_MONTHS else []


def _facts(claim: Claim, occasion: Occasion) -> Facts:
    return Facts(
        documents=frozenset({claim.reported.source.document_id}),
        sides=(occasion.parties,),
        window=occasion.when if occasion.dated else None,
        people=frozenset(fold(name).split()[-1] for name in occasion.people if name.split()),
    )


OCCASIONS = Identity(features=_features, pairs=_pairs, likeness=_likeness, facts=_facts, limits=Limits(slack=1))
