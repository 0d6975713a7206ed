"""How far a run of reading is: a line on a terminal, nothing where standard error is a file or a pipe."""

import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from communique.cli.output import error_console

if TYPE_CHECKING:
    from communique.cli.tally import Tally
    from communique.ledger import Taken

_NAME = 40
"""Columns for what is being read."""


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
        self._name, self._told = "", ""

    def __enter__(self) -> Self:
        console = error_console()
        if console.is_terminal:
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            several = (BarColumn(20), MofNCompleteColumn(), TimeRemainingColumn()) if len(self._done) > 1 else ()
            self._bar = Bar(*several, TextColumn("{task.description}", markup=False), console=console, transient=True)
            self._task = self._bar.add_task("starting", total=len(self._done))
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, name: str) -> None:
        """Tell that an item is being read."""
        self._name = name if len(name) <= _NAME else f"…{name[1 - _NAME :]}"
        self._show()

    def advance(self, taken: "Taken", tally: "Tally") -> None:
        """Tell that a document is done."""
        self._documents += 1
        if self._bar is not None:
            rate = self._documents / max(time.monotonic() - self._began, 0.001)
            left = tally.counted(left_out=("new", "revision"))
            self._told = f"{rate:,.1f} a second" + (f", {left}" if left else "")
            self._bar.update(self._task, completed=self._done.get(taken.origin, 0))
            self._show()

    def _show(self) -> None:
        if self._bar is not None:
            self._bar.update(self._task, description=" · ".join(part for part in (self._told, self._name) if part))
