"""When two reports of an engagement report the same occasion."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from itertools import combinations

from communique.model.edtf import shift
from communique.model.names import fold, name_parts, same_person
from communique.resolve.claims import Claim, Facts, Limits, comparable, distance, length, told
from communique.resolve.cluster import Identity, itself
from communique.resolve.compare import Seen
from communique.resolve.occasion import FEW_DAYS, Occasion, occasion_of
from communique.resolve.occasion_told import seat_of, states_of_place
from communique.resolve.pairs import jaccard
from communique.resolve.words import content_words, listed

_RARE = {"summit", "exercise", "ceremony"}
"""Types of which the same parties seldom have two in one month."""
_MONTH = 31
_PUT_OFF_DAYS = 14
"""By how many days an occasion is put off or brought forward, at most, and still the same."""
_VAGUE = 200
"""Days of a time of which it says little that another falls into it."""
_WITHIN_DAYS = 7
"""Days before or after an occasion on which it is told of without its day."""
_TWO = 2
_ONE_NAME = 0.5
"""The least share of all words that two names of one gathering have in common."""
_MAX_MONTHS = 24
_HALF_YEAR = 6
_MAX_PARTIES = 6


class _Match(Enum):
    AGREE = 1
    UNKNOWN = 2
    CLASH = 3


def _seen(one: Occasion, other: Occasion) -> list[Seen]:
    people, place = _people(one, other), _place(one, other)
    one_gathering = _one_gathering(one, other)
    names = _common_names(one, other) if one_gathering else (one.names & other.names) - listed("places")
    if one.conference or other.conference:
        return [_conferences_seen(one, other)]
    if one.number and other.number and one.number != other.number and names:
        return [Seen("other number", 1, f"{one.number} | {other.number}")]
    if people is _Match.CLASH and not one_gathering:
        return [Seen("other people", 1, f"{', '.join(one.people)} | {', '.join(other.people)}")]
    if not one_gathering and not _parties_fit(one, other, people, names):
        return [Seen("other parties", 1, f"{told(one.parties)} | {told(other.parties)}")]
    if one.type != other.type or one.when is None or other.when is None:
        return [Seen("other days", 1, "another type of engagement, or a day is not known")]
    apart = distance(one.when, other.when)
    agree = _Match.AGREE in (people, place)
    dates = f"{_days(one)} | {_days(other)}"
    put_off = 1 < apart <= _PUT_OFF_DAYS and _may_be_put_off(one, other, people, names)
    if (apart > 1 and not put_off) or (apart == 1 and not put_off and not (agree and one.dated and other.dated)):
        return [Seen("other days", 1, dates)]
    found = [Seen("days put off", 1, dates)] if put_off else []
    found += _times_seen(one, other, apart, dates, put_off=put_off)
    if people is _Match.AGREE:
        few = _common_people(one, other) < _TWO
        found.append(
            Seen("same person" if few else "same people", 1, f"{', '.join(one.people)} | {', '.join(other.people)}")
        )
    if place is not _Match.UNKNOWN:
        where = f"{one.place} | {other.place}"
        found.append(Seen("same place" if place is _Match.AGREE else "other place", 0.5 if put_off else 1, where))
    if names:
        found.append(Seen("same name", 1, told(names)))
    return [*found, *_kinds_seen(one, other, place)] if not one_gathering else [*found, *_gathering_seen(one, other)]


def _times_seen(one: Occasion, other: Occasion, apart: int, dates: str, *, put_off: bool) -> Iterator[Seen]:
    """What the days tell of which it is known, or by when it was told of the two."""
    assert one.when and other.when
    vague = max(length(one.when), length(other.when)) > _VAGUE
    if not put_off:
        for name in _time(one, other, apart):
            yield Seen(name, 0.6 if vague and name == "overlapping dates" else 1, dates)
    if vague and (_told_then(one, other) or _told_then(other, one)):
        yield Seen("told of within days", 1, dates)


def _conferences_seen(one: Occasion, other: Occasion) -> Seen:
    """Whether both are one conference that goes by its number: no other occasion is."""
    same = one.conference == other.conference and one.gathering and other.gathering
    return Seen(
        "same conference" if same else "other name", 1, f"{one.conference or 'none'} | {other.conference or 'none'}"
    )


def _one_gathering(one: Occasion, other: Occasion) -> bool:
    """Whether both tell by name of one gathering of many, whomever of them they name."""
    if not (one.gathering and other.gathering):
        return False
    names = jaccard(one.names - listed("places"), other.names - listed("places"))
    return names >= _ONE_NAME or _called_after_place(one, other) or _called_after_place(other, one)


def _common_names(one: Occasion, other: Occasion) -> frozenset[str]:
    """The words that both names of one gathering have, else those that one has of the other's place."""
    places = one.names & content_words(other.place), other.names & content_words(one.place)
    return one.names & other.names or max(places, key=len)


