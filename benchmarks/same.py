"""Whether records that speak of one thing become one entry, measured on pairs labelled by reading.

usage: python benchmarks/same.py [--data DIR] [--records FILE] [--reveal] [--kind KIND] [--errors N]

The files of `tests/same` hold labelled records, one a line: a *block* of records of one kind that are worth comparing,
each with the *thing* in the world that it speaks of, and where it stands (``doc``, the id in ``wh-briefings`` or a file
of ``examples/`` or ``training/gold``; ``at``, character offsets of its evidence; ``says``, the few words that tell it
from others in those sentences). A block is labelled in full: every two of its records are a pair, the same or
different. A hash of its name puts a block into ``tune`` or ``unseen``; ``further`` has other topics, labelled later,
``later`` and ``check`` others again, dealt to the two by a hash, and ``fresh`` is the latest. Rules are worked out on
``tune``, ``further``, ``later`` and ``fresh``; of ``check`` only totals are looked at, to choose between rules, of
``unseen`` totals when all is done. Annotated documents give their own records. Others lie outside the repository, and
records are read anew; labelled ones are found among them by document, kind, evidence and words.

Pairwise figures count pairs within blocks: right where two records of one entry are labelled the same. B-cubed figures
(Bagga and Baldwin, "Algorithms for Scoring Coreference Chains", 1998) ask for each record which share of its entry
within the block is of its thing, and which share of its thing is in its entry.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.briefings import Read, briefing, briefings, examples, kept, people_of, reported  # noqa: E402
from benchmarks.public import DATA, read_all, rows  # noqa: E402
from benchmarks.same_gold import GOLD, Labelled, found_in, labelled, said  # noqa: E402
from communique.model import Document, Kind, record_from_json  # noqa: E402
from communique.resolve import resolve  # noqa: E402

UNSEEN = "unseen"
HALVES = ("tune", "further", "later", "fresh", "check", UNSEEN)
NEVER_SHOWN = ("check", UNSEEN)
"""Sets of which only totals are looked at."""
ANNOTATED = "training/gold/"
ALL = "all kinds"


@dataclass(frozen=True, slots=True)
class Placed:
    """A labelled record and the entry that its record went into."""

    label: Labelled
    entry: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Pairwise and B-cubed (precision, recall, F1); ``pairs`` is (right, joined, labelled the same, all)."""

    records: int
    pairs: tuple[int, int, int, int]
    pairwise: tuple[float, float, float]
    b_cubed: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Error:
    """What went wrong between two things, or within one, in a block; ``pairs`` says how many pairs are wrong by it."""

    what: str
    block: str
    pairs: int
    one: Labelled
    other: Labelled


def placed(labels: Sequence[Labelled], reads: Iterable[Read]) -> list[Placed]:
    """The labelled records that are found among those that were read, each with its entry.

    All records that were read are resolved, those that nobody labelled too.
    """
    by_document: dict[str, list[Labelled]] = defaultdict(list)
    for label in labels:
        by_document[label.document].append(label)
    everything, known = [], []
    for read in reads:
        own = reported(read)
        everything += own
        wanted = by_document[read.id]
        matches = found_in(wanted, [one.record for one in own])
        known += [(wanted[w], own[r].source.record_id) for w, r in matches.items()]
    # An undertaking that was kept has the report that shows it in its history: that is a record of what was promised.
    reports = ((entry, r) for entry in resolve(everything) for r in entry.history if r.record.kind is entry.kind)
    entry_of = {report.source.record_id: entry.id for entry, report in reports}
    # A record that makes no entry is nobody's equal.
    return [Placed(label, entry_of.get(record, f"none {record}")) for label, record in known]


def figures(found: Sequence[Placed]) -> Figures:
    """The figures over all blocks of these records."""
    right = joined = same = total = 0
    precisions: list[float] = []
    recalls: list[float] = []
    for block in blocks(found).values():
        for one, other in combinations(block, 2):
            is_joined, is_same = one.entry == other.entry, one.label.thing == other.label.thing
            right += is_joined and is_same
            joined += is_joined
            same += is_same
            total += 1
        entries = Counter(p.entry for p in block)
        things = Counter(p.label.thing for p in block)
        both = Counter((p.entry, p.label.thing) for p in block)
        precisions += [both[p.entry, p.label.thing] / entries[p.entry] for p in block]
        recalls += [both[p.entry, p.label.thing] / things[p.label.thing] for p in block]
    return Figures(
        records=len(found),
        pairs=(right, joined, same, total),
        pairwise=_with_f1(right / joined if joined else 1.0, right / same if same else 1.0),
        b_cubed=_with_f1(_mean(precisions), _mean(recalls)),
    )


def blocks(found: Iterable[Placed]) -> Mapping[str, list[Placed]]:
    """The records of each block."""
    grouped: dict[str, list[Placed]] = defaultdict(list)
    for one in found:
        grouped[one.label.block].append(one)
    return grouped


