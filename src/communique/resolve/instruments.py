"""When two names of instruments or bodies name the same one: agreements and initiatives."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from communique.resolve.claims import Claim, Days, Facts, Limits, comparable, distance, length, told
from communique.resolve.cluster import ON_AVERAGE, Identity
from communique.resolve.compare import Seen
from communique.resolve.groupings import beyond
from communique.resolve.instrument_names import (
    YEAR,
    Name,
    name_of,
    opens,
    organisation_words,
    spelt_alike,
    spelt_in_full,
    spelt_out,
    without_years,
)
from communique.resolve.pairs import jaccard
from communique.resolve.words import listed

_OTHER_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)\d+")
_PENDING = {"proposed", "negotiating"}
_MONTH = 31
_SAME_ISSUE = 3
"""Days within which an instrument that is issued once may be dated differently (time zones, drafting)."""
_SAME_NEWS = 45
"""Days within which a name without words of its own ("the defense framework") means the thing last spoken of."""
_RECALLED = 365
"""Days within which an instrument that is issued once is spoken of without its date, before or after."""
_REMEMBERED = 1095
"""Days within which one is spoken of whose name has two words of its own."""
_COVERED = {False: 0.5, True: 0.45}
"""The least share of the longer name's words that the shorter one has: with one word of its own, with more."""
_REWORDED = 4
"""Where two names each have words of their own, what the share of all words that only one has counts: a quarter of them
as much as a longer name's words beyond a shorter one."""
_SUCCESSOR = 730
"""Days between two signings, or from a signing to further negotiations, that make a successor of the same name."""
_TELLING_WITH_YEAR = 3
"""Words in common, the year among them, that name one instrument whatever two parties are named."""
_SAME_AT_LENGTH = 3
"""As many words are seldom the same in the names of two things."""
_SERIAL = re.compile(r"\d{3,}")
"""The number of a resolution or an order."""
_ONE_CONFLICT = 0.5
"""Of the states that the sentences on two armistices without a name mention, the least share that both do."""
_ON_AVERAGE = -1.6
"""An agreement is told of by what sort of thing it is alone, for months: of five comparisons one that speaks for it
outweighs four against."""
_KEY_WORDS = 8
"""Of a long name, as many of its longest words are looked up."""


def _name(name: Name) -> Name:
    """The name alone where it tells what it names from others at any time."""
    return name._replace(settled=None, moment=None, there=True) if name.own and not name.declaratory else name


def _seen(one: Name, other: Name) -> list[Seen]:
    if one.standing or other.standing:
        known = f"{one.standing or told(one.words)} | {other.standing or told(other.words)}"
        same = one.standing == other.standing
        return [Seen("the same well-known one" if same else "another well-known one", 1, known)]
    against = _contradiction(one, other)
    if against:
        return [against]
    found = list(_parties_seen(one, other))
    shared = one.acronyms & other.acronyms & (one.spelt | other.spelt)
    alone = [name.words - listed("weak") <= shared for name in (one, other)]
    # "NATO" says nothing of what else has it in its name.
    meant = {short for short in shared if _means(short, one, other)}
    if shared and (all(alone) or (any(alone) and meant)):
        found.append(Seen("acronym", 1, told(shared)))
        if not shared & one.words & other.words:
            return found
    elif meant:
        found.append(Seen("acronym beside the name", 1, told(shared)))
        if spelt_in_full(one, other) or spelt_in_full(other, one):
            return [*found, Seen("acronym", 1, told(shared))]
    return [*found, *_words_seen(*sorted((one, other), key=lambda name: (len(name.words), sorted(name.words))))]


def _means(acronym: str, one: Name, other: Name) -> bool:
    """Whether an acronym is that of one of the names, and not of an organisation that has to do with both."""
    return acronym not in organisation_words() or acronym in one.initials or acronym in other.initials


def _parties_seen(one: Name, other: Name) -> Iterator[Seen]:
    parties = f"{told(one.parties)} | {told(other.parties)}"
    if one.parties == other.parties:
        if one.parties:
            yield Seen("same parties", 1, told(one.parties))
    elif comparable(beyond(one.parties, other.parties), beyond(other.parties, one.parties)):
        yield Seen("parties of one only", 1, parties)
    else:
        # Of what many take part in, each document names some.
        yield Seen("some parties in common" if one.parties & other.parties else "no party in common", 1, parties)


