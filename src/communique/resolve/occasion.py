"""What a report of an engagement tells of the occasion: who met, when, where, under which name."""

from typing import NamedTuple

from communique.model import Engagement
from communique.model.edtf import shift
from communique.resolve.actors import acts_for
from communique.resolve.claims import Claim, Days, days, length
from communique.resolve.occasion_told import group_members, told_of
from communique.resolve.words import listed

_TALKS = {"meeting", "summit", "dialogue", "call"}
"""Types that different sources use for one occasion; a call may be told of as a virtual meeting."""
FEW_DAYS = 4
"""As long as one occasion usually lasts; a wider date is one that is not known exactly."""
_NEWS_DAYS = 3
"""How many days after an occasion without a date its report is published, at most."""
_AHEAD_DAYS = 180
"""How far ahead an occasion is announced without a date, at most."""
_RECALLED_DAYS = 366
"""How long ago an occasion was that a document mentions without a date, at most."""
_GATHERING_AHEAD_DAYS = 300
"""How far ahead a summit of many is spoken of, most of which are held every year."""
_YEAR = 365
_SEASON = 100
"""Days of a time of the year, which may be meant of another year; a year itself is not."""
_TWO = 2


class Occasion(NamedTuple):
    """An occasion; ``when`` is inferred from publication where ``dated`` is False.

    Attributes:
        published: when it was told of.
        names: words of the names by which it goes.
        number: its number in a series.
        conference: the series and number of the conference that it is.
        beside: whether it took place on the margins of another.
        unsaid: whether it is left open how those who took part spoke with each other.
        gathering: whether it is a summit of many by its name, of whom each report tells some.
        among: its parties, where it is told who of each met, so that no other took part.
        acting: of a visit, for each of the people whom they act for, as far as the document tells.
    """

    type: str
    told_as: str
    stage: str
    parties: frozenset[str]
    people: tuple[str, ...]
    when: Days | None
    dated: bool
    place: str
    published: Days | None
    names: frozenset[str]
    number: str
    conference: str
    beside: bool
    unsaid: bool
    gathering: bool
    among: frozenset[str]
    acting: tuple[tuple[str, ...], ...]
    document: str


def occasion_of(claim: Claim) -> Occasion:
    """What the record and its sentences tell of the occasion."""
    record = claim.reported.record
    assert isinstance(record, Engagement)
    told_there = told_of(record, claim.reported.source)
    timing = told_there.timing
    date = timing.day or (None if timing.undated else record.date)
    stage = "planned" if timing.upcoming else "held" if timing.over else record.stage.value
    when = _when(stage, days(date), claim.published)
    recalled = told_there.aside or timing.mentioned or timing.over
    if when is None and recalled and claim.published and stage != "planned":
        when = shift(claim.published[0], -_RECALLED_DAYS), claim.published[1]
    named = not told_there.names.isdisjoint(told_there.names - listed("places"))
    gathering = record.type == "summit" and (named or bool(told_there.conference))
    if when is None and gathering and claim.published and stage != "planned":
        # A summit that goes on for days is told of on the first of them.
        when = shift(claim.published[0], -_RECALLED_DAYS), shift(claim.published[1], FEW_DAYS)
    people = told_there.people
    parties = frozenset(record.parties)
    by_themselves = len(parties) == len(people) == _TWO and record.type in _TALKS
    among = parties if by_themselves else frozenset[str]()
    if not among:
        parties = parties.union(*(group_members().get(word, ()) for word in told_there.names))
    return Occasion(
        type="talks" if record.type in _TALKS else record.type,
        told_as=record.type,
        stage=stage,
        parties=parties,
        people=people,
        when=when or _inferred(stage, claim.published, _GATHERING_AHEAD_DAYS if gathering else _AHEAD_DAYS),
        dated=when is not None,
        place=record.place or "",
        published=claim.published,
        names=told_there.names,
        number=told_there.number,
        conference=told_there.conference,
        beside=told_there.beside,
        unsaid=told_there.unsaid,
        gathering=gathering,
        among=among,
        acting=tuple(acts_for(name, claim.reported.people) for name in people) if record.type == "visit" else (),
        document=claim.reported.source.document_id,
    )


def _when(stage: str, told: Days | None, published: Days | None) -> Days | None:
    """The days that a date can mean: what is planned in a month that is over is planned for that of the next year.

    Likewise what was held in a month that is yet to come was held in that of the year before.
    """
    if told is None or published is None:
        return told
    if stage != "planned":
        if told[0] > published[1] and FEW_DAYS < length(told) <= _SEASON:
            told = shift(told[0], -_YEAR), shift(told[1], -_YEAR)
        return (told[0], min(told[1], published[1])) if told[0] <= published[1] else told
    if length(told) <= FEW_DAYS:
        return told
    if told[1] < published[0] and length(told) <= _SEASON:
        told = shift(told[0], _YEAR), shift(told[1], _YEAR)
    return (max(told[0], shift(published[0], 1)), told[1]) if told[1] > published[0] else told


def _inferred(stage: str, published: Days | None, ahead: int) -> Days | None:
    if published is None:
        return None
    if stage == "planned":
        return shift(published[0], 1), shift(published[1], ahead)
    return shift(published[0], -_NEWS_DAYS), published[1]
