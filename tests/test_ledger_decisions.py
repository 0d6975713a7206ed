"""What people decide: it holds through rebuilds, new readings and documents, and can be undone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from communique import Ledger
from communique.ledger import DecisionState
from communique.model import Action, Entry, UsageError
from ledger_samples import ALL, FIRST_STATEMENT, HOPE, RECALLED, SECOND_STATEMENT, SIGNED, US_IN, sample, told

BY = {"by": "A. Nalyst"}


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    with Ledger(place) as opened:
        for document, records in ALL:
            opened.add(document, records)
        yield opened
        assert opened.check() == []


def framework(ledger: Ledger) -> Entry:
    (found,) = (e for e in ledger.entries(kind="agreement", parties=US_IN) if "ramework" in e.title)
    return found


def statements(ledger: Ledger) -> list[Entry]:
    return [e for e in ledger.entries(kind="agreement", parties=US_IN) if e.title == "joint statement"]


def test_confirmed(ledger: Ledger) -> None:
    made = ledger.confirm(framework(ledger).id, **BY, why="seen in print")
    assert (made.number, made.action, made.by, made.why) == (1, Action.CONFIRM, "A. Nalyst", "seen in print")
    assert framework(ledger).confirmed and framework(ledger).decisions == (1,)
    ledger.undo(**BY)
    assert not framework(ledger).confirmed


def test_rejected_with_all_its_records_and_back(ledger: Ledger) -> None:
    before = framework(ledger)
    made = ledger.reject(before.id, **BY)
    assert len(made.records) == 3
    assert before.id not in {entry.id for entry in ledger.entries()}
    with pytest.raises(UsageError, match="was rejected"):
        ledger.entry(before.id)
    ledger.undo(made.number, **BY)
    assert framework(ledger) == before


def test_one_record_rejected(ledger: Ledger) -> None:
    entry = framework(ledger)
    signed = next(report for report in entry.history if report.stage == "signed")
    ledger.reject(signed.source.record_id, **BY)
    assert framework(ledger).stage == "proposed"
    assert ledger.entries(kind="undertaking")[0].stage == "open", "what was signed no longer fulfils the hope"
    ledger.confirm(signed.source.record_id, **BY)
    assert framework(ledger).stage == "signed"
    assert ledger.entries(kind="undertaking")[0].stage == "fulfilled"


def test_a_field_is_set_and_the_last_decision_wins(ledger: Ledger) -> None:
    entry = framework(ledger)
    ledger.set(entry.id, "stage", "in-force", **BY)
    ledger.set(entry.id, "stage", "suspended", **BY)
    ledger.set(entry.id, "title", "Defence framework", **BY)
    changed = ledger.entry(entry.id)
    assert (changed.stage, changed.standing, changed.title) == ("suspended", "stalled", "Defence framework")
    ledger.undo(2, **BY)
    assert ledger.entry(entry.id).stage == "in-force"


def test_some_reports_are_of_another_thing_than_the_others(ledger: Ledger) -> None:
    before = framework(ledger)
    first, *rest = [report.source.record_id for report in before.history]
    made = ledger.separate(before.id, rest, **BY)
    assert (made.records, made.others) == (tuple(rest), (first,))
    assert [one.source.record_id for one in ledger.entry(first).history] == [first]
    assert {one.source.record_id for one in ledger.entry(rest[0]).history} == set(rest)
    for wrong in ([], [first], ["R-0000000000000000"]):
        with pytest.raises(UsageError, match="Choose reports"):
            ledger.separate(first, wrong, **BY)
    ledger.undo(made.number, **BY)
    assert framework(ledger) == before


def test_same_keeps_the_older_id_and_the_other_leads_there(ledger: Ledger) -> None:
    later, earlier = sorted(statements(ledger), key=lambda entry: str(entry.date), reverse=True)
    ledger.same(later.id, earlier.id, **BY)
    (joined,) = statements(ledger)
    assert joined.id == earlier.id == ledger.entry(later.id).id
    assert ledger.log(joined.id)[-1].cause == "decision 1"
    ledger.different(later.id, earlier.id, **BY)
    assert {entry.id for entry in statements(ledger)} == {later.id, earlier.id}


def test_different_parts_an_entry_by_its_records(ledger: Ledger) -> None:
    entry = framework(ledger)
    first, last = entry.history[0].source.record_id, entry.history[-1].source.record_id
    ledger.different(first, last, **BY)
    assert ledger.entry(first).id != ledger.entry(last).id
    with pytest.raises(UsageError, match="one and the same"):
        ledger.different(first, ledger.entry(first).id, **BY)


def test_undone_and_undone_again(ledger: Ledger) -> None:
    key = framework(ledger).id
    ledger.set(key, "stage", "ended", **BY)
    ledger.undo(**BY)
    assert framework(ledger).stage == "signed"
    ledger.undo(2, **BY)
    assert framework(ledger).stage == "ended"
    assert [(s.undone_by, s.orphaned) for s in ledger.decisions()] == [(None, False), (3, False), (None, False)]
    for wrong in (2, 9):
        with pytest.raises(UsageError, match="communique decisions"):
            ledger.undo(wrong, **BY)


def test_nothing_to_undo(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="no decision to undo"):
        ledger.undo(**BY)


def test_they_hold_through_rebuilds_and_new_documents(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        ledger.add(*FIRST_STATEMENT)
        ledger.add(*SECOND_STATEMENT)
        one, other = statements(ledger)
        ledger.same(one.id, other.id, **BY)
        (joined,) = statements(ledger)
        ledger.set(joined.id, "name", "Joint statement of the leaders", **BY)
        named = ledger.entry(joined.id)
        for document, records in ALL:
            ledger.add(document, records)
        assert ledger.entry(joined.id) == named
        assert ledger.rebuild() == []
        assert ledger.entry(joined.id) == named and ledger.check() == []


def states(ledger: Ledger) -> DecisionState:
    (found,) = ledger.decisions()
    return found


def test_they_follow_a_passage_into_a_new_revision_and_are_orphaned_without_one(ledger: Ledger) -> None:
    entry = framework(ledger)
    signed = next(report.source for report in entry.history if report.stage == "signed")
    ledger.reject(signed.record_id, **BY)
    document, _ = SIGNED
    date = {"parties": US_IN, "date": "2025-10-31"}
    moved, records = sample(
        "2025-11-01",
        ("It was a Friday.", []),
        (
            "In Kuala Lumpur the ministers signed the 10-year Framework for the U.S.-India Major Defense Partnership.",
            [told("agreement", name="10-year Framework for the U.S.-India Major Defense Partnership", **date)],
        ),
        source="signed.txt",
    )
    ledger.add(replace(moved, title=document.title), records)
    assert framework(ledger).stage == "proposed" and ledger.orphans() == []
    assert not states(ledger).orphaned
    shortened, none = sample("2025-11-01", ("It was a Friday in Kuala Lumpur.", []), source="signed.txt")
    ledger.add(shortened, none)
    assert [decision.number for decision in ledger.orphans()] == [1] and states(ledger).orphaned
    ledger.add(*SIGNED)
    assert framework(ledger).stage == "proposed" and ledger.orphans() == []


def test_a_record_that_stood_beside_it_does_not_take_its_place(ledger: Ledger) -> None:
    document, records = HOPE
    offered, flown = (r for r in records if r.kind == "transfer")
    (key,) = (e.id for e in ledger.entries(kind="transfer") if e.stage == "considered")
    ledger.reject(key, **BY)
    kept = replace(document, publisher="Ministry"), tuple(r for r in records if r is not offered)
    ledger.add(*kept)
    assert [decision.number for decision in ledger.orphans()] == [1]
    assert [e.stage for e in ledger.entries(kind="transfer")] == [flown.stage]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stage", "delivered"),
        ("stage", None),
        ("date", "last week"),
        ("parties", "US"),
        ("parties", ["US", ""]),
        ("name", " "),
        ("items", [{"what": "P-8I", "quantity": 6}]),
        ("refers_to", "A-1"),
        ("confirmed", True),
    ],
)
def test_values_that_a_field_can_not_have(ledger: Ledger, field: str, value: object) -> None:
    with pytest.raises(UsageError):
        ledger.set(framework(ledger).id, field, value, **BY)
    assert ledger.decisions() == []


def test_items_and_money(ledger: Ledger) -> None:
    (key,) = (e.id for e in ledger.entries(kind="transfer") if e.stage == "considered")
    ledger.set(key, "items", [{"what": "P-8I", "quantity": 4}], **BY)
    ledger.set(key, "value", {"amount": 2_000_000_000, "currency": "USD"}, **BY)
    assert ledger.entry(key).fields["items"] == [{"what": "P-8I", "quantity": 4}]
    for wrong in ([{"what": "P-8I", "quantity": 0}], [{"what": "P-8I"}], {"amount": 1, "currency": "usd"}):
        with pytest.raises(UsageError):
            ledger.set(key, "value" if isinstance(wrong, dict) else "items", wrong, **BY)


@pytest.mark.parametrize("name", ["Z-1", "", "R-", "R-zzzz", "A"])
def test_names_that_mean_nothing(ledger: Ledger, name: str) -> None:
    with pytest.raises(UsageError):
        ledger.confirm(name, **BY)


def test_kinds_can_not_be_the_same_and_somebody_has_to_decide(ledger: Ledger) -> None:
    transfer = ledger.entries(kind="transfer")[0].id
    with pytest.raises(UsageError, match="of one kind"):
        ledger.same(framework(ledger).id, transfer, **BY)
    with pytest.raises(UsageError, match="--by"):
        ledger.confirm(transfer, by=" ")


def test_decisions_of_a_reader_who_may_not_write(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    opened = Ledger(path)
    opened.add(*RECALLED)
    opened.close()
    with Ledger(path, read_only=True) as reader:
        (entry,) = reader.entries(kind="agreement")
        with pytest.raises(Exception, match="read only"):
            reader.confirm(entry.id, **BY)
    with Ledger(path) as ledger:
        assert ledger.decisions() == []
