"""How fast documents are read, with what memory, and what the gate saves and costs; writes ``docs/performance.md``.

usage: python benchmarks/performance.py [--quick] [--peers PYTHON] [--data DIR]

Each comparison is made side by side in one run, turn and turn about, so that a busy machine slows both sides; what
counts are the ratios. With ``--quick`` everything is a tenth of the size, and nothing is written. The public sets are
read from where ``benchmarks/public.py`` says; what is absent is reported as such.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import measuring, pages  # noqa: E402
from benchmarks.public import DATA, absent, paragraph, rows  # noqa: E402
from benchmarks.speed import Spacy  # noqa: E402
from communique.api import Ledger  # noqa: E402
from communique.extraction import extract  # noqa: E402
from communique.intake import Crew, prepare  # noqa: E402
from communique.language.gate import judge  # noqa: E402
from communique.model import Document, Record  # noqa: E402
from communique.sources import discover, read  # noqa: E402

PAGE = ROOT / "docs" / "performance.md"
CHUNK = 20
"""Documents that one side reads before it is the other's turn."""
QUICK = 10
NEWS_EVERY, BRIEFINGS_EVERY, RELEVANT_EVERY = 2, 80, 120
RUNS = 3
WARMING = 10
"""Files that are read before the time counts, so that every process runs and has loaded what it needs."""
_ALL_READ, _ONE_READS = "communique, reading alone, all cores", "communique, reading alone, one worker"
ARCHIVE_BYTES = 200_000_000


@dataclass(slots=True)
class Side:
    """What one side took: processor seconds, and its records by document."""

    processor: float = 0.0
    records: list[tuple[Record, ...]] = field(default_factory=list)

    def read(self, documents: Sequence[Document], *, ungated: bool) -> None:
        """Read some documents on this side's account."""
        started = time.process_time()
        self.records += [extract(document, ungated=ungated) for document in documents]
        self.processor += time.process_time() - started


@dataclass(frozen=True, slots=True)
class Gated:
    """One set read with the gate and without."""

    name: str
    documents: list[Document]
    gated: Side
    ungated: Side
    gate_seconds: float

    @property
    def lost(self) -> int:
        """How many records are found without the gate alone: of no kind with evidence in the same sentence with it."""
        pairs = zip(self.ungated.records, self.gated.records, strict=True)
        return sum(1 for without, with_gate in pairs for record in without if not _is_among(record, with_gate))

    @property
    def found(self) -> int:
        """How many records are found without the gate."""
        return sum(map(len, self.ungated.records))


def _is_among(record: Record, others: Sequence[Record]) -> bool:
    return any(
        other.kind == record.kind and any(a.overlaps(b) for a in record.evidence for b in other.evidence)
        for other in others
    )


def measure_gate(name: str, documents: list[Document]) -> Gated:
    """Read documents with the gate and without, in turns."""
    extract(documents[0], ungated=True)
    sides = (Side(), Side())
    for start in range(0, len(documents), CHUNK):
        for side, ungated in zip(sides, (False, True), strict=True):
            side.read(documents[start : start + CHUNK], ungated=ungated)
    started = time.process_time()
    for document in documents:
        judge(document)
    return Gated(name, documents, *sides, time.process_time() - started)


