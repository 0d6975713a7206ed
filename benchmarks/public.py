"""What the measurements on public sets share: where they are, and reading many documents through the public door.

Each set has a module with a ``TITLE`` and a function ``section(data, peers)`` that gives the Markdown lines of its part
of ``docs/quality.md``. ``data`` is the folder of all sets, ``peers`` the Python of the environment in which other tools
run (``benchmarks/requirements.txt``), or None where there is none. A set that isn't there gives one line that says so.
"""

import gzip
import hashlib
import json
import re
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol, cast

import communique
from communique.model import Document, Record, record_from_json, record_to_json

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
LEARNED = ROOT.parent / "shared" / "gold" / "train"
CACHE = ROOT / ".cache" / "quality"
MODULES = ("readouts", "meetings", "re3d", "polnear", "timebank", "plover", "factuality", "news", "same")


class PublicSet(Protocol):
    """A module that measures one public set."""

    TITLE: str

    @staticmethod
    def section(data: Path, peers: Path | None) -> list[str]:
        """The Markdown lines under the set's heading."""


def public_sets() -> list[PublicSet]:
    """All modules that measure a public set, in the order of the page."""
    return [cast(PublicSet, import_module(f"benchmarks.public_{name}")) for name in MODULES]


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines, compressed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_all(name: str, documents: Sequence[Document]) -> list[tuple[Record, ...]]:
    """The records of each document, by :func:`communique.extract`, on all cores.

    What a set yielded is kept in ``.cache/quality`` for as long as the package and the documents stay the same.
    """
    kept = CACHE / f"{name}.json"
    key = hashlib.sha256("".join([_version(), *(d.digest for d in documents)]).encode()).hexdigest()
    if kept.exists():
        stored = json.loads(kept.read_text(encoding="utf-8"))
        if stored["key"] == key:
            return [tuple(map(record_from_json, records)) for records in stored["records"]]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        found = list(pool.map(communique.extract, documents, chunksize=8))
    kept.parent.mkdir(parents=True, exist_ok=True)
    plain = [[record_to_json(record) for record in records] for records in found]
    kept.write_text(json.dumps({"key": key, "records": plain}), encoding="utf-8")
    return found


@cache
def _version() -> str:
    """A digest of all files of the package, its tables and weights among them."""
    package = Path(communique.__file__).parent
    files = sorted(path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()


def markdown_document(text: str, publisher: str | None = None, published: str | None = None) -> Document:
    """The body of a Markdown document read as its file would be, without title or address."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "body.md"
        path.write_text(text, encoding="utf-8")
        read = communique.read(path)
    return Document(text=read.text, publisher=publisher, published=published)


def was_learned(text: str) -> bool:
    """Whether a text, or a part of it, is among the annotated documents from which the reader has learned."""
    return any(run in _learned_runs() for run in _runs(text, every=1))


_RUN = 30


def _runs(text: str, every: int) -> Iterator[tuple[str, ...]]:
    """Runs of thirty words: readouts of two meetings open with the same dozen."""
    words = re.findall(r"\w+", text.lower())
    for start in range(0, len(words) - _RUN + 1, every):
        yield tuple(words[start : start + _RUN])


@cache
def _learned_runs() -> frozenset[tuple[str, ...]]:
    """The opening words of each annotated document, which no other document shares."""
    folders = [LEARNED, ROOT / "training" / "gold"]
    texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for f in folders for path in sorted(f.glob("*.json"))]
    return frozenset(run for text in texts for run in list(_runs(text, every=_RUN))[:2])


def span_f1(gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    """(matched, annotated, found) where spans that overlap are paired one to one, in order of the text."""
    matched, rest = 0, sorted(found)
    for start, end in sorted(gold):
        partner = next((span for span in rest if span[0] < end and start < span[1]), None)
        if partner is not None:
            rest.remove(partner)
            matched += 1
    return matched, len(gold), len(found)


def absent(folder: Path) -> list[str]:
    """The one line for a set that isn't there."""
    return [f"Not measured: there is no `{folder.name}` in the folder of public sets."]


def paragraph(words: str) -> list[str]:
    """A paragraph as lines of ordinary length."""
    return textwrap.wrap(words, 118, break_long_words=False, break_on_hyphens=False)


def rows(header: Sequence[str], *lines: Sequence[object]) -> list[str]:
    """A Markdown table."""
    table = [list(header), ["---"] * len(header), *lines]
    return ["| " + " | ".join(f"{c:.3f}" if isinstance(c, float) else str(c) for c in line) + " |" for line in table]
