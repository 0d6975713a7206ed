"""A batch that is killed at any moment resumes without loss or duplicate."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from communique import Document, Ledger
from communique.model import Record
from ledger_samples import HOPE, SIGNED

DOCUMENTS = 60
_BATCH = """
import sys
from test_ledger_killed import batch
from communique import Ledger
with Ledger(sys.argv[1]) as ledger:
    print("open", flush=True)
    for document, records in batch():
        ledger.add(document, records)
"""


def batch() -> list[tuple[Document, tuple[Record, ...]]]:
    """Copies of two documents under many addresses, each with its own day of publication."""
    return [
        (Document(text=document.text, source=f"{at}.txt", published=f"2025-11-{at % 28 + 1:02}"), records)
        for at in range(DOCUMENTS)
        for document, records in [(HOPE, SIGNED)[at % 2]]
    ]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    with Ledger(tmp_path_factory.mktemp("undisturbed") / "ledger.db") as ledger:
        for document, records in batch():
            ledger.add(document, records)
        return list(ledger.entries())


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("after", [0.0, 0.03, 0.1])
def test_killed_and_resumed(tmp_path: Path, undisturbed: list[object], after: float) -> None:
    path = tmp_path / "ledger.db"
    process = subprocess.Popen(
        [sys.executable, "-c", _BATCH, str(path)], cwd=Path(__file__).parent, stdout=subprocess.PIPE
    )
    assert process.stdout is not None and process.stdout.readline() == b"open\n"
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with Ledger(path) as ledger:
        assert ledger.check() == []
        outcomes = [ledger.add(document, records).outcome for document, records in batch()]
        assert outcomes == sorted(outcomes), "what was known comes first, then all that was left"
        assert ledger.entries() == undisturbed
        assert ledger.check() == []