def gate_section(data: Path, smaller: int) -> list[str]:
    """The gate on general news and on official documents."""
    sets = [
        ("bbc-news", [Document(text=t.text) for t in pages.news(data, NEWS_EVERY * smaller)]),
        (
            "wh-briefings",
            [
                Document(text=t.text, title=t.title, published=t.published)
                for t in pages.briefings(data, BRIEFINGS_EVERY * smaller)
            ],
        ),
    ]
    found = [measure_gate(name, documents) for name, documents in sets if documents]
    lines = ["## The gate", ""]
    if not found:
        return lines + absent(data / "bbc-news")
    table = []
    for one in found:
        count, words = len(one.documents), sum(len(d.text.split()) for d in one.documents)
        for label, side in (("with", one.gated), ("without", one.ungated)):
            speed = f"{count / side.processor:,.1f}", f"{words / side.processor:,.0f}"
            table.append((one.name, label, count, *speed, sum(map(len, side.records))))
    lines += paragraph(
        "Read as by `communique extract`, by one process; without the gate every document is read as `add --ungated` "
        "does it. In turns of twenty documents each, processor time. Files are not counted, models are loaded before."
    )
    lines += ["", *rows(("set", "gate", "documents", "documents/s", "words/s", "records"), *table), ""]
    for one in found:
        ratio = one.ungated.processor / one.gated.processor
        micro = one.gate_seconds / len(one.documents) * 1e6
        lines.append(
            f"- {one.name}: **{ratio:.1f}** times as fast with the gate, which takes {micro:.0f} microseconds a "
            f"document; {one.lost} of {one.found} records are lost."
        )
    lost, total = _extrapolated(found, data)
    lines += ["", f"Share of records lost over both whole sets, each counted by its size: **{lost / total:.2%}**."]
    return lines


def _extrapolated(found: Sequence[Gated], data: Path) -> tuple[float, float]:
    """Records lost and found if each whole set is as its sample is."""
    sizes = {"bbc-news": len(pages.news(data)), "wh-briefings": len(pages.briefings(data))}
    scale = {one.name: sizes[one.name] / len(one.documents) for one in found}
    return sum(scale[one.name] * one.lost for one in found), sum(scale[one.name] * one.found for one in found)


def files_section(data: Path, smaller: int, peers: Path | None, runs: int) -> list[str]:
    """Relevant documents from files into a ledger, by one worker and by all, beside what others take to parse them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        readouts = [
            t for t in pages.briefings(data, RELEVANT_EVERY * smaller) if judge(Document(text=t.text)).left_out is None
        ]
        paths = [*discover([str(ROOT / "examples")]), *map(str, pages.write_pages(readouts, folder))]
        paths = [path for path in paths if Path(path).suffix in (".html", ".txt", ".md")]
        texts = [read(path).text for path in paths]
        words = sum(len(text.split()) for text in texts)
        taken = _in_turns(_sides(paths, texts, folder, peers), runs)
    table = [(name, f"{wall:.1f}", f"{len(paths) / wall:.1f}", f"{words / wall:,.0f}") for name, wall in taken.items()]
    ours, alone = taken["communique add, all cores"], taken["communique add, one worker"]
    all_workers = "two workers" if os.cpu_count() == 2 else "all workers"
    ratios = [(f"{all_workers}, reading alone", "one", taken[_ONE_READS] / taken[_ALL_READ])]
    ratios += [(f"{all_workers}, the whole command", "one", alone / ours)]
    ratios += [("communique add, all cores", name, wall / ours) for name, wall in taken.items() if "spaCy" in name]
    ratios += [("communique add, one worker", name, wall / alone) for name, wall in taken.items() if "spaCy" in name]
    return [
        "## Reading relevant documents",
        "",
        *paragraph(
            f"{len(paths)} files (HTML, Markdown and plain text; {words:,} words) that the gate lets pass, from disk "
            f"into a fresh ledger, starting and loading included on our side. Medians of {runs} runs in turns, wall "
            "time. Reading alone is from the first file to the last in the ledger, by processes that run already and "
            "before entries are derived, which is done once, by one process. "
            "spaCy's small model runs its full pipeline on one core, on the texts alone or on what trafilatura "
            "takes from the same files; neither makes records or a ledger of them."
        ),
        "",
        *rows(("", "wall s", "files/s", "words/s"), *table),
        "",
        *rows(("how many times as fast is", "as", "ratio"), *ratios),
        *([] if peers else ["", "spaCy was not measured: no environment with it was given."]),
    ]


def _sides(paths: list[str], texts: list[str], folder: Path, peers: Path | None) -> dict[str, Callable[[], float]]:
    """For each side a function that reads everything once and tells its wall seconds."""

    def add(*, one_worker: bool) -> float:
        with tempfile.TemporaryDirectory(dir=folder) as fresh:
            return measuring.add(paths, Path(fresh) / "ledger.db", one_worker=one_worker).wall

    sides: dict[str, Callable[[], float]] = {
        "communique add, all cores": lambda: add(one_worker=False),
        "communique add, one worker": lambda: add(one_worker=True),
        _ALL_READ: lambda: _reading(paths, folder, os.cpu_count() or 1),
        _ONE_READS: lambda: _reading(paths, folder, 1),
    }
    if peers:
        alone, with_pages = Spacy(peers, texts), Spacy(peers, paths, "pages_worker.py")
        sides["spaCy small model"] = lambda: alone.run_once()["wall"]
        sides["trafilatura and spaCy small model"] = lambda: with_pages.run_once()["wall"]
    return sides


def _reading(paths: list[str], folder: Path, workers: int) -> float:
    """Wall seconds in which so many processes that run already read everything into a fresh ledger."""
    with (
        tempfile.TemporaryDirectory(dir=folder) as fresh,
        patch("os.cpu_count", lambda: workers),
        Crew(prepare) as crew,
        Ledger(Path(fresh) / "warming.db") as warming,
        Ledger(Path(fresh) / "ledger.db") as ledger,
    ):
        deque(warming.add_paths(paths[:WARMING], crew=crew), maxlen=0)
        started = time.perf_counter()
        deque(ledger.add_paths(paths, crew=crew), maxlen=0)
        return time.perf_counter() - started


def _in_turns(sides: dict[str, Callable[[], float]], runs: int) -> dict[str, float]:
    """The median wall seconds of each side."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(runs):
        for name, run in sides.items():
            taken[name].append(run())
    return {name: statistics.median(walls) for name, walls in taken.items()}


