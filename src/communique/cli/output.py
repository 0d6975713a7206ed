"""Where output goes: pages and JSON to standard output, everything about the run to standard error.

Nothing else in the commands prints: here control characters are taken out of what documents say and how files are
called, wherever it is shown.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import typer

from communique.model import UsageError
from communique.model.printable import as_json, on_one_line

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

WIDEST = 110
"""Columns beyond which lines get hard to read."""


def print_json(value: Any) -> None:
    """One JSON value, indented, in its own order of keys, non-ASCII letters as they are."""
    typer.echo(as_json(value, indent=2))


def print_json_line(value: Any) -> None:
    """One JSON value on one line."""
    typer.echo(as_json(value))


def print_line(line: str = "") -> None:
    """A line of text; line ends in it become spaces."""
    typer.echo(on_one_line(line))


def print_page(page: "RenderableType") -> None:
    """A page: with colours on a terminal, as plain text without trailing blanks elsewhere."""
    console = _console()
    if console.is_terminal:
        console.print(page)
        return
    with console.capture() as capture:
        console.print(page)
    for line in capture.get().splitlines():
        typer.echo(line.rstrip())


def complain(message: str) -> None:
    """A line that says what went wrong and what to do, to standard error."""
    typer.echo(f"communique: {on_one_line(message)}", err=True)


def ask(question: str) -> None:
    """A question on standard error, to be answered behind it."""
    typer.echo(f"{on_one_line(question)} ", nl=False, err=True)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[str]]:
    """A file to write text to, which is there when the context ends without an error, and not before.

    Raises:
        UsageError: it can't be written.
    """
    with _part_of(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        yield file


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, which is there as a whole or not at all.

    Raises:
        UsageError: it can't be written.
    """
    with _part_of(path) as part:
        part.write_bytes(content)


@contextmanager
def _part_of(path: Path) -> Iterator[Path]:
    """A file beside another one, that takes its place when the context ends without an error."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise UsageError(f"Can't write {path} ({reason}): name a file in a folder that may be written.") from None
    finally:
        part.unlink(missing_ok=True)


def error_console() -> "Console":
    """A console for progress, on standard error."""
    from communique.cli.terminal import Terminal

    return Terminal(stderr=True)


def _console() -> "Console":
    from communique.cli.terminal import Terminal

    console = Terminal()
    console.width = min(console.width, WIDEST)
    return console
