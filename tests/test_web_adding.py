"""Documents added from a browser: files, a text, an address; one batch at a time, and nothing stays behind."""

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.web_forms import fields, said
from tests.web_samples import client, make_ledger

from communique import intake
from communique.api import Ledger
from communique.api.uploading import sender_name, upload_of
from communique.web import adding, guard, jobs
from stand_in_reader import SIGNED, WALL_SECONDS, replacements, warm

TEXT = f"{SIGNED} It was a long day."


class Kept:
    """Processes that work for one batch after the other, to save the time that they take to start."""

    def __init__(self, crew: intake.Crew) -> None:
        self._crew = crew

    def __getattr__(self, name: str) -> Any:
        return getattr(self._crew, name)

    def close(self) -> None:
        """Go on."""


@pytest.fixture(scope="module")
def crew() -> Iterator[intake.Crew]:
    with intake.Crew(warm, wall_seconds=WALL_SECONDS) as found:
        yield found


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch, crew: intake.Crew) -> None:
    """A reader of one rule does the work, in processes apart as ever."""
    for name, replacement in replacements().items():
        monkeypatch.setattr(intake, name, replacement)
    monkeypatch.setattr(jobs, "Crew", lambda _: Kept(crew))


@pytest.fixture
def own_crew(reader: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that end with their batch, as they do."""
    monkeypatch.setattr(jobs, "Crew", intake.Crew)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files are kept for the time being."""
    found = tmp_path / "kept"
    found.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(found))
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_ledger(tmp_path / "ledger.db", empty=True)


@pytest.fixture
def asker(path: Path, folders: Path) -> Iterator[TestClient]:
    with client(path) as found:
        yield found


def send(asker: TestClient, files: list[tuple[str, bytes]] | None = None, **typed: str) -> Any:
    """Send one of the forms of the page."""
    key = fields(asker.get("/who").text, "/who")["form-key"]
    parts = [("files", (name, data)) for name, data in files or []]
    return asker.post("/add", data={"form-key": key, **typed}, files=parts or [("files", ("", b""))])


def read(asker: TestClient, answer: Any) -> str:
    """The page of a batch once all of it is read."""
    assert answer.status_code == 303, said(answer.text)
    for _ in range(300):
        text = asker.get(answer.headers["location"]).text
        if "data-live" not in text:
            assert asker.get(answer.headers["location"], headers={"If-None-Match": "*"}).status_code == 200
            return text
        time.sleep(0.05)
    raise AssertionError("the batch is not read")


def sources(path: Path) -> dict[str, int]:
    """The documents of the ledger by where they came from, with the number of their revisions."""
    with Ledger(path) as ledger:
        return {str(one.document.source): one.revisions for one in ledger.documents()}


def test_files_are_read_and_leave_nothing_behind(path: Path, asker: TestClient, folders: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside/kobe.txt", TEXT)
        archive.writestr("inside/soup.txt", "We cook soup.")
    sent = [
        ("accord.txt", TEXT.encode()),
        ("empty.pdf", b""),
        ("broken.pdf", b"%PDF-1.7 and nothing else"),
        ("more.zip", packed.getvalue()),
    ]
    text = read(asker, send(asker, sent))
    assert "2 documents in the ledger with 2 new records, 1 passed over" in text
    assert "2 that could not be read" in text
    assert "broken.pdf" in text and "more.zip!inside/soup.txt" in text and "It is about cooking." in text
    assert str(folders) not in text
    names = {sender_name(one) for one in sources(path)}
    assert names == {"accord.txt", "more.zip!inside/kobe.txt"}
    with Ledger(path) as ledger:
        assert [entry.title for entry in ledger.entries()] == ["Harbour Accord"]
        assert ledger.problems() == [], "what was sent can't be tried again by a command"
    asker.__exit__()
    assert list(folders.iterdir()) == []


def test_the_same_file_again_is_known_and_another_of_its_name_is_another(path: Path, asker: TestClient) -> None:
    files = [("statement.txt", TEXT.encode()), ("statement.txt", f"{TEXT} So it was.".encode())]
    assert "was there already" in read(asker, send(asker, [*files, files[0]]))
    assert list(sources(path).values()) == [1, 1]


def test_a_text_is_pasted_with_what_is_known_of_it(path: Path, asker: TestClient) -> None:
    about = {"title": "Kobe", "publisher": "Ministry", "published": "2025-07-01", "url": "https://example.org/kobe"}
    text = read(asker, send(asker, text=TEXT, **about))
    assert "1 document in the ledger with 1 new record." in text
    assert asker.get("/add/nothing").status_code == 404
    with Ledger(path) as ledger:
        (stored,) = ledger.documents()
    document = stored.document
    assert (document.title, document.publisher, document.published, document.url) == tuple(about.values())
    read(asker, send(asker, text=f"{TEXT} And more.", **about))
    with Ledger(path) as ledger:
        assert [one.revisions for one in ledger.documents()] == [2], "its address makes it a revision"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({}, "Nothing was sent"),
        ({"text": "  "}, "Nothing was sent"),
        ({"address": "/etc/passwd"}, "begins with https://"),
        ({"address": "file:///etc/passwd"}, "begins with https://"),
        ({"address": "-"}, "begins with https://"),
        ({"address": "https://example.org/a b"}, "begins with https://"),
        ({"text": TEXT, "published": "tomorrow"}, "Give the day"),
        ({"text": TEXT, "published": "2999-01-01"}, "Give the day"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "Give its address"),
    ],
)
def test_what_can_not_be_read_is_told_and_what_was_typed_kept(
    path: Path, asker: TestClient, typed: dict[str, str], problem: str
) -> None:
    answer = send(asker, **typed)
    assert answer.status_code == 422
    assert problem in said(answer.text)
    for one in typed.values():
        assert one.strip() in answer.text
    assert sources(path) == {}


