"""How far a run of reading is: a line on a terminal, nothing where standard error is a file or a pipe."""

import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from communique.cli.output import error_console
from communique.model.printable import on_one_line

if TYPE_CHECKING:
    from communique.cli.tally import Tally
    from communique.ledger import Taken

_BAR = 16
"""Columns of the bar; the time that remains beside it takes eleven more."""
_LEAST = 12
"""Columns that are left for what is being read, however much there is to tell."""


class Progress:
    """A line that tells how much of what was given is done, how fast, what was left out, and what is being read.

    Args:
        names: what was given, in the order in which it is read.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._done = {name: number for number, name in enumerate(names)}
        self._bar: Any = None
        self._task: Any = None
        self._documents, self._began = 0, time.monotonic()
        self._name, self._told, self._room = "", "", 0

    def __enter__(self) -> Self:
        console = error_console()
        if console.is_terminal:
            from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            several = (BarColumn(_BAR), TimeRemainingColumn(compact=True)) if len(self._done) > 1 else ()
            self._bar = Bar(*several, TextColumn("{task.description}", markup=False), console=console, transient=True)
            self._task = self._bar.add_task("starting", total=len(self._done))
            self._room = console.width - (_BAR + 11 if several else 1)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, name: str) -> None:
        """Tell that an item is being read."""
        self._name = on_one_line(name)
        self._show()

    def advance(self, taken: "Taken", tally: "Tally") -> None:
        """Tell that a document is done."""
        self._documents += 1
        if self._bar is not None:
            rate = self._documents / max(time.monotonic() - self._began, 0.001)
            left = tally.counted(left_out=("new", "revision"))
            self._told = f"{self._documents:,} done, {rate:,.1f} a second" + (f", {left}" if left else "")
            self._bar.update(self._task, completed=self._done.get(taken.origin, 0))
            self._show()

    def _show(self) -> None:
        if self._bar is not None:
            room = max(_LEAST, self._room - len(self._told) - 3)
            name = self._name if len(self._name) <= room else f"…{self._name[1 - room :]}"
            self._bar.update(self._task, description=" · ".join(part for part in (self._told, name) if part))
