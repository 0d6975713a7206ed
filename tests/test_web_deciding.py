"""Decisions by forms: made with a name and a reason, refused with what was typed kept, shown, and undone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.web_forms import fields, followed, login, said, send
from tests.web_samples import HARM, client, make_ledger

from communique.api import Ledger
from communique.model import Action, AgreementStage, Entry, UsageError, settable_fields
from communique.web import deciding
from ledger_samples import sample, told

RADARS = [
    sample(
        f"2025-0{month}-02",
        (
            f"In month {month} of the year India and the United States {stage} the Coastal Radar Agreement.",
            [told("agreement", name="Coastal Radar Agreement", parties=("US", "IN"), stage=AgreementStage(stage))],
        ),
        source=f"radars-{month}.txt",
    )
    for month, stage in ((3, "proposed"), (5, "agreed"), (9, "signed"))
]
"""One thing in three reports, whatever becomes of others."""
TOKEN = "a-token-that-is-long-enough"


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = make_ledger(tmp_path_factory.mktemp("web") / "ledger.db")
    with Ledger(found) as ledger:
        for document, records in RADARS:
            ledger.add(document, records)
    return found


@pytest.fixture
def path(untouched: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(untouched, tmp_path / "ledger.db"))


@pytest.fixture
def asker(path: Path) -> Iterator[TestClient]:
    with client(path) as found:
        yield found


def entries(path: Path, **wanted: Any) -> list[Entry]:
    with Ledger(path) as ledger:
        return ledger.entries(**wanted)


def radars(path: Path) -> Entry:
    return max(entries(path, kind="agreement", parties=("US", "IN")), key=lambda one: len(one.history))


def decisions(path: Path) -> list[tuple[Action, str, str]]:
    with Ledger(path) as ledger:
        return [(one.decision.action, one.decision.by, one.decision.why) for one in ledger.decisions()]


def decide(asker: TestClient, entry: str, do: str, **typed: Any) -> Any:
    field = f"&field={typed.pop('field')}" if "field" in typed else ""
    return send(asker, f"/entries/{entry}?do={do}{field}", f"/entries/{entry}/{do}", **typed)


def test_confirmed_with_a_name_that_is_asked_for_once(path: Path, asker: TestClient) -> None:
    entry = radars(path)
    answer = decide(asker, entry.id, "confirm", by="  Ann\tAnalyst ", why="seen in print")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    page = followed(asker, answer).text
    assert "Confirmed" in page and "Ann Analyst" in page and "seen in print" in page
    assert 'name="by"' not in asker.get(f"/entries/{entry.id}?do=reject").text
    decide(asker, entry.id, "correct", field="title", value="Defence framework")
    assert decisions(path) == [(Action.CONFIRM, "Ann Analyst", "seen in print"), (Action.SET, "Ann Analyst", "")]
    assert radars(path).title == "Defence framework"


def test_a_decision_needs_a_name_and_keeps_what_was_typed(path: Path, asker: TestClient) -> None:
    entry = radars(path)
    answer = decide(asker, entry.id, "correct", field="date", value="2025-10-30", by="", why="the press release")
    assert answer.status_code == 422
    assert "Give the name" in said(answer.text)
    held = fields(answer.text, f"/entries/{entry.id}/correct")
    assert (held["value"], held["why"]) == ("2025-10-30", "the press release")
    assert decisions(path) == []


@pytest.mark.parametrize(
    ("kind", "field", "typed", "value"),
    [
        ("agreement", "stage", "in-force", "in-force"),
        ("agreement", "date", "2025-10", "2025-10"),
        ("agreement", "date", "", None),
        ("agreement", "parties", ["India", "", "Japan", "US"], ["IN", "JP", "US"]),
        ("engagement", "people", ["Pete Hegseth", "A. Stranger", ""], ["Pete Hegseth", "A. Stranger"]),
        ("engagement", "place", "", None),
        ("undertaking", "due", "../2030", "../2030"),
        ("undertaking", "action", "sell  engines", "sell  engines"),
    ],
)
def test_fields_are_corrected(path: Path, asker: TestClient, kind: str, field: str, typed: Any, value: Any) -> None:
    entry = entries(path, kind=kind, parties=("US", "IN"))[0]
    assert decide(asker, entry.id, "correct", field=field, value=typed, by="Ann").status_code == 303
    with Ledger(path) as ledger:
        assert ledger.entry(entry.id).fields[field] == value


def test_items_and_money_are_corrected(path: Path, asker: TestClient) -> None:
    entry = entries(path, kind="transfer")[0]
    decide(asker, entry.id, "correct", field="items", value=["P-8I", "", "MQ-9B"], second=["6", "", ""], by="Ann")
    decide(asker, entry.id, "correct", field="value", value="3,500,000,000", second="usd")
    with Ledger(path) as ledger:
        told = ledger.entry(entry.id).fields
    assert told["items"] == [{"what": "P-8I", "quantity": 6}, {"what": "MQ-9B", "quantity": None}]
    assert told["value"] == {"amount": 3_500_000_000, "currency": "USD"}
    decide(asker, entry.id, "correct", field="value", value="", second="")
    with Ledger(path) as ledger:
        assert ledger.entry(entry.id).fields["value"] is None


@pytest.mark.parametrize(
    ("kind", "field", "typed", "problem"),
    [
        ("agreement", "date", {"value": "next week"}, "EDTF date"),
        ("agreement", "stage", {"value": "dreamt"}, "choose proposed"),
        ("agreement", "parties", {"value": ["Indai"]}, "did you mean India?"),
        ("agreement", "title", {"value": "  "}, "give some words"),
        ("transfer", "items", {"value": ["P-8I"], "second": ["six"]}, "no number"),
        ("transfer", "value", {"value": "much", "second": "USD"}, "no amount"),
        ("transfer", "value", {"value": "5", "second": "US"}, "ISO 4217"),
        ("undertaking", "refers_to", {"value": "A-0000000000"}, "There is no entry"),
        ("undertaking", "refers_to", {"value": ""}, "Give the id"),
    ],
)
def test_what_a_field_can_not_be_is_told_beside_it(
    path: Path, asker: TestClient, kind: str, field: str, typed: dict[str, Any], problem: str
) -> None:
    entry = entries(path, kind=kind)[0]
    answer = decide(asker, entry.id, "correct", field=field, by="Ann", **typed)
    assert answer.status_code == 422
    assert problem in said(answer.text)
    assert decisions(path) == []


def test_every_field_of_every_kind_has_an_input(path: Path, asker: TestClient) -> None:
    for entry in {one.kind: one for one in entries(path)}.values():
        chooser = asker.get(f"/entries/{entry.id}?do=correct").text
        for field in settable_fields(entry.kind):
            assert f"field={field}" in chooser
            assert "value" in fields(
                asker.get(f"/entries/{entry.id}?do=correct&field={field}").text, f"/entries/{entry.id}/correct"
            )
    assert asker.get(f"/entries/{entry.id}?do=correct&field=colour").status_code == 404


def test_what_an_undertaking_promises_is_proposed(path: Path, asker: TestClient) -> None:
    entry = entries(path, kind="undertaking", parties=("US", "IN"))[0]
    page = asker.get(f"/entries/{entry.id}?do=correct&field=refers_to").text
    assert f'<option value="{radars(path).id}">' in page
    decide(asker, entry.id, "correct", field="refers_to", value=radars(path).id.lower(), by="Ann")
    with Ledger(path) as ledger:
        assert ledger.entry(entry.id).fields["refers_to"] == radars(path).id


def test_rejected_and_back(path: Path, asker: TestClient) -> None:
    entry = radars(path)
    answer = decide(asker, entry.id, "reject", by="Ann")
    assert answer.status_code == 303, said(answer.text)
    assert answer.headers["location"].startswith("/decisions/1")
    assert "Rejected" in followed(asker, answer).text
    assert asker.get(f"/entries/{entry.id}").status_code == 404
    back = followed(asker, send(asker, "/decisions/1", "/decisions/1/undo", why="my mistake"))
    assert back.status_code == 200
    assert radars(path).id == entry.id
    assert decisions(path)[1] == (Action.UNDO, "Ann", "my mistake")
    again = send(asker, "/decisions/2", "/decisions/2/undo")
    assert again.status_code == 303, "that it was undone can be undone itself"
    assert "undone by" in asker.get("/decisions").text


def test_one_report_rejected(path: Path, asker: TestClient) -> None:
    entry = radars(path)
    last = entry.history[-1].source.record_id
    decide(asker, entry.id, "reject", report=last, by="Ann")
    assert [one.source.record_id for one in radars(path).history] == [
        one.source.record_id for one in entry.history[:-1]
    ]


def test_joined_after_a_look_at_both_and_parted_again(path: Path, asker: TestClient) -> None:
    one, other = entries(path, kind="engagement", parties=("US", "IN"))[:2]
    offered = asker.get(f"/entries/{one.id}?do=join").text
    assert f"with={other.id}" in offered
    page = f"/entries/{one.id}?do=join&with={other.id}"
    shown = asker.get(page).text
    for quote in (*one.history[0].source.quotes, *other.history[0].source.quotes):
        assert quote[:30] in shown.replace("&#39;", "'").replace("<strong>", "").replace("</strong>", "")
    assert "together" in shown
    send(asker, page, f"/entries/{one.id}/join", verdict="same", by="Ann", why="one trip")
    with Ledger(path) as ledger:
        joined = ledger.entry(one.id)
        assert ledger.entry(other.id).id == joined.id
    assert decisions(path) == [(Action.SAME, "Ann", "one trip")]
    moved = other.history[0].source.record_id
    decide(asker, joined.id, "separate", report=[moved])
    with Ledger(path) as ledger:
        assert ledger.entry(moved).id != ledger.entry(one.history[0].source.record_id).id


def test_candidates_are_found_by_words(path: Path, asker: TestClient) -> None:
    one = entries(path, kind="agreement", parties=("US", "IN"))[0]
    page = asker.get(f"/entries/{one.id}", params={"do": "join", "with": "signed Delhi"}).text
    assert "Pact &lt;script&gt;" in page
    assert "No other entry" in asker.get(f"/entries/{one.id}", params={"do": "join", "with": "zeppelin"}).text


def test_nothing_is_separated_unless_something_is_chosen(path: Path, asker: TestClient) -> None:
    answer = decide(asker, radars(path).id, "separate", by="Ann")
    assert answer.status_code == 422
    assert "Choose at least one" in said(answer.text)
    every = [one.source.record_id for one in radars(path).history]
    answer = decide(asker, radars(path).id, "separate", report=every, by="Ann")
    assert (answer.status_code, decisions(path)) == (422, [])


def test_whoever_comes_second_is_told_who_changed_what(path: Path) -> None:
    entry = radars(path)
    with client(path) as ann, client(path) as ben:
        page, action = f"/entries/{entry.id}?do=correct&field=date", f"/entries/{entry.id}/correct"
        held = fields(ben.get(page).text, action)
        send(ann, page, action, value="2025-10-30", by="Ann")
        answer = ben.post(action, data=held | {"value": "soon", "by": "Ben", "why": "as I remember"})
        assert answer.status_code == 422
        held = fields(answer.text, action) | {"value": "2025-10-29"}
        answer = ben.post(action, data=held)
        assert answer.status_code == 409, "what is sent once more was not seen anew"
        assert "Ann set its date to 2025-10-30" in said(answer.text)
        again = fields(answer.text, action)
        assert (again["value"], again["why"], again["by"]) == ("2025-10-29", "as I remember", "Ben")
        assert len(decisions(path)) == 1
        assert ben.post(action, data=again).status_code == 303, "the form that is shown again knows of it"
    assert radars(path).fields["date"] == "2025-10-29"


def test_after_a_decision_one_is_led_back(path: Path, asker: TestClient) -> None:
    assert "?next=%2Frelationships%2FUS%2FIN" in asker.get("/relationships/US/IN").text
    entry = radars(path)
    page = f"/entries/{entry.id}?do=confirm&next=%2Frelationships%2FUS%2FIN"
    told = followed(asker, send(asker, page, f"/entries/{entry.id}/confirm", by="Ann")).text
    assert 'href="/relationships/US/IN">Back' in told
    evil = f"/entries/{entry.id}?do=confirm&next=%2F%2Fevil.example"
    assert "evil.example" not in asker.get(evil).text


@pytest.mark.parametrize("action", ["/entries/{}/confirm", "/decisions/1/undo", "/review/{}", "/who", "/add"])
def test_forms_need_the_key_of_the_browser(path: Path, asker: TestClient, action: str) -> None:
    entry = radars(path)
    with client(path) as stranger:
        theirs = fields(stranger.get(f"/entries/{entry.id}?do=confirm").text, f"/entries/{entry.id}/confirm")[
            "form-key"
        ]
    asker.get("/")
    for key in (None, "", "made-up", theirs):
        data = {"by": "Eve", "answer": "confirm", "text": "words"} | ({} if key is None else {"form-key": key})
        assert asker.post(action.format(entry.id), data=data).status_code == 403
    assert decisions(path) == []


def test_what_people_type_is_never_markup(path: Path, asker: TestClient) -> None:
    entry = radars(path)
    decide(asker, entry.id, "correct", field="title", value=HARM, by=HARM, why=HARM)
    for page in (f"/entries/{entry.id}?made=1", "/decisions", "/decisions/1", "/who", "/review"):
        assert HARM not in followed(asker, asker.get(page)).text


def test_a_ledger_that_may_only_be_read_shows_no_forms(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = radars(path)
    with client(path) as asker:
        asker.app.state.desk.may_write = False  # type: ignore[attr-defined]
        for page in (f"/entries/{entry.id}?do=confirm", "/add", "/review"):
            text = followed(asker, asker.get(page)).text
            assert 'method="post"' not in text
        assert "may only be read" in asker.get(f"/entries/{entry.id}").text
        key = fields(asker.get("/who").text, "/who")["form-key"]
        answer = asker.post(f"/entries/{entry.id}/confirm", data={"form-key": key, "by": "Ann"})
        assert answer.status_code == 403
        assert "may only be read" in answer.text


def test_with_a_token_the_name_is_that_of_the_login(path: Path) -> None:
    entry = radars(path)
    with client(path, token=TOKEN) as asker:
        assert asker.post(f"/entries/{entry.id}/confirm", data={"by": "Eve"}).headers["location"].startswith("/login")
        login(asker, TOKEN, by="Ann")
        page = asker.get(f"/entries/{entry.id}?do=confirm").text
        assert "<strong>Ann</strong>" in page
        assert decide(asker, entry.id, "confirm").status_code == 303
        send(asker, "/who", "/who", by="Ben")
        assert "<strong>Ben</strong>" in asker.get(f"/entries/{entry.id}?do=reject").text
        assert send(asker, "/who", "/who", leave="yes").headers["location"] == "/login"
        assert asker.get("/").headers["location"].startswith("/login")
    assert decisions(path) == [(Action.CONFIRM, "Ann", "")]


def test_decisions_are_listed_page_by_page(path: Path, asker: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "SIZE", 2)
    assert "Nothing was decided yet" in asker.get("/decisions").text
    with Ledger(path) as ledger:
        entry = radars(path).id
        for number in range(3):
            ledger.set(entry, "title", f"Radars {number}", by="Ann")
    first, second = asker.get("/decisions").text, asker.get("/decisions?page=2").text
    assert "Radars 2" in first and "Radars 0" not in first
    assert "Radars 0" in second
    assert asker.get("/decisions/4").status_code == 404


def test_undoing_twice_is_told(path: Path, asker: TestClient) -> None:
    decide(asker, radars(path).id, "confirm", by="Ann")
    held = fields(asker.get("/decisions/1").text, "/decisions/1/undo")
    assert asker.post("/decisions/1/undo", data=held).status_code == 303
    answer = asker.post("/decisions/1/undo", data=held)
    assert answer.status_code == 409
    assert "undone already" in said(answer.text)
    with Ledger(path) as ledger, pytest.raises(UsageError):
        ledger.undo(1, by="Ann")
