"""The application: its commands, and what it does with every error that can reach it."""

import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from communique.cli import (
    adding,
    asking,
    briefing,
    checking,
    copying,
    deciding,
    differing,
    leftovers,
    reading,
    renewing,
    reviewing,
    serving,
    standing,
    telling,
    timelines,
    watching,
)
from communique.cli.output import complain
from communique.model import CommuniqueError, UsageError

INTERRUPTED = 130
"""Exit code after Ctrl-C, 128 plus the signal's number, as shells count."""

app = typer.Typer(
    name="communique",
    help="Reads what governments announce, promise, sign, sell and deliver, and keeps a ledger of it in which every "
    "line carries the sentence that says so.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command("add")(adding.add)
app.command("problems")(leftovers.problems)
app.command("skipped")(leftovers.skipped)
app.command("watch")(watching.watch)
app.command("extract")(reading.extract)
app.command("brief")(briefing.brief)
app.command("timeline")(timelines.timeline)
app.command("status")(standing.status)
app.command("serve")(serving.serve)
app.command("list")(asking.list_entries)
app.command("show")(asking.show)
app.command("search")(asking.search)
app.command("actors")(asking.actors)
app.command("confirm")(deciding.confirm)
app.command("reject")(deciding.reject)
app.command("set")(deciding.set_field)
app.command("same")(deciding.same)
app.command("different")(deciding.different)
app.command("undo")(deciding.undo)
app.command("decisions")(deciding.decisions)
app.command("review")(reviewing.review)
app.command("why")(telling.why)
app.command("log")(telling.log)
app.command("diff")(differing.diff)
app.command("copy")(copying.copy)
app.command("rebuild")(renewing.rebuild)
app.command("reread")(renewing.reread)
app.command("export")(telling.export)
app.command("doctor")(checking.doctor)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"communique {version('communique')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Options of the program itself; without a command the help is printed."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the program and ends the process: 0 done, 1 could not be done, 2 wrong request, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that can't show a letter shows a "?" instead
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    command = typer.main.get_command(app)
    try:
        code = command.main(args=arguments, prog_name="communique", standalone_mode=False)
        sys.stdout.flush()
    except CommuniqueError as error:
        complain(str(error))
        return error.exit_code
    except typer.TyperException as error:
        complain(_one_line(error))
        return error.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except UnicodeEncodeError:
        complain("What was typed holds bytes that are no letters in UTF-8: type it anew.")
        return UsageError.exit_code
    except Exception as error:
        if sys.flags.dev_mode:  # python -X dev -m communique.cli shows where it came from
            raise
        complain(f"This is a fault of communique ({type(error).__name__}: {error}): please report it with the command.")
        return 1
    if code == INTERRUPTED:
        complain("Interrupted: documents that were added stay in the ledger, and the same command goes on from there.")
    return code if isinstance(code, int) else 0


def _one_line(error: typer.TyperException) -> str:
    """The message on one line, with the command to ask for help."""
    context = getattr(error, "ctx", None)
    message = " ".join(error.format_message().replace("Value error, ", "").split())
    if context is None:
        return message
    ended = message if message.endswith(("?", ".")) else f"{message}."
    return f"{ended} See {context.command_path} --help."
