"""A corpus of awkward inputs through ``communique add``: a document or one reason each, and nothing else changes."""

import json
import os
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import small_web
import stand_in_reader
from at_work import AtWork
from cli_door import Run, make_ledger, run
from communique import Ledger, intake
from communique.sources import web
from hostile_files import PACKED
from hostile_inputs import awkward
from hostile_texts import PARAGRAPH, SIGNED, WHOLE, page
from small_web import SmallWeb

CPU_SECONDS = 12
"""Processor time for one input in these tests; what the product itself allows is in communique.intake."""
SENTENCE = re.compile(r"[^\x00-\x1f\x7f-\x9f]{10,1500}\.")
PRIVATE = ("root:x:", "/bin/bash")
"""What would stand in a document that was made to read this machine's list of users."""

REFUSED = {
    r"^damaged-empty\.(?!.*(zip|tar|gz|bz2|xz|zst|warc|wacz))": "is empty",
    r"texts-(blank|mark-alone)": "holds no text|is empty",
    r"texts-(zeros|noise)": "not text|zero byte|UTF-8",
    r"texts-huge|pages-huge|archives-bomb\.(gz|txt|warc)": "is larger than 20 MB",
    r"texts-(picture|program|old-word|database)": "not read|not text",
    r"pages-deep": "nests its elements too deeply",
    r"pages-attributes": "more than 10,000 attributes",
    r"pages-script": "without its scripts",
    r"portable-password": "locked by a password",
    r"portable-scan": "without any text",
    r"portable-forms-in-a-ring": "ended the process|took longer|without any text|memory",
    r"office-(laughs|outside|part-of-zeros|body-of-blanks)": "document type|can be read|60 MB",
    r"office-groups-(?!shut)": "nested too deeply",
    r"mail-(one-boundary|messages-in)": "parts|messages within messages",
    r"tables-depth(-of-objects)?\.json$": "is not JSON that can be read",
    r"archives-nested\.zip|archives-layers": "in more than 6 archives",
    r"archives-password": "is encrypted",
    r"archives-(length|headers|sizes)": "damaged or cut off",
}
"""Names to what their only outcome, a reason, has to say."""
READ = re.compile(
    r"misnamed-(?!.*is-(txt|md|html|csv|eml|rss|json))|"
    r"texts-(utf16-marked|escapes|turned|private|stacked|line-of|word-of|quotes|title|alias|laughs|python|brackets)|"
    r"pages-(tags|laughs|outside|zeros-|escapes|charset|running|base|data|date|plaintext)|"
    r"portable-(by-hand|script|deep-array|escapes)|office-(macros|field|grid|spaces|binary|object|escapes\.rtf)|"
    r"mail-(long|many|charset|codec|words|escapes|date|addresses|parameters|attached|quoted)|"
    r"tables-(one-column|columns|same|formulas|escapes|wrong|surrogates|depth-within|laughs|outside|running|date\.rss)|"
    r"archives-(bomb\.zip|nested-a|traversal|names|members|same|link|symlink|pipe|device|streams|name|pages)"
)
"""What has to be read, records and all, however it tries."""


class Readers(intake.apart.Crew):
    """Readers in processes of their own; what unpacks does so here, which saves the start of 150 interpreters."""

    def each(self, call: intake.Call[Any]) -> Iterator[Any]:
        yield from call.function(call.argument)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder to work in, with a ledger of documents that must stay as they are."""
    with pytest.MonkeyPatch.context() as patch:
        for name, replacement in stand_in_reader.replacements().items():
            patch.setattr(intake, name, replacement)
        patch.setattr(intake, "Crew", lambda *_: Readers(stand_in_reader.warm, cpu_seconds=CPU_SECONDS))
        patch.setenv("COLUMNS", "80")
        patch.chdir(tmp_path_factory.mktemp("hostile"))
        make_ledger(Path("ledger.db"))
        yield Path.cwd()


@pytest.fixture(scope="module")
def before(place: Path) -> list[str]:
    """The entries of the ledger before anything is added."""
    return run("export").out.splitlines()


@pytest.fixture(scope="module")
def told(place: Path, before: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Each input's name to what became of it: outcomes with their reasons or records."""
    names = []
    for name, data in awkward():
        Path(name).write_bytes(data)
        names.append(name)
    result = run("add", *names, "--format", "json")
    assert (result.code, result.err) == (1, "")
    answer = json.loads(result.out)
    passed_over = json.loads(run("skipped", "--format", "json").out)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    told = (
        *((one["path"], (one["outcome"], "records" if one["records"] else "")) for one in answer["added"]),
        *((one["path"], ("failed", one["reason"])) for one in answer["failed"]),
        *((one["name"], (one["outcome"], one["reason"] or "")) for one in passed_over),
    )
    for path, outcome in told:
        found[re.split(r"[!#]", path)[0]].append(outcome)
    return found


def test_the_corpus_is_large_and_every_input_has_an_outcome(told: dict[str, list[tuple[str, str]]]) -> None:
    names = [name for name, _ in awkward()]
    assert len(names) == len(set(names)) > 400
    assert [name for name in names if name not in told] == []
    assert set(told) == set(names)


def test_what_is_not_read_has_one_sentence(told: dict[str, list[tuple[str, str]]]) -> None:
    for name, outcomes in told.items():
        for outcome, reason in outcomes:
            assert outcome in ("new", "known", "revision", "unread") or SENTENCE.fullmatch(reason), (name, reason)
            assert "Traceback" not in reason and "fault of communique" not in reason, (name, reason)


def test_what_has_to_be_refused_is_and_says_why(told: dict[str, list[tuple[str, str]]]) -> None:
    for pattern, said in REFUSED.items():
        names = [name for name in told if re.search(pattern, name)]
        assert names, pattern
        for name in names:
            assert all(outcome == "failed" and re.search(said, reason) for outcome, reason in told[name]), told[name]


