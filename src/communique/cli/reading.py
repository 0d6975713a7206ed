"""``communique extract``: what single documents report, without a ledger."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import (
    MinConfidenceOption,
    PublishedOption,
    PublisherOption,
    TitleOption,
    UrlOption,
    check_published,
)
from communique.cli.output import complain, print_json, print_page
from communique.model import CommuniqueError, Document, Record, SourceError, UsageError, record_to_json
from communique.model.printable import as_json

if TYPE_CHECKING:
    from communique.intake import Alone, Call
    from communique.sources import Origin

_Read = tuple[str, Document, tuple[Record, ...]]


class ReadingFormat(StrEnum):
    """How records are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    JSON = "json"


def extract(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Documents, or - for standard input.", show_default=False)
    ],
    out_dir: Annotated[
        Path | None,
        typer.Option("--out-dir", metavar="DIR", help="Write STEM.jsonl for each input into this folder instead."),
    ] = None,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    url: UrlOption = None,
    title: TitleOption = None,
    output: Annotated[
        ReadingFormat, typer.Option("--format", help="A page to read, one JSON object a line, or one JSON value.")
    ] = ReadingFormat.TABLE,
    min_confidence: MinConfidenceOption = 0.0,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell what proposed each record and what its fields rest on.")
    ] = False,
) -> None:
    """Print what single documents report.

    No ledger is needed, and none is changed.

    JSON lines: one record a line, with "kind", the fields of its kind, "evidence" as a list of {start, end}, half-open
    character offsets into the text that was read, and "confidence", the probability that the record is right. The same
    input gives the same bytes.

    JSON: a list of {path, title, publisher, published, url, records}, one for each document.

    With --explain each record has "reasons" too, a list of {field, value, rule, probability, grounded_by, words, start,
    end}: the part of the reader or the rule that gave the value, how probable it makes it, the words it saw, where they
    stand in the text, and the rule that knows what they mean. docs/confidence.md tells what the rules are.
    """
    check_published(published)
    if out_dir is not None:
        _check_stems(files)
    failed: list[CommuniqueError] = []

    def fail(error: CommuniqueError) -> None:
        failed.append(error)
        if len(files) > 1:
            complain(str(error))

    from communique.sources import Origin

    origin = Origin(title=title, publisher=publisher, published=published, url=url)
    found = _extracted(files, origin, min_confidence, fail)
    if out_dir is not None:
        _write(found, out_dir, explain)
    elif (first := next(found, None)) is not None:
        _print(chain([first], found), output, explain, min_confidence)
    if failed and len(files) == 1:
        raise failed[0]
    if failed:
        raise typer.Exit(1)


def _extracted(
    files: list[str], origin: "Origin", least: float, fail: Callable[[CommuniqueError], None]
) -> Iterator[_Read]:
    """Each document with its records that are sure enough; why the others have none is told to ``fail``."""
    from communique.intake import Broken, Call, Crew, Given, item, prepare, read_alone
    from communique.sources.loading import shown

    def steps() -> "Iterator[tuple[str, Call[Alone] | Alone]]":
        for path in files:
            try:
                yield path, Call(read_alone, Given(item(path, crew), origin))
            except CommuniqueError as error:
                fail(error)

    with Crew(prepare) as crew:
        import_module("communique.views")  # while its first process starts
        for path, found in crew.results(steps()):
            if isinstance(found, Broken):
                fail(SourceError(f"{shown(path)} {found.reason}"))
            elif found.document is None:
                fail(found.error or SourceError(f"{shown(path)} holds no document."))
            else:
                document, reading = found.document, found.reading
                if not document.is_english:
                    complain(
                        f"{shown(path)} is in another language than English ({document.language}): it is not read."
                    )
                sure = (r for r in reading.records if r.confidence is None or r.confidence >= least)
                yield path, document, tuple(sure)


def _print(found: Iterable[_Read], output: ReadingFormat, explain: bool, least: float) -> None:
    if output is ReadingFormat.JSONL:
        for _, document, records in found:
            typer.echo(_lines(document, records, explain), nl=False)
    elif output is ReadingFormat.JSON:
        print_json([_reading_to_json(*read, explain) for read in found])
    else:
        from communique.views import Reading, readings_page

        readings = [Reading(document, records) for _, document, records in found]
        print_page(readings_page(readings, date.today(), explain=explain, least=least))


def _lines(document: Document, records: Iterable[Record], explain: bool) -> str:
    rows = (_record_to_json(document, record, explain) for record in records)
    return "".join(as_json(row) + "\n" for row in rows)


def _record_to_json(document: Document, record: Record, explain: bool) -> dict[str, object]:
    if not explain:
        return record_to_json(record)
    from communique.views import reasons_to_json

    return record_to_json(record) | {"reasons": reasons_to_json(record, document.text)}


def _reading_to_json(path: str, document: Document, records: tuple[Record, ...], explain: bool) -> dict[str, object]:
    return {
        "path": path,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "url": document.url,
        "records": [_record_to_json(document, record, explain) for record in records],
    }


def _stem(path: str) -> str:
    return "stdin" if path == "-" else Path(path).stem


def _check_stems(files: list[str]) -> None:
    """Two inputs must not be written to one file."""
    written: dict[str, str] = {}
    for path in files:
        if (other := written.setdefault(_stem(path), path)) != path:
            raise UsageError(f"Both {other} and {path} would be written to {_stem(path)}.jsonl: extract them apart.")


def _write(found: Iterable[_Read], folder: Path, explain: bool) -> None:
    """One file for each document, complete or not at all.

    Raises:
        UsageError: the folder can't be written to.
    """
    part: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, document, records in found:
            target = folder / f"{_stem(path)}.jsonl"
            part = folder / f".{target.name}.{os.getpid()}"
            part.write_text(_lines(document, records, explain), encoding="utf-8", errors="surrogatepass", newline="\n")
            part.replace(target)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise UsageError(f"Can't write into {folder} ({reason}): give a folder that may be written.") from None
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