def _called_after_place(one: Occasion, other: Occasion) -> bool:
    """Whether one goes by the name of the place at which the other was: "the Madrid summit"."""
    there = bool(one.names - other.names) and one.names <= other.names | content_words(other.place)
    return there and comparable(one.parties, other.parties)


def _gathering_seen(one: Occasion, other: Occasion) -> Iterator[Seen]:
    yield Seen("same rare type", 1, f"{one.told_as} | {other.told_as}")
    if one.number and one.number == other.number:
        yield Seen("same number", 1, one.number)


def _kinds_seen(one: Occasion, other: Occasion, place: _Match) -> Iterator[Seen]:
    """What the type of occasion and the number of its parties tell."""
    if one.told_as != other.told_as:
        yield from _types_seen(one, other)
    elif one.told_as in _RARE and (place is not _Match.CLASH or _coming(one, other)):
        yield Seen("same rare type", 1, f"{one.told_as} | {other.told_as}")
    if one.parties == other.parties and len(one.parties) > _TWO:
        yield Seen("same three or more", 1, told(one.parties))
    fewest, most = sorted((one, other), key=lambda o: (len(o.parties), sorted(o.parties)))
    if fewest.parties < most.parties and len(fewest.parties) > 1:
        alone = _by_themselves(fewest, most)
        if alone or fewest.told_as != most.told_as:
            name = "two of them by themselves" if alone else "some of the parties"
            yield Seen(name, 1, f"{told(fewest.parties)} | {told(most.parties)}")
    if len(fewest.parties) < _TWO and fewest.parties < most.parties:
        yield Seen("one side only", 1, f"{told(fewest.parties)} | {told(most.parties)}")


def _types_seen(one: Occasion, other: Occasion) -> Iterator[Seen]:
    """What it tells that the two are told as occasions of different types."""
    types = f"{one.told_as} | {other.told_as}"
    if one.beside and other.beside and "summit" in (one.told_as, other.told_as):
        yield Seen("on its margins", 1, types)
    # "The leaders also discussed" leaves open how they spoke.
    if "call" in (one.told_as, other.told_as) and not (one.unsaid or other.unsaid):
        yield Seen("call or in person", 1, types)


def _by_themselves(few: Occasion, many: Occasion) -> bool:
    """Whether it is told who of two parties met, which is not who met at the larger occasion."""
    others = [name for name in many.people if not any(same_person(name, own) for own in few.people)]
    return bool(few.among) and (bool(others) or len(many.people) < _TWO)


def _coming(one: Occasion, other: Occasion) -> bool:
    return "planned" in (one.stage, other.stage)


def _may_be_put_off(one: Occasion, other: Occasion, people: _Match, names: frozenset[str]) -> bool:
    """Whether one is planned for a day that may have been moved since: of an occasion that there seldom is."""
    rare = one.told_as == other.told_as and one.told_as in _RARE | {"visit"}
    return (
        one.document != other.document
        and rare
        and one.dated
        and other.dated
        and _coming(one, other)
        and (bool(names) or people is _Match.AGREE)
    )


def _time(one: Occasion, other: Occasion, apart: int) -> Iterator[str]:
    assert one.when and other.when
    if one.dated and other.dated:
        if length(one.when) <= FEW_DAYS and length(other.when) <= FEW_DAYS:
            yield "neighbouring days" if apart else "same days"
        else:
            yield "overlapping dates"
        return
    # Without a date two reports of the same days may still be of one occasion, but an announcement
    # without a date may be of any.
    undated_plan = "planned" in {o.stage for o in (one, other) if not o.dated}
    if undated_plan:
        if max(length(one.when), length(other.when)) > FEW_DAYS < min(length(one.when), length(other.when)):
            yield "no day known"
    elif all(length(o.when) <= _MONTH for o in (one, other) if o.when):
        yield "days of publication"


def _told_then(one: Occasion, other: Occasion) -> bool:
    """Whether one, of which no day is known, was told of within days of the other."""
    if one.when is None or other.when is None or one.published is None or length(other.when) > _MONTH:
        return False
    return length(one.when) > _VAGUE and distance(one.published, other.when) <= _WITHIN_DAYS


def _days(occasion: Occasion) -> str:
    assert occasion.when
    first, last = occasion.when
    shown = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    return shown if occasion.dated else f"{shown}, by publication"