def test_what_can_be_read_is(told: dict[str, list[tuple[str, str]]]) -> None:
    unread = {name: told[name][:2] for name in told if READ.search(name) and not _has_records(told[name])}
    assert unread == {}


def _has_records(outcomes: list[tuple[str, str]]) -> bool:
    return any(outcome in ("new", "known", "revision") for outcome, _ in outcomes)


def test_other_documents_stay_as_they_were(
    place: Path, told: dict[str, list[tuple[str, str]]], before: list[str]
) -> None:
    after = run("export").out.splitlines()
    assert set(before) < set(after)
    with Ledger("ledger.db") as ledger:
        assert ledger.check() == []
        for stored in ledger.documents():
            assert not any(words in stored.document.text for words in PRIVATE)
    again = run("add", "damaged-cut-50.pdf")
    assert again.code == 1 and again.err.startswith("communique: damaged-cut-50.pdf "), "it is told the same way alone"
    assert not any((*place.parent.glob("*owned*"), *place.rglob("*owned*")))


def test_evidence_quotes_what_is_stored(place: Path, told: dict[str, list[tuple[str, str]]]) -> None:
    quoted = 0
    with Ledger("ledger.db") as ledger:
        texts = {stored.id: stored.document.text for stored in ledger.documents()}
        for entry in map(json.loads, run("export").out.splitlines()):
            for report in entry["history"]:
                source = report["source"]
                for span, quote in zip(source["spans"], source["quotes"], strict=True):
                    assert texts[source["document_id"]][span["start"] : span["end"]] == quote
                    quoted += 1
    assert quoted > 100


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="files of POSIX")
def test_what_is_no_file_of_bytes(place: Path) -> None:
    folder = Path("odd")
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "ring.txt").symlink_to("ring.txt")
    (folder / "up").symlink_to("..", target_is_directory=True)
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / os.fsdecode(b"\xff\x1b[31m\n.txt")).write_text(f"{SIGNED} It was the only one.")
    started = time.monotonic()
    result = run("add", str(folder), "--ledger", "odd.db")
    assert time.monotonic() - started < 60
    assert "1 new" in result.out and "\x1b" not in result.out + result.err
    for name in ("pipe.txt", "/dev/zero"):
        refused = run("add", str(folder / name), "--ledger", "odd.db")
        assert (refused.code, refused.err.count("\n")) == (1, 1) and "a pipe or a device" in refused.err


@pytest.fixture
def ring(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallWeb]:
    """A web whose servers mean no good, read in this process and with little patience."""
    served = SmallWeb()
    monkeypatch.setattr(intake, "Crew", AtWork)
    monkeypatch.setattr(web, "fetch", partial(web.fetch, limits=replace(web.LIMITS, seconds=1.5, idle=0.4)))
    with small_web.serving(served):
        small_web.reroute(served, monkeypatch)
        yield served


def _slow(first: bytes, then: bytes) -> Iterator[bytes]:
    yield first
    while True:
        time.sleep(0.1)
        yield then


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MALICE: dict[str, tuple[dict[str, object], str]] = {
    "ring": ({"status": 302, "headers": {"Location": "/ring"}}, "leads in a circle"),
    "inward": ({"status": 302, "headers": {"Location": "http://127.0.0.1/"}}, "private|not public|no public"),
    "metadata": ({"status": 301, "headers": {"Location": "http://169.254.169.254/"}}, "private|not public|no public"),
    "file": ({"status": 302, "headers": {"Location": "file:///etc/passwd"}}, "http"),
    "escapes": ({"status": 302, "headers": {"Location": "http://\x1b[31m/\u202e".encode().decode("latin-1")}}, "."),
    "head-drips": ({"steps": partial(_slow, HEAD, b"X-A: a\r\n")}, "too slow"),
    "body-drips": ({"steps": partial(_slow, HEAD + b"Content-Length: 9999999\r\n\r\n", b"<p>")}, "too slow"),
    "endless-head": ({"steps": lambda: iter([HEAD, *[b"X: " + b"a" * 60_000 + b"\r\n"] * 50])}, "."),
    "bomb": ({"body": PACKED["txt.gz"][:0], "headers": {"Content-Encoding": "gzip"}}, "."),
    "no-http": ({"steps": lambda: iter([b"SSH-2.0-OpenSSH_9.6\r\n"])}, "."),
    "wrong-length": ({"steps": lambda: iter([HEAD + b"Content-Length: 50\r\n\r\n<p>"])}, "."),
    "pdf-cut": ({"body": WHOLE["pdf"][:300], "headers": {"Content-Type": "text/html"}}, "damaged"),
    "nothing": ({"status": 500}, "500"),
}


@pytest.mark.parametrize("name", MALICE)
def test_servers_that_mean_no_good(ring: SmallWeb, name: str) -> None:
    given, said = MALICE[name]
    if "steps" in given:
        given = {"steps": given["steps"]()}  # type: ignore[operator]
    ring.page(f"/{name}", **given)
    ring.page("/good", page(PARAGRAPH), headers={"Content-Type": "text/html"})
    started = time.monotonic()
    result: Run = run(
        "add", f"http://ministry.example/{name}", "http://ministry.example/good", "--ledger", f"{name}.db"
    )
    assert time.monotonic() - started < 30
    assert result.code == 1 and "1 new, 1 failed" in result.out
    (line,) = [line for line in result.out.splitlines() if line.startswith("  ")]
    assert re.search(said, line) and "fault of communique" not in line and not re.search("[\x1b\u202e]", line)
    assert not {"127.0.0.1", "169.254.169.254"} & set(ring.connected)
