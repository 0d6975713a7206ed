"""``add``, ``extract`` and ``doctor``: documents in, whatever they are; the reader is a stand-in of one rule."""

import json
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from at_work import AtWork
from cli_door import make_ledger, run
from communique import extraction, intake
from communique.model import Agreement, AgreementStage, Document, ModelError, Record, Span
from communique.reader import network

SIGNED = "India and Japan signed the Harbour Accord in Kobe."
TEXT = f"{SIGNED} It rained."


def _extract(document: Document, *, ungated: bool) -> tuple[Record, ...]:
    """One agreement for each time the stand-in's only sentence occurs."""
    found, start = [], document.text.find(SIGNED)
    while start >= 0:
        found.append(
            Agreement(
                name="Harbour Accord",
                stage=AgreementStage.SIGNED,
                parties=("IN", "JP"),
                evidence=(Span(start, start + len(SIGNED)),),
            )
        )
        start = document.text.find(SIGNED, start + 1)
    return tuple(found)


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "extract", _extract)
    monkeypatch.setattr(intake, "Crew", AtWork)
    monkeypatch.setattr(network, "check_weights", lambda: {"version": "1", "files": {"encoder.onnx": "0"}})
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("COMMUNIQUE_LEDGER", raising=False)
    monkeypatch.chdir(tmp_path)


def _file(name: str, text: str = TEXT) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def test_documents_are_new_once_then_known_then_revised() -> None:
    _file("a.txt")
    summaries = [run("add", "a.txt").out, run("add", "a.txt").out]
    _file("a.txt", f"{TEXT} The rain stopped.")
    summaries.append(run("add", "a.txt").out)
    assert summaries == [
        "1 document: 1 new. 1 record went into ledger.db.\n",
        "1 document: 1 known already. 0 records went into ledger.db.\n",
        "1 document: 1 revised. 1 record went into ledger.db.\n",
    ]


def test_a_folder_stands_for_its_documents_and_a_pipe_for_one() -> None:
    _file("papers/one.txt")
    _file("papers/more/two.md")
    _file("papers/picture.bin", "\0")
    assert run("add", "papers", "--ledger", "x.db").out.startswith("2 documents: 2 new.")
    piped = run("add", "-", "--title", "From a pipe", "--ledger", "x.db", stdin=f"{TEXT} Bye.".encode())
    assert piped.out == "1 document: 1 new. 1 record went into x.db.\n"


def test_one_bad_document_never_stops_the_rest() -> None:
    _file("good.txt")
    _file("empty.txt", "")
    Path("binary.txt").write_bytes(bytes(range(256)) * 8)
    Path("hollow").mkdir()
    result = run("add", "missing.txt", "empty.txt", "binary.txt", "hollow", "good.txt")
    assert result.code == 1
    lines = result.out.splitlines()
    assert lines[0] == "5 documents: 1 new, 4 failed. 1 record went into ledger.db."
    for name, line in zip(("missing.txt", "hollow", "empty.txt", "binary.txt"), lines[1:], strict=True):
        assert line.startswith("  ") and name in line and line.endswith(".")
    assert json.loads(run("list", "agreement", "--format", "json").out)[0]["title"] == "Harbour Accord"


def test_adding_as_json() -> None:
    _file("good.txt")
    result = run("add", "good.txt", "missing.txt", "--format", "json")
    data = json.loads(result.out)
    assert result.code == 1
    assert list(data) == ["added", "passed_over", "failed"]
    (added,), (failed,) = data["added"], data["failed"]
    assert (added["path"], added["outcome"], added["records"]) == ("good.txt", "new", 1)
    assert list(added) == ["path", "outcome", "document_id", "records"]
    assert failed["path"] == "missing.txt"
    assert list(failed) == ["path", "reason"]


BAD = [
    ("missing.txt", None, 2),
    ("folder.d", "folder", 2),
    ("empty.txt", b"", 1),
    ("blank.txt", b" \n\t ", 1),
    ("binary.txt", bytes(range(256)) * 8, 1),
    ("broken.txt", b"India \xff\xfe\xfa\x80 signed \x81\x82\x83", None),
]


