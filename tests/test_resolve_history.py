"""How far things have come: reports of public events in, history, stage, standing and progress out."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.ledger import Reported
from communique.model import Entry, Record, Source, Span, record_from_json
from communique.resolve.claims import Claim, claim
from communique.resolve.merging import entry_of

DEFAULTS: dict[str, dict[str, Any]] = {
    "engagement": {"type": "meeting"},
    "agreement": {"name": "Status of Forces Agreement"},
    "transfer": {"supplier": ["US"], "recipient": ["PL"]},
    "initiative": {"name": "Lublin Triangle"},
    "undertaking": {"action": "deliver the tanks", "strength": "commitment"},
}
Told = tuple[str, str, dict[str, Any]]
"""Publication, stage, and the further fields, ``quote`` and ``publisher`` among them."""


def told_by(kind: str, published: str, stage: str, **fields: Any) -> Claim:
    """A claim of one record in a document of its own."""
    quote, publisher = fields.pop("quote", "It was told."), fields.pop("publisher", None)
    url = fields.pop("url", None)
    key = "status" if kind == "undertaking" else "stage"
    data = {"kind": kind, **DEFAULTS[kind], key: stage, **fields, "evidence": [{"start": 0, "end": len(quote)}]}
    record: Record = record_from_json(data)
    identity = f"{published} {stage} {sorted(fields.items())} {publisher} {quote}"
    source = Source(
        record_id=f"R-{identity}",
        document_id=f"D-{identity}",
        title=None,
        publisher=publisher,
        published=published,
        url=url,
        quotes=(quote,),
        spans=(Span(0, len(quote)),),
    )
    return claim(Reported(record, source))


def entry(kind: str, *told: Told) -> Entry:
    return entry_of([told_by(kind, published, stage, **fields) for published, stage, fields in told])


def items(what: str, quantity: int | None = None) -> dict[str, Any]:
    return {"items": [{"what": what, "quantity": quantity}]}


APACHE = "AH-64E"
ORDER: Told = ("2020-02-26", "contracted", items(APACHE, 6) | {"date": "2020-02"})
FIRST: Told = ("2025-07-22", "delivered", items(APACHE, 3) | {"date": "2025-07-22"})
FIRST_AGAIN: Told = ("2025-12-17", "delivered", items(APACHE, 3) | {"date": "2025-07"})
LAST: Told = (
    "2025-12-17",
    "delivered",
    items(APACHE, 3) | {"date": "2025-12-16", "quote": "The last three of the six arrived on Tuesday."},
)

CASES: list[tuple[str, str, list[Told], list[str], str, str | None]] = [
    # name, kind, reports, stages of the history, standing, date
    (
        "signed, then in force, then recalled as signed",
        "agreement",
        [
            ("2024-07-08", "signed", {"date": "2024-07-08"}),
            ("2025-09-11", "in-force", {"date": "2025-09-11"}),
            ("2025-10-01", "signed", {"date": "2024-07"}),
            ("2025-10-02", "negotiating", {}),
        ],
        ["negotiating", "signed", "signed", "in-force"],
        "realised",
        "2025-09-11",
    ),
    (
        "a signing that a later document dates by itself",
        "agreement",
        [
            ("2024-07-09", "signed", {"date": "2024-07-08"}),
            ("2024-12-16", "signed", {"date": "2024-07-08"}),
            ("2025-06-06", "signed", {"date": "2025-06-06"}),
        ],
        ["signed", "signed", "signed"],
        "realised",
        "2024-07-08",
    ),
    (
        "an entry into force that was told too early",
        "agreement",
        [("2024-12-16", "in-force", {"date": "2024-12-16"}), ("2025-09-11", "in-force", {"date": "2025-09-11"})],
        ["in-force", "in-force"],
        "realised",
        "2025-09-11",
    ),
    (
        "an accord renewed for ten years is in force as before",
        "agreement",
        [
            ("2015-06-03", "signed", {"date": "2015-06-03"}),
            ("2020-05-01", "in-force", {}),
            ("2025-06-01", "renewed", {"date": "2025-06-01"}),
            ("2025-08-01", "in-force", {}),
        ],
        ["signed", "in-force", "in-force", "renewed"],
        "realised",
        "2025-06-01",
    ),
    (
        "suspended, then resumed without a date",
        "agreement",
        [
            ("2018-01-01", "in-force", {"date": "2018-01-01"}),
            ("2022-02-22", "suspended", {"date": "2022-02-22"}),
            ("2023-05-01", "in-force", {"quote": "The two governments resumed the agreement."}),
        ],
        ["in-force", "suspended", "in-force"],
        "realised",
        "2018-01-01",
    ),
    (
        "suspended, and a later article that only calls it in force",
        "agreement",
        [
            ("2018-01-01", "in-force", {"date": "2018-01-01"}),
            ("2022-02-22", "suspended", {"date": "2022-02-22"}),
            ("2023-05-01", "in-force", {"quote": "The agreement, in force since 2018, covers fishing."}),
        ],
        ["in-force", "in-force", "suspended"],
        "stalled",
        "2022-02-22",
    ),
    (
        "a hope to resume is no resumption",
        "agreement",
        [
            ("2018-01-01", "in-force", {"date": "2018-01-01"}),
            ("2022-02-22", "suspended", {"date": "2022-02-22"}),
            ("2023-05-01", "in-force", {"quote": "Envoys hope to resume the agreement."}),
        ],
        ["in-force", "in-force", "suspended"],
        "stalled",
        "2022-02-22",
    ),
    (
        "denounced, then negotiated anew",
        "agreement",
        [
            ("2000-01-01", "in-force", {}),
            ("2020-02-11", "ended", {"date": "2020-02-11"}),
            ("2021-03-01", "negotiating", {"date": "2021-02-28", "quote": "Talks on it were resumed."}),
        ],
        ["in-force", "ended", "negotiating"],
        "under-way",
        "2021-02-28",
    ),
    (
        "cancelled, then revived",
        "transfer",
        [
            ("2016-09-01", "approved", items("H225M", 50)),
            ("2016-10-04", "cancelled", items("H225M", 50) | {"date": "2016-10-04"}),
            ("2016-12-01", "approved", items("H225M", 50) | {"quote": "The approved sale had come to nothing."}),
            ("2018-01-01", "considered", items("H225M") | {"quote": "The ministry reopened the purchase."}),
        ],
        ["approved", "approved", "cancelled", "considered"],
        "prospective",
        None,
    ),
    (
        "stalled, and contracted all the same",
        "transfer",
        [
            ("2020-01-01", "requested", items("F-16V", 66)),
            ("2020-06-01", "stalled", items("F-16V", 66)),
            ("2021-01-01", "contracted", items("F-16V", 66)),
        ],
        ["requested", "stalled", "contracted"],
        "under-way",
        None,
    ),
    (
        "postponed, then planned for another day",
        "engagement",
        [
            ("2023-01-10", "planned", {"date": "2023-02-05"}),
            ("2023-02-03", "cancelled", {}),
            ("2023-02-04", "planned", {"date": "2023-02-05"}),
            ("2023-06-01", "planned", {"date": "2023-06-18"}),
        ],
        ["planned", "planned", "cancelled", "planned"],
        "prospective",
        "2023-06-18",
    ),
    (
        "moved to another day: the plan last told counts, the vaguer word does not undo it",
        "engagement",
        [
            ("2023-01-10", "planned", {"date": "2023-02-05"}),
            ("2023-01-20", "planned", {"date": "2023-03-07"}),
            ("2023-01-25", "planned", {"date": "2023-03"}),
        ],
        ["planned", "planned", "planned"],
        "prospective",
        "2023-03-07",
    ),
    (
        "a forum concluded and relaunched",
        "initiative",
        [
            ("2007-05-25", "launched", {"date": "2007-05-25"}),
            ("2008-02-05", "concluded", {}),
            ("2017-11-12", "launched", {"date": "2017-11-12", "quote": "The four revived the dialogue in Manila."}),
        ],
        ["launched", "concluded", "launched"],
        "realised",
        "2017-11-12",
    ),
    (
        "given up, then promised again",
        "undertaking",
        [("2021-01-01", "open", {}), ("2022-01-01", "abandoned", {}), ("2023-01-01", "open", {})],
        ["open", "abandoned", "open"],
        "prospective",
        None,
    ),
    (
        "what was kept stays kept",
        "undertaking",
        [("2021-01-01", "open", {}), ("2022-01-01", "fulfilled", {}), ("2023-01-01", "open", {})],
        ["open", "open", "fulfilled"],
        "realised",
        None,
    ),
    ("a part delivered", "transfer", [ORDER, FIRST], ["contracted", "contracted"], "under-way", "2020-02"),
    (
        "both halves delivered, one of them told twice",
        "transfer",
        [ORDER, FIRST, FIRST_AGAIN, LAST],
        ["contracted", "contracted", "contracted", "delivered"],
        "realised",
        "2025-12-16",
    ),
]


@pytest.mark.parametrize(
    ("kind", "told", "stages", "standing", "date"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_history(kind: str, told: list[Told], stages: list[str], standing: str, date: str | None) -> None:
    found = entry(kind, *told)
    assert [report.stage for report in found.history] == stages
    assert (found.stage, found.standing.value, found.date) == (stages[-1], standing, date)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(CASES), st.randoms(use_true_random=False))
def test_the_order_in_which_claims_come_does_not_matter(case: Any, random: Any) -> None:
    claims = [told_by(case[1], published, stage, **fields) for published, stage, fields in case[2]]
    expected = entry_of(claims)
    random.shuffle(claims)
    assert entry_of(claims) == expected


def some(what: str, quantity: int | None, published: str, quote: str = "They arrived.", **fields: Any) -> Told:
    return published, "delivered", items(what, quantity) | {"quote": quote} | fields


TANKS: Told = ("2022-08-26", "contracted", items("K2", 180) | {"date": "2022-08-26"})


@pytest.mark.parametrize(
    ("told", "progress", "stage"),
    [
        ([TANKS], None, "contracted"),
        ([TANKS, some("K2", 10, "2022-12-06")], "10 of 180 delivered", "contracted"),
        # one delivery in two sources, the day apart, and a later one of as many
        (
            [
                TANKS,
                some("K2", 10, "2022-12-06", date="2022-12-05"),
                some("K2", 10, "2022-12-07", date="2022-12-06"),
                some("K2", 10, "2023-06-02", date="2023-06-01"),
            ],
            "20 of 180 delivered",
            "contracted",
        ),
        (
            [
                TANKS,
                some("K2", 10, "2022-12-06", date="2022-12-05"),
                some("K2", 18, "2023-09-01", date="2023-08"),
                some("K2", 10, "2024-12-09", "Ten arrived in 2022.", date="2022"),
            ],
            "28 of 180 delivered",
            "contracted",
        ),
        # without a date it may be the same tanks, or all of them so far
        ([TANKS, some("K2", 10, "2022-12-06"), some("K2", 10, "2024-12-06")], "10 of 180 delivered", "contracted"),
        ([TANKS, some("K2", 10, "2022-12-06"), some("K2", 28, "2024-12-06")], "28 of 180 delivered", "contracted"),
        (
            [TANKS, some("K2", 10, "2022-12-06"), some("K2", 18, "2024-12-06", "Another 18 tanks arrived.")],
            "28 of 180 delivered",
            "contracted",
        ),
        (
            [
                ("2025-01-01", "in-service", items("AH-64E", 22)),
                ("2025-07-01", "in-service", items("AH-64E", 22)),
            ],
            None,
            "in-service",
        ),
        # a sum is not added to what it sums up
        (
            [TANKS, some("K2", 10, "2022-12-06"), some("K2", 84, "2024-12-01", "So far 84 tanks have arrived.")],
            "84 of 180 delivered",
            "contracted",
        ),
        (
            [TANKS, some("K2", 10, "2022-12-06"), some("K2", 46, "2024-05-01", "46 of the 180 tanks have arrived.")],
            "46 of 180 delivered",
            "contracted",
        ),
        ([TANKS, some("K2", 180, "2025-12-01")], None, "delivered"),
        ([TANKS, some("K2", None, "2025-12-01")], None, "delivered"),
        ([TANKS, some("K2", None, "2022-12-06", "The first tanks arrived.")], "first of 180 delivered", "contracted"),
        ([TANKS, some("K2", 6, "2025-12-01", "The final batch arrived.")], None, "delivered"),
        # nobody told of the order: the sentence itself says how many there are to be
        ([some("Patriot", 2, "2023-04-19", "Two of the four arrived.")], "2 of 4 delivered", "contracted"),
        (
            [some("Leopard 2A4", 3, "2023-03-01", "The first three were delivered.")],
            "3 delivered, more to come",
            "contracted",
        ),
        (
            [some("F-16", 16, "2023-03-10", "They took delivery of the first of 16 jets.")],
            "first of 16 delivered",
            "contracted",
        ),
        ([some("MiG-29", 13, "2023-04-17")], None, "delivered"),
        (
            [
                ("2023-11-30", "approved", items("Stryker", 99)),
                some("Stryker", 4, "2024-02-01"),
                ("2024-03-01", "stalled", items("Stryker")),
            ],
            "4 of 99 delivered",
            "stalled",
        ),
        (
            [
                ("2023-11-30", "approved", items("Stryker", 99)),
                ("2024-01-01", "stalled", items("Stryker")),
                some("Stryker", 4, "2024-02-01", date="2024-01-31"),
            ],
            "4 of 99 delivered",
            "contracted",
        ),
    ],
)
def test_partial_deliveries(told: list[Told], progress: str | None, stage: str) -> None:
    found = entry("transfer", *told)
    assert (found.fields.get("progress"), found.stage) == (progress, stage)


def test_several_items_are_counted_apart() -> None:
    both = {"items": [{"what": "Javelin", "quantity": 100}, {"what": "Stryker", "quantity": 8}]}
    found = entry("transfer", ("2025-01-01", "contracted", both), some("Stryker", 8, "2025-06-01"))
    assert (found.stage, found.fields["progress"]) == ("contracted", "all 8 Stryker delivered")
    assert found.fields["items"] == both["items"]
    found = entry(
        "transfer",
        ("2025-01-01", "contracted", both),
        some("Stryker", 8, "2025-06-01"),
        some("Javelin", 60, "2025-07-01"),
    )
    assert found.fields["progress"] == "60 of 100 Javelin, all 8 Stryker delivered"


@pytest.mark.parametrize(
    ("told", "amended"),
    [
        ([("2014-04-28", "signed", {})], None),
        (
            [
                ("1951-01-01", "signed", {"date": "1951"}),
                ("2009-06-01", "in-force", {"quote": "The two amended the agreement in May.", "date": "2009-05"}),
            ],
            ["2009-05"],
        ),
        (
            [
                ("1951-01-01", "signed", {"date": "1951"}),
                ("2009-06-01", "signed", {"name": "Amendment to the Status of Forces Agreement", "date": "2009-05-30"}),
            ],
            ["2009-05-30"],
        ),
        # the date of the agreement itself is not that of the amendment
        (
            [("2009-06-01", "in-force", {"quote": "The agreement of 1951 was amended.", "date": "1951"})],
            ["2009-06-01"],
        ),
        ([("1951-01-01", "signed", {"quote": "The agreement may be amended by consent."})], None),
        ([("2001-01-01", "in-force", {"quote": "They act under the 1951 agreement, as amended."})], None),
        ([("2020-01-01", "negotiating", {"quote": "They discussed an amendment to the agreement."})], None),
    ],
)
def test_amendments_are_part_of_the_history_and_no_stage(told: list[Told], amended: list[str] | None) -> None:
    found = entry("agreement", *told)
    assert found.fields.get("amended") == amended
    assert found.stage == told[-1][1]


def test_a_promise_that_grows_firmer() -> None:
    found = entry(
        "undertaking",
        ("2025-02-13", "open", {"strength": "aspiration", "due": "2025"}),
        ("2025-07-02", "open", {"strength": "aspiration", "due": "2025-07/2025-12"}),
        ("2025-08-26", "open", {"strength": "commitment", "due": "2026-03"}),
    )
    assert found.fields["strengths"] == [
        {"strength": "aspiration", "date": "2025-02-13"},
        {"strength": "commitment", "date": "2025-08-26"},
    ]
    assert (found.fields["strength"], found.fields["due"]) == ("commitment", "2026-03")
