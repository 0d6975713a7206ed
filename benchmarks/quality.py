"""Score the extraction on annotated documents and on public sets, and write ``docs/quality.md``, the worst first.

usage: python benchmarks/quality.py [--public] [--gold DIR] [--show KIND]

Two sets are scored where they are present: the development set of the annotated documents that are kept
outside the repository (``../shared/gold/dev``), and the annotated samples in ``tests/gold``. The reader has
learned from neither. With ``--public``, so are the public sets in ``../shared/data``, beside what others
make of the same documents.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.errors import ErrorCounts  # noqa: E402
from benchmarks.public import DATA, paragraph, public_sets  # noqa: E402
from benchmarks.scoring import FIELDS, KINDS, Score, prf  # noqa: E402
from communique.extraction import extract  # noqa: E402
from communique.model import Document, record_to_json  # noqa: E402

SAMPLES = ROOT / "tests" / "gold"
SETS = {
    "Development set": ROOT.parent / "shared" / "gold" / "dev",
    "Annotated samples of this repository": SAMPLES,
}
PAGE = ROOT / "docs" / "quality.md"
PUBLIC = "# Public sets"
"""Heading of the part of the page that ``make gold`` leaves as it is."""
INTRODUCTION = paragraph(
    "Written by `make quality`, the first part also by `make gold`. A record counts as found when its evidence "
    "overlaps that of an annotated record of its kind and what identifies the two agrees (`benchmarks/scoring.py`); "
    "fields are measured on what was found."
)


def documents(folder: Path) -> Iterator[dict[str, Any]]:
    """The annotated documents of a folder, by name."""
    for path in sorted(folder.glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def score_folder(folder: Path, errors: ErrorCounts | None = None) -> Score:
    """Extract from every annotated document of a folder and count, errors by class where asked."""
    score = Score()
    for gold in documents(folder):
        document = Document(
            text=gold["text"], title=gold["title"], publisher=gold["publisher"], published=gold["published"]
        )
        found = [record_to_json(record) for record in extract(document)]
        score.add(gold, found)
        if errors is not None:
            errors.add(gold, found, show=folder == SAMPLES)
    return score


def table(score: Score) -> str:
    """Kinds and fields as Markdown, the worst first."""
    lines = [
        f"{score.documents} documents. Micro F1 **{score.micro_f1:.3f}**, "
        f"field accuracy **{score.field_accuracy:.3f}**.",
        "",
        "| kind | annotated | extracted | matched | precision | recall | F1 |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind in sorted(KINDS, key=score.f1):
        matched, gold, found = score.kinds[kind]
        precision, recall, f1 = prf(matched, gold, found)
        lines.append(f"| {kind} | {gold} | {found} | {matched} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    lines += ["", "| field of matched records | right | of | accuracy |", "|---|---|---|---|"]
    named = [(kind, name) for kind in KINDS for name in FIELDS[kind] if score.fields[kind, name][1]]
    for kind, name in sorted(named, key=lambda key: score.fields[key][0] / score.fields[key][1]):
        right, of = score.fields[kind, name]
        lines.append(f"| {kind}.{name} | {right} | {of} | {right / of:.3f} |")
    return "\n".join(lines)


def error_table(errors: ErrorCounts) -> list[str]:
    """The most frequent classes of error as Markdown."""
    lines = [
        "## The ten most frequent classes of error",
        "",
        *paragraph(
            "Counted by program (`benchmarks/errors.py`) over both sets above. Examples are from the samples of this "
            "repository: what was missed or is too many, or for a field what was extracted for what is annotated. "
            "A class without one occurs in the other set only."
        ),
        "",
        "| class | count | example |",
        "|---|---|---|",
    ]
    return [*lines, *(f"| {name} | {found.count} | {found.example} |" for name, found in errors.most_frequent())]


def report(name: str, score: Score, show: str | None) -> None:
    """Print the figures of one set, and on demand what was missed and wrong for one kind."""
    print(f"{name}: micro F1 {score.micro_f1:.3f}, field accuracy {score.field_accuracy:.3f}")
    for kind in sorted(KINDS, key=score.f1):
        precision, recall, f1 = prf(*score.kinds[kind])
        print(f"  {kind:12} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of {score.kinds[kind][1]}")
    for label, rows in (("missed", score.missed), ("wrong", score.wrong)):
        for document, record in rows:
            if record["kind"] == show:
                print(f"{label} {document}: {json.dumps(record, ensure_ascii=False)}")


def public_part(data: Path, peers: Path | None) -> list[str]:
    """The sections of all public sets."""
    lines = [
        PUBLIC,
        "",
        *paragraph(
            "Nobody here wrote these sets, apart from the labels of the last, and the reader has not learned from "
            "them; only the word weights that tell the subject of a text have, from parts of PolNeAR and of the news "
            "on which nothing is measured here. "
            "Figures of others are those that they have published, or were measured on the same documents in the same "
            "run where it says so."
        ),
    ]
    for module in public_sets():
        started = time.perf_counter()
        lines += ["", f"## {module.TITLE}", "", *module.section(data, peers)]
        print(f"{module.TITLE}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return lines


def kept_public_part() -> list[str]:
    """The public part of the page as it stands."""
    lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    return lines[lines.index(PUBLIC) :] if PUBLIC in lines else []


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--gold", type=Path, help="score this folder alone and write no page")
    parser.add_argument("--show", choices=KINDS, help="list what was missed and what was wrong for one kind")
    parser.add_argument("--public", action="store_true", help="measure the public sets too")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--peers", type=Path, help="Python of an environment with benchmarks/requirements.txt")
    args = parser.parse_args()
    sets = {str(args.gold): args.gold} if args.gold else SETS
    page = ["# Quality of the extraction", "", *INTRODUCTION]
    errors = ErrorCounts()
    for name, folder in sets.items():
        if not folder.is_dir():
            print(f"{name}: skipped, there are no annotated documents in {folder}", file=sys.stderr)
            continue
        score = score_folder(folder, errors)
        page += ["", f"## {name}", "", table(score)]
        report(name, score, args.show)
    if args.gold:
        return
    page += ["", *error_table(errors)]
    public = public_part(args.data, args.peers) if args.public else kept_public_part()
    page += ["", *public] if public else []
    PAGE.write_text("\n".join(page) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
