"""How resolving and asking grow with the ledger: time for each record, memory, and the pages of the busiest pairs.

usage: python benchmarks/scale.py [--records FILE] [--documents N ...] [--without-ledger] [--ledger FILE]

Takes the documents that `benchmarks/briefings.py` has kept, in an order of hashes so that every number of them is a
fair sample; where more are wanted than there are, they come again, each time four years later. Each number is
measured in a process of its own. The first line of figures is the measure: time for each record against that at the
smallest number of documents.
"""

import argparse
import hashlib
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Column, Table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.briefings import KEPT, Read, kept, reported  # noqa: E402

if TYPE_CHECKING:
    from communique.api import Ledger

SIZES = (1000, 3000, 10000)
BUSIEST = 10
BOUND = 0.3
"""Seconds that the page of any two parties may take on the largest ledger."""
_FIRST = 20
"""Documents of which `review` looks for doubtful pairs before its first question."""
_CYCLE = 4
"""Years after which days of the week are off but leap days stay."""
_YEAR = re.compile(r"(?<![\d-])\d{4}")


def documents(path: Path, number: int) -> Iterator[Read]:
    """So many documents, each as often as needed."""
    reads = sorted(kept(path), key=lambda read: hashlib.sha256(read.id.encode()).digest())
    return islice((later(read, again) for again in count() for read in reads), number)


def later(read: Read, times: int) -> Read:
    """The document and its records as if they were of so many cycles later, with an address of its own."""
    if not times:
        return read
    document = replace(
        read.document,
        published=_shifted(read.document.published, times),
        url=f"{read.document.url}?again={times}",
    )
    records = tuple(
        replace(r, **{name: _shifted(getattr(r, name), times) for name in ("date", "due") if getattr(r, name, None)})
        for r in read.records
    )
    return read._replace(id=f"{read.id}#{times}", document=document, records=records)


def _shifted(when: str | None, times: int) -> str | None:
    return when and _YEAR.sub(lambda year: f"{int(year[0]) + _CYCLE * times:04}", when)


def measure(path: Path, number: int, with_ledger: bool, keep_as: Path | None) -> dict[str, Any]:
    """Seconds, records, entries and memory for so many documents; with a ledger, seconds of the busiest pages too."""
    from communique.resolve import resolve

    reads = list(documents(path, number))
    records = [one for read in reads for one in reported(read)]
    started = time.process_time()
    entries = resolve(records)
    seconds = time.process_time() - started
    found: dict[str, Any] = {
        "documents": number,
        "records": len(records),
        "entries": len(entries),
        "seconds": seconds,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    pairs = Counter(pair for entry in entries for pair in combinations(sorted(set(entry.parties)), 2))
    del entries, records
    if with_ledger:
        found |= asked(reads, [pair for pair, _ in pairs.most_common(BUSIEST)], keep_as)
    return found


def asked(reads: list[Read], pairs: list[tuple[str, str]], keep_as: Path | None) -> dict[str, Any]:
    """Seconds to fill a ledger, and for the page of each pair from it, opening the ledger included.

    Args:
        keep_as: the file to fill and keep; one that is there already is filled up.
    """
    from communique.api import Ledger

    with tempfile.TemporaryDirectory() as folder:
        path = keep_as or Path(folder) / "ledger.db"
        started = time.perf_counter()
        with Ledger(path) as ledger:
            for read in reads:
                ledger.add(read.document, read.records)
        filled = time.perf_counter() - started
        day = date(max(int(published[:4]) for read in reads if (published := read.document.published)) + 1, 1, 1)
        pages = {" and ".join(pair): page_seconds(path, *pair, day) for pair in pairs}
        pages["status"] = least_seconds(path, lambda ledger: status_of(ledger, day))
        pages["review, its first cases"] = least_seconds(path, lambda ledger: ledger.doubtful(_FIRST), tries=1)
        pages["review, all cases"] = least_seconds(path, lambda ledger: ledger.doubtful(), tries=1)
        pages["review, again"] = least_seconds(path, lambda ledger: ledger.doubtful())
    return {"filled": filled, "pages": pages}


def page_seconds(path: Path, one: str, other: str, day: date) -> tuple[float, float]:
    """Seconds of `communique brief` for two parties on a day by which all documents were published."""
    from communique.api.pages import brief_between
    from communique.views import brief_page

    return least_seconds(path, lambda ledger: brief_page(brief_between(ledger, (one, other), day)))


def status_of(ledger: "Ledger", day: date) -> object:
    """What `communique status` counts without arguments."""
    from communique.api.pages import statuses_of

    return statuses_of(ledger, ledger.busiest(), day)


def least_seconds(path: Path, ask: Callable[["Ledger"], object], tries: int = 3) -> tuple[float, float]:
    """Processor and wall seconds of opening the ledger and asking, once the program runs; the best of a few tries."""
    from communique.api import Ledger

    times = []
    for _ in range(tries):
        started = time.process_time(), time.perf_counter()
        with Ledger(path) as ledger:
            ask(ledger)
        times.append((time.process_time() - started[0], time.perf_counter() - started[1]))
    return min(times)


def report(found: list[dict[str, Any]]) -> Iterator[Table]:
    """Figures of all sizes, and the pages of the largest."""
    table = Table(*(Column(name, justify="right") for name in HEADER))
    least = found[0]["seconds"] / found[0]["records"]
    for one in found:
        each = one["seconds"] / one["records"]
        table.add_row(
            f"{one['documents']:,}",
            f"{one['records']:,}",
            f"{one['entries']:,}",
            f"{one['seconds']:.1f}",
            f"{1000 * each:.2f}",
            f"{each / least:.2f}",
            f"{one['memory']:,.0f}",
        )
    yield table
    if found[-1].get("pages"):
        columns = (Column(name, justify="right") for name in ("processor, s", "wall, s", "processor against the bound"))
        pages = Table("page of", *columns, title=f"{found[-1]['documents']:,} documents")
        slowest = max(seconds for pair, seconds in found[-1]["pages"].items() if " and " in pair)
        for pair, seconds in [*found[-1]["pages"].items(), ("the slowest pair", slowest)]:
            pages.add_row(pair, *(f"{one:.2f}" for one in (*seconds, seconds[0] / BOUND)))
        pages.add_section()
        pages.add_row("filling the ledger", "", f"{found[-1]['filled']:.0f}", "")
        yield pages


HEADER = ("documents", "records", "entries", "resolved, s", "ms a record", "against the smallest", "most memory, MB")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=Path, default=KEPT, help="documents and records kept by briefings.py")
    parser.add_argument("--documents", type=int, nargs="+", default=SIZES, help="how many documents")
    parser.add_argument("--without-ledger", action="store_true", help="leave out the pages of the busiest pairs")
    parser.add_argument("--ledger", type=Path, help="keep the largest ledger in this file")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.records.exists():
        sys.exit(f"There is no {options.records}: run benchmarks/briefings.py first.")
    if options.one:
        with_ledger = not options.without_ledger and options.one == max(options.documents)
        print(json.dumps(measure(options.records, options.one, with_ledger, options.ledger)))
        return
    found = []
    for number in options.documents:
        command = [sys.executable, __file__, *sys.argv[1:], "--one", str(number)]
        found.append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))
    console = Console()
    for table in report(found):
        console.print(table)


if __name__ == "__main__":
    main()
