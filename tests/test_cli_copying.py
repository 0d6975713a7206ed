"""``communique copy``: a ledger brought from a file into a database and back, as it was, as a whole or not at all."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from actor_samples import BERN, EVERY
from cli_door import make_ledger, run
from communique import Ledger
from communique.api import copying
from communique.ledger.tables import metadata
from postgresql_server import Server, running


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents with revisions, decisions of every sort that hold or do not, a log, and pairs that were weighed."""
    path = make_ledger(tmp_path_factory.mktemp("copied") / "ledger.db")
    with Ledger(path) as opened:
        for document, records in EVERY:
            opened.add(document, records)
        opened.same("Anna Larvik", "Ana Larwick", by="A. Nalyst", why="one minister")
        opened.confirm(opened.entries(kind="agreement")[0].id, by="A. Nalyst")
        opened.reject(opened.entries(kind="engagement")[0].id, by="A. Nalyst")
        opened.undo(2, by="B. Nalyst")
        opened.add(BERN[0], BERN[1][:0])
        opened.doubtful()
    return path


def told(place: str | Path) -> list[str]:
    """What a ledger says of itself, decision by decision and change by change."""
    asked = (["export"], ["decisions", "--format", "json"], ["log", "--format", "json"], ["actors", "--format", "json"])
    return [run(*one, "--ledger", str(place)).out for one in (*asked, ["search", "minister", "--limit", "200"])]


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(path) as file:
        return {name: sorted(file.execute(f"SELECT * FROM {name}"), key=repr) for name in metadata.tables}


def test_into_a_database_and_back_nothing_has_changed(ledger: Path, server: Server, tmp_path: Path) -> None:
    database, back = server.address(server.empty()), tmp_path / "back.db"
    for source, target in ((ledger, database), (database, back)):
        done = run("copy", str(target), "--ledger", str(source))
        assert (done.code, done.err) == (0, "")
        assert "rows copied" in done.out and "password" not in done.out.casefold()
        with Ledger(target) as copied:
            assert copied.check() == []
    assert rows(back) == rows(ledger)
    assert told(back) == told(ledger)
    assert told(database)[:4] == told(ledger)[:4]
    with Ledger(database) as copied:
        assert copied.rebuild() == []
        copied.undo(by="C. Nalyst")
    assert run("export", "--ledger", back).out == run("export", "--ledger", ledger).out


def test_what_holds_something_is_left_alone(ledger: Path, server: Server, tmp_path: Path) -> None:
    other = make_ledger(tmp_path / "other.db")
    before = other.read_bytes()
    refused = run("copy", str(other), "--ledger", str(ledger))
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.count("\n") == 1 and "holds a ledger already" in refused.err
    assert other.read_bytes() == before
    assert run("copy", str(ledger), "--ledger", str(ledger)).code == 2
    held = server.address(server.empty())
    server.execute("CREATE TABLE wages (amount integer)", database=held.split("@/")[1].split("?")[0])
    assert "tables of something else" in run("copy", held, "--ledger", str(ledger)).err
    (tmp_path / "notes.txt").write_text("no ledger")
    assert run("copy", str(tmp_path / "notes.txt"), "--ledger", str(ledger)).code == 1
    assert run("copy", str(tmp_path / "new.db"), "--ledger", str(tmp_path / "none.db")).code == 2
    assert not (tmp_path / "new.db").exists()


def test_an_empty_ledger_is_filled(ledger: Path, server: Server) -> None:
    assert run("copy", server.address(server.ledger()), "--ledger", str(ledger)).code == 0


@pytest.mark.parametrize("kind", ["file", "database"])
def test_as_a_whole_or_not_at_all(
    ledger: Path, server: Server, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = str(tmp_path / "new.db") if kind == "file" else server.address(server.empty())
    whole = copying.copy_rows

    def cut_off(source: Connection, to: Connection, count: object) -> None:
        whole(source, to, lambda table, rows: None)
        raise KeyboardInterrupt

    monkeypatch.setattr(copying, "copy_rows", cut_off)
    assert run("copy", target, "--ledger", str(ledger)).code == 130
    assert not list(tmp_path.glob("new.db*"))
    monkeypatch.undo()
    assert run("copy", target, "--ledger", str(ledger)).code == 0
    assert told(target)[0] == told(ledger)[0]
