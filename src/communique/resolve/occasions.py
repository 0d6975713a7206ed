"""When two reports of an engagement report the same occasion."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from itertools import combinations
from typing import NamedTuple

from communique.model import Engagement
from communique.model.edtf import shift
from communique.model.names import fold, same_person
from communique.resolve.claims import Claim, Days, Facts, Limits, comparable, days, distance, length, told
from communique.resolve.cluster import Identity, itself
from communique.resolve.compare import Seen
from communique.resolve.words import content_words

_TALKS = {"meeting", "summit", "dialogue", "call"}
"""Types that different sources use for one occasion; a call may be told of as a virtual meeting."""
_RARE = {"summit", "exercise", "ceremony"}
"""Types of which the same parties seldom have two in one month."""
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
    document: str


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
        document=claim.reported.source.document_id,
    )


def _inferred(stage: str, published: Days | None) -> Days | None:
    if published is None:
        return None
    if stage == "planned":
        return published[0], shift(published[1], _AHEAD_DAYS)
    return shift(published[0], -_NEWS_DAYS), published[1]


def _seen(one: Occasion, other: Occasion) -> list[Seen]:
    people, place = _people(one, other), _place(one, other)
    if people is _Match.CLASH:
        return [Seen("other people", 1, f"{', '.join(one.people)} | {', '.join(other.people)}")]
    if not _parties_fit(one, other, people):
        return [Seen("other parties", 1, f"{told(one.parties)} | {told(other.parties)}")]
    if one.type != other.type or one.when is None or other.when is None:
        return [Seen("other days", 1, "another type of engagement, or a day is not known")]
    apart = distance(one.when, other.when)
    agree = _Match.AGREE in (people, place)
    dates = f"{_days(one)} | {_days(other)}"
    if apart > 1 or (apart == 1 and not (agree and one.dated and other.dated)):
        return [Seen("other days", 1, dates)]
    found = [Seen(name, 1, dates) for name in _time(one, other, apart)]
    if people is _Match.AGREE:
        found.append(Seen("same people", 1, f"{', '.join(one.people)} | {', '.join(other.people)}"))
    if place is not _Match.UNKNOWN:
        where = f"{told(one.place)} | {told(other.place)}"
        found.append(Seen("same place" if place is _Match.AGREE else "other place", 1, where))
    types = f"{one.told_as} | {other.told_as}"
    if one.told_as != other.told_as:
        if "call" in (one.told_as, other.told_as):
            found.append(Seen("call or in person", 1, types))
        elif not (one.dated and other.dated):
            found.append(Seen("told as another type", 1, types))
    elif one.told_as in _RARE and place is not _Match.CLASH:
        found.append(Seen("same rare type", 1, types))
    fewest, most = sorted((one, other), key=lambda o: (len(o.parties), sorted(o.parties)))
    if fewest.parties < most.parties and len(fewest.parties) > 1 and fewest.told_as != most.told_as:
        alone = bool(fewest.people) and len(fewest.people) < len(most.people)
        name = "two of them by themselves" if alone else "some of the parties"
        found.append(Seen(name, 1, f"{told(fewest.parties)} | {told(most.parties)}"))
    if one.document == other.document:
        found.append(Seen("told apart in one document", 1, one.document))
    return found


def _time(one: Occasion, other: Occasion, apart: int) -> Iterator[str]:
    assert one.when and other.when
    if one.dated and other.dated:
        if length(one.when) <= _FEW_DAYS and length(other.when) <= _FEW_DAYS:
            yield "neighbouring days" if apart else "same days"
        else:
            yield "overlapping dates"
        return
    # Without a date two reports of the same days may still be of one occasion, but an announcement
    # without a date may be of any.
    undated_plan = "planned" in {o.stage for o in (one, other) if not o.dated}
    if not undated_plan and all(length(o.when) <= _MONTH for o in (one, other) if o.when):
        yield "days of publication"


def _days(occasion: Occasion) -> str:
    assert occasion.when
    first, last = occasion.when
    shown = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    return shown if occasion.dated else f"{shown}, by publication"


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


def _keys(occasion: Occasion) -> list[str]:
    if occasion.when is None:
        return []
    months = _months(shift(occasion.when[0], -1), shift(occasion.when[1], 1))
    parties = sorted(occasion.parties)
    sides = ["+".join(pair) for pair in combinations(parties[:_MAX_PARTIES], 2)]
    names = sorted({fold(name).split()[-1] for name in occasion.people if name.split()})
    return [f"{occasion.type}|{who}|{month}" for who in (*sides, *names) for month in months]


def _months(first: date, last: date) -> list[int]:
    start, end = (day.year * 12 + day.month for day in (first, last))
    return list(range(start, end + 1)) if end - start <= _MAX_MONTHS else []


def _facts(_: Claim, occasion: Occasion) -> Facts:
    return Facts(
        sides=(occasion.parties,),
        window=occasion.when if occasion.dated else None,
        people=frozenset(fold(name).split()[-1] for name in occasion.people if name.split()),
    )


OCCASIONS = Identity(features=_features, name=itself, keys=_keys, seen=_seen, facts=_facts, limits=Limits(slack=1))
