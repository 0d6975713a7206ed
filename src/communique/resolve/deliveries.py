"""When two reports of a transfer report the same one."""

import re
from collections.abc import Iterable
from functools import cache
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
_SAME_NEWS = 60
"""Days within which "missiles" for the same recipient are taken to be the same missiles."""
_FEW_MEMBERS = 5
"""Of a group of as many states at most, the group and its members are the same supplier."""
_ON_AVERAGE = -1.6
"""Items are told so variously that of five comparisons one that speaks for it outweighs four against."""
_DESIGNATION = re.compile(r"\b[A-Za-z]+-?\d+[A-Za-z0-9]*\b|\b\d+[A-Z]+\b")


class Good(NamedTuple):
    """An item: its designation ("p8i"), what it is apart from equipment, other words, whether they hold a name."""

    designations: frozenset[str]
    accessory: frozenset[str]
    words: frozenset[str]
    named: bool


class Delivery(NamedTuple):
    """Who gives what to whom; ``moment`` is when it was agreed or done, else when it was spoken of."""

    supplier: frozenset[str]
    recipient: frozenset[str]
    goods: frozenset[Good]
    moment: Days | None
    stage: str
    document: str
    sentences: tuple[Span, ...]


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
    )


def _states_of(parties: Iterable[str]) -> frozenset[str]:
    """The parties, with the state of each company and the members of small groups in their place."""
    return frozenset(member for party in parties for member in _stand_for().get(party, (party,)))


@cache
def _stand_for() -> dict[str, tuple[str, ...]]:
    companies = {row["name"]: (row["state"],) for row in rows("companies") if row["state"]}
    groups = {row["name"]: tuple(row["members"].split()) for row in rows("organisations")}
    return companies | {name: states for name, states in groups.items() if 1 < len(states) <= _FEW_MEMBERS}


def _name(delivery: Delivery) -> Delivery:
    """The delivery alone where what is delivered tells it from others at any time."""
    telling = all(good.designations or good.named or len(good.words) > 1 for good in delivery.goods)
    return delivery._replace(moment=None) if telling else delivery


def good(item: Item) -> Good:
    """The item in comparable form."""
    designations = frozenset(fold(found).replace("-", "") for found in _DESIGNATION.findall(item.what))
    rest = _DESIGNATION.sub(" ", item.what)
    words = frozenset(ordered_words(rest))
    accessory = words & listed("accessories")
    words -= listed("general_items") | accessory
    return Good(designations, accessory, words, named=any(word[:1].isupper() for word in rest.split()))


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
    near = one.moment is not None and other.moment is not None and distance(one.moment, other.moment) <= _SAME_NEWS
    few, many = sorted((one.goods, other.goods), key=lambda goods: (len(goods), sorted(map(repr, goods))))
    common = sum(any(same_good(a, b, near=near) for b in many) for a in few)
    if 2 * common <= len(few):
        return [Seen("few goods in common", 1, goods)]
    found = [Seen("goods in common", common / len(few), goods), Seen("all goods", common / len(many), goods)]
    found += [Seen("same supplier", 1, told(one.supplier))] if one.supplier == other.supplier else []
    found += [Seen("same recipient", 1, told(one.recipient))] if one.recipient == other.recipient else []
    return found


def _in_one_document(one: Delivery, other: Delivery, goods: str) -> list[Seen]:
    """What a document tells apart is two things, unless one sentence tells of both or both have one designation."""
    first, second = _designations(one), _designations(other)
    if first and first == second and one.stage == other.stage:
        return [Seen("same designations", 1, told(first))]
    alike = (one.supplier, one.recipient, one.stage) == (other.supplier, other.recipient, other.stage)
    if one.sentences == other.sentences and alike and bool(first) != bool(second):
        return [Seen("of one sentence", 1, goods)]
    return [Seen("told apart in one document", 1, goods)]


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
        return not one.designations.isdisjoint(other.designations)
    small, large = sorted((one, other), key=lambda g: (len(g.words), g.named, sorted(g.words), sorted(g.designations)))
    if not small.words or not small.words <= large.words:
        return False
    if small.named or len(small.words) > 1:
        return True
    return near and small.words == large.words and small.designations == large.designations


def _keys(delivery: Delivery) -> list[str]:
    words = {word for item in delivery.goods for word in (*item.designations, *item.words)}
    sides = [f"to|{party}" for party in delivery.recipient] + [f"from|{party}" for party in delivery.supplier]
    found = [f"{side}|{word}" for side in sorted(sides) for word in sorted(words)]
    return [*found, *(f"{delivery.document}|{span.start}" for span in delivery.sentences)]


def _facts(claim: Claim, delivery: Delivery) -> Facts:
    record = claim.reported.record
    assert isinstance(record, Transfer)
    quantity = record.items[0].quantity if len(record.items) == 1 else None
    pending = delivery.moment[0] if delivery.moment and record.stage in _PENDING else None
    designations = _designations(delivery)
    return Facts(
        told=frozenset({(delivery.document, designations)} if designations else ()),
        sides=(delivery.supplier, delivery.recipient),
        settled=delivery.moment if record.stage == "contracted" or (record.stage in _AGREED and record.date) else None,
        pending=pending,
        quantities=frozenset({quantity} if quantity is not None else ()),
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
