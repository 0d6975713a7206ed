"""Where output goes: pages and JSON to standard output, everything about the run to standard error."""

import json
import sys
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

WIDEST = 110
"""Columns beyond which lines get hard to read."""


def print_json(value: Any) -> None:
    """One JSON value, indented, in its own order of keys, non-ASCII letters as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


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
    typer.echo(f"communique: {message}", err=True)


def error_console() -> "Console":
    """A console for progress, on standard error."""
    from rich.console import Console

    return Console(stderr=True)


def _console() -> "Console":
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, soft_wrap=False)
    console.width = min(console.width, WIDEST)
    return console