@pytest.mark.parametrize("command", ["add", "extract"])
@pytest.mark.parametrize(("name", "content", "code"), BAD)
def test_a_bad_document_is_one_sentence_and_no_ledger(
    command: str, name: str, content: bytes | str | None, code: int | None
) -> None:
    if content == "folder":
        Path(name).mkdir()
    elif isinstance(content, bytes):
        Path(name).write_bytes(content)
    result = run(command, name)
    if code is None and result.code == 0:
        return  # bytes that can still be read as letters of another encoding
    assert result.code == (code or 1)
    assert result.out == ""
    assert result.err.startswith("communique: ")
    assert result.err.count("\n") == 1
    assert not Path("ledger.db").exists()


def test_a_text_too_large_is_refused() -> None:
    Path("huge.txt").write_bytes(b"India and Japan met. " * 2_500_000)
    result = run("add", "huge.txt")
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert not Path("ledger.db").exists()


TOMORROW = (date.today() + timedelta(days=2)).isoformat()
DATES = ["2025-02-30", "soon", "2025-13", "31.10.2025", "", TOMORROW, "2025-1-1", "٢٠٢٥"]


@pytest.mark.parametrize("command", ["add", "extract"])
@pytest.mark.parametrize("published", DATES)
def test_an_impossible_day_of_publication_is_a_wrong_request(command: str, published: str) -> None:
    result = run(command, _file("a.txt"), "--published", published)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("communique: --published ")
    assert result.err.count("\n") == 1
    assert not Path("ledger.db").exists()


def test_what_the_user_says_of_a_document_is_what_the_ledger_shows() -> None:
    given = ("--published", "2025-08-05", "--publisher", "Port of Kobe", "--url", "https://example.org/kobe")
    run("add", _file("a.txt"), *given, "--title", "The accord")
    (entry,) = json.loads(run("list", "agreement", "--format", "json").out)
    source = entry["history"][0]["source"]
    assert [source[name] for name in ("published", "publisher", "url", "title")] == [
        "2025-08-05", "Port of Kobe", "https://example.org/kobe", "The accord",
    ]  # fmt: skip


def test_json_lines_are_the_records_exactly() -> None:
    result = run("extract", _file("a.txt", f"It rained. {SIGNED}"), "--format", "jsonl")
    assert (result.code, result.err) == (0, "")
    assert result.out == (
        '{"kind": "agreement", "name": "Harbour Accord", "stage": "signed", "parties": ["IN", "JP"], "date": null, '
        '"evidence": [{"start": 11, "end": 61}]}\n'
    )


def test_a_json_document_is_read_as_it_is() -> None:
    path = _file("a.json", json.dumps({"text": f"  \n{TEXT}", "title": "Accord", "published": "2025-08-05"}))
    (line,) = run("extract", path, "--format", "jsonl").out.splitlines()
    assert json.loads(line)["evidence"] == [{"start": 3, "end": 53}]


def test_readings_as_one_json_value() -> None:
    _file("b.txt", "It rained.")
    data = json.loads(run("extract", _file("a.txt"), "b.txt", "--format", "json").out)
    assert [list(each) for each in data] == [["path", "title", "publisher", "published", "url", "records"]] * 2
    assert [len(each["records"]) for each in data] == [1, 0]


def test_readings_as_a_page() -> None:
    out = run("extract", "-", "--title", "Accord", "--publisher", "Port of Kobe", stdin=TEXT.encode()).out
    assert out.startswith("Accord\nPort of Kobe\n\nAgreements\n")
    assert f"“{SIGNED}”" in " ".join(out.split())


def test_records_are_written_beside_each_other_and_the_same_each_time() -> None:
    _file("in/a.txt")
    _file("in/b.txt", "It rained.")
    for _ in range(2):
        assert run("extract", "in/a.txt", "in/b.txt", "--out-dir", "out/deep") == (0, "", "")
        assert sorted(p.name for p in Path("out/deep").iterdir()) == ["a.jsonl", "b.jsonl"]
        assert Path("out/deep/a.jsonl").read_bytes() == run("extract", "in/a.txt", "--format", "jsonl").out.encode()
        assert Path("out/deep/b.jsonl").read_bytes() == b""


