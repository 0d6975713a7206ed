"""Talk with peers that run in an environment of their own: JSON lines to their standard input, JSON lines back."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def answers(python: Path, worker: str, questions: Iterable[Any]) -> list[Any]:
    """One answer for each question from a worker of this folder, in order.

    Args:
        python: of the environment with ``benchmarks/requirements.txt``.
        worker: name of the script, beside this module.

    Raises:
        RuntimeError: the worker failed or gave another number of answers.
    """
    script = Path(__file__).with_name(worker)
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    done = subprocess.run(
        [python, "-W", "ignore", script], input=lines, capture_output=True, text=True, encoding="utf-8", check=False
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(found) != lines.count("\n"):
        raise RuntimeError(f"{worker} failed: {done.stderr.strip()[-500:]}")
    return found
