"""``communique add``: documents into the ledger."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import (
    DEFAULT_LEDGER,
    AllowPrivateOption,
    Format,
    FormatOption,
    LedgerOption,
    PublishedOption,
    PublisherOption,
    TitleOption,
    UrlOption,
    check_published,
)
from communique.cli.output import print_json, print_line
from communique.cli.progress import Progress
from communique.cli.tally import Tally
from communique.model import Place, UsageError

if TYPE_CHECKING:
    from communique.ledger import Taken


def add(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files, folders, patterns, archives, addresses, or -.", show_default=False),
    ],
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    url: UrlOption = None,
    title: TitleOption = None,
    ungated: Annotated[
        bool, typer.Option("--ungated", help="Read also what would be passed over, as holding nothing for a ledger.")
    ] = False,
    allow_private: AllowPrivateOption = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Read documents into the ledger.

    Web pages, PDF, Office documents, e-mail, feeds, tables, text and archives of all these are read, from files,
    folders (all that is below them), patterns such as "2025/*.html", http(s) addresses and standard input (-). Each
    document is read apart, within limits of time and memory. One that can't be read does not stop the others: it is
    named with the reason, `communique problems` lists it, and the exit code is 1.

    A document that is in the ledger already changes nothing, a changed one becomes a new revision. What was given
    before and has not changed is not read again, so that the same command goes on where it was interrupted. What
    plainly holds nothing for a ledger is passed over; what is in another language than English is kept and not read:
    `communique skipped` lists both.

    JSON: an object with "added", a list of {path, outcome ("new", "revision", "known" or "unread"), document_id,
    records}, "passed_over", how many were, and "failed", a list of {path, reason}.
    """
    check_published(published)
    names, refused = _names(paths)
    tally = Tally(every=output is Format.JSON)
    for path, error in refused:
        tally.refuse(path, error)
    if names:
        with ExitStack() as stack:
            from communique.intake import Crew, prepare

            crew = stack.enter_context(Crew(prepare))  # its processes start while the ledger is opened
            from communique.api import Ledger
            from communique.api.opening import ledger_exists

            stack.callback(_remove_if_empty, ledger, tally, is_new=not ledger_exists(ledger))
            opened = stack.enter_context(Ledger(ledger))
            progress = stack.enter_context(Progress(names))
            found = opened.add_paths(
                names,
                published=published,
                publisher=publisher,
                url=url,
                title=title,
                ungated=ungated,
                allow_private=allow_private,
                begun=progress.begin,
                crew=crew,
            )
            _count(found, tally, progress)
    tally.raise_if_alone()
    report(tally, ledger, output)


def report(tally: Tally, ledger: Place, output: Format) -> None:
    """Print what a run came to; the program's exit code is 1 if anything failed."""
    if output is Format.JSON:
        print_json(tally.to_json())
    else:
        for line in tally.lines(ledger):
            print_line(line)
    if tally.failed:
        raise typer.Exit(1)


def _count(found: "Iterable[Taken]", tally: Tally, progress: Progress) -> None:
    for taken in found:
        tally.count(taken)
        progress.advance(taken, tally)


def _names(paths: list[str]) -> tuple[list[str], list[tuple[str, UsageError]]]:
    """What the paths mean, each once, and the paths that mean nothing."""
    from communique.sources import discover

    names, refused = dict[str, None](), []
    for path in paths:
        try:
            names.update(dict.fromkeys(discover([path])))
        except UsageError as error:
            refused.append((path, error))
    return list(names), refused


def _remove_if_empty(ledger: Place, tally: Tally, *, is_new: bool) -> None:
    """Take away the file that was made for documents of which none came in; a database stays, and is empty."""
    if is_new and not tally.kept and isinstance(file := ledger.where, Path):
        for suffix in ("", "-wal", "-shm", "-journal"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
