"""``communique add``: documents into the ledger."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import (
    DEFAULT_LEDGER,
    Format,
    FormatOption,
    LedgerOption,
    PublishedOption,
    PublisherOption,
    TitleOption,
    UrlOption,
    check_published,
)
from communique.cli.output import error_console, print_json
from communique.model import CommuniqueError, Document, SourceError, UsageError

if TYPE_CHECKING:
    from communique.ledger import Added

_WORDS = {"new": "new", "revision": "revised", "known": "known already"}
_Advance = Callable[[str], None]


@dataclass(slots=True)
class Batch:
    """What became of each path, in order."""

    added: list[tuple[str | None, "Added"]] = field(default_factory=list)
    failed: list[tuple[str, CommuniqueError]] = field(default_factory=list)


def add(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.", show_default=False),
    ],
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    url: UrlOption = None,
    title: TitleOption = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Read documents into the ledger.

    Text, Markdown, HTML and JSON files are read; a folder stands for all of them below it. A document that is in
    the ledger already changes nothing, a changed one becomes a new revision. One that can't be read is named with
    the reason and does not stop the others; the exit code is then 1.

    JSON: an object with "added", a list of {path, outcome ("new", "revision" or "known"), document_id, records},
    and "failed", a list of {path, reason}.
    """
    check_published(published)
    files, batch = _files(paths)

    def read(path: str) -> Document:
        from communique.sources import read as read_document

        return read_document(path, published=published, publisher=publisher, url=url, title=title)

    with _progress(len(files)) as advance:
        _add_all(_readable(files, read, batch, advance), ledger, batch)
    if len(batch.failed) == 1 and not batch.added:
        raise batch.failed[0][1]
    _report(batch, ledger, output)
    if batch.failed:
        raise typer.Exit(1)


def _files(paths: list[str]) -> tuple[list[str], Batch]:
    """The files that the paths mean, each once; a folder without any is a failure of its own."""
    from communique.sources import discover

    batch, files = Batch(), dict[str, None]()
    for path in paths:
        try:
            files.update(dict.fromkeys(discover([path])))
        except UsageError as error:
            batch.failed.append((path, error))
    return list(files), batch


def _readable(files: list[str], read: Callable[[str], Document], batch: Batch, advance: _Advance) -> Iterator[Document]:
    """The documents that can be read; why the others can't is noted."""
    for file in files:
        try:
            document = read(file)
        except (UsageError, SourceError) as error:
            batch.failed.append((file, error))
        else:
            yield document
        advance(file)


def _add_all(documents: Iterator[Document], path: Path, batch: Batch) -> None:
    """Adds each document as a transaction of its own; there is no ledger before there is a document to put into it.

    Raises:
        LedgerError, ModelError: nothing could be added, this document or any other.
    """
    first = next(documents, None)
    if first is None:
        return
    from communique.api import Ledger

    if not path.exists():
        from communique.reader.network import check_weights

        check_weights()  # without a reader there is nothing to make a ledger for
    with Ledger(path) as ledger:
        ledger.add_all(
            chain([first], documents), progress=lambda document, added: batch.added.append((document.source, added))
        )


@contextmanager
def _progress(total: int) -> Iterator[_Advance]:
    """A bar on a terminal; nothing where standard error is a file or a pipe."""
    console = error_console()
    if not console.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda file: bar.update(task, advance=1, description=Path(file).name)


def _report(batch: Batch, ledger: Path, output: Format) -> None:
    if output is Format.JSON:
        print_json(
            {
                "added": [
                    {"path": p, "outcome": a.outcome, "document_id": a.document_id, "records": a.records}
                    for p, a in batch.added
                ],
                "failed": [{"path": path, "reason": str(error)} for path, error in batch.failed],
            }
        )
        return
    outcomes = [added.outcome for _, added in batch.added]
    counted = [f"{outcomes.count(outcome)} {words}" for outcome, words in _WORDS.items() if outcome in outcomes]
    if batch.failed:
        counted.append(f"{len(batch.failed)} failed")
    documents = len(batch.added) + len(batch.failed)
    records = sum(added.records for _, added in batch.added if added.outcome != "known")
    typer.echo(
        f"{documents} document{'' if documents == 1 else 's'}: {', '.join(counted)}. "
        f"{records} record{'' if records == 1 else 's'} went into {ledger}."
    )
    for path, error in batch.failed:
        typer.echo(f"  {path}: {error}")
