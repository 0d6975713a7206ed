"""How well a ledger follows long-running things: which entries there are of each, with their histories in order.

usage: python benchmarks/chains.py [--records FILE] [--chain WORDS]

Resolves all records that `benchmarks/briefings.py` has kept and prints, for each thing of `chains.toml`, the entries
that its records went into: what share of them is in one entry, how many others are in it, its stages with the days on
which they were told, and the engagements and promises whose sentences name it.
"""

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.briefings import KEPT, kept, reported  # noqa: E402
from communique.model import Entry, Kind, Report  # noqa: E402
from communique.resolve import resolve  # noqa: E402

CHAINS = Path(__file__).with_name("chains.toml")
_TOLD = (Kind.ENGAGEMENT, Kind.UNDERTAKING)
_SHOWN = 8
"""Further entries that are listed one by one."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A long-running thing: how its records are known by their names, and others by their sentences."""

    title: str
    kind: str
    name: re.Pattern[str]
    told: re.Pattern[str] | None
    other: re.Pattern[str] | None
    party: str | None

    def holds(self, report: Report, parties: Sequence[str]) -> bool:
        """Whether a report of an entry with these parties is one of the thing."""
        name = " ".join(report.record.name.split())  # type: ignore[union-attr]
        if self.other and self.other.search(name):
            return False
        return bool(self.name.search(name)) and (self.party is None or self.party in parties)


def chains() -> list[Chain]:
    """The things of the table."""

    def pattern(row: dict[str, str], name: str) -> re.Pattern[str] | None:
        return re.compile(row[name], re.IGNORECASE) if name in row else None

    rows = tomllib.loads(CHAINS.read_text(encoding="utf-8"))["chain"]
    return [
        Chain(
            title=row["title"],
            kind=row["kind"],
            name=re.compile(row["name"], re.IGNORECASE),
            told=pattern(row, "told"),
            other=pattern(row, "not"),
            party=row.get("party"),
        )
        for row in rows
    ]


def told(chain: Chain, entries: Sequence[Entry]) -> Iterator[str]:
    """What became of a thing, as lines."""
    found = [(e, sum(chain.holds(r, e.parties) for r in e.history)) for e in entries if e.kind == chain.kind]
    found = sorted(((e, own) for e, own in found if own), key=lambda pair: (-pair[1], pair[0].id))
    total = sum(own for _, own in found)
    yield f"## {chain.title}"
    yield ""
    if not found:
        yield f"No {chain.kind} of this name."
        return
    main, own = found[0]
    yield f"{own} of {total} records in one entry ({own / total:.2f}), {len(main.history) - own} others in it"
    if len(found) > 1:
        yield f"{len(found)} entries: {', '.join(f'{e.title!r} {n}' for e, n in found[:_SHOWN])}"
    yield ""
    yield from history(main)
    if chain.told:
        yield from mentions(chain.told, entries)


def history(entry: Entry) -> Iterator[str]:
    """An entry's reports in its order, those of one stage on one line."""
    yield f"{entry.id} {entry.title!r}: {entry.stage}, parties {', '.join(entry.parties[:_SHOWN])}"
    for stage, reports in groupby(entry.history, key=lambda report: report.stage):
        days = [str(report.ordered_by) for report in reports]
        yield f"  {stage}: {days[0]}" + (f" to {days[-1]} ({len(days)} reports)" if len(days) > 1 else "")
    published = [str(report.ordered_by) for report in entry.history]
    late = sum(earlier > later for earlier, later in pairwise(published))
    if late:
        yield f"  {late} of {len(published)} reports stand after one with a later date"


def mentions(words: re.Pattern[str], entries: Sequence[Entry]) -> Iterator[str]:
    """Entries of what happened and was promised whose sentences name the thing, by their dates."""
    for kind in _TOLD:
        named = [
            e for e in entries if e.kind is kind and any(words.search(q) for r in e.history for q in r.source.quotes)
        ]
        named.sort(key=lambda entry: (str(entry.history[0].ordered_by), entry.id))
        stages = Counter(str(entry.stage) for entry in named)
        summary = ", ".join(f"{n} {stage}" for stage, n in stages.most_common())
        yield f"{len(named)} entries of kind {kind} in whose sentences it is named" + (f" ({summary})" if named else "")
        often = sorted(named, key=lambda entry: (-len(entry.history), str(entry.history[0].ordered_by)))[:_SHOWN]
        for entry in sorted(often, key=lambda entry: str(entry.history[0].ordered_by)):
            count = f", {len(entry.history)} reports" if len(entry.history) > 1 else ""
            yield f"  {entry.history[0].ordered_by} {entry.stage} {entry.title[:90]!r}{count}"


def _names(words: re.Pattern[str], entry: Entry) -> bool:
    return any(words.search(quote) for report in entry.history for quote in report.source.quotes)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=Path, default=KEPT, help="documents and records kept by briefings.py")
    parser.add_argument("--chain", default="", help="only things whose title has these words")
    options = parser.parse_args()
    if not options.records.exists():
        sys.exit(f"There is no {options.records}: run benchmarks/briefings.py first.")
    entries = resolve(record for read in kept(options.records) for record in reported(read))
    for chain in chains():
        if options.chain.casefold() in chain.title.casefold():
            print("\n".join(told(chain, entries)), end="\n\n")


if __name__ == "__main__":
    main()
