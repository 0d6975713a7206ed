"""Deciding on entries from the command line, and what the ledger tells of its own changes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from at_work import AtWork
from cli_door import Run, run
from communique import Ledger
from communique.cli.values import value_of
from communique.ledger import Doubted
from communique.model import AgreementStage, Document, Kind, Record, UsageError
from ledger_samples import ALL, SIGNED, US_IN, sample, told


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "ledger.db"
    monkeypatch.setenv("COMMUNIQUE_LEDGER", str(path))
    monkeypatch.setenv("COMMUNIQUE_ANALYST", "A. Nalyst")
    with Ledger(path) as opened:
        for document, records in ALL:
            opened.add(document, records)
    return path


def ids(kind: str, **wanted: str) -> list[str]:
    found = json.loads(run("list", kind, "--format", "json").out)
    return sorted(entry["id"] for entry in found if all(entry[name] == value for name, value in wanted.items()))


@pytest.mark.parametrize(
    ("kind", "field", "typed", "expected"),
    [
        (Kind.AGREEMENT, "stage", "In force", "in-force"),
        (Kind.UNDERTAKING, "status", "IN_PROGRESS", "in-progress"),
        (Kind.AGREEMENT, "date", "2025-07/2025-12", "2025-07/2025-12"),
        (Kind.AGREEMENT, "date", "none", None),
        (Kind.AGREEMENT, "name", " Framework ", "Framework"),
        (Kind.AGREEMENT, "parties", "india, United States; NATO", ["IN", "US", "NATO"]),
        (Kind.ENGAGEMENT, "people", "Rajnath Singh, Pete Hegseth", ["Rajnath Singh", "Pete Hegseth"]),
        (Kind.ENGAGEMENT, "people", "none", []),
        (Kind.ENGAGEMENT, "place", "unknown", None),
        (
            Kind.TRANSFER,
            "items",
            "6 P-8I, MQ-9B x4, 2 x C-130J, Javelin",
            [
                {"what": "P-8I", "quantity": 6},
                {"what": "MQ-9B", "quantity": 4},
                {"what": "C-130J", "quantity": 2},
                {"what": "Javelin", "quantity": None},
            ],
        ),
        (Kind.TRANSFER, "items", "1,200 rounds", [{"what": "rounds", "quantity": 1200}]),
        (Kind.TRANSFER, "value", "$3.5 billion", {"amount": 3_500_000_000, "currency": "USD"}),
        (Kind.TRANSFER, "value", "none", None),
    ],
)
def test_values_as_people_type_them(kind: Kind, field: str, typed: str, expected: object) -> None:
    assert value_of(kind, field, typed) == expected


@pytest.mark.parametrize(("field", "typed"), [("value", "a lot"), ("recipient", "Frnace")])
def test_values_that_can_not_be_read(field: str, typed: str) -> None:
    with pytest.raises(UsageError):
        value_of(Kind.TRANSFER, field, typed)


def test_a_decision_says_what_it_changed_and_is_listed(ledger: Path) -> None:
    (key,) = ids("transfer", stage="considered")
    done = run("set", key, "items", "8 P-8I", "--why", "as the notice says")
    assert done.code == 0
    assert done.out.splitlines()[0] == f"Decision 1: set {key} items = 8 P-8I."
    assert f"{key} items: 6 P-8I → 8 P-8I" in done.out
    told_of = run("decisions").out
    assert "A. Nalyst" in told_of and "as the notice says" in told_of
    undone = json.loads(run("undo", "--by", "B. Nalyst", "--format", "json").out)
    assert (undone["decision"]["undoes"], undone["decision"]["by"]) == (1, "B. Nalyst")
    assert [change["field"] for change in undone["changes"]] == ["items"]
    assert [d["undone_by"] for d in json.loads(run("decisions", "--format", "json").out)] == [2, None]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("confirm", "A-99"), "There is no entry"),
        (("confirm", "R-99"), "There is no record"),
        (("set", "T", "stage", "signed"), "There is no entry"),
        (("undo",), "There is no decision to undo"),
        (("undo", "7"), "There is no decision 7"),
        (("same", "A-1", "A-2"), "There is no entry"),
        (("reread", "D-none", "--yes"), "There is no document"),
    ],
)
def test_wrong_requests(ledger: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"communique: {words}") and result.err.count("\n") == 1


def test_a_stage_of_another_kind(ledger: Path) -> None:
    result = run("set", ids("transfer")[0], "stage", "signed")
    assert result.code == 2 and "choose considered, requested" in result.err
    assert run("set", ids("transfer")[0], "colour", "red").code == 2


def test_an_old_identifier_leads_on(ledger: Path) -> None:
    one, other = ids("agreement", title="joint statement")
    assert f"is part of {one} now" in (joined := run("same", one, other).out) or f"is part of {other} now" in joined
    (kept,) = ids("agreement", title="joint statement")
    (gone,) = {one, other} - {kept}
    shown = run("show", gone)
    assert shown.out.startswith(f"{gone} leads to {kept}.\n")
    assert json.loads(run("show", gone, "--format", "json").out)["id"] == kept
    assert {change["what"] for change in json.loads(run("log", gone, "--format", "json").out)} >= {"new", "joined"}
    assert run("different", one, other).code == 0
    assert ids("agreement", title="joint statement") == sorted((one, other))


def test_the_log_tells_the_cause(ledger: Path) -> None:
    (key,) = ids("agreement", stage="signed")
    changes = json.loads(run("log", key, "--format", "json").out)
    assert changes[0]["what"] == "new" and changes[0]["cause"].startswith("document D-")
    assert key in run("log", key).out
    run("confirm", key)
    (last,) = json.loads(run("log", key, "--format", "json").out)[-1:]
    assert (last["field"], last["after"], last["cause"]) == ("confirmed", True, "decision 1")


def test_why(ledger: Path) -> None:
    one, other = ids("agreement", title="joint statement")
    page, data = run("why", one, other), json.loads(run("why", one, other, "--format", "json").out)
    assert data["features"] and data["total"] < data["threshold"]
    assert all(feature["name"] in page.out for feature in data["features"])
    assert "two things" in page.out
    assert run("why", one, one).code == 2


def test_rebuild_changes_nothing(ledger: Path) -> None:
    before = run("export").out
    assert run("rebuild").out == "10 entries, no changes.\n"
    assert json.loads(run("rebuild", "--format", "json").out) == {"entries": 10, "changes": []}
    assert run("export").out == before


def test_export(ledger: Path, tmp_path: Path) -> None:
    lines = run("export").out
    entries = [json.loads(line) for line in lines.splitlines()]
    assert [entry["id"] for entry in entries] == sorted(entry["id"] for entry in entries)
    assert json.loads(run("export", "--format", "json").out) == entries
    assert run("export", "--out", tmp_path / "entries.jsonl").code == 0
    assert (tmp_path / "entries.jsonl").read_text(encoding="utf-8") == lines
    assert run("export", "--out", tmp_path / "none" / "entries.jsonl").code == 2


@pytest.fixture
def reads_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of the reader that dates the signing a day later, and misses the meeting."""
    document, records = SIGNED

    def extract(read: Document, *, ungated: bool) -> tuple[Record, ...]:
        assert read == document
        return tuple(replace(record, date="2025-11-01") for record in records if record.kind is Kind.AGREEMENT)

    monkeypatch.setattr("communique.extraction.extract", extract)
    monkeypatch.setattr("communique.intake.Crew", AtWork)


