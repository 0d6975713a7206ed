"""Which thing a promise is about, whether it came about, how firmly it was given, and how long nothing was heard."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from communique.ledger import Reported
from communique.model import Action, Decision, Entry, Source, Span, record_from_json
from communique.resolve.claims import claim
from communique.resolve.links import linked
from communique.resolve.merging import entry_id, entry_of
from communique.resolve.promises import due_by, is_overdue, last_heard, silent_since, strength_changes
from test_resolve_history import entry

Fields = dict[str, Any]


def thing(kind: str, *reports: tuple[str, str, Fields]) -> Entry:
    """An entry from its reports; ``document`` and ``sentence`` (a number) tell where a report stands."""
    claims = []
    for number, (published, stage, fields) in enumerate(reports):
        rest = dict(fields)
        document, sentence = rest.pop("document", f"{kind} {published} {number}"), rest.pop("sentence", number)
        defaults = {"engagement": {"type": "meeting"}, "undertaking": {"strength": "intention"}}.get(kind, {})
        span = {"start": 100 * sentence, "end": 100 * sentence + 90}
        data = {"kind": kind, "status" if kind == "undertaking" else "stage": stage, **defaults, **rest}
        record = record_from_json(data | {"evidence": [span]})
        source = Source(
            record_id=f"R-{kind}-{published}-{number}-{rest}",
            document_id=document,
            title=None,
            publisher=None,
            published=published,
            url=None,
            quotes=("It was told.",),
            spans=(Span(**span),),
        )
        claims.append(claim(Reported(record, source)))
    return entry_of(claims)


def promise(action: str, by: list[str], to: list[str], published: str, **fields: Any) -> Entry:
    return thing("undertaking", (published, "open", {"action": action, "by": by, "to": to, **fields}))


def agreement(name: str, parties: list[str], *stages: tuple[str, str], **fields: Any) -> Entry:
    rows = [(when, stage, {"name": name, "parties": parties, "date": when, **fields}) for when, stage in stages]
    return thing("agreement", *rows)


def initiative(name: str, parties: list[str], *stages: tuple[str, str], **fields: Any) -> Entry:
    rows = [(when, stage, {"name": name, "parties": parties, "date": when, **fields}) for when, stage in stages]
    return thing("initiative", *rows)


def transfer(what: str, quantity: int | None, sides: str, *stages: tuple[str, str], **fields: Any) -> Entry:
    supplier, recipient = ([side] if side else [] for side in sides.split(">"))
    items = [{"what": what, "quantity": quantity}]
    base = {"supplier": supplier, "recipient": recipient, "items": items, **fields}
    return thing("transfer", *((when, stage, base | {"date": when}) for when, stage in stages))


def meeting(type_: str, parties: list[str], stage: str, when: str, published: str, **fields: Any) -> Entry:
    return thing("engagement", (published, stage, {"type": type_, "parties": parties, "date": when, **fields}))


RAA = agreement("Reciprocal Access Agreement (RAA)", ["JP", "PH"], ("2024-07-08", "signed"), ("2025-09-11", "in-force"))
NEW_START = agreement("New START Treaty", ["US", "RU"], ("2010-04-08", "signed"), ("2011-02-05", "in-force"))
RENEWED = agreement("New START Treaty", ["US", "RU"], ("2011-02-05", "in-force"), ("2021-02-03", "renewed"))
ACSA = agreement("Acquisition and Cross-Servicing Agreement", ["JP", "PH"], ("2025-04-29", "negotiating"))
FREE_TRADE = agreement("free trade agreement", ["GB", "IN"], ("2025-05-06", "agreed"), ("2025-07-24", "signed"))
TALKS_ON_TRADE = agreement(
    "free trade agreement", ["GB", "IN"], ("2022-01-13", "negotiating"), ("2025-07-24", "signed")
)
NUCLEAR_DEAL = agreement(
    "Joint Comprehensive Plan of Action (JCPOA)", ["US", "IR"], ("2015-07-14", "agreed"), ("2018-05-08", "ended")
)
FRAMEWORK = agreement(
    "10-Year Framework for the U.S.-India Major Defense Partnership", ["US", "IN"], ("2025-10-31", "signed")
)
RAFALES = transfer("Rafale", 18, "FR>GR", ("2020-09-12", "considered"), ("2021-01-25", "contracted"))
TAUROS = transfer("Marder", 40, "DE>GR", ("2021-10-01", "approved"), ("2022-10-18", "delivered"))
TANKS = transfer("Abrams", 31, "US>UA", ("2023-01-25", "approved"), ("2023-10-16", "delivered"))
PATROL = transfer("patrol boats", 2, "JP>PH", ("2023-11-03", "approved"), ("2025-03-01", "delivered"))
QUAD = meeting("summit", ["AU", "IN", "JP", "US"], "held", "2022-05-24", "2022-05-24", place="Tokyo")
VISIT = meeting(
    "visit", ["FR", "DE"], "held", "2024-05-26/2024-05-28", "2024-05-28", people=["Emmanuel Macron"], place="Berlin"
)
INDUS = initiative("INDUS-X", ["US", "IN"], ("2023-05-24", "announced"), ("2023-06-21", "launched"))
IPEF = initiative("Indo-Pacific Economic Framework for Prosperity (IPEF)", ["US", "JP"], ("2022-05-23", "launched"))
FUND = initiative("NATO Innovation Fund", ["NATO"], ("2021-06-14", "announced"), ("2022-06-30", "launched"))

FULFILLED: list[tuple[Entry, Entry, str]] = [
    (promise("sign the ten-year defence framework", ["US"], ["IN"], "2025-07-02"), FRAMEWORK, "2025-10-31"),
    (promise("sign the Reciprocal Access Agreement this year", ["JP", "PH"], [], "2024-04-12"), RAA, "2024-07-08"),
    (promise("sign the RAA", ["JP"], ["PH"], "2024-06-01"), RAA, "2024-07-08"),
    (promise("soon sign the RAA, which both sides have settled", ["PH"], [], "2024-07-01"), RAA, "2024-07-08"),
    (promise("ratify the Reciprocal Access Agreement", ["JP", "PH"], [], "2024-07-09"), RAA, "2025-09-11"),
    (
        promise("The RAA will enter into force once both have ratified it", ["JP", "PH"], [], "2024-12-16"),
        RAA,
        "2025-09-11",
    ),
    (promise("bring the RAA into force", ["JP", "PH"], [], "2025-06-06"), RAA, "2025-09-11"),
    (promise("extend the New START Treaty for five years", ["US", "RU"], [], "2021-01-26"), RENEWED, "2021-02-03"),
    (
        promise("work towards concluding a free trade agreement", ["GB", "IN"], [], "2025-04-09"),
        TALKS_ON_TRADE,
        "2025-07-24",
    ),
    (promise("withdraw from the JCPOA", ["US"], [], "2018-05-01"), NUCLEAR_DEAL, "2018-05-08"),
    (promise("buy 18 Rafale fighters from France", ["GR"], ["FR"], "2020-09-12"), RAFALES, "2021-01-25"),
    (promise("deliver 31 Abrams tanks", ["US"], ["UA"], "2023-01-25"), TANKS, "2023-10-16"),
    (
        promise("The Abrams are to arrive in autumn", [], ["UA"], "2023-07-01", document="transfer 2023-01-25 0"),
        TANKS,
        "2023-10-16",
    ),
    (promise("hand over Marder vehicles to Greece", ["DE"], ["GR"], "2022-06-01"), TAUROS, "2022-10-18"),
    (
        promise("hold the next summit in Tokyo", ["AU", "IN", "JP", "US"], [], "2022-03-03", due="2022"),
        QUAD,
        "2022-05-24",
    ),
    (
        promise("receive President Macron in Berlin", ["DE"], ["FR"], "2024-03-01", due="2024-05"),
        VISIT,
        "2024-05-26/2024-05-28",
    ),
    (promise("launch INDUS-X in June", ["US", "IN"], [], "2023-06-01"), INDUS, "2023-06-21"),
    (promise("set up the NATO Innovation Fund", ["NATO"], [], "2021-06-15"), FUND, "2022-06-30"),
]

BESIDE = {"document": "D-7"}
ABOUT: list[tuple[Entry, Entry]] = [
    # still to come, or no stage of the thing
    (promise("sign the Acquisition and Cross-Servicing Agreement", ["JP", "PH"], [], "2025-04-30"), ACSA),
    (
        promise("implement the RAA", ["JP"], [], "2024-08-01", **BESIDE),
        agreement("RAA", ["JP", "PH"], ("2024-08-01", "in-force"), **BESIDE),
    ),
    # "the agreement" of the same document, "deliveries" of what it tells of
    (
        promise("The agreement is to be signed in spring", [], [], "2025-01-10", **BESIDE),
        agreement("Special Measures Agreement", ["KR", "US"], ("2025-01-10", "agreed"), **BESIDE),
    ),
    (
        promise("Deliveries are to begin in 2027", [], ["TH"], "2025-08-25", **BESIDE),
        transfer("Gripen", 4, "SE>TH", ("2025-08-25", "contracted"), **BESIDE),
    ),
    (
        promise("deliver the remaining 12 fighters", ["KR"], ["PL"], "2023-12-29", **BESIDE),
        transfer("FA-50 fighters", 48, "KR>PL", ("2023-12-29", "contracted"), **BESIDE),
    ),
    # the framework that the two were negotiating
    (
        promise("sign the framework this year", ["US", "IN"], [], "2025-07-02"),
        agreement("10-year defence framework", ["US", "IN"], ("2025-02-13", "proposed")),
    ),
]

UNRELATED: list[tuple[Entry, Entry]] = [
    # another instrument of the same two, another pair, another time
    (promise("sign an agreement on fisheries", ["JP", "PH"], [], "2024-06-01"), RAA),
    (promise("sign the Reciprocal Access Agreement", ["JP", "AU"], [], "2024-06-01"), RAA),
    (promise("sign the Reciprocal Access Agreement", ["JP", "PH"], [], "2024-08-01"), RAA),
    (promise("sign another agreement", ["JP", "PH"], [], "2024-06-01"), RAA),
    (promise("conclude a bilateral tax treaty", ["US", "RU"], [], "2010-01-01"), NEW_START),
    # promises to leave undone, or to do again and again
    (promise("not sign the RAA before the election", ["PH"], [], "2024-06-01"), RAA),
    (promise("hold a summit every year", ["AU", "IN", "JP", "US"], [], "2021-09-24", due="2022"), QUAD),
    # no stage of what is named
    (promise("deepen trade", ["GB", "IN"], [], "2025-05-01"), FREE_TRADE),
    (promise("deepen economic ties across the Indo-Pacific", ["US", "JP"], [], "2022-05-01"), IPEF),
    (promise("keep trade in line with the RAA", ["JP", "PH"], [], "2024-06-01"), RAA),
    # other goods, another number, another direction, what goes with them
    (promise("buy 24 more frigates", ["GR"], ["FR"], "2020-09-12"), RAFALES),
    (promise("buy 6 Rafale", ["GR"], ["FR"], "2020-09-12"), RAFALES),
    (promise("deliver 31 Abrams tanks", ["UA"], ["US"], "2023-01-25"), TANKS),
    (promise("supply spare parts for the Abrams", ["US"], ["UA"], "2023-01-25"), TANKS),
    (promise("deliver Abrams tanks", ["US"], ["PL"], "2023-01-25"), TANKS),
    (promise("provide loans and grants", ["JP"], ["PH"], "2023-11-03"), PATROL),
    (promise("provide two aircraft", ["JP"], ["PH"], "2023-11-03"), PATROL),
    # another occasion
    (promise("hold the next summit in Sydney", ["AU", "IN", "JP", "US"], [], "2022-03-03", due="2023"), QUAD),
    (promise("meet again soon", ["JP", "US"], [], "2022-03-03"), QUAD),
    (promise("host the finance ministers", ["JP"], ["US"], "2022-03-03", due="2022-05"), QUAD),
    (promise("visit Kyiv", ["FR", "DE"], [], "2024-03-01", due="2024-05"), VISIT),
    # another body
    (
        promise("launch an initiative on immunisation", ["US"], ["ID"], "2023-11-13", **BESIDE),
        initiative("Net Zero World Initiative", ["US", "ID"], ("2023-11-13", "active"), **BESIDE),
    ),
    (
        promise("reach an agreement at the July meeting", ["EU", "US"], [], "2021-06-15", **BESIDE),
        agreement("Paris Agreement", ["EU", "US"], ("2021-06-15", "in-force"), **BESIDE),
    ),
    (
        promise("launch the Energy Transitions Initiative", ["US", "ID"], [], "2021-04-23"),
        initiative("Just Energy Transition Partnership", ["US", "ID"], ("2022-11-15", "launched")),
    ),
    (promise("launch a maritime forum", ["US", "IN"], [], "2023-06-01"), INDUS),
    (promise("set up a fund for Darfur", ["NATO"], [], "2021-06-15"), FUND),
]


def after_linking(*entries: Entry, decisions: list[Decision] | None = None) -> Entry:
    """The first of the entries, which is a promise, as the others show it."""
    return next(e for e in linked(entries, decisions or []) if e.id == entries[0].id)


@pytest.mark.parametrize(
    ("made", "about", "when"), FULFILLED, ids=lambda value: value.title if isinstance(value, Entry) else ""
)
def test_promises_that_came_about(made: Entry, about: Entry, when: str) -> None:
    found = after_linking(made, about)
    assert found.fields.get("refers_to") == about.id
    assert (found.stage, found.fields["status"], found.standing.value, found.date) == (
        "fulfilled",
        "fulfilled",
        "realised",
        when,
    )
    assert found.history[-1].source in [report.source for report in about.history]


@pytest.mark.parametrize(("made", "about"), ABOUT, ids=lambda value: value.title)
def test_promises_that_are_still_open(made: Entry, about: Entry) -> None:
    found = after_linking(made, about)
    assert found.fields.get("refers_to") == about.id
    assert found.stage == "open"


@pytest.mark.parametrize(("made", "other"), UNRELATED, ids=lambda value: value.title)
def test_no_link_where_it_is_likely_wrong(made: Entry, other: Entry) -> None:
    assert after_linking(made, other) == made


def test_no_link_where_two_things_fit() -> None:
    made = promise("sign the memorandum", ["FR", "GR"], [], "2024-01-05", document="D")
    one = agreement("memorandum on shipping", ["FR", "GR"], ("2024-01-05", "proposed"), document="D")
    other = agreement("memorandum on shipping lanes", ["FR", "GR"], ("2024-01-05", "negotiating"), document="D")
    assert "refers_to" not in after_linking(made, one, other).fields


def test_the_same_sentence_decides_between_two() -> None:
    made = promise("sign the pact", ["AU", "PG"], [], "2025-09-17", document="D", sentence=4)
    near = agreement("Pukpuk pact", ["AU", "PG"], ("2025-09-17", "agreed"), document="D", sentence=4)
    far = agreement("rugby pact", ["AU", "PG"], ("2025-09-17", "agreed"), document="D", sentence=9)
    assert after_linking(made, near, far).fields.get("refers_to") == near.id


def test_a_beginning_fulfils_a_promise_to_begin() -> None:
    tanks = transfer("K2", 180, "KR>PL", ("2022-08-26", "contracted"))
    first = transfer("K2", 10, "KR>PL", ("2022-12-06", "delivered"))
    reports = [claim(Reported(r.record, r.source)) for r in (*tanks.history, *first.history)]
    both = entry_of(reports)
    assert both.fields["progress"] == "10 of 180 delivered"
    begin = promise("begin deliveries of the K2 this year", ["KR"], ["PL"], "2022-08-27")
    everything = promise("deliver 180 K2 tanks", ["KR"], ["PL"], "2022-08-27")
    assert after_linking(begin, both).stage == "fulfilled"
    assert after_linking(everything, both).stage == "open"


def test_what_the_promise_itself_says_does_not_fulfil_it() -> None:
    made = promise("start negotiations on the RAA", ["JP", "PH"], [], "2023-11-03", **BESIDE)
    talks = agreement("RAA", ["JP", "PH"], ("2023-11-03", "negotiating"), **BESIDE)
    assert after_linking(made, talks).stage == "open"


def test_a_treaty_that_enters_into_force_for_others_fulfils_nothing() -> None:
    made = promise("ratify the Arms Trade Treaty (ATT)", ["PH"], [], "2013-09-25")
    treaty = thing(
        "agreement",
        ("2013-06-03", "signed", {"name": "Arms Trade Treaty (ATT)", "parties": ["PH", "FR"]}),
        ("2014-12-24", "in-force", {"name": "Arms Trade Treaty (ATT)", "parties": ["FR"]}),
    )
    assert after_linking(made, treaty).stage == "open"


def test_another_name_in_the_same_entry_fulfils_nothing() -> None:
    made = promise("establish a dialogue on space", ["US", "EU"], [], "2021-06-15", **BESIDE)
    mixed = thing(
        "initiative",
        ("2021-06-15", "announced", {"name": "dialogue on space", "parties": ["US", "EU"], **BESIDE}),
        ("2022-06-27", "active", {"name": "energy task force", "parties": ["US", "EU"]}),
    )
    assert after_linking(made, mixed).stage == "open"


def test_a_meeting_of_one_of_them_fulfils_nothing() -> None:
    made = promise("meet in September", ["US", "MX"], [], "2022-07-11", **BESIDE, due="2022-09")
    mixed = thing(
        "engagement",
        ("2022-07-11", "planned", {"type": "meeting", "parties": ["US", "MX"], "date": "2022-09", **BESIDE}),
        ("2022-09-22", "held", {"type": "meeting", "parties": ["US"], "date": "2022-09-21"}),
    )
    found = after_linking(made, mixed)
    assert (found.fields.get("refers_to"), found.stage) == (mixed.id, "open")


def test_other_goods_of_the_same_transfer_fulfil_nothing() -> None:
    made = promise("complete the procurement of six P-8I", ["IN"], ["US"], "2025-02-13")
    sides = {"supplier": ["US"], "recipient": ["IN"]}
    package = thing(
        "transfer",
        ("2025-02-14", "considered", {**sides, "items": [{"what": "P-8I"}, {"what": "AH-64E"}]}),
        ("2025-12-17", "delivered", {**sides, "items": [{"what": "AH-64E", "quantity": 6}], "date": "2025-12-16"}),
    )
    found = after_linking(made, package)
    assert (found.fields.get("refers_to"), found.stage) == (package.id, "open")


def test_a_report_that_is_likely_misread_fulfils_nothing() -> None:
    made = promise("sign the RAA", ["JP", "PH"], [], "2024-06-01")
    assert after_linking(made, agreement("RAA", ["JP", "PH"], ("2024-07-08", "signed"), confidence=0.3)).stage == "open"


def decision(made: Entry, field: str, value: Any) -> Decision:
    records = (made.history[0].source.record_id,)
    return Decision(number=1, action=Action.SET, records=records, field=field, value=value, by="A", why="", at="2025")


def test_what_people_decide_about_a_promise_stands() -> None:
    made = promise("sign an agreement on fisheries", ["JP", "PH"], [], "2024-06-01")
    for value in (RAA.id, entry_id(RAA.kind, RAA.history[-1].source.record_id)):
        chosen = decision(made, "refers_to", value)
        claims = [claim(Reported(report.record, report.source)) for report in made.history]
        found = after_linking(entry_of(claims, [chosen]), RAA, decisions=[chosen])
        assert (found.fields["refers_to"], found.stage) == (RAA.id, "fulfilled")
    made = promise("sign the RAA", ["JP", "PH"], [], "2024-06-01")
    claims = [claim(Reported(report.record, report.source)) for report in made.history]
    for field, value, stage in (("status", "open", "open"), ("refers_to", None, "open")):
        chosen = decision(made, field, value)
        assert after_linking(entry_of(claims, [chosen]), RAA, decisions=[chosen]).stage == stage


OPEN = ("2024-01-15", "open", {"due": "2024-06"})


@pytest.mark.parametrize(
    ("reports", "day", "expected"),
    [
        ([OPEN], date(2024, 6, 30), False),
        ([OPEN], date(2024, 7, 1), True),
        ([OPEN, ("2024-05-01", "in-progress", {})], date(2024, 7, 1), True),
        ([OPEN, ("2024-05-01", "fulfilled", {})], date(2024, 7, 1), False),
        ([OPEN, ("2024-05-01", "abandoned", {})], date(2024, 7, 1), False),
        ([("2024-01-15", "open", {})], date(2034, 7, 1), False),
        ([("2024-01-15", "open", {"due": "2024/.."})], date(2034, 7, 1), False),
        ([OPEN, ("2024-05-01", "open", {"due": "2025"})], date(2025, 12, 31), False),
        ([OPEN, ("2024-05-01", "open", {"due": "2025"})], date(2026, 1, 1), True),
    ],
)
def test_overdue(reports: list[Any], day: date, expected: bool) -> None:
    assert is_overdue(entry("undertaking", *reports), day) is expected


def test_a_planned_meeting_is_due_on_its_day() -> None:
    planned = meeting("summit", ["AU", "US"], "planned", "2023-05-24", "2023-05-01")
    assert due_by(planned) == date(2023, 5, 24)
    assert is_overdue(planned, date(2023, 5, 25))
    assert due_by(RAA) is None


def test_silence() -> None:
    made = entry("undertaking", ("2024-01-15", "open", {}), ("2024-03-31", "open", {}))
    assert last_heard(made, date(2024, 2, 1)) == date(2024, 1, 15)
    assert last_heard(made, date(2024, 1, 1)) is None
    assert silent_since(made, date(2024, 9, 29), 6) is None
    assert silent_since(made, date(2024, 9, 30), 6) is None
    assert silent_since(made, date(2024, 10, 1), 6) == date(2024, 3, 31)
    assert silent_since(made, date(2024, 10, 1), 6, about=RAA) is None
    kept = entry("undertaking", ("2024-01-15", "open", {}), ("2024-03-31", "fulfilled", {}))
    assert silent_since(kept, date(2030, 1, 1), 6) is None
    assert silent_since(replace(made, history=()), date(2030, 1, 1), 6) is None


def test_strength_changes_follow_publication() -> None:
    told = [("2025-09-01", "open", {"strength": "commitment"}), ("2025-01-01", "open", {"strength": "aspiration"})]
    made = entry("undertaking", *told, ("2025-02-01", "open", {"strength": "aspiration"}))
    assert strength_changes(made.history) == (("aspiration", "2025-01-01"), ("commitment", "2025-09-01"))
    assert strength_changes(RAA.history) == ()
