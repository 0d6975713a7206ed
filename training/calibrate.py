"""Fit how probable it is that a record is right, on documents that the reader was not trained on.

usage: python -m training.calibrate WEIGHTS_DIR GOLD_DIR... --fold K [--out FILE] [--check GOLD_DIR] [--page FILE]

WEIGHTS_DIR holds weights exported from ``training.train --fold K``. The map goes into ``--out`` (beside the packaged
weights, whose manifest then names it), the figures into ``--page`` and the diagram beside it. ``--check`` names
annotated documents that nothing is fitted on; they are read with the packaged weights.
"""

import argparse
import hashlib
import json
import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.scoring import match

from communique.extraction import proposed_records
from communique.extraction.confidence import FEATURES, FILE, Calibration, features
from communique.model import Kind, record_to_json
from communique.reader.network import FOLDER, MANIFEST, load
from communique.reader.reading import read_analysis
from training.calibration_page import Judged, diagram, figures, with_figures
from training.data import annotate

POOLED, OWN = 1.0, 5.0
"""Strength with which weights of all kinds together are kept near zero, and those of one kind near these."""
LOOSE = 0.05
"""The same for intercepts, which are all but free."""
STEPS = 3000
"""Steps of the descent; the parameters stand still to four digits after a third of them."""
PARTS = 8
"""Parts, by document, of the cross-validation that tells how good the map is on documents it was not fitted on."""


@dataclass(frozen=True, slots=True)
class Told:
    """A record that was read from an annotated document: what speaks for it, and whether it is right."""

    document: str
    kind: Kind
    features: dict[str, float]
    right: bool


def told(weights: Path, paths: Iterable[Path]) -> list[Told]:
    """All records that the reader with these weights tells of annotated documents."""
    network = load(weights)
    found = []
    for path in sorted(paths):
        gold = json.loads(path.read_text(encoding="utf-8"))
        records = list(proposed_records(read_analysis(network, annotate(gold).analysis)))
        for kind in Kind:
            mine = [record for record in records if record.kind is kind]
            lines = [record_to_json(record) for record in mine]
            pairs = match([r for r in gold["records"] if r["kind"] == kind], lines, gold["sentences"])
            right = {id(line) for _, line in pairs}
            found += [
                Told(gold["id"], kind, features(record), id(line) in right)
                for record, line in zip(mine, lines, strict=True)
            ]
    return found


def fit(records: Sequence[Told]) -> dict[Kind, Calibration]:
    """The map of each kind: weights near those of all kinds together, so that rare kinds learn from the others."""
    rows = np.array([[one.features[name] for name in FEATURES] for one in records])
    right = np.array([one.right for one in records], float)
    kinds = np.array([[one.kind is kind for kind in Kind] for one in records], float)
    mean, deviation = rows.mean(0), rows.std(0) + 1e-6
    scaled = (rows - mean) / deviation
    shared, _ = _minimum(scaled, right, kinds, np.zeros(len(FEATURES)), POOLED)
    found = {}
    for number, kind in enumerate(Kind):
        mine = kinds[:, number] == 1
        one = np.ones((int(mine.sum()), 1))
        weights, intercepts = _minimum(scaled[mine], right[mine], one, shared, OWN)
        plain = weights / deviation
        found[kind] = Calibration(
            round(float(intercepts[0] - plain @ mean), 4),
            {name: round(float(weight), 4) for name, weight in zip(FEATURES, plain, strict=True)},
        )
    return found


def _minimum(
    rows: np.ndarray, right: np.ndarray, groups: np.ndarray, centre: np.ndarray, strength: float
) -> tuple[np.ndarray, np.ndarray]:
    """Weights, none of them negative, and an intercept for each group: logistic regression by accelerated descent."""
    count = rows.shape[1]
    design = np.hstack([rows, groups])
    ridge = np.concatenate([np.full(count, strength), np.full(groups.shape[1], LOOSE)])
    target = np.concatenate([centre, np.zeros(groups.shape[1])])
    lowest = np.concatenate([np.zeros(count), np.full(groups.shape[1], -np.inf)])
    step = 1 / (np.linalg.norm(design, 2) ** 2 / 4 + ridge.max())
    values = ahead = target
    for turn in range(STEPS):
        slope = design.T @ (1 / (1 + np.exp(-design @ ahead)) - right) + ridge * (ahead - target)
        last, values = values, np.maximum(ahead - step * slope, lowest)
        ahead = values + turn / (turn + 3) * (values - last)
    return values[:count], values[count:]


def judged(records: Sequence[Told], maps: dict[Kind, Calibration]) -> list[Judged]:
    """Each record with the probability of the words it is about, with that of the map, and whether it is right."""
    return [
        Judged(
            kind=one.kind,
            before=1 / (1 + math.exp(-one.features["words"])),
            after=round(maps[one.kind].probability(one.features), 3),
            right=one.right,
        )
        for one in records
    ]


def cross_validated(records: Sequence[Told]) -> list[Judged]:
    """Each record with the probability that a map fitted on other documents gives it."""
    found: list[Judged] = []
    for part in range(PARTS):
        mine = [one for one in records if zlib.crc32(one.document[::-1].encode()) % PARTS == part]
        if mine:
            found += judged(mine, fit([one for one in records if one not in mine]))
    return found


def save(maps: dict[Kind, Calibration], records: Sequence[Told], path: Path) -> None:
    """Write the maps; where a manifest of weights lies beside them, it names the file from then on."""
    documents = len({one.document for one in records})
    kinds = {kind.value: {"intercept": one.intercept, "weights": dict(one.weights)} for kind, one in maps.items()}
    value = {"fitted_on": {"documents": documents, "records": len(records)}, "kinds": kinds}
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    manifest = path.parent / MANIFEST
    if manifest.exists():
        known = json.loads(manifest.read_text(encoding="utf-8"))
        known["files"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        manifest.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("weights", type=Path, help="folder of exported weights of a fold")
    parser.add_argument("gold", type=Path, nargs="+", help="folders of annotated documents")
    parser.add_argument("--fold", type=int, required=True, help="the fifth that these weights were not trained on")
    parser.add_argument("--out", type=Path, default=FOLDER / FILE)
    parser.add_argument("--check", type=Path, help="annotated documents to measure on, with the packaged weights")
    parser.add_argument("--page", type=Path, help="page whose figures are to be written anew")
    args = parser.parse_args()
    from training.train import in_fold  # here, since all else does without PyTorch

    paths = [path for folder in args.gold for path in folder.glob("*.json")]
    held_out = [p for p in paths if in_fold(json.loads(p.read_text(encoding="utf-8"))["id"], args.fold)]
    records = told(args.weights, held_out)
    maps = fit(records)
    save(maps, records, args.out)
    unseen = cross_validated(records)
    checked = judged(told(FOLDER, args.check.glob("*.json")), maps) if args.check else []
    page = figures(unseen, checked, documents=len({one.document for one in records}))
    print(page)
    if args.page:
        args.page.write_text(with_figures(args.page.read_text(encoding="utf-8"), page), encoding="utf-8")
        args.page.with_suffix(".svg").write_text(diagram(unseen), encoding="utf-8")


if __name__ == "__main__":
    main()
