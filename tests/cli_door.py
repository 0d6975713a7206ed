"""The program as users run it, in this process: arguments in; exit code, standard output and standard error out."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from communique import cli
from communique.api import Ledger
from views_examples import DOCUMENTS, records_by_document


class Run(NamedTuple):
    code: int
    out: str
    err: str


def run(*arguments: str | Path, stdin: bytes = b"") -> Run:
    """Runs ``communique`` with these arguments, its output going to pipes."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    code = 0
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", given):
        try:
            cli.main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
    return Run(code, *(_written(stream) for stream in (out, err)))


def make_ledger(path: Path) -> Path:
    """A ledger of the examples, its records given, so that no model is needed."""
    with Ledger(path) as ledger:
        for document_id, records in records_by_document().items():
            ledger.add(DOCUMENTS[document_id], records)
        ledger.counts()
    return path


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8")
