"""Whether records that speak of one thing become one entry: the part of the page on labelled pairs."""

from pathlib import Path

from benchmarks.briefings import BRIEFINGS
from benchmarks.public import absent, paragraph
from benchmarks.same import lines

TITLE = "Same thing or not"


def section(data: Path, peers: Path | None) -> list[str]:
    """The Markdown lines of this set."""
    if not (data / BRIEFINGS).exists():
        return absent(data / BRIEFINGS.parent)
    return [
        *paragraph(
            "White House documents of 2021 to 2023 (CC0) and the examples of this repository, read as they are and "
            "resolved together. The labels are ours (`tests/same`): blocks of records of one kind that are worth "
            "comparing, each record with the thing that its sentences speak of. Every two records of a block are a "
            "pair, right where they are in one entry just when they are labelled the same; B-cubed asks the like of "
            "each record. Rules were worked out on the first three sets alone; the second and third have other topics, "
            "the second annotated documents too, with the records of their annotation. Of the last two only totals are "
            "looked at, of the very last only when all was done."
        ),
        "",
        *lines(data),
    ]
