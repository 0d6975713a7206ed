"""When two names of instruments or bodies name the same one: agreements and initiatives."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from communique.lexicon.tables import forms, rows
from communique.model import Agreement, Initiative
from communique.resolve.claims import Claim, Days, Facts, Limits, comparable, days, distance, length
from communique.resolve.cluster import Identity
from communique.resolve.pairs import Pair, containing, jaccard, overlapping, sharing
from communique.resolve.words import acronyms, content_words, listed, ordered_words, state_words

_SUBJECT = re.compile(r"\b(?:on|for|regarding|concerning|about|towards?)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OTHER_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)\d+")
_SETTLED = {"agreed", "signed", "launched"}
_PENDING = {"proposed", "negotiating"}
_MONTH = 31
_SAME_ISSUE = 3
"""Days within which an instrument that is issued once may be dated differently (time zones, drafting)."""
_SAME_NEWS = 45
"""Days within which a name without words of its own ("the defense framework") means the thing last spoken of."""
_RECALLED = 365
"""Days within which an instrument that is issued once is spoken of without its date, before or after."""
_COVERED = {False: 0.5, True: 0.4}
"""The share of the longer name's words that the shorter one has: with one word of its own, with more."""
_REWORDED = 0.75


class Name(NamedTuple):
    """A name and what goes with it.

    Attributes:
        words: its words apart from those of parties and of the sort of instrument.
        heads: nouns of the sort of instrument before the name comes to its subject.
        moment: when it was settled, else when it was spoken of.
    """

    words: frozenset[str]
    heads: frozenset[str]
    acronyms: frozenset[str]
    parties: frozenset[str]
    stage: str
    settled: Days | None
    moment: Days | None

    @property
    def own(self) -> frozenset[str]:
        """The words that few other names share."""
        return self.words - listed("weak")

    @property
    def declaratory(self) -> bool:
        """Whether the instrument is issued once, on one day."""
        return not self.heads.isdisjoint(listed("declaratory"))


def _features(claim: Claim) -> Name:
    record = claim.reported.record
    assert isinstance(record, Agreement | Initiative)
    main = _SUBJECT.split(record.name, maxsplit=1)[0]
    whole = content_words(record.name)
    parties = state_words() | _organisation_words() if isinstance(record, Agreement) else state_words()
    words = whole - listed("heads") - parties or whole - listed("heads") - state_words()
    heads = frozenset(ordered_words(main)) & listed("heads") or whole & listed("heads")
    settled = days(record.date) if record.stage in _SETTLED else None
    return Name(
        words=words,
        heads=heads,
        acronyms=acronyms(record.name) - listed("heads") - parties,
        parties=frozenset(record.parties),
        stage=record.stage,
        settled=settled,
        moment=settled or claim.published,
    )


@cache
def _organisation_words() -> frozenset[str]:
    names = [row["name"] for row in rows("organisations")]
    names += [alias for row in rows("organisations") for alias in forms(row, "aliases")]
    return frozenset(words[0] for name in names if len(words := ordered_words(name)) == 1)


def _likeness(one: Name, other: Name) -> float:
    if not comparable(one.parties, other.parties) or _other_sort(one, other) or _numbered_apart(one, other):
        return 0.0
    if _one_acronym(one, other):
        return 0.95
    small, large = sorted((one, other), key=lambda name: (len(name.words), sorted(name.words)))
    if not small.words:
        return _same_occasion(one, other) if small.words == large.words else 0.0
    score = _by_words(small, large)
    if one.parties == other.parties:
        return score
    # Two states and a group that they belong to may each have a body of the same subject.
    two_sides = min(len(one.parties), len(other.parties)) > 1
    return 0.0 if two_sides and one.heads.isdisjoint(other.heads) else 0.8 * score