def archive_section(data: Path, smaller: int) -> list[str]:
    """A large WARC file, read by all cores, with the memory that it takes."""
    lines = ["## An archive", ""]
    if not pages.news(data):
        return lines + absent(data / "bbc-news")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crawl.warc.gz"
        count = pages.write_warc(path, data, ARCHIVE_BYTES // smaller)
        size = path.stat().st_size / 1e6
        run = measuring.add([str(path)], Path(folder) / "ledger.db", memory=True)
    lines += paragraph(
        f"A WARC file of {size:.0f} MB with {count:,} pages, one in {pages.OFFICIAL_EVERY} a document of a government, "
        f"the others general news, read into a fresh ledger by {os.cpu_count()} workers: {run.wall:.0f} s, "
        f"{count / run.wall:.1f} pages and {size / run.wall:.2f} MB a second."
    )
    if not run.peak():
        return [*lines, "", "Memory is measured on Linux alone."]
    quarters = [run.peak(n / 4, (n + 1) / 4) for n in range(4)]
    lines += ["", f"Most memory of all processes together: **{run.peak():.0f} MB**; in each quarter of the time "]
    lines[-1] += ", ".join(f"{peak:.0f}" for peak in quarters) + " MB."
    return lines


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the size, printed and not written")
    parser.add_argument("--peers", type=Path, help="Python of an environment with benchmarks/requirements.txt")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    options = parser.parse_args()
    smaller, runs = (QUICK, 1) if options.quick else (1, RUNS)
    lines = [
        "# Performance",
        "",
        *paragraph(
            f"Written by `make bench` on {os.cpu_count()} cores ({platform.machine()}, Python "
            f"{platform.python_version()}). Absolute figures are those of this machine on this day; the ratios were "
            "measured side by side in the same run."
        ),
    ]
    parts: list[Callable[[], list[str]]] = [
        lambda: gate_section(options.data, smaller),
        lambda: files_section(options.data, smaller, options.peers, runs),
        lambda: archive_section(options.data, smaller),
    ]
    for part in parts:
        section = part()
        print("\n".join(section), end="\n\n", flush=True)
        lines += ["", *section]
    if not options.quick:
        PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