def test_bad_inputs_do_not_stop_the_others_from_being_written() -> None:
    _file("a.txt")
    result = run("extract", "missing.txt", "a.txt", "--out-dir", "out")
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert [p.name for p in Path("out").iterdir()] == ["a.jsonl"]


def test_two_inputs_never_share_an_output() -> None:
    result = run("extract", _file("x/a.txt"), _file("y/a.md"), "--out-dir", "out")
    assert (result.code, result.out) == (2, "")
    assert "a.jsonl" in result.err
    assert not Path("out").exists()


def test_a_folder_that_cannot_be_written_to_is_named() -> None:
    Path("taken").write_text("a file where a folder is meant")
    result = run("extract", _file("a.txt"), "--out-dir", "taken")
    assert result.code == 2
    assert result.err.startswith("communique: Can't write into taken (")


@pytest.mark.parametrize("ledger", ["folder", "a.txt", "folder/none/x.db", "/proc/x.db"])
def test_a_place_where_no_ledger_can_be_is_named(ledger: str) -> None:
    Path("folder").mkdir()
    result = run("add", _file("a.txt"), "--ledger", ledger)
    assert result.code in (1, 2)
    assert result.out == ""
    assert result.err.startswith("communique: ")
    assert ledger.rpartition("/")[0] in result.err
    assert result.err.count("\n") == 1
    assert Path("a.txt").read_text() == TEXT
    assert list(Path("folder").iterdir()) == []


def test_missing_weights_leave_no_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(document: Document, *, ungated: bool) -> tuple[Record, ...]:
        raise ModelError("The reader's weights are missing: install communique again.")

    monkeypatch.setattr(extraction, "extract", missing)
    result = run("add", _file("a.txt"))
    assert result == (1, "", "communique: The reader's weights are missing: install communique again.\n")
    assert not Path("ledger.db").exists()


def test_the_doctor_finds_everything_well() -> None:
    make_ledger(Path("ledger.db"))
    result = run("doctor")
    assert result.code == 0
    assert "version 1, 1 files, every digest right" in result.out
    assert "4 documents, 18 records, " in result.out
    assert "WRONG" not in result.out


def test_the_doctor_without_a_ledger_says_how_to_make_one() -> None:
    result = run("doctor", "--format", "json")
    data = json.loads(result.out)
    assert (result.code, data["ok"]) == (0, True)
    assert [list(check) for check in data["checks"]] == [["name", "ok", "detail"]] * len(data["checks"])
    assert "communique add" in data["checks"][-1]["detail"]


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"\7" * 4000])
def test_the_doctor_names_a_damaged_ledger(content: bytes) -> None:
    Path("ledger.db").write_bytes(content)
    result = run("doctor")
    assert result.code == 1
    assert "WRONG  ledger" in result.out
    assert Path("ledger.db").read_bytes() == content


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    make_ledger(Path("ledger.db"))
    command = f"{sys.executable} -m communique.cli list engagement | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_an_interruption_is_said_and_keeps_what_was_added() -> None:
    code = (
        "import os, signal, communique.cli.adding as adding\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell has background jobs ignore it
        "adding._names = lambda paths: os.kill(os.getpid(), signal.SIGINT)\n"
        "from communique.cli import main; main(['add', 'a.txt'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 128 + signal.SIGINT
    assert done.stderr.startswith("communique: Interrupted: documents that were added stay in the ledger")
    assert done.stderr.count("\n") == 1


def test_a_fault_of_our_own_is_one_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.sources.discover", lambda paths: 1 / 0)
    result = run("add", "a.txt")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("communique: This is a fault of communique (ZeroDivisionError: ")


@pytest.mark.parametrize("arguments", [("add",), ("extract",), ("add", "a.txt", "--publishd", "2025")])
def test_wrong_requests_are_one_sentence(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("communique: ")
    assert result.err.count("\n") == 1


def test_a_document_without_a_name_is_this_document() -> None:
    assert "(this document)" in " ".join(run("extract", "-", stdin=TEXT.encode()).out.split())
