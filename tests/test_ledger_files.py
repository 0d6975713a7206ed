"""Files that are no ledger, or can't be used: one clear sentence, and nothing half-written."""

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from communique import Ledger
from communique.ledger import in_file
from communique.ledger.migrations import APPLICATION_ID, MIGRATIONS
from communique.model import CommuniqueError, Document, LedgerError, UsageError
from ledger_samples import HOPE, SIGNED


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def foreign(path: Path) -> None:
    execute(path, "CREATE TABLE notes (text TEXT)")


def newer(path: Path) -> None:
    Ledger(path).close()
    execute(path, f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


def truncated(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add(*HOPE)
    path.write_bytes(path.read_bytes()[:5000])


CASES = {
    "text": (lambda path: path.write_text("a diary"), LedgerError, "no ledger"),
    "foreign": (foreign, LedgerError, "no ledger"),
    "newer": (newer, LedgerError, "newer version"),
    "truncated": (truncated, LedgerError, "damaged|can't be"),
    "directory": (Path.mkdir, UsageError, "is a directory"),
}


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path: Path, case: str, read_only: bool) -> None:
    prepare, error, words = CASES[case]
    path = tmp_path / "some.db"
    prepare(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(error, match=words) as caught, Ledger(path, read_only=read_only) as ledger:
        ledger.entries()
        ledger.check()
    assert_one_sentence(caught.value)
    assert before is None or path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir() if not entry.name.endswith(("-wal", "-shm"))] == ["some.db"]


def assert_one_sentence(error: CommuniqueError) -> None:
    message = str(error)
    assert message.endswith(".") and "\n" not in message and "sqlite3" not in message


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no ledger at"):
        Ledger(tmp_path / "none.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="does not exist"):
        Ledger(tmp_path / "none" / "ledger.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", None])
def test_an_empty_file_becomes_a_ledger(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "ledger.db"
    if content is None:  # cut off between the first page and the tables
        execute(path, "PRAGMA journal_mode = WAL")
    else:
        path.write_bytes(content)
    with Ledger(path) as ledger:
        assert ledger.check() == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        names = [step.__name__ for step in MIGRATIONS]
        assert [row[0] for row in connection.execute("SELECT name FROM migrations ORDER BY rowid")] == names


def test_names_with_marks_that_mean_something_in_addresses(tmp_path: Path) -> None:
    path = tmp_path / "50% of #1?mode=memory.db"
    with Ledger(path) as ledger:
        ledger.add(*HOPE)
    assert path.is_file()
    with Ledger(path, read_only=True) as ledger:
        assert ledger.counts()["documents"] == 1


@contextmanager
def nobody() -> Iterator[None]:
    """The file permissions of an ordinary user, also where tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_new_ledger_in_a_read_only_folder(locked_folder: Path) -> None:
    locked_folder.chmod(0o555)
    with nobody(), pytest.raises(LedgerError, match="can't be opened") as caught:
        Ledger(locked_folder / "ledger.db")
    assert_one_sentence(caught.value)
    assert list(locked_folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_reading_from_a_read_only_folder(locked_folder: Path) -> None:
    path = locked_folder / "ledger.db"
    with Ledger(path) as ledger:
        ledger.add(*HOPE)
    path.chmod(0o444)
    locked_folder.chmod(0o555)
    with nobody():
        with Ledger(path, read_only=True) as ledger:
            assert len(ledger.entries()) == 6
        with pytest.raises(LedgerError, match="can't be written"), Ledger(path) as ledger:
            ledger.add(*SIGNED)
    assert [entry.name for entry in locked_folder.iterdir()] == ["ledger.db"]


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger(path) as ledger:
        ledger.add(*HOPE)
        before = ledger.entries()
        with ledger._store._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerError, match="disk is full") as caught:
            ledger.add(Document(text="word " * 100_000, source="big"), [])
        assert_one_sentence(caught.value)
        assert ledger.entries() == before and ledger.check() == []


def test_another_writer_at_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_file, "BUSY_SECONDS", 0.1)
    path = tmp_path / "ledger.db"
    with Ledger(path) as ledger, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="Another program") as caught:
            ledger.add(*HOPE)
        assert_one_sentence(caught.value)
        assert ledger.entries() == [], "readers need not wait"
        other.execute("ROLLBACK")
        assert ledger.add(*HOPE).outcome == "new"


def test_a_ledger_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger(path) as ledger:
        ledger.add(*HOPE)
        expected = ledger.entries()
    steps = [step.__name__ for step in MIGRATIONS[2:]]
    triggers = [f"DROP TRIGGER {i}_index_{e}" for i in ("document", "record") for e in ("insert", "delete", "update")]
    execute(
        path,
        *triggers,
        "DROP TABLE document_index",
        "DROP TABLE record_index",
        *(f"DROP INDEX {i}" for i in ("documents_by_revision", "revisions_by_day", "revisions_by_document")),
        *(f"DROP INDEX {i}" for i in ("records_by_revision", "revisions_by_arrival")),
        *(f"DROP TABLE {t}" for t in ("listings", "entry_people", "person_names")),
        *(f"DROP TABLE {t}" for t in ("people", "decisions", "changes", "pending", "record_keys", "link_keys")),
        "DROP TABLE intake",
        *(f"DROP TABLE {t}" for t in ("pair_sketches", "tellings", "asides", "document_parties", "party_pairs")),
        "DROP TABLE outlines",
        *(f"DROP TABLE {t}" for t in ("pair_versions", "doubts", "unweighed", "watched", "watched_sites")),
        *(f"ALTER TABLE revisions DROP COLUMN {column}" for column in ("author", "pages")),
        "DROP TABLE record_offices",
        *(f"DROP TABLE {t}" for t in ("pair_years", "happenings")),
        *(f"ALTER TABLE entry_records DROP COLUMN {c}" for c in ("record_id", "kind", "document_id", "evidence")),
        *(f"ALTER TABLE entry_records DROP COLUMN {column}" for column in ("published", "confidence")),
        "DROP INDEX records_by_entry_key",
        *(f"ALTER TABLE records DROP COLUMN {column}" for column in ("reasons", "superseded", "entry_key")),
        *(f"ALTER TABLE entries DROP COLUMN {c}" for c in ("confirmed", "disputes", "decisions", "unlinked")),
        *(f"DELETE FROM migrations WHERE name = '{step}'" for step in steps),
        "PRAGMA user_version = 2",
    )
    with Ledger(path, read_only=True) as ledger:
        assert ledger.entries() == expected and ledger.check() == []
    with Ledger(path) as ledger:
        assert ledger.search("framework") and ledger.check() == []
        (entry,) = ledger.entries_in_short([expected[0].id])
        assert [r.source for r in entry.history] == [r.source for r in expected[0].history]
