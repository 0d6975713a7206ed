"""The queue of doubtful cases: one at a time, answered, taken back, walked through, until none is left."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient
from tests.web_forms import fields, followed, form, said, send
from tests.web_samples import client, make_ledger

from communique.api import Ledger
from communique.api.pages import review_cases
from communique.model import Action
from communique.web import queue
from ledger_samples import ALL, sample, told

UNSURE = sample(
    "2025-12-20",
    ("Officials may meet again in Delhi.", [told("engagement", parties=("US", "IN"), place="Delhi", confidence=0.3)]),
    ("A paper on exercises was mentioned.", [told("agreement", name="paper on exercises", confidence=0.4)]),
    source="unsure.txt",
)
RADARS = [
    sample(
        published,
        (
            f"Japan and the Philippines signed the Coastal Radar Agreement on {day} November.",
            [told("agreement", name="Coastal Radar Agreement", parties=("JP", "PH"), date=f"2023-11-0{day}")],
        ),
        source=f"radars-{day}.txt",
    )
    for day, published in ((3, "2023-11-05"), (6, "2023-11-07"))
]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Doubtful pairs, a day on which sources contradict each other, and entries that are likelier wrong than right."""
    weighing = import_module("communique.resolve.why")  # the package has a function of that name
    monkeypatch.setattr(weighing, "DOUBTFUL", 5.0)  # so that there are pairs, whatever the weights are
    monkeypatch.setattr(queue, "QUICK", 60.0)  # so that the queue is in order after each answer, however slowly
    found = tmp_path / "ledger.db"
    with Ledger(found) as ledger:
        for document, records in (*ALL, *RADARS, UNSURE):
            ledger.add(document, records)
    return found


@pytest.fixture
def asker(path: Path) -> Iterator[TestClient]:
    with client(path) as found:
        yield found


def cases(path: Path) -> dict[str, int]:
    """How many cases of each sort wait."""
    with Ledger(path) as ledger:
        found = review_cases(ledger)
    return {
        "pairs": sum(bool(one.records) for one in found),
        "disputes": sum(one.dispute is not None for one in found),
        "doubtful": sum(not one.records and one.dispute is None for one in found),
    }


def keys(asker: TestClient) -> list[str]:
    """The addresses of all cases, by going from each to the next."""
    at = asker.get("/review").headers["location"]
    found = [at]
    while following := lxml.html.fromstring(asker.get(at).text).xpath("//a[@rel='next']/@href"):
        at = following[0]
        found.append(at)
    return found


def answer(asker: TestClient, page: str, given: str, **typed: Any) -> Any:
    return send(asker, page, page.partition("?")[0], answer=given, **typed)


def made(path: Path) -> list[tuple[Action, str, str]]:
    with Ledger(path) as ledger:
        return [(one.decision.action, one.decision.by, one.decision.why) for one in ledger.decisions()]


def test_each_case_has_an_address_and_its_sentences(path: Path, asker: TestClient) -> None:
    found = keys(asker)
    assert len(found) == len(set(found)) == sum(cases(path).values())
    assert all(number for number in cases(path).values()), "the sample has cases of all sorts"
    for page in found:
        text = asker.get(page).text
        assert f"number {found.index(page) + 1}." in text
        assert "<blockquote>" in text
    assert f"{len(found)} cases wait" in asker.get(found[0]).text


def test_a_pair_is_answered_and_the_next_case_follows(path: Path, asker: TestClient) -> None:
    first, second = keys(asker)[:2]
    page = asker.get(first).text
    assert page.count('class="side"') == 2
    assert "together" in page, "what speaks for and against is shown"
    reply = answer(asker, first, "same", by="Ann", why="one and the same")
    assert reply.headers["location"] == f"{second}?made=1"
    assert made(path) == [(Action.SAME, "Ann", "one and the same")]
    assert first not in keys(asker)
    answer(asker, keys(asker)[0], "different")
    assert made(path)[1:] == [(Action.DIFFERENT, "Ann", "review")]


def test_a_disputed_value_is_chosen(path: Path, asker: TestClient) -> None:
    (page,) = (one for one in keys(asker) if one.startswith("/review/A-") and "~" in one)
    text = asker.get(page).text
    assert "Which " in text and "2023-11-03<" in text and "2023-11-06<" in text
    before = cases(path)["disputes"]
    reply = answer(asker, page, "2" if 'value="2"' in text else "confirm", by="Ann")
    assert reply.status_code == 303
    assert cases(path)["disputes"] == before - 1


def test_a_doubtful_entry_is_right_or_wrong(path: Path, asker: TestClient) -> None:
    doubtful = [one for one in keys(asker) if "~" not in one]
    answer(asker, doubtful[0], "confirm", by="Ann")
    answer(asker, doubtful[1], "reject")
    assert [action for action, _, _ in made(path)] == [Action.CONFIRM, Action.REJECT]
    assert cases(path)["doubtful"] == len(doubtful) - 2


