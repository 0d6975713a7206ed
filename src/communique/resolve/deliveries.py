"""When two reports of a transfer report the same one."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from communique.lexicon.tables import rows
from communique.model import Item, Span, Transfer
from communique.model.names import fold
from communique.resolve.claims import Claim, Days, Facts, Limits, comparable, days, distance, told
from communique.resolve.cluster import Identity
from communique.resolve.compare import Seen
from communique.resolve.words import listed, ordered_words

_AGREED = {"contracted", "delivered", "in-service"}
_PENDING = {"considered", "requested", "approved"}
_COMING = {"delivered", "in-service"}
_SAME_NEWS = 60
"""Days within which "missiles" for the same recipient are taken to be the same missiles."""
_SAME_PACKAGE = 7
"""Days within which what is listed and what is told of elsewhere may be of one package."""
_FEW_MEMBERS = 5
"""Of a group of as many states at most, the group and its members are the same supplier."""
_ON_AVERAGE = -1.6
"""Items are told so variously that of five comparisons one that speaks for it outweighs four against."""
_DESIGNATION = re.compile(r"\b[A-Za-z]+-?\d+[A-Za-z0-9]*\b|\b\d+[A-Z]+\b")
_LETTERS = re.compile(r"[a-z]{3,}(?=\d)")
_LINE = re.compile(r"[^.;]*;(?:\s*and)?\s*|(?:Over|About|Nearly|Up to)?\s*\d[\d,]*\s[^.;]*[.;]?")
"""A line of a list of goods: "200 rifles; and", "4,000 helmets."."""
_TO_COME = {"requested", "approved", "contracted"}
_NEXT_LINES = 150
"""Characters between two lines of one list, at most."""


class Good(NamedTuple):
    """An item: its designation ("p8i"), what it is apart from equipment, other words, whether they hold a name."""

    designations: frozenset[str]
    accessory: frozenset[str]
    words: frozenset[str]
    named: bool


class Delivery(NamedTuple):
    """Who gives what to whom.

    Attributes:
        moment: when it was agreed or done, else when it was spoken of.
        listed: whether it is a line of a list, of which all lines are of one package.
    """

    supplier: frozenset[str]
    recipient: frozenset[str]
    goods: frozenset[Good]
    moment: Days | None
    stage: str
    document: str
    sentences: tuple[Span, ...]
    listed: bool


def _features(claim: Claim) -> Delivery:
    record = claim.reported.record
    assert isinstance(record, Transfer)
    return Delivery(
        supplier=_states_of(record.supplier),
        recipient=_states_of(record.recipient),
        goods=frozenset(good(item) for item in record.items),
        moment=(days(record.date) if record.stage not in _PENDING else None) or claim.published,
        stage=record.stage,
        document=claim.reported.source.document_id,
        sentences=claim.reported.source.spans,
        listed=all(map(_LINE.fullmatch, claim.reported.source.quotes)),
    )


def _states_of(parties: Iterable[str]) -> frozenset[str]:
    """The parties, with the state of each company and the members of small groups in their place."""
    return frozenset(member for party in parties for member in _stands_for(party))


@lru_cache(maxsize=8192)
def _stands_for(party: str) -> tuple[str, ...]:
    """The state of a company, the members of a small group; nothing for a company of which no state is known.

    A company's branches and subsidiaries bear its name first, and may lie in several states, which says nothing of
    the supplier: "Airbus", "Airbus Defence and Space".
    """
    if party in _parties():
        return _stand_for().get(party, (party,))
    words = party.split()
    starts = [" ".join(words[:size]) for size in range(1, len(words) + 1)]
    house = next((start for start in starts if start in _houses()), None)
    seats = _houses()[house] if house else frozenset[str]()
    return tuple(seats) if len(seats) == 1 else ()


@cache
def _houses() -> dict[str, frozenset[str]]:
    """The states of each company and of those whose names begin with its name."""
    found: dict[str, set[str]] = {}
    known = {row["name"]: row["state"] for row in rows("companies") if row["state"]}
    for name, state in known.items():
        words = name.split()
        for start in (" ".join(words[:size]) for size in range(1, len(words) + 1)):
            if start in known:
                found.setdefault(start, set()).add(state)
    return {name: frozenset(states) for name, states in found.items()}


@cache
def _parties() -> frozenset[str]:
    return frozenset(row["code"] for row in rows("states")) | frozenset(row["name"] for row in rows("organisations"))


@cache
def _stand_for() -> dict[str, tuple[str, ...]]:
    groups = {row["name"]: tuple(row["members"].split()) for row in rows("organisations")}
    return {name: states for name, states in groups.items() if 1 < len(states) <= _FEW_MEMBERS}


def _name(delivery: Delivery) -> Delivery:
    """The delivery alone where what is delivered tells it from others at any time."""
    telling = all(good.designations or good.named or len(good.words) > 1 for good in delivery.goods)
    return delivery._replace(moment=None) if telling else delivery


def good(item: Item) -> Good:
    """The item in comparable form."""
    designations = frozenset(_singular(fold(found).replace("-", "")) for found in _DESIGNATION.findall(item.what))
    rest = _DESIGNATION.sub(" ", item.what)
    words = frozenset(ordered_words(rest))
    accessory = words & listed("accessories")
    words -= listed("general_items") | accessory
    return Good(designations, accessory, words, named=any(word[:1].isupper() for word in rest.split()))


def _singular(designation: str) -> str:
    """The designation of one where the plural is told: "F-16s"."""
    return designation[:-1] if designation.endswith("s") and designation[-2:-1].isdigit() else designation


def _one_model(one: Good, other: Good) -> bool:
    """Whether a designation is that of the other, or of a variant of it: "C-295MW" is a C-295."""
    pairs = ((a, b) for x in one.designations for y in other.designations for a, b in ((x, y), (y, x)))
    return any(a == b or (a.startswith(b) and a[len(b) :].isalpha() and b[-1:].isdigit()) for a, b in pairs)


def _series(item: Good) -> frozenset[str]:
    """The letters before the number of a designation, by which all of a series go: "MiGs"."""
    found = (_LETTERS.match(designation) for designation in item.designations)
    return frozenset(match[0] for match in found if match)


def _seen(one: Delivery, other: Delivery) -> list[Seen]:
    sides = f"{_sides(one)} | {_sides(other)}"
    if not comparable(one.supplier, other.supplier) or not comparable(one.recipient, other.recipient):
        return [Seen("other sides", 1, sides)]
    if one.recipient.isdisjoint(other.recipient) and one.supplier.isdisjoint(other.supplier):
        return [Seen("other sides", 1, sides)]
    goods = f"{_goods(one)} | {_goods(other)}"
    if not one.goods or not other.goods:
        return [Seen("no goods", 1, goods)]
    if one.document == other.document:
        return _in_one_document(one, other, goods)
    apart = distance(one.moment, other.moment) if one.moment and other.moment else None
    near = apart is not None and apart <= _SAME_NEWS
    if (one.listed or other.listed) and (apart is None or apart > _SAME_PACKAGE):
        return [Seen("another package", 1, goods)]
    few, many = sorted((one.goods, other.goods), key=lambda goods: (len(goods), sorted(map(repr, goods))))
    common = sum(any(same_good(a, b, near=near) for b in many) for a in few)
    if 2 * common <= len(few) or 2 * common < _models(many):
        return [Seen("few goods in common", 1, goods)]
    found = [Seen("goods in common", common / len(few), goods), Seen("all goods", common / len(many), goods)]
    found += [Seen("same supplier", 1, told(one.supplier))] if one.supplier == other.supplier else []
    found += [Seen("same recipient", 1, told(one.recipient))] if one.recipient == other.recipient else []
    return found


def _in_one_document(one: Delivery, other: Delivery, goods: str) -> list[Seen]:
    """What a document tells apart is two things, unless one sentence tells of both or both have one designation."""
    alike = (one.supplier, one.recipient, one.stage) == (other.supplier, other.recipient, other.stage)
    if one.listed and other.listed and alike and _next_to(one.sentences[0], other.sentences[0]):
        return [Seen("of one list", 1, goods)]
    first, second = _designations(one), _designations(other)
    if first and first == second and one.stage == other.stage:
        return [Seen("same designations", 1, told(first))]
    if one.sentences == other.sentences and alike and bool(first) != bool(second):
        return [Seen("of one sentence", 1, goods)]
    if _is_what_came(one, other) or _is_what_came(other, one):
        return [Seen("of one sentence", 1, goods)]
    return [Seen("told apart in one document", 1, goods)]


def _is_what_came(part: Delivery, whole: Delivery) -> bool:
    """Whether one is what has come of the other: "14 jets ordered, of which two were delivered"."""
    came = part.stage == "delivered" and whole.stage in _TO_COME
    together = set(part.sentences) <= set(whole.sentences) and part.recipient == whole.recipient
    telling = all(good.designations or good.words for good in part.goods)
    return came and together and telling and part.goods <= whole.goods


def _next_to(one: Span, other: Span) -> bool:
    return max(one.start - other.end, other.start - one.end) <= _NEXT_LINES


def _models(goods: Iterable[Good]) -> int:
    """How many goods go by a designation or a name: who lists several deals at once tells of none of them."""
    return sum(bool(good.designations) or good.named for good in goods)


def _designations(delivery: Delivery) -> frozenset[str]:
    return frozenset(designation for good in delivery.goods for designation in good.designations)


def _sides(delivery: Delivery) -> str:
    return f"{told(delivery.supplier)} to {told(delivery.recipient)}"


def _goods(delivery: Delivery) -> str:
    return "; ".join(sorted(told(good.designations | good.accessory | good.words) for good in delivery.goods)) or "none"


def same_good(one: Good, other: Good, *, near: bool) -> bool:
    """Whether two descriptions may be of one item; ``near`` tells that they come from the same weeks."""
    if one.accessory != other.accessory:
        return False
    if one.designations and other.designations:
        return _one_model(one, other)
    if any(a.words and not a.designations and a.words <= _series(b) for a, b in ((one, other), (other, one))):
        return True
    small, large = sorted((one, other), key=lambda g: (len(g.words), g.named, sorted(g.words), sorted(g.designations)))
    if not small.words or not small.words <= large.words:
        return False
    if small.named or len(small.words) > 1:
        return True
    return near and small.words == large.words and small.designations == large.designations


def _keys(delivery: Delivery) -> list[str]:
    words = {word for item in delivery.goods for word in (*map(_model, item.designations), *item.words, *_series(item))}
    sides = [f"to|{party}" for party in delivery.recipient] + [f"from|{party}" for party in delivery.supplier]
    found = [f"{side}|{word}" for side in sorted(sides) for word in sorted(words)]
    found += [f"{delivery.document}|{span.start}" for span in delivery.sentences]
    if delivery.listed:
        blocks = {at // _NEXT_LINES for at in (delivery.sentences[0].start, delivery.sentences[0].end)}
        found += [f"{delivery.document}|lines {block}" for block in sorted(blocks | {block + 1 for block in blocks})]
    return found


def _model(designation: str) -> str:
    """A designation without the letters of a variant."""
    return re.sub(r"(?<=\d)[a-z]+$", "", designation)


def _facts(claim: Claim, delivery: Delivery) -> Facts:
    record = claim.reported.record
    assert isinstance(record, Transfer)
    quantity = record.items[0].quantity if len(record.items) == 1 else None
    come = quantity or 0 if record.stage in _COMING else 0
    asked = (days(record.date) or delivery.moment) if record.stage in _PENDING else None
    designations = frozenset[str]() if delivery.listed else _designations(delivery)
    counted = quantity is not None and not come and not delivery.listed
    return Facts(
        told=frozenset({(delivery.document, designations)} if designations else ()),
        sides=(delivery.supplier, delivery.recipient),
        settled=delivery.moment if record.stage == "contracted" or (record.stage in _AGREED and record.date) else None,
        pending=asked[0] if asked else None,
        quantities=frozenset({quantity} if counted and quantity is not None else ()),
        come=come,
    )


TRANSFERS = Identity(
    features=_features,
    name=_name,
    keys=_keys,
    seen=_seen,
    facts=_facts,
    # What is considered or approved months after the same thing was ordered or delivered is a further lot.
    limits=Limits(pending=120),
    on_average=_ON_AVERAGE,
)
