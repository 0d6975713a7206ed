"""Sources that contradict each other, and such as only differ in how exact they are."""

from dataclasses import replace
from typing import Any

import pytest

from communique.model import Dispute, Source, Span
from communique.resolve.merging import entry_of
from communique.resolve.publishers import is_official
from test_resolve_history import Told, entry, items, told_by


def source(publisher: str | None, url: str | None = None) -> Source:
    return Source(
        record_id="R",
        document_id="D",
        title=None,
        publisher=publisher,
        published=None,
        url=url,
        quotes=("It was told.",),
        spans=(Span(0, 12),),
    )


@pytest.mark.parametrize(
    ("publisher", "url", "parties", "expected"),
    [
        ("The White House", None, (), True),
        ("Ministry of Foreign Affairs of Japan", None, (), True),
        ("U.S. Department of Defense", None, ("US",), True),
        ("Philippine Embassy in Tokyo", None, (), True),
        ("Kremlin", None, (), True),
        ("NATO", None, ("NATO", "UA"), True),
        ("NATO", None, ("JP", "PH"), False),
        ("Lockheed Martin", None, ("Lockheed Martin", "PL"), True),
        ("Lockheed Martin", None, ("FR", "PL"), False),
        ("The Jakarta Post", None, ("ID",), False),
        ("France 24", None, ("FR",), False),
        ("Voice of America", None, ("US",), False),
        ("Reuters", None, (), False),
        (None, None, (), False),
        (None, "https://www.mea.gov.in/page.htm", (), True),
        (None, "https://www.mofa.go.jp/press", (), True),
        (None, "https://www.defense.gov/News", (), True),
        (None, "https://gov.example.com/News", (), False),
        (None, "https://[broken", (), False),
    ],
)
def test_official_sources(publisher: str | None, url: str | None, parties: tuple[str, ...], expected: bool) -> None:
    assert is_official(source(publisher, url), parties) is expected


def values(disputes: tuple[Dispute, ...]) -> dict[str, list[Any]]:
    return {dispute.field: [claimed.value for claimed in dispute.claims] for dispute in disputes}


MINISTRY = {"publisher": "Ministry of Defence of India"}
PRESS = {"publisher": "Daily Courier"}
PACT = {"parties": ["US", "IN"]}


def dated(published: str, date: str, stage: str = "signed", **fields: Any) -> Told:
    return published, stage, {"date": date, **fields}


def order(published: str, quantity: int, stage: str = "contracted", **fields: Any) -> Told:
    return published, stage, items("K2", quantity) | fields


def priced(published: str, amount: float, stage: str = "contracted", currency: str = "USD", **fields: Any) -> Told:
    return published, stage, items("K2") | {"value": {"amount": amount, "currency": currency}} | fields


