"""``communique extract``: what single documents report, without a ledger."""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.options import PublishedOption, PublisherOption, TitleOption, UrlOption, check_published
from communique.cli.output import complain, print_json, print_page
from communique.model import CommuniqueError, Document, Record, SourceError, UsageError, record_to_json

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
) -> None:
    """Print what single documents report.

    No ledger is needed, and none is changed.

    JSON lines: one record a line, with "kind", the fields of its kind, "evidence" as a list of {start, end}, half-open
    character offsets into the text that was read, and "confidence" where known. The same input gives the same bytes.

    JSON: a list of {path, title, publisher, published, url, records}, one for each document.
    """
    check_published(published)
    if out_dir is not None:
        _check_stems(files)
    failed: list[CommuniqueError] = []

    def read(path: str) -> Document | None:
        from communique.sources import read as read_document

        try:
            return read_document(path, published=published, publisher=publisher, url=url, title=title)
        except (UsageError, SourceError) as error:
            failed.append(error)
            if len(files) > 1:
                complain(str(error))
            return None

    documents = [(path, document) for path in files if (document := read(path)) is not None]
    if out_dir is not None:
        _write(_extracted(documents), out_dir)
    elif documents:
        _print(_extracted(documents), output)
    if failed and len(files) == 1:
        raise failed[0]
    if failed:
        raise typer.Exit(1)


def _extracted(documents: list[tuple[str, Document]]) -> Iterator[_Read]:
    """Each document with its records, the model being loaded once for all."""
    from communique.extraction import extract_all

    found = extract_all(document for _, document in documents)
    for (path, document), records in zip(documents, found, strict=True):
        yield path, document, records


def _print(found: Iterable[_Read], output: ReadingFormat) -> None:
    if output is ReadingFormat.JSONL:
        for _, _, records in found:
            typer.echo(_lines(records), nl=False)
    elif output is ReadingFormat.JSON:
        print_json([_reading_to_json(*read) for read in found])
    else:
        from communique.views import Reading, readings_page

        print_page(readings_page([Reading(document, records) for _, document, records in found], date.today()))


def _lines(records: Iterable[Record]) -> str:
    return "".join(json.dumps(record_to_json(record), ensure_ascii=False) + "\n" for record in records)


def _reading_to_json(path: str, document: Document, records: tuple[Record, ...]) -> dict[str, object]:
    return {
        "path": path,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "url": document.url,
        "records": [record_to_json(record) for record in records],
    }


def _stem(path: str) -> str:
    return "stdin" if path == "-" else Path(path).stem


def _check_stems(files: list[str]) -> None:
    """Two inputs must not be written to one file."""
    written: dict[str, str] = {}
    for path in files:
        if (other := written.setdefault(_stem(path), path)) != path:
            raise UsageError(f"Both {other} and {path} would be written to {_stem(path)}.jsonl: extract them apart.")


def _write(found: Iterable[_Read], folder: Path) -> None:
    """One file for each document, complete or not at all.

    Raises:
        UsageError: the folder can't be written to.
    """
    part: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, _, records in found:
            target = folder / f"{_stem(path)}.jsonl"
            part = folder / f".{target.name}.{os.getpid()}"
            part.write_text(_lines(records), encoding="utf-8", errors="surrogatepass", newline="\n")
            part.replace(target)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise UsageError(f"Can't write into {folder} ({reason}): give a folder that may be written.") from None
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