def test_answers_are_taken_back_one_after_the_other(path: Path, asker: TestClient) -> None:
    before = keys(asker)
    first = followed(asker, answer(asker, before[0], "different", by="Ann"))
    at = first.url.path
    second = answer(asker, f"{at}?made=1", "different" if at.startswith("/review/R-") else "confirm")
    landed = second.headers["location"]
    assert "made=1&made=2" in landed
    undone = send(asker, landed, f"{landed.partition('?')[0]}/undo")
    assert undone.headers["location"] == f"{at}?made=1", "back to the case that it answered"
    undone = send(asker, undone.headers["location"], f"{at}/undo")
    assert undone.headers["location"] == before[0]
    assert keys(asker) == before
    assert [action for action, _, _ in made(path)[2:]] == [Action.UNDO, Action.UNDO]


def test_going_back_and_forth_keeps_what_can_be_undone(asker: TestClient) -> None:
    page = followed(asker, answer(asker, keys(asker)[0], "different", by="Ann")).text
    following = lxml.html.fromstring(page).xpath("//a[@rel='next']/@href")[0]
    assert following.endswith("?made=1")
    assert form(asker.get(following).text, f"{following.partition('?')[0]}/undo") is not None


def test_no_name_no_answer(path: Path, asker: TestClient) -> None:
    page = keys(asker)[0]
    reply = answer(asker, page, "same", by=" ")
    assert reply.status_code == 422
    assert "Give the name" in said(reply.text)
    for nonsense in ("", "9", "confirm"):
        reply = answer(asker, page, nonsense, by="Ann")
        assert reply.status_code == 422
        assert "no answer to this question" in said(reply.text)
    assert made(path) == []


def test_a_case_that_somebody_changed_meanwhile_is_asked_again(path: Path, asker: TestClient) -> None:
    page = keys(asker)[0]
    held = fields(asker.get(page).text, page)
    with Ledger(path) as ledger:
        one = page.rpartition("/")[2].partition("~")[0]
        ledger.set(ledger.entry(one).id, "title", "Another title", by="Ben")
    reply = asker.post(page, data=held | {"answer": "same", "by": "Ann"})
    assert reply.status_code == 409
    assert "Ben set its title to Another title" in said(reply.text)
    again = fields(reply.text, page)
    assert asker.post(page, data=again | {"answer": "same", "by": "Ann"}).status_code == 303


def test_what_is_settled_or_never_was_is_told(path: Path, asker: TestClient) -> None:
    page = next(one for one in keys(asker) if "~" not in one)
    reply = answer(asker, page, "reject", by="Ann")
    assert reply.status_code == 303
    settled = asker.get(page)
    assert settled.status_code == 404
    assert "Nothing is left to decide here" in settled.text
    for unknown in ("R-0000~R-0001", "A-0000000000", "A-0000000000~date", "~", "' OR 1=1"):
        assert asker.get(f"/review/{unknown}").status_code == 404


@pytest.mark.parametrize("quick", [0.0, 60.0])
def test_the_last_answer_ends_the_queue(
    path: Path, asker: TestClient, monkeypatch: pytest.MonkeyPatch, quick: float
) -> None:
    """Whether the queue is put in order anew after each answer, or answers are only taken out of it."""
    monkeypatch.setattr(queue, "QUICK", quick)
    for _ in range(100):
        reply = asker.get("/review")
        while reply.status_code == 303:
            page = reply.headers["location"]
            reply = asker.get(page)
        if "Nothing is doubtful" in reply.text:
            break
        answer(asker, page, "different" if page.startswith("/review/R-") else "confirm", by="Ann")
    assert "Nothing is doubtful" in asker.get("/review").text
    assert cases(path) == {"pairs": 0, "disputes": 0, "doubtful": 0}
    assert "Nothing is doubtful" in asker.get("/").text


def test_an_empty_ledger_has_an_empty_queue(tmp_path: Path) -> None:
    with client(make_ledger(tmp_path / "empty.db", empty=True)) as asker:
        reply = asker.get("/review")
    assert reply.status_code == 200
    assert "Nothing is doubtful" in reply.text


def test_the_words_of_documents_are_never_markup_in_a_case(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    harm = "<img src=x onerror=alert(1)>"
    document, records = sample(
        "2025-01-01", (f"{harm} met {harm}.", [told("engagement", parties=(harm, "IN"), place=harm, confidence=0.2)])
    )
    with Ledger(path) as ledger:
        ledger.add(replace(document, title=harm, publisher=harm), records)
    with client(path) as asker:
        text = followed(asker, asker.get("/review")).text
    assert "Is this right?" in text
    assert harm not in text
