"""How fast documents are read: each room, all together, and beside the bare spaCy small model.

Both read the same documents in the same run, turn and turn about, so that a busy machine slows both; the figures are
medians over the runs. Loading of models is not counted. `make bench` runs this and sets up spaCy's environment.
"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Column, Table

from communique import reader
from communique.api import Ledger
from communique.extraction import records_of
from communique.language.analysis import analyse
from communique.sources import discover, read

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("sources", "language", "reader", "extraction", "ledger")
WARM_UP = 5


class Clock:
    """Wall seconds of each room, and processor seconds of all threads together."""

    def __init__(self) -> None:
        self.wall = dict.fromkeys(ROOMS, 0.0)
        self.processor = 0.0

    @contextmanager
    def room(self, name: str) -> Iterator[None]:
        """Count what is done inside on this room's account."""
        wall, processor = time.perf_counter(), time.process_time()
        yield
        self.wall[name] += time.perf_counter() - wall
        self.processor += time.process_time() - processor


def run_once(paths: list[str]) -> Clock:
    """Take all documents from their files into a fresh ledger, entries included."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.db") as ledger:
        for number, path in enumerate(paths):
            with clock.room("sources"):
                # The same file may stand in the list more than once, and each time is a document.
                document = read(path, url=f"https://example.org/{number}")
            with clock.room("language"):
                analysis = analyse(document)
            with clock.room("reader"):
                proposals = reader.read(analysis)
            with clock.room("extraction"):
                records = records_of(proposals)
            with clock.room("ledger"):
                ledger.add(document, records)
        with clock.room("ledger"):
            ledger.entries()
    return clock


def run_whole(paths: list[str]) -> dict[str, float]:
    """Wall and processor seconds of the documents from their files into a fresh ledger, as `communique add` does it."""
    with tempfile.TemporaryDirectory() as folder:
        wall, processor = time.perf_counter(), time.process_time()
        with Ledger(Path(folder) / "ledger.db") as ledger:
            ledger.add_all(read(path, url=f"https://example.org/{number}") for number, path in enumerate(paths))
        return {"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}


class Spacy:
    """The bare small model in its own environment, with the texts loaded, or paths where the worker takes those."""

    def __init__(self, python: Path, texts: list[str], worker: str = "spacy_worker.py") -> None:
        self._process = subprocess.Popen(
            [python, Path(__file__).with_name(worker)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.pipeline: list[str] = self._ask(json.dumps(texts))["pipeline"]

    def run_once(self) -> dict[str, float]:
        """Wall and processor seconds for all texts."""
        return self._ask("")

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _ask(self, line: str) -> dict[str, Any]:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("spaCy's process has no pipes")
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit("spaCy's process has ended; what it wrote above says why.")
        return dict(json.loads(answer))


def documents(source: Path, limit: int | None, folder: Path) -> list[str]:
    """Paths of the documents of a file, a folder, or JSON lines with ``text`` (``.jsonl``, ``.jsonl.gz``)."""
    if source.name.endswith((".jsonl", ".jsonl.gz")):
        opener = gzip.open if source.suffix == ".gz" else open
        paths = []
        with opener(source, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(islice(lines, limit)):
                path = folder / f"{number:06}.json"
                path.write_text(line, encoding="utf-8")
                paths.append(str(path))
        return paths
    return discover([str(source)])[:limit]


def report(
    clocks: list[Clock], wholes: list[dict[str, float]], spacy: list[dict[str, float]], count: int, words: int
) -> Table:
    """The medians as documents and words a second."""
    figures = ("wall s", "processor s", "documents/s", "words/s")
    table = Table("", *(Column(figure, justify="right") for figure in figures))

    def row(name: str, walls: list[float], processors: list[float] | None) -> float:
        wall = statistics.median(walls)
        processor = f"{statistics.median(processors):.2f}" if processors else ""
        table.add_row(name, f"{wall:.2f}", processor, f"{count / wall:,.1f}", f"{words / wall:,.0f}")
        return wall

    for name in ROOMS:
        row(name, [clock.wall[name] for clock in clocks], None)
    table.add_section()
    row("all rooms, one after another", [sum(c.wall.values()) for c in clocks], [c.processor for c in clocks])
    row("communique add", [whole["wall"] for whole in wholes], [whole["processor"] for whole in wholes])
    if spacy:
        row("spaCy small model", [one["wall"] for one in spacy], [one["processor"] for one in spacy])
        ratios = [s["wall"] / whole["wall"] for whole, s in zip(wholes, spacy, strict=True)]
        processors = [s["processor"] / whole["processor"] for whole, s in zip(wholes, spacy, strict=True)]
        table.add_section()
        table.add_row(
            "communique add, times spaCy's speed",
            f"{statistics.median(ratios):.2f}",
            f"{statistics.median(processors):.2f}",
            "",
            "",
        )
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=ROOT / "examples", help="file, folder or JSON lines")
    parser.add_argument("--limit", type=int, help="read only so many of them")
    parser.add_argument("--repeat", type=int, default=4, help="read each so many times in a run")
    parser.add_argument("--runs", type=int, default=5, help="runs of each side; medians are printed")
    parser.add_argument("--spacy-python", type=Path, help="Python of an environment with benchmarks/requirements.txt")
    options = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        paths = documents(options.documents, options.limit, Path(folder)) * options.repeat
        texts = [read(path).text for path in paths]
        run_once(paths[:WARM_UP])
        spacy = Spacy(options.spacy_python, texts) if options.spacy_python else None
        clocks, wholes, rivals = [], [], []
        for _ in track(range(options.runs), "Measuring", console=console, transient=True):
            clocks.append(run_once(paths))
            wholes.append(run_whole(paths))
            if spacy:
                rivals.append(spacy.run_once())
        if spacy:
            spacy.close()
    words = sum(len(text.split()) for text in texts)
    console.print(
        f"{len(paths)} documents, {words:,} words, {options.runs} runs, {os.cpu_count()} cores"
        + (f"; spaCy runs {', '.join(spacy.pipeline)}" if spacy else "")
    )
    console.print(report(clocks, wholes, rivals, len(paths), words))


if __name__ == "__main__":
    main()