def _words_seen(small: Name, large: Name) -> Iterator[Seen]:
    small, large = _told_alike(small, large), _told_alike(large, small)
    small, large = spelt_out(small, large), spelt_out(large, small)
    large = spelt_alike(small, large)
    common = small.words & large.words
    if opens(small, large):
        yield Seen("short form", 1, f"{told(small.whole)} | {told(large.whole)}")
        return
    if not small.own and small.words <= large.words:
        yield _generic(small, large)
        return
    told_apart = f"{told(small.words)} | {told(large.words)}"
    covered = _told(common) / max(1.0, _told(large.words))
    own = small.own & large.own
    within = small.words <= large.words
    if within and covered < _COVERED[len(own) >= 2]:
        yield Seen("words of its own", 1, told_apart)
    elif not within:
        yield Seen("words of its own", _REWORDED * (1 - jaccard(small.words, large.words)), told_apart)
    yield Seen("words in common", covered, told_apart)
    if own:
        # "Indo-Pacific" and "Central America" are in the names of many things.
        telling = own - listed("continents")
        several = len(telling) + (telling != own) >= 2
        yield Seen("telling words" if several else "one telling word", 1, told(own))
    if len(common) >= _SAME_AT_LENGTH and small.words == large.words:
        yield Seen("same words at length", 1, told(common))
    if numbers := {word for word in common if _SERIAL.fullmatch(word) and not YEAR.fullmatch(word)}:
        yield Seen("same number", 1, told(numbers))


def _told(words: frozenset[str]) -> float:
    """How much words of names tell: those that many names share half as much as others."""
    return len(words) - len(words & listed("weak")) / 2


def _told_alike(one: Name, other: Name) -> Name:
    """The name with what it has in common with the other, where only for the one it is a party."""
    words = one.words | (other.words & one.whole)
    return one._replace(words=words) if words != one.words else one


def _generic(small: Name, large: Name) -> Seen:
    """Names that say only what sort of instrument it is: the same if parties and time are."""
    moments = f"{_day(small.moment)} | {_day(large.moment)}"
    if _named_for_states(small) and _named_for_states(small) == _named_for_states(large):
        return Seen("named for the same states", 1, told(small.about | small.heads))
    nothing = Seen("nothing telling", 1, f"{told(small.words | small.heads)}; {moments}")
    if small.heads & large.heads & listed("armistices"):
        near = small.moment and large.moment and distance(small.moment, large.moment) <= _RECALLED
        return Seen("same words", 1, moments) if near and _of_one_conflict(small, large) else nothing
    if small.parties.isdisjoint(large.parties) or small.heads.isdisjoint(large.heads):
        return nothing
    if small.moment is None or large.moment is None:
        return nothing
    apart = distance(small.moment, large.moment)
    undated = small.settled is None and large.settled is None
    if undated and not small.declaratory and small.words and (small.words, small.heads) == (large.words, large.heads):
        known = small.there and large.there and small.parties == large.parties and len(small.parties) > 1
        return Seen("same words", 1, moments) if apart <= _RECALLED or known else nothing
    if small.parties != large.parties:
        return nothing
    if (
        not small.declaratory
        and apart <= _RECALLED
        and len(small.whole) >= _SAME_AT_LENGTH
        and small.whole <= large.whole
    ):
        return Seen("same words", 1, f"{told(small.whole)} | {told(large.whole)}")
    if small.words == large.words and (small.declaratory or not small.words):
        both_dated = small.settled is not None and large.settled is not None
        exact = length(small.moment) <= _MONTH and length(large.moment) <= _MONTH
        same = exact and (apart == 0 or (apart <= _SAME_ISSUE and not both_dated))
        return Seen("same occasion", 1, moments) if same else nothing
    if (
        not small.words
        and small.declaratory
        and small.settled
        and large.settled
        and apart == 0
        and length(small.settled) == 1
    ):
        return Seen("same occasion", 1, moments)
    return Seen("same news", 1, moments) if small.words and apart <= _SAME_NEWS else nothing


def _named_for_states(name: Name) -> frozenset[str]:
    """The states and the noun of a body whose name has nothing else, "U.S.-Japan Alliance"; nothing for other names."""
    alone = not name.agreement and not name.words and len(name.about) > 1 and len(name.heads) == 1
    return name.about | name.heads if alone else frozenset()


def _of_one_conflict(one: Name, other: Name) -> bool:
    """Whether two names of armistices are of those of one conflict, as far as names or sentences tell where it is."""
    if one.about and other.about:
        return not one.about.isdisjoint(other.about)
    if one.about or other.about:
        return not (one.about or one.spoken | one.parties).isdisjoint(other.about or other.spoken | other.parties)
    return jaccard(one.spoken, other.spoken) >= _ONE_CONFLICT


def _day(when: Days | None) -> str:
    return when[0].isoformat() if when else "no date"