@pytest.mark.usefixtures("reads_otherwise")
def test_reread_shows_what_changes_before_it_does(ledger: Path) -> None:
    before = run("export").out
    shown = run("reread", "signed.txt", stdin=b"n\n")
    assert "date: 2025-10-31 → 2025-11-01" in shown.out and "- engagement" in shown.out
    assert "1 records found, 2 lost, 0 the same" in shown.out
    assert run("export").out == before
    assert json.loads(run("reread", "signed.txt", "--format", "json").out)["applied"] is False
    assert run("export").out == before
    assert run("reread", "signed.txt", stdin=b"y\n").out.endswith("Applied.\n")
    assert run("export").out != before
    assert run("doctor").code == 0
    again = json.loads(run("reread", "signed.txt", "--yes", "--format", "json").out)
    assert (again["documents"][0]["kept"], again["changes"]) == (1, [])
    assert run("reread").out.startswith("0 documents read again"), "records given by hand stay"


@pytest.mark.usefixtures("reads_otherwise")
def test_decisions_and_identifiers_follow_a_new_reading(ledger: Path) -> None:
    with Ledger(ledger) as opened:
        (signed,) = (e for e in opened.entries(kind="agreement", stage="signed"))
        record = next(r.source.record_id for r in signed.history if r.stage == "signed")
        opened.set(record, "name", "Major Defence Partnership", by="A. Nalyst")
    run("reread", "signed.txt", "--yes")
    with Ledger(ledger) as opened:
        entry = opened.entry(record)
        assert (entry.fields["name"], entry.date) == ("Major Defence Partnership", "2025-11-01")
        assert opened.orphans() == [] and opened.check() == []


