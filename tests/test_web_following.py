"""While entries are brought up to date, pages go on showing what the ledger says as yet."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.web_samples import client

from communique.api import Ledger
from communique.web import following
from ledger_samples import ALL, sample, told

NEWS = sample(
    "2025-12-21",
    ("Japan and the Philippines signed the Harbour Pilots Agreement.",
     [told("agreement", name="Harbour Pilots Agreement", parties=("JP", "PH"))]),
    source="news.txt",
)  # fmt: skip


@contextmanager
def held(path: Path) -> Iterator[None]:
    """The ledger, being written by somebody else."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_nobody_waits_for_entries_but_the_first_and_not_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "PATIENCE", 0.2)
    path = tmp_path / "ledger.db"
    with Ledger(path) as ledger:
        for document, records in ALL:
            ledger.add(document, records)
    with client(path) as asker:
        assert asker.get("/entries").status_code == 200
        writer = Ledger(path)
        writer.add(*NEWS)  # the entries that follow are left to whoever asks
        writer.close()
        with held(path):
            began = time.monotonic()
            pages = [asker.get("/entries"), asker.get("/"), asker.get("/search?q=harbour")]
            assert time.monotonic() - began < 30, "a writer is waited for for a minute"
            assert [page.status_code for page in pages] == [200, 200, 200]
            assert "Harbour Pilots" not in pages[0].text, "entries are as they were"
        ends = time.monotonic() + 60
        while "Harbour Pilots" not in asker.get("/entries").text and time.monotonic() < ends:
            time.sleep(0.05)
        assert "Harbour Pilots" in asker.get("/entries").text
        assert "Harbour Pilots" in asker.get("/").text, "nothing that was remembered meanwhile is shown"