def _with_f1(precision: float, recall: float) -> tuple[float, float, float]:
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def errors(found: Sequence[Placed]) -> list[Error]:
    """Things that were joined and things that were parted, those with the most wrong pairs first."""
    wrong: dict[tuple[str, str, frozenset[str]], list[tuple[Labelled, Labelled]]] = defaultdict(list)
    for name, block in blocks(found).items():
        for one, other in combinations(block, 2):
            is_joined, is_same = one.entry == other.entry, one.label.thing == other.label.thing
            if is_joined != is_same:
                what = "joined" if is_joined else "parted"
                wrong[what, name, frozenset((one.label.thing, other.label.thing))].append((one.label, other.label))
    listed = [Error(what, name, len(pairs), *pairs[0]) for (what, name, _), pairs in wrong.items()]
    return sorted(listed, key=lambda error: (-error.pairs, error.block, error.one.thing, error.other.thing))


def read_labelled(labels: Iterable[Labelled], data: Path) -> list[Read]:
    """The documents in which the labelled records stand, and all examples."""
    names = {label.document for label in labels}
    documents = {row["id"]: briefing(row) for row in briefings(data) if row["id"] in names} | dict(examples())
    records = read_all("same", list(documents.values()))
    return [
        Read(name, document, found, people_of(document))
        for (name, document), found in zip(documents.items(), records, strict=True)
    ]


def annotated(labels: Iterable[Labelled]) -> list[Read]:
    """The annotated documents in which labelled records stand, with the records of their annotation."""
    found = []
    for name in sorted({label.document for label in labels if label.document.startswith(ANNOTATED)}):
        row = json.loads((ROOT / name).read_text(encoding="utf-8"))
        fields = {field: row[field] for field in ("text", "title", "publisher", "published")}
        document = Document(**fields, url=None, language="en")
        records = [record_from_json(record | {"evidence": _spans(record, row)}) for record in row["records"]]
        found.append(Read(name, document, tuple(records), people_of(document)))
    return found


def _spans(record: Mapping[str, Any], row: Mapping[str, Any]) -> list[dict[str, int]]:
    """The evidence of an annotated record, which is given as numbers of sentences, as offsets."""
    sentences = [row["sentences"][number] for number in record["evidence"]]
    return [{"start": start, "end": end} for start, end in sentences]


def table(found: Sequence[Placed], kinds: bool) -> list[str]:
    """Figures as Markdown, of each kind where asked, and of all."""
    lines = [(kind.value, [p for p in found if p.label.kind == kind]) for kind in Kind] if kinds else []
    header = ("", "records", "pairs", "same", "P", "R", "**pairwise F1**", "P", "R", "**B-cubed F1**")
    measured = [(name, figures(placed)) for name, placed in [*lines, (ALL, list(found))] if placed]
    return rows(header, *((name, f.records, f.pairs[3], f.pairs[2], *f.pairwise, *f.b_cubed) for name, f in measured))


def error_table(found: Sequence[Error]) -> list[str]:
    """Errors as Markdown, each with one of its pairs."""
    return rows(
        ("error", "block", "wrong pairs", "one", "other"),
        *((error.what, error.block, error.pairs, _shown(error.one), _shown(error.other)) for error in found),
    )


def _shown(label: Labelled) -> str:
    return f"`{said(label)}` ({label.published})".replace("|", "/")


def halves(data: Path, records: Path | None = None) -> dict[str, tuple[int, list[Placed]]]:
    """For each half how many records are labelled, and those that were found, with their entries.

    Args:
        data: folder of the public sets.
        records: a file of :mod:`benchmarks.briefings` to take documents and records from, with all that is in it.
    """
    labels = {half: labelled(GOLD / f"{half}.jsonl") for half in HALVES}
    everything = [label for half in HALVES for label in labels[half]]
    read = kept(records) if records else read_labelled(everything, data)
    found = placed(everything, [*read, *annotated(everything)])
    of = {half: {label.block for label in labels[half]} for half in HALVES}
    return {half: (len(labels[half]), [p for p in found if p.label.block in of[half]]) for half in HALVES}


def lines(data: Path, records: Path | None = None, worst: int = 20, kind: str = "", reveal: bool = False) -> list[str]:
    """The figures of all sets, and the worst errors of those that rules are worked out on, as Markdown."""
    text = []
    for half, (wanted, found) in halves(data, records).items():
        found = [p for p in found if p.label.kind.startswith(kind)]
        shown = half not in NEVER_SHOWN or reveal
        number = len(blocks(found))
        text += [f"### {half.capitalize()}: {len(found)} of {wanted} labelled records found, {number} blocks", ""]
        text += [*table(found, kinds=shown), ""]
        if shown:
            text += [f"The {worst} worst errors:", "", *error_table(errors(found)[:worst]), ""]
    return text[:-1]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--records", type=Path, help="documents and records kept by benchmarks/briefings.py")
    parser.add_argument("--reveal", action="store_true", help="show kinds and errors of all sets")
    parser.add_argument("--kind", default="", choices=[kind.value for kind in Kind], help="one kind alone")
    parser.add_argument("--errors", type=int, default=20, help="how many errors are listed")
    options = parser.parse_args()
    print("\n".join(lines(options.data, options.records, options.errors, options.kind, options.reveal)))


if __name__ == "__main__":
    main()