def doubtful_ledger(path: Path) -> None:
    """Two doubtful entries, and one that is not."""
    name = {"parties": US_IN, "name": "logistics pact"}
    document, records = sample(
        "2024-03-01",
        ("The two sides signed a logistics pact.", [told("agreement", **name)]),
        ("They will hold talks in Goa.", [told("engagement", parties=US_IN, place="Goa", date="2024-04")]),
        ("Minister Rao called it historic.", [told("statement", speakers=("Rao",), content="historic")]),
    )
    sure = (0.3, 0.4, 0.9)
    with Ledger(path) as opened:
        opened.add(document, [replace(r, confidence=c) for r, c in zip(records, sure, strict=True)])


def review(path: Path, keys: str) -> Run:
    return run("review", "--ledger", path, "--by", "A. Nalyst", stdin=keys.encode())


def test_review_takes_one_key_a_decision(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    doubtful_ledger(path)
    listed = json.loads(run("review", "--ledger", path, "--format", "json").out)
    assert [(q["question"], q["probability"]) for q in listed] == [("right", 0.3), ("right", 0.4)]
    walked = review(path, "x y u y n")
    assert walked.code == 0 and "2 decisions" in walked.out
    assert "The two sides signed a logistics pact." in walked.out
    with Ledger(path) as opened:
        actions = [(s.decision.action, s.undone_by) for s in opened.decisions()]
        assert actions == [("confirm", 2), ("undo", None), ("confirm", None), ("reject", None)]
        assert len(opened.entries()) == 2
    nothing = review(path, "")
    assert (nothing.code, nothing.out) == (0, "") and "Nothing" in nothing.err


def test_review_shows_two_that_may_be_one_side_by_side(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(ledger) as opened:
        first, second = sorted(opened.entries(kind="transfer"), key=lambda entry: entry.history[0].source.record_id)
    records = first.history[0].source.record_id, second.history[0].source.record_id

    def doubtful(opened: Ledger, most: int | None = None) -> list[Doubted]:
        one, other = (opened.entry(record).id for record in records)
        return [Doubted(records=records, entries=(one, other), total=0.2)]

    monkeypatch.setattr(Ledger, "doubtful", doubtful)
    monkeypatch.setattr(Ledger, "weighed", lambda opened: True)
    walked = run("review", stdin=b"y")
    assert "Are these one thing? (probability 0.55, two entries now)" in walked.out
    assert len(ids("transfer")) == 1
    assert "Nothing" in run("review", stdin=b"n").err, "what was decided is not asked again"


def test_the_next_command_brings_a_ledger_up_to_date_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    opened = Ledger(path)
    opened.add(*SIGNED)
    opened.close()  # as if cut off
    assert run("list", "agreement", "--ledger", path).code == 0
    with Ledger(path, read_only=True) as reader:
        assert not reader.is_stale()


def test_review_offers_only_what_a_field_can_be_set_to(tmp_path: Path) -> None:
    radars = {"name": "Coastal Radar Agreement", "parties": ("JP", "PH")}
    signed = [(f"They signed the Coastal Radar Agreement on {day} November.", f"2023-11-0{day}") for day in (3, 6)]
    with Ledger(tmp_path / "ledger.db") as opened:
        for number, (sentence, day) in enumerate(signed):
            opened.add(*sample(f"2023-11-1{number}", (sentence, [told("agreement", **radars, date=day)])))
        force = {"stage": AgreementStage.IN_FORCE, "date": "2024-05-01"}
        opened.add(
            *sample(
                "2024-05-02",
                ("The Coastal Radar Agreement entered into force.", [told("agreement", **radars, **force)]),
            )
        )
    walked = review(tmp_path / "ledger.db", "1 y")
    assert "signed date" in walked.out and "[1]" not in walked.out
    assert walked.code == 0 and "1 decision;" in walked.out


def test_a_disputed_quantity_is_chosen_in_review(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as opened:
        for number in (6, 9):
            sale = told("transfer", what="P-8I + Harpoon", quantity=number, recipient=("IN",))
            opened.add(
                *sample(f"2021-05-0{number}", (f"India is to buy {number} P-8I from the United States.", [sale]))
            )
    walked = review(tmp_path / "ledger.db", "1q")
    assert walked.code == 0 and "1 decision;" in walked.out
    with Ledger(tmp_path / "ledger.db") as opened:
        (entry,) = opened.entries(kind="transfer")
        assert [item["quantity"] for item in entry.fields["items"]] == [6, 9]
