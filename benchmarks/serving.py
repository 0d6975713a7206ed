"""How quick the pages are on a large ledger, alone and with many readers and a writer; writes ``docs/serving.md``.

usage: python benchmarks/serving.py [--ledger FILE] [--documents N] [--asked N] [--minutes N] [--only PAGE ...]

The ledger holds the documents that `benchmarks/briefings.py` has kept, as often as needed, each time four years
earlier, so that the last of them came out before today. It is made once and kept. Pages are asked for under many
different addresses, each once, so that nothing that the application remembers helps; time is that of the whole
request over loopback, as one reader sees it: where an address leads to another one, that of both.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import count, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.briefings import KEPT, Read, kept  # noqa: E402
from benchmarks.public import paragraph, rows  # noqa: E402
from benchmarks.scale import later  # noqa: E402
from benchmarks.serving_pages import API, FILE, is_painted, samples  # noqa: E402

PAGE = ROOT / "docs" / "serving.md"
LEDGER = ROOT / ".cache" / "serving" / "ledger.db"
DOCUMENTS, ASKED, MINUTES = 10_000, 60, 5.0
READERS, PAUSE = 50, 5.0
"""Readers at a time, and the seconds for which each looks at a page, on average, before the next."""
EVERY = 2.0
"""Seconds from one document of the writer to the next."""
TARGET, PAINT_TARGET = 0.150, 1.0
"""Seconds within which 95 of 100 pages have to be there, and any page has to be painted."""
WHOLE = ("/", "/relationships", "/actors", "/changes", "/entries", "/documents", "/search?q=sale")
"""Pages of which a new document may change any part."""


def documents(path: Path, first: int, last: int) -> Iterator[Read]:
    """So many documents, each as often as needed, each time four years earlier."""
    reads = list(kept(path))
    return islice((later(read, -again) for again in count() for read in reads), first, last)


def filled(path: Path, number: int, records: Path) -> None:
    """Make the ledger, or go on where making it was interrupted, and have it work out what it keeps."""
    from communique.api import Ledger

    path.parent.mkdir(parents=True, exist_ok=True)
    with Ledger(path) as ledger:
        for read in documents(records, ledger.counts()["documents"] if path.exists() else 0, number):
            ledger.add(read.document, read.records)
    with Ledger(path) as ledger:
        ledger.doubtful()


@contextmanager
def serving(ledger: Path, port: int) -> Iterator[str]:
    """``communique serve`` in a process of its own."""
    command = [sys.executable, "-m", "communique.cli", "serve", "--ledger", str(ledger), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split("/ ")[0]
        finally:
            process.terminate()


@dataclass(slots=True)
class Timed:
    """Seconds of each request for a sort of page, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def at(self, share: float) -> float:
        """The seconds within which this share of the requests was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ask_alone(base: str, pages: dict[str, list[str]]) -> dict[str, Timed]:
    """Each address once, by one reader, sorts of pages by turns."""
    import httpx2

    found: dict[str, Timed] = defaultdict(Timed)
    with httpx2.Client(base_url=base, timeout=60, follow_redirects=True) as client:
        client.get("/static/style.css")
        for number in range(max(map(len, pages.values()))):
            for name, addresses in pages.items():
                if number < len(addresses):
                    started = time.perf_counter()
                    answer = client.get(addresses[number])
                    found[name].seconds.append(time.perf_counter() - started)
                    if answer.status_code != 200:
                        found[name].faults.append(f"{answer.status_code} {addresses[number]}")
    return found


def first_paints(base: str, pages: dict[str, list[str]], each: int) -> dict[str, list[float]]:
    """Seconds to the first contentful paint in Chromium, every time in a fresh context."""
    from playwright.sync_api import sync_playwright

    from benchmarks.screenshots import chromium

    found: dict[str, list[float]] = defaultdict(list)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for name, addresses in pages.items():
            for address in addresses[-each:]:
                context = browser.new_context(viewport={"width": 1280, "height": 900})
                page = context.new_page()
                page.goto(base + address)
                paint = None
                while paint is None:  # scripts of the test's own are no more allowed to wait there than anybody's
                    page.wait_for_timeout(20)
                    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
                found[name].append(paint / 1000)
                context.close()
        browser.close()
    return found


async def read_together(base: str, pages: dict[str, list[str]], seconds: float) -> dict[str, Timed]:
    """Many readers, each asking for one page after the other with a pause to read it."""
    import httpx2

    found: dict[str, Timed] = defaultdict(Timed)
    ends = time.monotonic() + seconds
    every = [(name, address) for name, addresses in pages.items() for address in addresses]

    async def read(number: int) -> None:
        chance = random.Random(number)
        await asyncio.sleep(chance.uniform(0, PAUSE))
        async with httpx2.AsyncClient(base_url=base, timeout=60, follow_redirects=True) as client:
            while time.monotonic() < ends:
                name, address = chance.choice(every)
                started = time.perf_counter()
                try:
                    answer = await client.get(address)
                    if answer.status_code != 200:
                        found[name].faults.append(f"{answer.status_code} {address}")
                except Exception as error:  # whatever a reader could see counts
                    found[name].faults.append(f"{error!r} {address}")
                found[name].seconds.append(time.perf_counter() - started)
                await asyncio.sleep(chance.uniform(0, 2 * PAUSE))

    await asyncio.gather(*(read(number) for number in range(READERS)))
    return found


def write_on(ledger: Path, records: Path, first: int, seconds: float) -> int:
    """Add documents one after the other; how many."""
    from communique.api import Ledger

    ends = time.monotonic() + seconds
    opened = Ledger(ledger)
    added = 0
    for read in documents(records, first, first + 100_000):
        if time.monotonic() > ends:
            break
        opened.add(read.document, read.records)
        added += 1
        time.sleep(EVERY)
    opened.close()
    return added


def together(ledger: Path, pages: dict[str, list[str]], options: argparse.Namespace) -> tuple[dict[str, Timed], int]:
    """Readers and a writer, each a process of its own, at a copy of the ledger; what it took, and documents added."""
    with tempfile.TemporaryDirectory(dir=ledger.parent) as folder:
        copy = Path(folder) / "ledger.db"
        shutil.copyfile(ledger, copy)
        with serving(copy, options.port) as base:
            command = [sys.executable, __file__, "--minutes", str(options.minutes), "--records", str(options.records)]
            writing = [*command, "--write", str(copy), "--documents", str(options.documents)]
            with subprocess.Popen(writing, stdout=subprocess.PIPE, text=True) as writer:
                reading = subprocess.run(
                    [*command, "--read", base], input=json.dumps(pages), text=True, stdout=subprocess.PIPE, check=True
                )
                added = writer.communicate()[0]
    return {name: Timed(**one) for name, one in json.loads(reading.stdout).items()}, int(added)


def after_news(ledger: Path, options: argparse.Namespace, tries: int) -> dict[str, Timed]:
    """The pages that tell of the whole ledger, each asked for right after a document was added."""
    import httpx2

    from communique.api import Ledger

    found: dict[str, Timed] = defaultdict(Timed)
    with tempfile.TemporaryDirectory(dir=ledger.parent) as folder:
        copy = Path(folder) / "ledger.db"
        shutil.copyfile(ledger, copy)
        news = documents(options.records, options.documents, options.documents + 100_000)
        with (
            serving(copy, options.port) as base,
            httpx2.Client(base_url=base, timeout=60, follow_redirects=True) as client,
        ):
            for _ in range(tries):
                for address in WHOLE:
                    read = next(news)
                    with Ledger(copy) as opened:  # leaving brings its entries up to date
                        opened.add(read.document, read.records)
                    started = time.perf_counter()
                    answer = client.get(address)
                    found[address].seconds.append(time.perf_counter() - started)
                    if answer.status_code != 200:
                        found[address].faults.append(str(answer.status_code))
    return found


def report(
    alone: dict[str, Timed],
    fresh: dict[str, Timed],
    paints: dict[str, list[float]],
    many: tuple[dict[str, Timed], int],
    options: argparse.Namespace,
) -> list[str]:
    """The page of figures."""
    slow = [name for name, timed in (alone | fresh).items() if timed.at(0.95) >= TARGET]
    late = [name for name, seconds in paints.items() if max(seconds) >= PAINT_TARGET]
    found, added = many
    asked, faults = sum(len(one.seconds) for one in found.values()), [one for t in found.values() for one in t.faults]
    faults += [one for timed in (*alone.values(), *fresh.values()) for one in timed.faults]
    whole = Timed([second for one in found.values() for second in one.seconds])
    return [
        "# Serving",
        "",
        *paragraph(
            f"Written by `python benchmarks/serving.py` on {os.cpu_count()} cores ({platform.machine()}, Python "
            f"{platform.python_version()}), on a ledger of {options.documents:,} documents (White House releases of "
            "2021 to 2023 that concern other states, each as often as needed, four years earlier each time)."
        ),
        "",
        *paragraph(
            f"Every page has to be there within {1000 * TARGET:.0f} ms in 95 of 100 cases, and to be painted within "
            f"{PAINT_TARGET:.0f} s: **{_told(slow, 'server time')}; {_told(late, 'first paint')}; "
            f"{len(faults)} errors with {READERS} readers and a writer**."
        ),
        "",
        "## One reader",
        "",
        *paragraph(
            "Milliseconds of whole requests over loopback, each address asked for once, so that nothing is remembered "
            "that the page before it has not worked out; where an address leads to another one, both together."
        ),
        "",
        *rows(("page", "addresses", "p50 ms", "p95 ms", "most ms"), *map(_row, alone.items())),
        "",
        "Right after a document was added, when nothing at all is remembered:",
        "",
        *rows(("page", "times", "p50 ms", "p95 ms", "most ms"), *map(_row, fresh.items())),
        "",
        "## First contentful paint",
        "",
        "In Chromium, each time in a fresh context:",
        "",
        *rows(
            ("page", "times", "median ms", "most ms"),
            *((n, len(s), _ms(statistics.median(s)), _ms(max(s))) for n, s in paints.items()),
        ),
        "",
        f"## {READERS} readers and a writer",
        "",
        *paragraph(
            f"For {options.minutes:g} minutes {READERS} readers ask for pages drawn from those above, files and the "
            f"API apart, and look at each for {PAUSE:g} s on average, while {added} documents are added one after the "
            f"other: {asked:,} requests, {len(faults)} errors; p50 {_ms(whole.at(0.5))} ms, p95 "
            f"{_ms(whole.at(0.95))} ms."
        ),
        *(f"- {one}" for one in faults[:10]),
    ]


def _row(one: tuple[str, Timed]) -> tuple[object, ...]:
    name, timed = one
    return name, len(timed.seconds), _ms(timed.at(0.5)), _ms(timed.at(0.95)), _ms(max(timed.seconds))


def _told(missed: Sequence[str], what: str) -> str:
    return f"{what} missed by {', '.join(missed)}" if missed else f"{what} kept by all"


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:,.0f}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--ledger", type=Path, default=LEDGER, help="made where it is not there")
    parser.add_argument("--records", type=Path, default=KEPT, help="documents and records kept by briefings.py")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="how many the ledger holds")
    parser.add_argument("--asked", type=int, default=ASKED, help="addresses of each sort")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="of many readers and a writer")
    parser.add_argument("--port", type=int, default=0, help="to serve on; any that is free for 0")
    parser.add_argument("--only", nargs="*", help="print the times of these sorts of pages alone, and write nothing")
    parser.add_argument("--read", help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        found = asyncio.run(read_together(options.read, json.load(sys.stdin), 60 * options.minutes))
        print(json.dumps({name: asdict(one) for name, one in found.items()}))
    elif options.write:
        print(write_on(options.write, options.records, options.documents, 60 * options.minutes))
    else:
        measure(options)


def measure(options: argparse.Namespace) -> None:
    """All of it, in order."""
    filled(options.ledger, options.documents, options.records)
    pages = samples(options.ledger, options.asked)
    if options.only is not None:
        pages = {name: addresses for name, addresses in pages.items() if name in options.only or not options.only}
    with serving(options.ledger, options.port) as base:
        alone = ask_alone(base, pages)
        for one in alone.items():
            print(*_row(one), *one[1].faults[:2], flush=True)
        if options.only is not None:
            return
        paints = first_paints(base, {name: a for name, a in pages.items() if is_painted(name)}, 3)
    fresh = after_news(options.ledger, options, 10)
    read = {name: addresses for name, addresses in pages.items() if not name.startswith((FILE, API))}
    lines = report(alone, fresh, paints, together(options.ledger, read, options), options)
    print("\n".join(lines))
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
