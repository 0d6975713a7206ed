"""``add`` in bulk: what breaks is listed and stops nothing, what is done is not done again, nothing is lost."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import stand_in_reader
from at_work import AtWork
from cli_door import Run, run
from communique import Ledger, intake
from small_web import SmallWeb, serving
from stand_in_reader import SIGNED, WALL_SECONDS

FRENCH = "Les deux ministres se sont rencontrés hier à Paris pour parler de la coopération entre leurs pays."
PROGRAM = (
    "import signal, sys, stand_in_reader; stand_in_reader.stand_in(); "
    "signal.signal(signal.SIGINT, signal.default_int_handler); "  # a shell has background jobs ignore it
    "from communique.cli import main; main(sys.argv[1:])"
)


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, replacement in stand_in_reader.replacements().items():
        monkeypatch.setattr(intake, name, replacement)
    monkeypatch.setattr(intake, "Crew", AtWork)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("COMMUNIQUE_LEDGER", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads in processes apart, as the program does; elsewhere their start is saved."""
    monkeypatch.setattr(intake, "Crew", stand_in_reader.replacements()["Crew"])


def write(name: str, text: str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def asked(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--format", "json").out)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the items that are parsed from now on."""
    names: list[str] = []
    parse = intake.Call

    def noted(function: Callable[[Any], Any], argument: Any) -> intake.Call[Any]:
        if isinstance(argument, intake.Given):
            names.append(argument.item.name)
        return parse(function, argument)

    monkeypatch.setattr(intake, "Call", noted)
    yield names


def test_what_breaks_is_listed_with_its_reason_and_stops_nothing(apart: None) -> None:
    for name, text in (("a", "One."), ("b", "DIE now."), ("c", "HANG on."), ("d", "EAT it."), ("e", "Two.")):
        write(f"in/{name}.txt", f"{SIGNED} {text}")
    write("in/f.txt", "")
    started = time.monotonic()
    result = run("add", "in")
    assert time.monotonic() - started < 30 * WALL_SECONDS
    assert result.code == 1
    assert result.out.splitlines()[0] == "6 documents: 2 new, 4 failed. 2 records went into ledger.db."
    reasons = {problem["name"]: problem["reason"] for problem in asked("problems")}
    assert list(reasons) == ["in/b.txt", "in/c.txt", "in/d.txt", "in/f.txt"]
    assert all(reason.startswith(name) and reason.endswith(".") for name, reason in reasons.items())
    assert "SIGKILL" in reasons["in/b.txt"]
    assert "longer than 8 seconds" in reasons["in/c.txt"]
    assert "memory" in reasons["in/d.txt"]
    assert "is empty" in reasons["in/f.txt"]
    assert run("problems").out.splitlines()[0] == "4 could not be read; to try again: communique problems --retry"
    assert "4 could not be read" in run("doctor").out
    with Ledger("ledger.db") as ledger:
        assert ledger.check() == []


def test_what_was_done_is_not_done_again(parsed: list[str]) -> None:
    for number in range(5):
        write(f"in/{number}.txt", f"{SIGNED} It was number {number}.")
    write("in/5.txt", " ")
    assert run("add", "in").code == 1
    assert len(parsed) == 6
    parsed.clear()
    again = run("add", "in")
    assert (again.code, parsed) == (1, [])
    assert again.out.splitlines()[0] == "6 documents: 5 known already, 1 failed. 0 records went into ledger.db."
    assert "blank space" in again.out
    write("in/3.txt", f"{SIGNED} It was number three.")
    assert run("add", "in").out.startswith("6 documents: 1 revised, 4 known already, 1 failed.")
    assert parsed == ["in/3.txt"]
    run("add", "in", "--publisher", "Ministry")
    assert len(parsed) == 7, "with other data of origin it is another document to read"


def test_what_failed_can_be_tried_again(parsed: list[str]) -> None:
    write("in/good.txt", SIGNED)
    write("in/bad.txt", " ")
    write("in/gone.txt", " ")
    run("add", "in", "--publisher", "Ministry")
    parsed.clear()
    still = run("problems", "--retry")
    assert (still.code, parsed) == (1, ["in/bad.txt", "in/gone.txt"])
    write("in/bad.txt", f"{SIGNED} It was mended.")
    Path("in/gone.txt").unlink()
    result = asked("problems", "--retry")
    assert [added["outcome"] for added in result["added"]] == ["new"]
    assert [failed["path"] for failed in result["failed"]] == ["in/gone.txt"]
    with Ledger("ledger.db") as ledger:
        assert {stored.document.publisher for stored in ledger.documents()} == {"Ministry"}
    write("in/gone.txt", f"{SIGNED} It came back.")
    assert run("problems", "--retry").code == 0
    assert asked("problems") == []
    empty = run("problems")
    assert (empty.code, empty.out) == (0, "")
    assert empty.err == "communique: Everything that was given to ledger.db could be read.\n"
    assert run("problems", "--retry").code == 0


def test_a_private_address_can_be_tried_again_with_leave() -> None:
    web = SmallWeb()
    web.page("/signed", f"<html><body><article><p>{SIGNED}</p></article></body></html>")
    with serving(web):
        run("add", write("good.txt", f"{SIGNED} It was good."), web.at("/signed"))
        (problem,) = asked("problems")
        assert "--allow-private" in problem["reason"]
        assert run("problems", "--retry").code == 1
        assert run("problems", "--retry", "--allow-private").code == 0
    assert asked("problems") == []


def test_what_is_not_english_is_kept_and_not_read() -> None:
    write("in/fr.txt", FRENCH)
    write("in/en.txt", SIGNED)
    result = run("add", "in")
    assert result.code == 0
    assert result.out.splitlines() == [
        "2 documents: 1 new, 1 not in English. 1 record went into ledger.db.",
        "What was not read, and why: communique skipped",
    ]
    (skipped,) = asked("skipped")
    assert (skipped["name"], skipped["outcome"]) == ("in/fr.txt", "unread")
    assert "French" in skipped["reason"] or "(fr)" in skipped["reason"]
    with Ledger("ledger.db") as ledger:
        assert ledger.document(skipped["document_id"]).document.text == FRENCH
        assert ledger.counts()["unread"] == 1
        assert ledger.check() == []
    assert "1 not in English" in run("doctor").out
    again = run("add", "in")
    assert again.out.startswith("2 documents: 1 known already, 1 not in English.")
    assert run("extract", "in/fr.txt").err.count("another language") == 1


def test_what_the_gate_passes_over_is_listed_and_can_be_forced_in(parsed: list[str]) -> None:
    write("in/cook.txt", "How to cook rice.")
    write("in/en.txt", SIGNED)
    assert run("add", "in").out.startswith("2 documents: 1 new, 1 passed over.")
    (skipped,) = asked("skipped")
    assert (skipped["name"], skipped["outcome"], skipped["document_id"]) == ("in/cook.txt", "passed over", None)
    assert run("skipped").out.splitlines()[0].startswith("1 passed over")
    parsed.clear()
    assert run("add", "in").out.startswith("2 documents: 1 known already, 1 passed over.")
    assert parsed == []
    assert run("add", "in", "--ungated").out.startswith("2 documents: 1 new, 1 known already.")
    assert asked("skipped") == []
    assert run("skipped").err == "communique: Everything that was given to ledger.db was read.\n"


def test_a_page_that_is_in_the_ledger_is_read_again_whatever_the_gate_says() -> None:
    write("a.txt", SIGNED)
    run("add", "a.txt")
    write("a.txt", "How to cook rice.")
    assert run("add", "a.txt").out == "1 document: 1 revised. 0 records went into ledger.db.\n"


def test_members_of_an_archive_are_documents_of_their_own(parsed: list[str]) -> None:
    with zipfile.ZipFile("news.zip", "w") as archive:
        for number in range(4):
            archive.writestr(f"day/{number}.txt", f"{SIGNED} It was number {number}.")
        archive.writestr("day/empty.txt", "  ")
    result = run("add", "news.zip")
    assert result.out.splitlines()[0] == "5 documents: 4 new, 1 failed. 4 records went into ledger.db."
    (problem,) = asked("problems")
    assert (problem["name"], problem["origin"]) == ("news.zip!day/empty.txt", "news.zip")
    parsed.clear()
    assert run("add", "news.zip").out.startswith("5 documents: 4 known already, 1 failed.")
    assert parsed == []
    run("problems", "--retry")
    assert parsed == ["news.zip!day/empty.txt"]


def test_parts_of_a_file_are_taken_one_by_one(apart: None, parsed: list[str]) -> None:
    def table(*texts: str) -> str:
        rows = (json.dumps({"id": number, "text": text}) for number, text in enumerate(texts))
        return write("all.jsonl", "\n".join(rows) + "\n")

    table(f"{SIGNED} One.", "How to cook rice.", f"{SIGNED} Three.", "DIE at once.")
    assert run("add", "all.jsonl").out.startswith("4 documents: 2 new, 1 passed over, 1 failed.")
    assert [one["name"].partition("#")[0] for one in asked("skipped") + asked("problems")] == ["all.jsonl"] * 2
    parsed.clear()
    assert run("add", "all.jsonl").out.startswith("4 documents: 2 known already, 1 passed over, 1 failed.")
    assert parsed == []
    table(f"{SIGNED} One.", f"{SIGNED} Two.")
    assert run("add", "all.jsonl").out.startswith("2 documents: 1 new, 1 known already.")
    assert asked("skipped") == asked("problems") == []


def test_nothing_but_failures_leaves_no_ledger() -> None:
    write("in/a.txt", " ")
    write("in/b.txt", "")
    assert run("add", "in").code == 1
    assert list(Path().glob("ledger.db*")) == []


def start(*arguments: str) -> "subprocess.Popen[bytes]":
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


def exported(path: str) -> Run:
    return run("export", "--ledger", path)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_a_batch_that_is_cut_off_goes_on_where_it_was(sign: signal.Signals, parsed: list[str]) -> None:
    for number in range(8):
        write(f"in/{number}.txt", f"{SIGNED} It was number {number}.")
    run("add", "in", "--ledger", "whole.db")
    hanging = write("in/4.txt", f"{SIGNED} HANG.")
    process = start("add", "in", "--ledger", "cut.db")
    wait_for(lambda: Path("cut.db").exists() and done_in("cut.db") >= 4)
    process.send_signal(sign)
    started = time.monotonic()
    _, told = process.communicate()
    assert time.monotonic() - started < 10
    if sign is signal.SIGINT:
        assert process.returncode == 130
        assert told.decode().startswith("communique: Interrupted: documents that were added stay in the ledger")
        assert told.count(b"\n") == 1
    write(hanging, f"{SIGNED} It was number 4.")
    parsed.clear()
    assert run("add", "in", "--ledger", "cut.db").out.startswith("8 documents: 4 new, 4 known already.")
    assert len(parsed) == 4
    assert exported("cut.db") == exported("whole.db")
    with Ledger("cut.db") as ledger:
        assert ledger.check() == []


def done_in(path: str) -> int:
    with sqlite3.connect(path) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM intake").fetchone()[0])
        except sqlite3.OperationalError:
            return 0  # its tables are still to come
