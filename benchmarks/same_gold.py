"""Labelled records of ``tests/same``: reading the file, and finding them again among what a reader gives."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from communique.model import Record, Span, record_to_json

GOLD = Path(__file__).resolve().parent.parent / "tests" / "same"
WORDS = {
    "engagement": ("type", "date", "place", "people", "parties"),
    "agreement": ("name",),
    "initiative": ("name",),
    "transfer": ("items", "recipient"),
    "undertaking": ("action",),
    "statement": ("content",),
}
"""The fields that tell a record from others that stand in the same sentences."""
_CLIPPED = {"action": 8, "content": 8, "name": 12}
"""Words of a field that are kept: the documents themselves stay outside the repository."""
_MOST = 4
"""Members of a list that are kept."""
_ALIKE = 0.5
"""Least likeness of words for a record in the same sentences to be taken for the labelled one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One labelled record.

    Attributes:
        block: the kind, a slash and a name.
        thing: what it speaks of; the same words mean the same thing within the block.
        document: id in ``wh-briefings``, or a path below the repository.
        published: day of the document, for those who read the file.
        evidence: half-open offsets into the document's text as it is read.
        says: field values that identify it, clipped.
    """

    block: str
    thing: str
    document: str
    published: str
    evidence: tuple[Span, ...]
    says: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """The kind of all records of the block."""
        return self.block.partition("/")[0]


def labelled(path: Path) -> list[Labelled]:
    """All labelled records of a file."""
    return [_from_json(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _from_json(row: dict[str, Any]) -> Labelled:
    return Labelled(
        block=row["block"],
        thing=row["thing"],
        document=row["doc"],
        published=row["published"],
        evidence=tuple(Span(start, end) for start, end in row["at"]),
        says=row["says"],
    )


def says(record: Record) -> dict[str, Any]:
    """The clipped values by which a record is told from others."""
    data = record_to_json(record)
    return {name: _clipped(name, data[name]) for name in WORDS[record.kind.value] if data[name]}


def _clipped(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [item["what"] if isinstance(item, dict) else item for item in value[:_MOST]]
    return " ".join(str(value).split()[: _CLIPPED.get(name, len(str(value)))])


def found_in(wanted: Sequence[Labelled], records: Sequence[Record]) -> dict[int, int]:
    """Which record of a document is which labelled one: indexes of the first by those of the second.

    Of all that could be, the pair whose evidence and words agree best comes first; each record stands for one.
    A block may hold a record that another block holds too.
    """
    ranked = sorted(
        (
            (-score, w, r)
            for w, label in enumerate(wanted)
            for r, record in enumerate(records)
            if label.kind == record.kind.value and (score := _agreement(label, record)) > 0
        ),
    )
    found: dict[int, int] = {}
    taken: dict[str, set[int]] = defaultdict(set)
    for _, w, r in ranked:
        if w not in found and r not in taken[wanted[w].block]:
            found[w] = r
            taken[wanted[w].block].add(r)
    return found


def _agreement(label: Labelled, record: Record) -> float:
    """Share of common evidence plus likeness of words; 0 if it can't be the labelled record."""
    common = sum(_common(a, b) for a in label.evidence for b in record.evidence)
    if not common:
        return 0.0
    either = sum(s.end - s.start for s in (*label.evidence, *record.evidence)) - common
    alike = SequenceMatcher(None, _text(label.says), _text(says(record)), autojunk=False).ratio()
    return common / either + alike if alike >= _ALIKE else 0.0


def _common(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _text(values: Mapping[str, Any]) -> str:
    parts = [v if isinstance(v, str) else " ".join(map(str, v)) for v in values.values()]
    return re.sub(r"\W+", " ", " ".join(parts)).casefold()


def said(label: Labelled) -> str:
    """The words of a labelled record on one line."""
    return ", ".join(v if isinstance(v, str) else " ".join(map(str, v)) for v in label.says.values())
