"""Score the extraction on annotated documents and write ``docs/quality.md``, the worst kinds first.

usage: python benchmarks/quality.py [--gold DIR] [--show KIND]

Two sets are scored where they are present: the development set of the annotated documents that are kept
outside the repository (``../shared/gold/dev``), and the annotated samples in ``tests/gold``. The reader has
learned from neither.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.scoring import FIELDS, KINDS, Score, prf  # noqa: E402
from communique.extraction import extract  # noqa: E402
from communique.model import Document, record_to_json  # noqa: E402

SETS = {
    "Development set": ROOT.parent / "shared" / "gold" / "dev",
    "Annotated samples of this repository": ROOT / "tests" / "gold",
}


def documents(folder: Path) -> Iterator[dict[str, Any]]:
    """The annotated documents of a folder, by name."""
    for path in sorted(folder.glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def score_folder(folder: Path) -> Score:
    """Extract from every annotated document of a folder and count."""
    score = Score()
    for gold in documents(folder):
        document = Document(
            text=gold["text"], title=gold["title"], publisher=gold["publisher"], published=gold["published"]
        )
        score.add(gold, [record_to_json(record) for record in extract(document)])
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


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--gold", type=Path, help="score this folder alone and write no page")
    parser.add_argument("--show", choices=KINDS, help="list what was missed and what was wrong for one kind")
    args = parser.parse_args()
    sets = {str(args.gold): args.gold} if args.gold else SETS
    page = [
        "# Quality of the extraction",
        "",
        "Written by `make gold`. A record counts as found when its evidence overlaps that of an annotated record of",
        "its kind and what identifies the two agrees (`benchmarks/scoring.py`); fields are measured on what was found.",
    ]
    for name, folder in sets.items():
        if not folder.is_dir():
            print(f"{name}: skipped, there are no annotated documents in {folder}", file=sys.stderr)
            continue
        score = score_folder(folder)
        page += ["", f"## {name}", "", table(score)]
        print(f"{name}: micro F1 {score.micro_f1:.3f}, field accuracy {score.field_accuracy:.3f}")
        for kind in sorted(KINDS, key=score.f1):
            precision, recall, f1 = prf(*score.kinds[kind])
            print(f"  {kind:12} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of {score.kinds[kind][1]}")
        for label, rows in (("missed", score.missed), ("wrong", score.wrong)):
            for document, record in rows:
                if record["kind"] == args.show:
                    print(f"{label} {document}: {json.dumps(record, ensure_ascii=False)}")
    if not args.gold:
        (ROOT / "docs" / "quality.md").write_text("\n".join(page) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