def _by_words(small: Name, large: Name) -> float:
    covered = len(small.words) / len(large.words)
    same_parties = small.parties == large.parties and bool(small.parties)
    if small.words <= large.words:
        if not small.own:
            same = small.words == large.words and small.declaratory
            return _same_occasion(small, large) if same else _same_news(small, large, same_parties)
        if len(large.own) < 2 and small.heads and large.heads and small.heads.isdisjoint(large.heads):
            return 0.0  # the council and the commission of the same two
        enough = covered == 1 or (covered >= _COVERED[len(small.own) >= 2] and (same_parties or len(small.own) >= 2))
        return 0.7 + 0.3 * covered if enough else 0.0
    alike = jaccard(small.words, large.words)
    return 0.8 * alike if same_parties and alike >= _REWORDED else 0.0


def _other_sort(one: Name, other: Name) -> bool:
    """Whether one is issued on a day and the other is not, or both are, on different days."""
    if one.heads and other.heads and one.declaratory != other.declaratory:
        return True
    if not one.declaratory or one.moment is None or other.moment is None:
        return False
    both_dated = one.settled is not None and other.settled is not None
    return distance(one.moment, other.moment) > (_SAME_ISSUE if both_dated else _RECALLED)


def _numbered_apart(one: Name, other: Name) -> bool:
    """Whether both bear a year, or both another number, and not the same: two of a series."""
    for bears in (_YEAR.fullmatch, _OTHER_NUMBER.fullmatch):
        first, second = ({word for word in name.words if bears(word)} for name in (one, other))
        if first and second and first.isdisjoint(second):
            return True
    return False


def _one_acronym(one: Name, other: Name) -> bool:
    shared = one.acronyms & other.acronyms
    return any(name.words - listed("weak") <= shared for name in (one, other)) if shared else False


def _same_occasion(one: Name, other: Name) -> float:
    """Two names that say only what sort of instrument it is: the same if parties and date are."""
    if one.parties != other.parties or not one.parties or one.heads.isdisjoint(other.heads):
        return 0.0
    if one.moment is None or other.moment is None or length(one.moment) > _MONTH or length(other.moment) > _MONTH:
        return 0.0
    apart = distance(one.moment, other.moment)
    both_dated = one.settled is not None and other.settled is not None
    return 0.6 if apart == 0 or (apart <= _SAME_ISSUE and not both_dated) else 0.0


def _same_news(one: Name, other: Name, same_parties: bool) -> float:
    if not same_parties or one.heads.isdisjoint(other.heads) or one.moment is None or other.moment is None:
        return 0.0
    return 0.5 if distance(one.moment, other.moment) <= _SAME_NEWS else 0.0


def _pairs(names: Sequence[Name]) -> set[Pair]:
    occasions = [_occasion_keys(name) for name in names]
    words = [name.words for name in names]
    return (
        containing(words)
        | overlapping(words, _REWORDED)
        | sharing([name.acronyms for name in names])
        | sharing(occasions)
    )


def _occasion_keys(name: Name) -> list[tuple[object, ...]]:
    if name.own or name.moment is None or length(name.moment) > _MONTH or not name.parties:
        return []
    months = {(day.year * 12 + day.month) + near for day in name.moment for near in (-1, 0, 1)}
    return [(name.parties, head, month) for head in sorted(name.heads) for month in sorted(months)]


def _facts(claim: Claim, name: Name) -> Facts:
    return Facts(
        sides=(name.parties,),
        window=name.settled if name.declaratory and name.settled and length(name.settled) <= _MONTH else None,
        settled=name.settled,
        pending=claim.published[0] if claim.published and name.stage in _PENDING else None,
    )


NAMED = Identity(
    features=_features,
    pairs=_pairs,
    likeness=_likeness,
    facts=_facts,
    # A framework that is concluded for ten years at a time has a successor of the same name: what was
    # signed more than 400 days apart, or is still negotiated 400 days after a signing, is another one.
    limits=Limits(slack=_SAME_ISSUE, settled=400, pending=400),
)