def _contradiction(one: Name, other: Name) -> Seen | None:
    parties = f"{told(one.parties)} | {told(other.parties)}"
    heads = f"{told(one.heads)} | {told(other.heads)}"
    if _two_pairs(one, other):
        return Seen("other parties", 1, parties)
    if one.heads and other.heads and one.declaratory != other.declaratory:
        return Seen("other sort", 1, heads)
    if one.declaratory and one.moment is not None and other.moment is not None:
        both_dated = one.settled is not None and other.settled is not None
        apart = distance(one.moment, other.moment)
        recalled = _REMEMBERED if len(one.own) >= 2 and one.words == other.words else _RECALLED
        if apart > (_SAME_ISSUE if both_dated else recalled) and not _years(one) & _years(other):
            return Seen("other day", 1, f"{_day(one.moment)} | {_day(other.moment)}")
    if _of_other_states(one, other) or _of_other_states(other, one):
        return Seen("other states", 1, f"{told(one.states or one.parties)} | {told(other.states or other.parties)}")
    if _numbered_apart(one, other):
        return Seen("other number", 1, f"{told(one.words)} | {told(other.words)}")
    first, second = (name.heads & listed("parts") for name in (one, other))
    if (first or second) and first.isdisjoint(second):
        return Seen("other sort", 1, heads)
    if one.heads and other.heads and one.heads.isdisjoint(other.heads):
        # The council and the commission of the same two; a group's body and one of two of its members.
        few_words = max(len(one.own), len(other.own)) < 2
        two_sides = one.parties != other.parties and min(len(one.parties), len(other.parties)) > 1
        if few_words or two_sides:
            return Seen("other sort", 1, f"{heads}; {parties}")
    return None


def _years(name: Name) -> set[str]:
    return {word for word in name.words if YEAR.fullmatch(word)}


def _two_pairs(one: Name, other: Name) -> bool:
    """Whether both are between two, and not the same two; without words of its own, any other parties are others."""
    if comparable(one.parties, other.parties):
        return False
    if not one.own or not other.own:
        return True
    # Of what bears the same year and name, each document names some parties.
    dated_alike = bool(_years(one) & _years(other)) and len(one.own & other.own) >= _TELLING_WITH_YEAR
    return one.mutual and other.mutual and not dated_alike


def _of_other_states(one: Name, other: Name) -> bool:
    """Whether one is named after states that the other is not named after, or that are none of its parties."""
    named_otherwise = bool(other.states) and one.states.isdisjoint(other.states)
    return bool(one.states) and (named_otherwise or (bool(other.parties) and one.states.isdisjoint(other.parties)))


def _numbered_apart(one: Name, other: Name) -> bool:
    """Whether both bear a year, or both another number, and not the same: two of a series."""
    for bears in (YEAR.fullmatch, _OTHER_NUMBER.fullmatch):
        first, second = ({word for word in name.words if bears(word)} for name in (one, other))
        if first and second and first.isdisjoint(second):
            return True
    return False


def _keys(name: Name) -> list[str]:
    if name.standing:
        return [f"known|{name.standing}"]
    own = sorted(name.own, key=lambda word: (-len(word), word))[:_KEY_WORDS]
    found = [f"acronym|{short}" for short in sorted(name.acronyms.union(short for short, _ in name.stands_for))]
    if len(name.words) <= 2 or len(own) == 1:
        found += [f"word|{word}" for word in own]
    found += [f"words|{min(pair)}+{max(pair)}" for pair in combinations(own, 2)]
    if not own and name.words:
        found.append(
            f"words|{'+'.join(sorted(name.words))}" + ("" if len(name.words) > 1 else f"|{told(name.parties)}")
        )
    opening = sorted(without_years(name.opening))
    if not listed("heads").issuperset(opening):
        found.append("opening|" + "+".join(opening) + ("" if name.own else f"|{told(name.parties)}"))
    if _named_for_states(name):
        found.append("of states|" + "+".join(sorted(_named_for_states(name))))
    for head in sorted(name.heads & listed("armistices")):
        found += [f"{head} in {state}" for state in sorted(name.about | name.spoken)]
    return found + _occasion_keys(name)


def _occasion_keys(name: Name) -> list[str]:
    if name.moment is None or not name.parties or length(name.moment) > 12 * _MONTH:
        return []
    first, last = (day.year * 12 + day.month for day in name.moment)
    months = range(first - 1, last + 2)
    return [f"{told(name.parties)}|{head}|{month}" for head in sorted(name.heads) for month in months]


def _facts(claim: Claim, name: Name) -> Facts:
    stage = getattr(claim.reported.record, "stage", None)
    return Facts(
        sides=(name.parties if (name.mutual and not _years(name)) or not name.own else frozenset(),),
        window=name.settled if name.declaratory and name.settled and length(name.settled) <= _MONTH else None,
        settled=name.settled,
        pending=claim.published[0] if claim.published and stage in _PENDING else None,
    )


AGREEMENTS = Identity(
    features=name_of,
    name=_name,
    keys=_keys,
    seen=_seen,
    facts=_facts,
    # A framework that is concluded for ten years at a time has a successor of the same name: what was
    # signed years apart, or is still negotiated years after a signing, is another one.
    limits=Limits(slack=_SAME_ISSUE, settled=_SUCCESSOR, pending=_SUCCESSOR),
    on_average=_ON_AVERAGE,
)
INITIATIVES = replace(AGREEMENTS, limits=Limits(slack=_SAME_ISSUE), on_average=ON_AVERAGE)
"""An initiative goes on under its name, and is announced, launched and joined more than once."""