def _people(one: Occasion, other: Occasion) -> _Match:
    if not one.people or not other.people:
        return _Match.UNKNOWN
    common = _common_people(one, other)
    fewest = min(len(one.people), len(other.people))
    if common >= min(_TWO, fewest):
        return _Match.AGREE
    # Of a visit one report names guests, another a guest and the host.
    visit = one.told_as == other.told_as == "visit"
    return _Match.AGREE if visit and common and _placed_apart(one, other) else _Match.CLASH


def _common_people(one: Occasion, other: Occasion) -> int:
    """How many people both tell of; two names of one person in one of them count once."""
    return min(
        sum(any(same_person(a, b) for b in those.people) for a in these.people)
        for these, those in ((one, other), (other, one))
    )


def _placed_apart(one: Occasion, other: Occasion) -> bool:
    """Whether those of whom only one tells act for parties for which the other tells of nobody: a side left out."""
    first, second = _by_party(one), _by_party(other)
    return all(
        any(same_person(a, b) for a in first[party] for b in second[party]) for party in first.keys() & second.keys()
    )


def _by_party(occasion: Occasion) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for name, parties in zip(occasion.people, occasion.acting, strict=True):
        found.setdefault(parties, []).append(name)
    return found


def _place(one: Occasion, other: Occasion) -> _Match:
    if not one.place or not other.place:
        return _Match.UNKNOWN
    words = content_words(one.place), content_words(other.place)
    if not words[0].isdisjoint(words[1]):
        return _Match.AGREE
    if any(place <= listed("continents") for place in words):
        return _Match.UNKNOWN
    (first, first_whole), (second, second_whole) = states_of_place(one.place), states_of_place(other.place)
    # "France" and "Paris" may be one place, "Paris" and "Nice" are two.
    if not seat_of(one.place).isdisjoint(seat_of(other.place)):
        return _Match.AGREE
    within = (first_whole or second_whole) and not first.isdisjoint(second)
    return _Match.UNKNOWN if within else _Match.CLASH


def _parties_fit(one: Occasion, other: Occasion, people: _Match, names: frozenset[str]) -> bool:
    if one.parties == other.parties and one.parties:
        return len(one.parties) > 1 or people is _Match.AGREE
    if not comparable(one.parties, other.parties):
        return False
    fewest, most = sorted((len(one.parties), len(other.parties)))
    # A side that a report leaves out, or some of many; two of four are not the four.
    named = bool(names) and min(len(one.people), len(other.people)) < fewest
    return (people is _Match.AGREE and fewest <= 1) or (most > _TWO and (2 * fewest > most or named))


def _keys(occasion: Occasion) -> list[str]:
    if occasion.conference:
        return [occasion.conference]
    if occasion.when is None:
        return []
    months = _months(shift(occasion.when[0], -1), shift(occasion.when[1], 1))
    parties = sorted(occasion.parties)
    sides = ["+".join(pair) for pair in combinations(parties[:_MAX_PARTIES], 2)]
    names = sorted({fold(name).split()[-1] for name in occasion.people if name.split()})
    found = [f"{occasion.type}|{who}|{month}" for who in (*sides, *names) for month in months]
    if occasion.gathering:
        halves = sorted({month // _HALF_YEAR for month in months})
        known_by = occasion.names | content_words(occasion.place)
        by_name = [f"{occasion.type}|at {name}|{half}" for name in sorted(known_by) for half in halves]
        # A time that is hardly known leads to too many others.
        return by_name if length(occasion.when) > _VAGUE else found + by_name
    return found


def _months(first: date, last: date) -> list[int]:
    start, end = (day.year * 12 + day.month for day in (first, last))
    return list(range(start, end + 1)) if end - start <= _MAX_MONTHS else []


def _facts(_: Claim, occasion: Occasion) -> Facts:
    # Each report of a gathering names some of those who were there.
    told_people = () if occasion.gathering else occasion.people
    # What is planned may be put off; and a time that is hardly known is no more than where to look.
    known = occasion.dated and occasion.when is not None and length(occasion.when) <= _VAGUE
    return Facts(
        sides=(frozenset() if occasion.gathering else occasion.parties,),
        window=occasion.when if known and occasion.stage != "planned" and not occasion.conference else None,
        people=frozenset(part for name in told_people for part in name_parts(name)),
        among=occasion.among,
        present=len(occasion.people),
    )


OCCASIONS = Identity(features=occasion_of, name=itself, keys=_keys, seen=_seen, facts=_facts, limits=Limits(slack=1))
