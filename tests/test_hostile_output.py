"""What strangers write, shown: nothing of it moves a cursor, turns words round, is markup, or reaches the database."""

import json
import re
import sqlite3
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cli_door import Run, run
from communique.api import Ledger
from communique.model import Document, Record, record_from_json
from communique.model.printable import as_json, on_one_line, without_controls

ESCAPES = "\x1b[31m\x1b]0;owned\x07\x9b2J\x08\x7f\u202e\u2066\u200f\u200b\u2028\U000e0041"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>'\"&lt;[bold red]:warning:[/nothing]"
SHOWN = re.compile(
    "[^\n\t\x20-\x7e\xa0-\u061b\u061d-\u200a\u200c\u200d\u2010-\u2027\u202f-\u2065\u2070-\ufefe\uff00-\ufff8]"
)
TRYING = f"{ESCAPES}{MARKUP}"
LINE = "communique: Everything was read.\ncommunique: "
SENTENCE = f"India and Japan signed the Harbour {TRYING} Accord in Kobe."
PROMISE = f"Japan promised India to build {TRYING} two ships before 2026."
URLS = ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", f"https://example.org/\"onclick='a{ESCAPES}")


def _records(text: str, stage: str) -> tuple[Record, ...]:
    def evidence(sentence: str) -> list[dict[str, int]]:
        start = text.index(sentence)
        return [{"start": start, "end": start + len(sentence)}]

    signed: dict[str, Any] = {"kind": "agreement", "name": f"Harbour {TRYING} Accord", "stage": stage}
    promised: dict[str, Any] = {
        "kind": "undertaking",
        "who": ["JP"],
        "to_whom": ["IN"],
        "action": f"build {TRYING} ships",
    }
    return (
        record_from_json(signed | {"parties": ["IN", "JP"], "date": "2025-07-01", "evidence": evidence(SENTENCE)}),
        record_from_json(
            promised | {"deadline": "2026", "strength": "aspiration", "status": "open", "evidence": evidence(PROMISE)}
        ),
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents that try everything in every field, the second in two revisions, and a decision."""
    path = tmp_path_factory.mktemp("shown") / "ledger.db"
    with Ledger(path) as opened:
        for stage, url in zip(("proposed", "agreed", "signed"), URLS, strict=True):
            for more in ("", " It was revised."):
                text = f"{SENTENCE} {PROMISE} They spoke {TRYING} of {url}.{more}"
                about = {"title": f"Talks {TRYING}", "publisher": f"Press {TRYING}", "author": TRYING, "language": "en"}
                document = Document(text=text, url=url, published="2025-07-02", source=url, **about)
                opened.add(document, _records(text, stage))
    first = _ids(path)[0]
    assert run("confirm", first, "--by", f"A{TRYING}", "--why", f"B{TRYING}", "--ledger", path).code == 0
    return path


def _ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in run("export", "--ledger", path).out.splitlines()]


def _records_of(path: Path) -> list[str]:
    """The records of the agreement."""
    entries = map(json.loads, run("export", "--ledger", path).out.splitlines())
    reports = (report for entry in entries if entry["kind"] == "agreement" for report in entry["history"])
    return [report["source"]["record_id"] for report in reports]


def _commands(path: Path) -> list[list[str]]:
    ids = _ids(path)
    with Ledger(path) as opened:
        documents = [stored.id for stored in opened.documents()]
    return [
        ["brief", "India", "Japan"],
        ["timeline", "India", "Japan"],
        ["status"],
        *([["list", kind] for kind in ("agreement", "undertaking")]),
        *(["show", one] for one in ids),
        *(["show", one, "--explain"] for one in ids),
        ["search", "Harbour"],
        ["search", "revised"],
        ["actors"],
        ["log"],
        ["log", ids[0]],
        ["why", *_records_of(path)[:2]],
        ["decisions"],
        ["diff", documents[0]],
        ["problems"],
        ["skipped"],
        ["doctor"],
    ]


def test_pages_and_messages_have_no_control_characters(ledger: Path) -> None:
    told = ""
    for command in _commands(ledger):
        result = run(*command, "--ledger", ledger)
        assert result.code == 0 or command[0] == "doctor", (command, result)
        found = SHOWN.search(result.out + result.err)
        assert found is None, (command, result.out[max(0, found.start() - 60) : found.end()])
        told += result.out
    assert told.count(without_controls(MARKUP)[:20]) > 20, "markup is shown as the words it is"
    assert "[bold red]" in told and ":warning:" in told


def test_json_is_exact_and_spells_control_characters_out(ledger: Path) -> None:
    for command in _commands(ledger):
        result = run(*command, "--ledger", ledger, "--format", "json")
        if command[0] == "doctor":
            continue
        assert result.code == 0 and SHOWN.search(result.out) is None, command
        json.loads(result.out)
    (entry,) = [
        one for one in map(json.loads, run("export", "--ledger", ledger).out.splitlines()) if "agr" in one["kind"]
    ]
    assert entry["fields"]["name"] == f"Harbour {TRYING} Accord"
    assert {quote for report in entry["history"] for quote in report["source"]["quotes"]} == {SENTENCE}
    assert run("export", "--ledger", ledger, "--out", ledger.parent / "all.jsonl").code == 0
    assert (ledger.parent / "all.jsonl").read_text("utf-8") == run("export", "--ledger", ledger).out


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


@pytest.mark.parametrize("ending", ["html", "svg"])
def test_drawings_hold_no_markup_of_documents(ledger: Path, ending: str) -> None:
    path = ledger.parent / f"drawn.{ending}"
    assert run("timeline", "India", "Japan", "-o", path, "--ledger", ledger).code == 0
    drawn = path.read_text("utf-8")
    assert SHOWN.search(drawn) is None and "&lt;script&gt;" in drawn
    parser = _Links()
    parser.feed(drawn)
    assert not parser.tags & {"script", "img", "iframe", "object", "embed", "foreignobject", "form", "base", "link"}
    assert not [name for name, _ in parser.attributes if name.startswith("on")]
    links = [value or "" for name, value in parser.attributes if name in ("href", "src", "xlink:href")]
    assert links and all(link.startswith(("http://", "https://")) for link in links)
    if ending == "svg":
        etree.fromstring(drawn.encode(), etree.XMLParser(resolve_entities=False))


def test_messages_about_what_was_given_have_no_control_characters(ledger: Path, tmp_path: Path) -> None:
    name = f"a{ESCAPES}\n{LINE}[bold].txt"
    (tmp_path / name).write_bytes(b"")
    for command in (
        ["add", str(tmp_path / name)],
        ["add", str(tmp_path / f"no{name}")],
        ["extract", str(tmp_path / name)],
        ["add", f"https://{ESCAPES}/"],
        ["show", TRYING],
        ["brief", TRYING, "Japan"],
        ["diff", TRYING],
        ["list", TRYING],
        ["search", f"{TRYING} nowhere"],
        ["status", "--as-of", ESCAPES],
        ["why", TRYING, TRYING],
        ["watch", TRYING],
        [TRYING],
        ["brief", "India", "Japan", f"--{TRYING}"],
    ):
        result = run(*command, *(["--ledger", ledger] if command[0] not in ("extract", TRYING) else []))
        assert SHOWN.search(result.out + result.err) is None, command
        assert result.err.count("\n") <= 1 and "fault of communique" not in result.err, (command, result)


INJECTED = (
    "'; DROP TABLE records; --",
    '" OR 1=1 --',
    "%' OR '1'='1",
    "x\0y",
    "\\",
    '"',
    "'",
    "*",
    "NEAR(a b, 5)",
    "title:a AND b OR NOT (c",
    "^a",
    "{a b}:c",
    'a*"b',
    "-",
    "(",
    "AND",
    "\ud800",
    ":query",
    "?1",
)


@pytest.mark.parametrize("words", INJECTED)
def test_what_is_typed_changes_nothing_and_is_never_a_query(ledger: Path, words: str) -> None:
    before = _contents(ledger)
    answers: list[Run] = [
        run(*command, "--ledger", ledger)
        for command in (
            ["search", words],
            ["search", f"Harbour {words}"],
            ["show", words],
            ["brief", words, "Japan"],
            ["brief", "India", "Japan", "--since", words],
            ["timeline", "India", words],
            ["status", words],
            ["list", "agreement", "--party", words],
            ["log", words],
            ["why", words, words],
            ["diff", words],
            ["confirm", words],
            ["same", words, words],
            ["set", words, words, words],
            ["undo", words],
            ["reread", words],
        )
    ]
    assert all(answer.code in (0, 1, 2) and answer.err.count("\n") <= 1 for answer in answers)
    assert not any(
        "fault of communique" in answer.err or "SQL" in answer.err or "fts5" in answer.err for answer in answers
    )
    assert _contents(ledger) == before


def _contents(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())


def test_every_sql_text_is_made_of_constants() -> None:
    found = []
    for path in (Path(__file__).parents[1] / "src" / "communique").rglob("*.py"):
        source = path.read_text("utf-8")
        for inside in re.findall(
            r"(?:\btext|exec_driver_sql|executescript|literal_column)\(\s*f(\"{3}.*?\"{3}|\"[^\n]*\")", source, re.S
        ):
            found += [(path.name, name) for name in re.findall(r"(?<!\{)\{([^{}]+)\}", inside)]
        assert not re.search(r"\.execute\(\s*(?:f\"|\"[^\n]*\" *%)", source), path
    assert {name for _, name in found} <= {"_OPEN", "_CLOSE", "_SNIPPET_WORDS", "_MARK", "rows", "table"}, found


def test_only_one_module_of_the_commands_prints() -> None:
    folder = Path(__file__).parents[1] / "src" / "communique" / "cli"
    allowed = {"output.py", "app.py"}
    for path in folder.glob("*.py"):
        if path.name not in allowed:
            calls = re.findall(
                r"(?:typer\.echo|\bprint|Console|sys\.std(?:out|err)\.write)\((.*)", path.read_text("utf-8")
            )
            assert [
                call for call in calls if call not in ("line)", "_lines(document, records, explain), nl=False)")
            ] == [], path


@given(st.text())
def test_shown_texts_have_nothing_to_take_out_and_json_is_exact(text: str) -> None:
    shown = on_one_line(text)
    assert on_one_line(shown) == shown and "\n" not in shown
    spelt = as_json({"a": text})
    assert json.loads(spelt) == {"a": text} and without_controls(spelt) == spelt
