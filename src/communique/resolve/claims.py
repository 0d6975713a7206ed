"""Records made ready for comparison: what identifies the thing that each reports, in comparable form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from communique.ledger import Reported
from communique.ledger.meaning import as_meant
from communique.model import Record
from communique.model.edtf import bounds, is_valid

Days = tuple[date, date]
T = TypeVar("T")


class Claim(NamedTuple):
    """One record with its place in the order of all records.

    Attributes:
        order: publication, document, first sentence and id; the earliest claim names its entry.
        reported: the record, its names being those of whom analysts say that they mean.
        published: the days on which the document may have been published.
        read: the record as the document has it.
    """

    order: tuple[str, str, int, str]
    reported: Reported
    published: Days | None
    read: Record


def claim(reported: Reported) -> Claim:
    """Make a record ready."""
    source = reported.source
    order = (source.published or "~", source.document_id, source.spans[0].start, source.record_id)
    return Claim(order, as_meant(reported), days(source.published), reported.record)


def days(when: str | None) -> Days | None:
    """The days of a date, None where there is none or it can't be read."""
    return bounds(when) if when and is_valid(when) else None


def distance(one: Days, other: Days) -> int:
    """Days between two ranges at their closest, 0 where they overlap."""
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


def length(when: Days) -> int:
    """How many days a range has."""
    return (when[1] - when[0]).days + 1


def told(words: Iterable[str]) -> str:
    """A set of words or actors as people read it."""
    return ", ".join(sorted(words)) or "none"


def comparable(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of actors may be one set, one of them told incompletely."""
    return one <= other or other <= one


@dataclass(frozen=True, slots=True)
class Facts:
    """What a group of claims asserts together; two groups whose facts clash are not one thing.

    Attributes:
        documents: documents that tell their things apart, so that no two claims of one join.
        told: documents with what is told in each and where; what has nothing of it in common, one document tells apart.
        sides: the most complete set of actors on each side.
        window: the days left, if all claims are right, on which the thing takes place.
        settled: the first and last day on which it is said to have been settled or done.
        pending: the last day on which it was still spoken of as something to come.
        people: surnames of those said to take part.
        quantities: how many of the thing there are said to be.
        come: how many of them are there already, at most.
        among: the two parties that took part alone, told with who of each.
        present: how many people are named at most.
    """

    documents: frozenset[str] = frozenset()
    told: frozenset[tuple[str, frozenset[str]]] = frozenset()
    sides: tuple[frozenset[str], ...] = ()
    window: Days | None = None
    settled: Days | None = None
    pending: date | None = None
    people: frozenset[str] = frozenset()
    quantities: frozenset[int] = frozenset()
    come: int = 0
    among: frozenset[str] = frozenset()
    present: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """How far the facts of one thing may lie apart, in days.

    Attributes:
        slack: between two statements of when it takes place (time zones).
        settled: between two statements of when it was settled.
        pending: how long after it was settled a document may still speak of it as to come.
    """

    slack: int = 0
    settled: int | None = None
    pending: int | None = None


def clash(one: Facts, other: Facts, limits: Limits) -> bool:
    """Whether the facts of two groups can't be those of one thing."""
    return contradiction(one, other, limits) is not None


def contradiction(one: Facts, other: Facts, limits: Limits) -> str | None:
    """Why the facts of two groups can't be those of one thing, None where they can."""
    if one.documents & other.documents or _told_apart(one, other):
        return "one document tells them apart"
    if not all(comparable(a, b) for a, b in zip(one.sides, other.sides, strict=True)):
        return "other parties"
    if _larger(one, other) or _larger(other, one):
        return "two of the parties by themselves"
    if one.window and other.window and distance(one.window, other.window) > limits.slack:
        return "other days"
    if _disjoint(one.quantities, other.quantities) or _more_came(one, other) or _more_came(other, one):
        return "other quantities"
    if _disjoint(one.people, other.people):
        return "other people"
    if _settled_apart(one, other, limits):
        return "settled too far apart in time"
    if _revived(one, other, limits) or _revived(other, one, limits):
        return "still to come long after the other was done"
    return None


def joined(one: Facts, other: Facts) -> Facts:
    """The facts of two groups that are one thing."""
    return Facts(
        documents=one.documents | other.documents,
        told=one.told | other.told,
        sides=tuple(max(a, b, key=len) for a, b in zip(one.sides, other.sides, strict=True)),
        window=_common(one.window, other.window),
        settled=_hull(one.settled, other.settled),
        pending=max(filter(None, (one.pending, other.pending)), default=None),
        people=one.people | other.people,
        quantities=one.quantities | other.quantities,
        come=max(one.come, other.come),
        among=one.among or other.among,
        present=max(one.present, other.present),
    )


def _told_apart(one: Facts, other: Facts) -> bool:
    return any(
        document == elsewhere and what.isdisjoint(other_what)
        for document, what in one.told
        for elsewhere, other_what in other.told
    )


def _more_came(one: Facts, other: Facts) -> bool:
    return bool(other.quantities) and one.come > max(other.quantities)


def _larger(one: Facts, two: Facts) -> bool:
    """Whether one has more parties than the two that met by themselves, with others present or not told."""
    return bool(two.among) and two.among < one.sides[0] and one.present != len(two.among)


def _disjoint(one: frozenset[T], other: frozenset[T]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _settled_apart(one: Facts, other: Facts, limits: Limits) -> bool:
    if limits.settled is None or one.settled is None or other.settled is None:
        return False
    return distance(one.settled, other.settled) > limits.settled


def _revived(done: Facts, coming: Facts, limits: Limits) -> bool:
    if limits.pending is None or done.settled is None or coming.pending is None:
        return False
    return (coming.pending - done.settled[0]).days > limits.pending


def _common(one: Days | None, other: Days | None) -> Days | None:
    if one is None or other is None:
        return one or other
    first, last = max(one[0], other[0]), min(one[1], other[1])
    # Neighbouring days that stand for one day: the earlier is kept.
    return (first, last) if first <= last else (last, first)


def _hull(one: Days | None, other: Days | None) -> Days | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])
