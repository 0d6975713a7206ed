"""``communique copy``: a ledger brought to another place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from communique.cli.options import DEFAULT_LEDGER, Format, FormatOption, LedgerOption
from communique.cli.output import error_console, print_json, print_line
from communique.model import Place, place_of


def copy(
    target: Annotated[
        Place,
        typer.Argument(metavar="TO", parser=place_of, help="Where nothing is yet: a file or a database, as --ledger."),
    ],
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Copy a whole ledger: from a file into a database, or back.

    Documents with all their revisions, records, decisions, entries and the log are the same afterwards, identifiers
    too, and so is what `export` writes. The copy is there as a whole or not at all; the ledger that it is made of stays
    as it is, and others may go on reading and writing it, though what they write meanwhile is not copied.

    JSON: an object with "rows", how many were copied.
    """
    from communique.api.copying import copy_ledger

    with _bar() as told:
        rows = copy_ledger(ledger, target, told)
    if output is Format.JSON:
        print_json({"rows": rows})
        return
    print_line(f"{rows:,} rows copied; `communique doctor --ledger {target}` checks that all is well.")


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """What tells how far copying is: a line on a terminal, nothing where standard error is a file or a pipe."""
    console = error_console()
    if not console.is_terminal:
        yield lambda table, done, total: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = BarColumn(16), TimeRemainingColumn(compact=True), TextColumn("{task.description}", markup=False)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("counting", total=None)

        def told(table: str, done: int, total: int) -> None:
            words = f"{done:,} of {total:,} rows · {table.replace('_', ' ')}"
            bar.update(task, completed=done, total=total, description=words)

        yield told