@pytest.mark.parametrize(
    ("kind", "told", "expected"),
    [
        # dates
        ("agreement", [dated("2025-07-20", "2025-07"), dated("2025-08-01", "2025-07-15")], {}),
        ("agreement", [dated("2025-07-20", "2025-07-15"), dated("2025-08-01", "2025-07-16")], {}),
        (
            "agreement",
            [dated("2025-07-20", "2025-07-15"), dated("2025-08-01", "2025-07-12")],
            {"date": ["2025-07-15", "2025-07-12"]},
        ),
        (
            "agreement",
            [dated("2025-07-20", "2025-07-15"), dated("2025-08-01", "2025-06"), dated("2025-08-02", "2025")],
            {"date": ["2025-07-15", "2025-06"]},
        ),
        (
            "agreement",
            [dated("2025-07-20", "2025-07-15", **PRESS), dated("2025-08-01", "2025-07-12", **MINISTRY)],
            {"date": ["2025-07-12", "2025-07-15"]},
        ),
        (
            "agreement",
            [
                dated("2025-07-20", "2025-07-15"),
                dated("2025-07-20", "2025-07-12"),
                dated("2025-09-01", "2025-09-01", "in-force"),
            ],
            {"signed date": ["2025-07-12", "2025-07-15"]},
        ),
        # what had been told before did not happen later: the day of the document that recalls it
        (
            "agreement",
            [dated("2024-07-09", "2024-07-08"), dated("2024-12-16", "2024-07-08"), dated("2025-06-06", "2025-06-06")],
            {},
        ),
        # unless it was the first news that came too early
        (
            "agreement",
            [dated("2024-12-16", "2024-12-16", "in-force"), dated("2025-09-11", "2025-09-11", "in-force")],
            {"date": ["2024-12-16", "2025-09-11"]},
        ),
        # rounds of talks have several days, and so has a programme that goes on
        (
            "agreement",
            [dated("2025-07-20", "2025-07-15", "negotiating"), dated("2025-09-01", "2025-08-30", "negotiating")],
            {},
        ),
        ("initiative", [dated("2025-07-20", "2025-07-15", "active"), dated("2025-09-01", "2025-08-30", "active")], {}),
        (
            "initiative",
            [dated("2023-07-20", "2023-06", "launched"), dated("2023-09-01", "2022-11", "launched")],
            {"date": ["2023-06", "2022-11"]},
        ),
        # a plan that was moved contradicts nobody; two plans told at the same time do
        (
            "engagement",
            [dated("2023-01-10", "2023-02-05", "planned"), dated("2023-03-01", "2023-06-18", "planned")],
            {},
        ),
        (
            "engagement",
            [dated("2023-01-10", "2023-02-05", "planned"), dated("2023-01-12", "2023-02-18", "planned")],
            {"date": ["2023-02-05", "2023-02-18"]},
        ),
        ("undertaking", [("2023-01-10", "open", {"due": "2023-06"}), ("2024-03-01", "open", {"due": "2024-12"})], {}),
        (
            "undertaking",
            [("2023-01-10", "open", {"due": "2023-06"}), ("2023-01-11", "open", {"due": "2023-12"})],
            {"due": ["2023-06", "2023-12"]},
        ),
        # numbers
        ("transfer", [order("2022-08-26", 180), order("2022-08-27", 180)], {}),
        ("transfer", [order("2022-08-26", 180), order("2022-08-27", 200, quote="About 200 tanks were ordered.")], {}),
        ("transfer", [order("2022-08-26", 30), order("2022-08-27", 31)], {}),
        ("transfer", [order("2022-08-26", 97), order("2022-08-27", 100)], {}),
        (
            "transfer",
            [order("2022-08-26", 180), order("2022-08-27", 116)],
            {"items": [{"what": "K2", "quantity": 180}, {"what": "K2", "quantity": 116}]},
        ),
        (
            "transfer",
            [order("2022-08-26", 4), order("2022-08-27", 5)],
            {"items": [{"what": "K2", "quantity": 4}, {"what": "K2", "quantity": 5}]},
        ),
        # what was asked for, what was ordered, and what came
        ("transfer", [order("2021-08-26", 250, "requested"), order("2022-08-27", 116)], {}),
        ("transfer", [order("2022-08-26", 180), order("2022-12-06", 10, "delivered")], {}),
        # money
        ("transfer", [priced("2022-08-26", 5.8e9), priced("2022-08-27", 5.76e9)], {}),
        ("transfer", [priced("2022-08-26", 5.8e9), priced("2022-08-27", 25e12, currency="PLN")], {}),
        ("transfer", [priced("2022-08-26", 6e9, quote="They cost about $6 billion."), priced("2022-08-27", 5.2e9)], {}),
        ("transfer", [priced("2021-08-26", 6.4e9, "approved"), priced("2022-08-27", 4.7e9)], {}),
        (
            "transfer",
            [priced("2022-08-26", 5.8e9, **PRESS), priced("2022-08-27", 3.4e9, **MINISTRY)],
            {"value": [{"amount": 3.4e9, "currency": "USD"}, {"amount": 5.8e9, "currency": "USD"}]},
        ),
        # places and sides
        (
            "engagement",
            [("2025-07-02", "held", {"place": "Pentagon"}), ("2025-07-02", "held", {"place": "Washington"})],
            {},
        ),
        ("engagement", [("2025-07-02", "held", {"place": "Yalta"}), ("2025-07-02", "held", {"place": "Geneva"})], {}),
        (
            "engagement",
            [
                ("2025-07-02", "held", {"place": "Tokyo", "date": "2025-07-02"}),
                ("2025-07-03", "held", {"place": "Manila", "date": "2025-07-02"}),
            ],
            {"place": ["Tokyo", "Manila"]},
        ),
        (
            "transfer",
            [
                ("2025-07-02", "approved", items("F-16")),
                ("2025-07-02", "approved", items("F-16") | {"supplier": ["Lockheed Martin"]}),
            ],
            {},
        ),
        (
            "transfer",
            [
                ("2025-07-02", "approved", items("F-16", 12)),
                ("2025-07-03", "approved", items("F-16", 12) | {"supplier": ["NL"]}),
            ],
            {"supplier": [["US"], ["NL"]]},
        ),
        # each may give some
        (
            "transfer",
            [
                ("2025-07-02", "approved", items("F-16")),
                ("2025-07-03", "approved", items("F-16") | {"supplier": ["NL"]}),
            ],
            {},
        ),
        # two lots, years apart
        ("transfer", [order("2016-09-23", 36, date="2016-09-23"), order("2018-05-01", 36, date="2018-04-28")], {}),
        # stages
        ("engagement", [("2023-02-03", "cancelled", {}), ("2023-06-19", "held", {"date": "2023-06-18"})], {}),
        ("engagement", [("2023-06-19", "held", {}), ("2023-06-20", "cancelled", {})], {"stage": ["held", "cancelled"]}),
        (
            "transfer",
            [order("2022-08-26", 10, "delivered"), order("2023-01-01", 10, "cancelled")],
            {"stage": ["delivered", "cancelled"]},
        ),
        ("transfer", [order("2022-08-26", 10), order("2023-01-01", 10, "cancelled")], {}),
        (
            "transfer",
            [
                order("2025-03-01", 10, "considered"),
                order("2025-08-08", 10, "stalled", **PRESS),
                order("2025-08-08", 10, "considered", **MINISTRY),
            ],
            {"stage": ["considered", "stalled"]},
        ),
        (
            "transfer",
            [
                order("2025-08-08", 10, "stalled", **PRESS),
                order("2025-08-09", 10, "considered", quote="A spokesman denied that the purchase was off.", **PRESS),
            ],
            {"stage": ["stalled", "considered"]},
        ),
        (
            "transfer",
            [order("2025-08-08", 10, "stalled", **PRESS), order("2025-09-30", 10, "considered", **MINISTRY)],
            {},
        ),
        (
            "transfer",
            [order("2025-08-08", 10, "stalled", **PRESS), order("2025-08-20", 10, "contracted", **MINISTRY)],
            {},
        ),
        (
            "transfer",
            [
                order("2025-08-08", 10, "stalled", **PRESS),
                order("2025-08-20", 10, "considered", quote="The ministry resumed the purchase.", **MINISTRY),
            ],
            {},
        ),
        (
            "undertaking",
            [("2022-01-01", "fulfilled", {}), ("2022-02-01", "abandoned", {})],
            {"status": ["fulfilled", "abandoned"]},
        ),
        # what is likelier misread than right contradicts nobody
        ("agreement", [dated("2025-07-20", "2025-07-15"), dated("2025-08-01", "2025-07-12", confidence=0.3)], {}),
    ],
)
def test_disputes(kind: str, told: list[Told], expected: dict[str, list[Any]]) -> None:
    assert values(entry(kind, *told).disputes) == expected
    assert values(entry(kind, *reversed(told)).disputes) == expected


def test_one_document_does_not_contradict_itself() -> None:
    claims = [told_by("engagement", "2020-02-03", stage, date="2020-02-03") for stage in ("held", "cancelled")]
    assert [dispute.field for dispute in entry_of(claims).disputes] == ["stage"]
    one = [c._replace(reported=c.reported._replace(source=replace(c.reported.source, document_id="D"))) for c in claims]
    assert entry_of(one).disputes == ()


def test_official_sources_come_first_and_give_the_value() -> None:
    found = entry(
        "transfer",
        priced("2022-08-26", 3.4e9, **MINISTRY),
        priced("2022-08-27", 5.8e9, **PRESS),
        order("2022-09-01", 9),
    )
    (dispute,) = found.disputes
    assert [claimed.official for claimed in dispute.claims] == [True, False]
    assert [len(claimed.record_ids) for claimed in dispute.claims] == [1, 1]
    assert found.fields["value"]["amount"] == 3.4e9
    signed = entry(
        "agreement", dated("2025-07-20", "2025-07-12", **MINISTRY), dated("2025-08-01", "2025-07-15", **PRESS)
    )
    assert signed.date == signed.fields["date"] == "2025-07-12"
