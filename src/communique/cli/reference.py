"""The command reference in Markdown, made of the commands' own help: ``python -m communique.cli.reference FILE``."""

import os
import sys
from pathlib import Path

import typer

from communique.cli.app import app

WIDTH = 100
"""Columns of the help, wherever it is made."""
_INTRODUCTION = """\
# The command line

Made of the commands' own help by `python -m communique.cli.reference docs/cli.md`; a test compares the two.

Pages go to standard output, everything about the run to standard error. Exit codes: 0 done, 1 could not be done
(the one line that starts with `communique:` says why), 2 wrong request, 130 interrupted. Parties are given by name or
by code, in any case: `India`, `IN`, `united states`, `NATO`. Dates are `2025-10-31`, `2025-10` or `2025`; in output
they are EDTF, for example `2025-07/2025-12` or `../2030`. Pages are as wide as the terminal, at most 110 columns;
`COLUMNS` sets another width, and without a terminal it is 80. Where a page goes to a file or a pipe it has no colours
and no marks.
"""


def reference() -> str:
    """The whole page: the program's help, then one part for each command."""
    os.environ.pop("COMMUNIQUE_LEDGER", None)
    root = typer.main.get_command(app)
    context = typer.Context(root, info_name="communique", terminal_width=WIDTH)
    parts = [_INTRODUCTION, _block(root.get_help(context))]
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        inner = typer.Context(command, info_name=name, parent=context, terminal_width=WIDTH)
        parts += [f"## communique {name}\n", _block(command.get_help(inner))]
    return "\n".join(parts)


def _block(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return f"```text\n{lines}\n```\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
