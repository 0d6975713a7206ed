"""How probable it is that a record is right: a small logistic map for each kind, fitted on held-out documents.

The reader's own probabilities say how sure one head is of its words; they are near 1 for right and wrong records
alike. ``training/calibrate.py`` fits, on documents that the reader was not trained on, the weights with which these
probabilities, and how much a document tells of a thing, add up to the probability that the record is right. No weight
is negative: a reader that is surer never makes a record more doubtful.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from communique.model import Kind, ModelError, Record
from communique.reader.network import FOLDER

FILE = "calibration.json"
LEAST = 0.3
"""What is less probable is no record. F1 is highest where what is less probable than half of it is left out; on
held-out documents 0.4 gave 0.777, 0.3 gave 0.773 and no limit 0.762; at 0.3 fewer things that are told as not so are
missed (``tests/unreal.toml``)."""
FEATURES = ("sentence", "words", "actors", "choice", "told", "named", "filled")
"""What counts, see :func:`features`."""

_SURE, _SURE_WORDS = 6.0, 12.0
"""Log-odds beyond which a head is no surer: whole spans add up the odds of their words."""
_WORDS = {
    Kind.ENGAGEMENT: ("type",),
    Kind.AGREEMENT: ("name",),
    Kind.TRANSFER: ("items",),
    Kind.INITIATIVE: ("name",),
    Kind.UNDERTAKING: ("action",),
    Kind.STATEMENT: ("content",),
}
_ACTORS = {
    Kind.ENGAGEMENT: ("parties", "people"),
    Kind.AGREEMENT: ("parties",),
    Kind.TRANSFER: ("supplier", "recipient"),
    Kind.INITIATIVE: ("parties",),
    Kind.UNDERTAKING: ("by",),
    Kind.STATEMENT: ("speakers",),
}
_CHOICE = ("stage", "strength", "status")
_OPTIONAL = frozenset("parties people date place supplier recipient value by to due speakers".split())


@dataclass(frozen=True, slots=True)
class Calibration:
    """The logistic map of one kind: log-odds of a record being right are the intercept and the weighted features."""

    intercept: float
    weights: Mapping[str, float]

    def probability(self, found: Mapping[str, float]) -> float:
        """The probability that a record with these features is right."""
        log_odds = self.intercept + sum(self.weights[name] * found[name] for name in FEATURES)
        return 1 / (1 + math.exp(-log_odds))


def features(record: Record) -> dict[str, float]:
    """What speaks for a record, by the names of :data:`FEATURES`; each the higher, the better.

    ``sentence``: the highest log-odds of a sentence being evidence of the kind. ``words``: the highest of the words
    that it is about (for an engagement, of its type). ``actors``: the mean of those who take part. ``choice``: the
    mean of stage, strength and status. ``told``: the logarithm of how often it is told. ``named``: 1 where the words
    have a capital letter, as names do. ``filled``: how many fields that may be empty are not.
    """
    words = _log_odds(record, _WORDS[record.kind], _SURE_WORDS)
    return {
        "sentence": max(_log_odds(record, ("kind",)), default=0.0),
        "words": max(words, default=0.0),
        "actors": _mean(_log_odds(record, _ACTORS[record.kind])),
        "choice": _mean(_log_odds(record, _CHOICE)),
        "told": math.log(max(1, len(words))),
        "named": float(any(r.detail != r.detail.lower() for r in record.reasons if r.field in _WORDS[record.kind])),
        "filled": float(sum(bool(getattr(record, name, None)) for name in _OPTIONAL)),
    }


def with_confidence(record: Record) -> Record:
    """The record with its calibrated probability, to three decimals.

    Raises:
        ModelError: the packaged calibration is missing or damaged.
    """
    return replace(record, confidence=round(calibrations()[record.kind].probability(features(record)), 3))


@cache
def calibrations(folder: Path = FOLDER) -> Mapping[Kind, Calibration]:
    """The map of each kind, as it lies beside the reader's weights.

    Raises:
        ModelError: the file is missing, damaged or made for other features.
    """
    try:
        kinds = json.loads((folder / FILE).read_text(encoding="utf-8"))["kinds"]
        return {
            kind: Calibration(
                float(kinds[kind]["intercept"]), {name: float(kinds[kind]["weights"][name]) for name in FEATURES}
            )
            for kind in Kind
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"The calibration of the reader in {folder} is missing or damaged: reinstall communique, "
            "or rebuild it with `python -m training.calibrate`."
        ) from error


def _log_odds(record: Record, names: tuple[str, ...], limit: float = _SURE) -> list[float]:
    """Log-odds of the reasons for these fields that come with a probability."""
    found = (r.probability for r in record.reasons if r.field in names and r.probability is not None)
    return [max(-limit, min(limit, _logit(p))) for p in found]


def _logit(probability: float) -> float:
    inside = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(inside / (1 - inside))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
