"""Every command: it has help, a JSON form that its help describes, and its part of docs/cli.md."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from cli_door import run
from communique.cli import app
from communique.cli.reference import reference

DOCS = Path(__file__).parent.parent / "docs" / "cli.md"
COMMANDS = sorted(str(command.name) for command in app.registered_commands)
LEDGER_COMMANDS = sorted(set(COMMANDS) - {"extract"})


def test_all_commands_are_there() -> None:
    expected = (
        "actors add brief confirm copy decisions diff different doctor export extract list log problems rebuild reject "
        "reread review same search serve set show skipped status timeline undo watch why"
    )
    assert " ".join(COMMANDS) == expected


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"serve"}))
def test_every_command_has_help_and_a_json_form_that_it_describes(command: str) -> None:
    result = run(command, "--help")
    assert result.code == 0
    assert "--format" in result.out
    assert "json" in result.out
    assert "\n  JSON: " in result.out


@pytest.mark.parametrize("command", LEDGER_COMMANDS)
def test_every_command_that_uses_a_ledger_lets_one_choose_it(command: str) -> None:
    text = run(command, "--help").out
    assert "--ledger FILE" in text
    assert "COMMUNIQUE_LEDGER" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"\n## communique {command}\n" in DOCS.read_text(encoding="utf-8")


def test_the_documentation_is_that_of_the_commands() -> None:
    assert DOCS.read_text(encoding="utf-8") == reference(), "run: python -m communique.cli.reference docs/cli.md"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_list_of_commands_says_what_each_does_in_full(command: str) -> None:
    (line,) = [line for line in run("--help").out.splitlines() if line.startswith(f"  {command} ")]
    assert line.endswith(".")
    assert not line.endswith("...")


def test_a_bare_command_prints_the_help() -> None:
    assert run().out == run("--help").out
    assert run().code == 0


def test_the_version() -> None:
    assert run("--version") == (0, "communique 0.1.0\n", "")


def test_help_starts_at_once() -> None:
    """Nothing heavy is imported: the modules are the cause; the processor's seconds are what users feel."""
    heavy = ["sqlalchemy", "trafilatura", "onnxruntime", "tokenizers", "numpy", "rich.console"]
    code = (
        "import sys\nfrom communique.cli import main\n"
        "try: main(['--help'])\n"
        f"except SystemExit: print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.stderr == "[]\n"
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


def test_the_application_is_a_typer_one() -> None:
    assert isinstance(app, typer.Typer)
