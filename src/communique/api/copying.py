"""A ledger brought to another place: from a file into a database of a team, and back."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from communique.ledger.connect import Home, clear_errors, home_of
from communique.ledger.copying import copy_rows, count_rows, is_empty
from communique.model import Place, UsageError


def copy_ledger(source: Place, target: Place, told: Callable[[str, int, int], None]) -> int:
    """Copy a whole ledger: documents with all revisions, records, decisions, entries and the log, under the same ids.

    It is there as a whole at the end, or not at all. Who reads or writes the source meanwhile is not held up, and what
    they write is not copied.

    Args:
        target: where nothing is yet, or a ledger that holds nothing.
        told: is told again and again of which table rows were copied, how many in all so far, and how many there are.

    Returns:
        How many rows were copied.

    Raises:
        UsageError: there is no ledger at the source, or something at the target already.
        LedgerError: one of the two can't be used.
    """
    there, here = home_of(source), home_of(target)
    with clear_errors(there):
        origin = there.open(read_only=True)
    fresh = isinstance(target.where, Path) and not target.where.exists()
    try:
        with clear_errors(there), origin.connect() as read, read.begin():
            total, done = count_rows(read), 0

            def count(table: str, rows: int) -> None:
                nonlocal done
                done += rows
                told(table, done, total)

            with clear_errors(here):
                copy = here.open(read_only=False)
                try:
                    with copy.connect().execution_options(write=True) as write, write.begin():
                        if not is_empty(write):
                            raise UsageError(f"{here} holds a ledger already: name a new file or an empty database.")
                        copy_rows(read, write, count)
                finally:
                    copy.dispose()
        fresh = False
    finally:
        origin.dispose()
        if fresh:
            _take_away(here)
    return total


def _take_away(home: Home) -> None:
    """Remove the file of a copy that came to nothing."""
    path = Path(str(home))
    for name in (path.name, *(path.name + end for end in ("-journal", "-wal", "-shm"))):
        with suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)
