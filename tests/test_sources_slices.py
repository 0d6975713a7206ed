"""Large tables, JSON Lines and mailboxes: read slice by slice they give what they give as a whole."""

import csv
import io
import json
import mailbox
from email.message import EmailMessage
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli_door import run
from communique.model import Document
from communique.sources import Item, documents_of, items_of, slices
from communique.sources.streams import Buffered

WORDS = st.text(st.sampled_from("Ab \"\n,;|'\r\té\u2028"), min_size=1, max_size=80).map(lambda text: f"x{text}x")
ROWS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=30)


def as_jsonl(rows: list[tuple[str, str]]) -> bytes:
    return b"".join(json.dumps({"text": text, "title": title}).encode() + b"\n" for text, title in rows)


def as_csv(rows: list[tuple[str, str]]) -> bytes:
    table = io.StringIO(newline="")
    csv.writer(table, delimiter=";").writerows([("text", "title"), *rows])
    return table.getvalue().encode()


def as_mbox(rows: list[tuple[str, str]]) -> bytes:
    found = io.BytesIO()
    for text, _ in rows:
        message = EmailMessage()
        message["From"] = "a@example.org"
        message.set_content(text)
        letter = mailbox.mboxMessage(message)
        body = letter.as_bytes().replace(b"\nFrom ", b"\n>From ")
        found.write(b"From a@example.org Wed Jul  2 10:00:00 2025\n" + body + b"\n")
    return found.getvalue()


FORMS = {"jsonl": as_jsonl, "csv": as_csv, "mbox": as_mbox}


@pytest.mark.parametrize("kind", FORMS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, size=st.integers(1, 400))
def test_slices_give_what_the_whole_gives(
    kind: str, rows: list[tuple[str, str]], size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE", size)
    parse = import_module(f"communique.sources.parse_{kind}").parse
    whole = Item(name="table", data=FORMS[kind](rows))
    parts = list(slices.slices(whole, kind, Buffered(io.BytesIO(whole.data))))
    assert [found for part in parts for found in parse(part)] == list(parse(whole))
    assert len({part.label for part in parts}) == len(parts)


@pytest.mark.parametrize("kind", FORMS)
def test_a_large_file_is_read_in_slices(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SLICE", 70_000)
    path = tmp_path / f"many.{kind}"
    path.write_bytes(FORMS[kind]([(f"They met {number} times. " * 250, "Talks") for number in range(40)]))
    items = list(items_of(str(path)))
    assert len(items) > 2
    assert all(isinstance(item, Item) and len(item.data) < 80_000 for item in items)
    found = [one for item in items if isinstance(item, Item) for one in documents_of(item)]
    sources = [one.source for one in found if isinstance(one, Document)]
    assert len(set(sources)) == 40
    word, first = {"jsonl": ("line", 1), "csv": ("row", 2), "mbox": ("message", 1)}[kind]
    assert sources[-1] == f"{path}#{word} {first + 39}"


def test_a_row_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SLICE", 1000)
    monkeypatch.setattr(slices, "SIZE_LIMIT", 100_000)
    path = tmp_path / "many.csv"
    path.write_bytes(b"text,title\n" + b"They met.,Talks\n" * 5000 + b'"' + b"They met.\n" * 20_000)
    *_, last = items_of(str(path))
    assert getattr(last, "reason", "").endswith("the limit for one document: split it.")


def test_a_changed_row_is_read_and_the_rest_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SLICE", 70_000)
    monkeypatch.chdir(tmp_path)
    rows = [(f"It rained {number} times. " * 250, f"Rain {number}") for number in range(40)]
    Path("many.jsonl").write_bytes(as_jsonl(rows))
    assert json.loads(run("add", "many.jsonl", "--format", "json").out)["passed_over"] == 40
    assert json.loads(run("add", "many.jsonl", "--format", "json").out)["passed_over"] == 40
    rows[30] = (" ", "Rain 30")
    Path("many.jsonl").write_bytes(as_jsonl(rows))
    assert json.loads(run("add", "many.jsonl", "--format", "json").out)["passed_over"] == 39
    assert len(json.loads(run("skipped", "--format", "json").out)) == 39
