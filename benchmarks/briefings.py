"""The White House documents of 2021 to 2023 that concern more than one state, and their records kept on disk.

usage: python benchmarks/briefings.py [--data DIR] [--longest WORDS] [--out FILE]

What is kept is one JSON object a line: ``id`` in the data set, ``document`` (fields of the document), ``people`` (whom
the people in it act for) and ``records``. A second run adds only documents that are not there yet.
"""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rich.progress import track

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.public import DATA, json_lines  # noqa: E402
from communique import api  # noqa: E402
from communique.intake.reading import people_of as named_people  # noqa: E402
from communique.ledger import People, Reported  # noqa: E402
from communique.ledger.writing import document_id, record_id  # noqa: E402
from communique.lexicon.tables import forms, rows  # noqa: E402
from communique.model import Document, Record, Source, record_from_json, record_to_json  # noqa: E402

BRIEFINGS = Path("wh-briefings") / "wh-briefings-2021-2023.jsonl.gz"
KEPT = ROOT / ".cache" / "briefings" / "records.jsonl"
PUBLISHER = "The White House"
SITE = "https://bidenwhitehouse.archives.gov/briefing-room"
"""Where the documents stand: the ids of the set are their paths below it."""
LONGEST = 6000
"""Words of the longest document that is read; what is longer is mostly reports to Congress and transcripts."""
_RATE = 0.005
"""Names of foreign states among the words of a document that concerns them, at least."""
_FEWEST = 3
_ID = re.compile(r"(?P<part>[\w-]+)/\d{4}-\d{2}/(?P<day>\d{4}-\d{2}-\d{2})-(?P<slug>.+)\.md")
_TAG = re.compile(r"<[^>]*>|https?://\S+")
_HOST = "US"
_TRANSCRIPTS = ("press-briefings", "speeches-remarks")
_NO_TRANSCRIPT = re.compile(r"readout|joint-statement|leaders-statement|fact-sheet")


def briefings(data: Path) -> Iterator[dict[str, Any]]:
    """All documents of the set, as they stand in it."""
    return json_lines(data / BRIEFINGS)


def concerns_states(row: dict[str, Any], longest: int = LONGEST) -> bool:
    """Whether a document is no transcript, not too long, and names foreign states often enough to be about them."""
    text = _TAG.sub(" ", row["text"])
    words = len(text.split())
    transcript = row["id"].startswith(_TRANSCRIPTS) and not _NO_TRANSCRIPT.search(row["id"])
    if transcript or not words or words > longest:
        return False
    named = len(_foreign().findall(text)) + len(_foreign().findall(row["title"]))
    return named >= _FEWEST and named / words >= _RATE


@cache
def _foreign() -> re.Pattern[str]:
    columns = ("name", "official", "aliases", "adjectives")
    names = {form for row in rows("states") if row["code"] != _HOST for c in columns for form in forms(row, c)}
    longest_first = sorted((name for name in names if len(name) > 3), key=lambda name: (-len(name), name))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


def briefing(row: dict[str, Any]) -> Document:
    """A document of the set, read as its Markdown file would be."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "body.md"
        path.write_text(row["text"], encoding="utf-8")
        read = api.read(path, title=plain_title(row["title"]), publisher=PUBLISHER, published=row["published"])
    return Document(
        text=read.text,
        title=read.title,
        publisher=PUBLISHER,
        published=row["published"],
        url=address(row["id"]),
        language="en",
    )


def plain_title(title: str) -> str:
    """The title without the escapes that the set has in it."""
    title = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), title)
    return re.sub(r"\\(.)", lambda found: " " if found[1] == "_" else found[1], title)


def address(name: str) -> str:
    """The address of a document of the set on the site that it comes from."""
    found = _ID.fullmatch(name)
    if found is None:
        raise ValueError(f"no id of a document: {name}")
    return f"{SITE}/{found['part']}/{found['day'].replace('-', '/')}/{found['slug']}/"


def examples() -> Iterator[tuple[str, Document]]:
    """The documents of this repository's examples, each with its path."""
    for path in sorted((ROOT / "examples").iterdir()):
        if path.suffix != ".rst":
            yield f"examples/{path.name}", api.read(path)


def people_of(document: Document) -> People:
    """Whom the people that a document names act for, as a ledger keeps it."""
    return named_people(document)


class Read(NamedTuple):
    """A document with what was read in it.

    Attributes:
        id: as in the set, or its path below the repository.
        people: whom the people in it act for.
    """

    id: str
    document: Document
    records: tuple[Record, ...]
    people: People


def reported(read: Read) -> list[Reported]:
    """The records of a document as a ledger hands them over to be resolved."""
    document, name = read.document, document_id(read.document)
    found = {}
    for record in read.records:
        source = Source(
            record_id=record_id(name, record),
            document_id=name,
            title=document.title,
            publisher=document.publisher,
            published=document.published,
            url=document.url,
            quotes=tuple(document.text[s.start : s.end] for s in record.evidence),
            spans=record.evidence,
        )
        found[source.record_id] = Reported(record, source, read.people)
    return list(found.values())


def kept(path: Path = KEPT) -> Iterator[Read]:
    """All documents that have been read."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            people = {name: tuple(parties) for name, parties in row["people"].items()}
            fields = {
                name: tuple(value) if isinstance(value, list) else value for name, value in row["document"].items()
            }
            yield Read(row["id"], Document(**fields), tuple(map(record_from_json, row["records"])), people)


def keep(rows: Iterable[dict[str, Any]], path: Path = KEPT) -> Iterator[str]:
    """Read what has not been read yet, one document a line; gives the id of each as it is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    known = {read.id for read in kept(path)} if path.exists() else set()
    with path.open("a", encoding="utf-8") as out:
        for row in rows:
            if row["id"] not in known:
                document = briefing(row)
                records = [record_to_json(record) for record in api.extract(document)]
                line = {"id": row["id"], "document": asdict(document), "people": people_of(document)}
                out.write(json.dumps(line | {"records": records}, ensure_ascii=False) + "\n")
                out.flush()
                yield row["id"]


def main() -> None:
    """Read all documents that concern states and keep their records."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--longest", type=int, default=LONGEST, help="words of the longest document")
    parser.add_argument("--out", type=Path, default=KEPT, help="the file that keeps them")
    options = parser.parse_args()
    rows = [row for row in briefings(options.data) if concerns_states(row, options.longest)]
    for _ in track(keep(rows, options.out), "Reading", total=len(rows)):
        pass


if __name__ == "__main__":
    main()