def test_private_addresses_are_not_fetched(path: Path, asker: TestClient) -> None:
    waiting = [send(asker, address=one) for one in ("http://127.0.0.1:9/", "http://169.254.169.254/latest")]
    for answer in waiting:
        text = read(asker, answer)
        assert "1 that could not be read" in text, text
        assert "Try again" in text
    assert sources(path) == {}


def test_names_are_never_paths(path: Path, asker: TestClient, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    names = [
        "../../escape.txt",
        "/etc/evil.txt",
        "C:\\evil.txt",
        "nul\x00l.txt",
        "<img src=x>.txt",
        "-",
        "*.txt",
        "~/a.txt",
    ]
    text = read(asker, send(asker, [(name, f"{TEXT} {name!r}".encode()) for name in names]))
    assert f"{len(names)} documents in the ledger" in text
    assert "<img" not in text
    assert all(source.startswith("upload:") and source.count("/") == 1 for source in sources(path))
    assert {one for one in tmp_path.rglob("*") if not one.name.startswith("ledger.db")} <= before


def test_what_is_too_large_or_too_much_is_refused_in_a_sentence(
    path: Path, asker: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [(f"{number}.txt", b"x") for number in range(adding.MOST_FILES + 1)]
    answer = send(asker, many)
    assert answer.status_code == 413
    assert "more than can be sent at once" in answer.text
    answer = send(asker, text="x" * (adding.LONGEST_TEXT + 1))
    assert answer.status_code == 413
    monkeypatch.setattr(guard, "LARGEST_UPLOAD", 100_000)
    answer = send(asker, [("large.txt", b"x" * 200_000)])
    assert answer.status_code == 413
    assert "communique add" in answer.text and "<h1>" in answer.text
    assert sources(path) == {}


def test_one_batch_is_read_at_a_time_and_the_others_wait(path: Path, asker: TestClient, own_crew: None) -> None:
    first = send(asker, [("slow.txt", b"HANG")])
    second = send(asker, [("accord.txt", TEXT.encode())])
    waiting = asker.get(second.headers["location"]).text
    assert "Waiting in line" in waiting and "1 batch is read before this one" in waiting
    assert 'http-equiv="refresh"' in waiting, "it goes on without scripts"
    assert "slow.txt" in asker.get("/add").text
    key = (
        fields(waiting, "/who")["form-key"] if "/who" in waiting else fields(asker.get("/who").text, "/who")["form-key"]
    )
    asker.post(f"{first.headers['location']}/stop", data={"form-key": key})
    assert "1 document in the ledger" in read(asker, second)
    assert "Stopped" in read(asker, first)
    assert len(sources(path)) == 1


def test_no_more_wait_than_are_told(asker: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_WAITING", 0)
    answer = send(asker, text=TEXT)
    assert answer.status_code == 503
    assert "wait to be read" in said(answer.text)


def test_what_failed_is_tried_again_and_what_was_passed_over_read(path: Path, asker: TestClient) -> None:
    page = send(
        asker, [("bad.txt", b"DIE"), ("accord.txt", TEXT.encode()), ("soup.txt", f"We cook. {SIGNED}".encode())]
    )
    text = read(asker, page)
    assert "1 that could not be read" in text and "1 passed over" in text
    key = fields(asker.get("/who").text, "/who")["form-key"]
    again = asker.post(f"{page.headers['location']}/again", data={"form-key": key, "what": "passed over"})
    assert "1 document in the ledger" in read(asker, again)
    gone = asker.post(f"{page.headers['location']}/again", data={"form-key": key, "what": "failed"})
    assert gone.status_code == 404
    assert len(sources(path)) == 2


def test_the_end_of_the_program_ends_reading(path: Path, folders: Path, own_crew: None) -> None:
    with client(path) as asker:
        send(asker, [("slow.txt", b"HANG")])
        waiting = send(asker, [("accord.txt", TEXT.encode())])
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert waiting.status_code == 303
    assert list(folders.iterdir()) == []
    assert sources(path) == {}


def test_an_upload_is_called_by_its_bytes_and_its_name(tmp_path: Path) -> None:
    file = tmp_path / "0.txt"
    file.write_bytes(b"words")
    assert upload_of(file, "C:\\papers\\readout.txt").name == upload_of(file, "readout.txt").name
    assert sender_name(upload_of(file, "read\nout.txt").name + "!a/b.txt") == "read out.txt!a/b.txt"
    assert sender_name(upload_of(file, "").name) == "unnamed"
