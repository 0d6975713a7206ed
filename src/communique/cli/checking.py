"""``communique doctor``: whether the installation and the ledger are whole."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import typer

from communique.cli.options import DEFAULT_LEDGER, Format, FormatOption, LedgerOption
from communique.cli.output import print_json, print_line
from communique.model import CommuniqueError, Place

_MAKE_IT = "`communique add FILE...` makes it"
_LEFT = {
    "unread": "not in English and not read: see `communique skipped`",
    "failed": "could not be read: see `communique problems`",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: whether it is well, and what was found, in one line."""

    name: str
    ok: bool
    detail: str


def doctor(ledger: LedgerOption = DEFAULT_LEDGER, output: FormatOption = Format.TEXT) -> None:
    """Check installation, model and ledger.

    The exit code is 1 if anything is wrong.

    JSON: an object with "ok" and "checks", a list of {name, ok, detail}.
    """
    checks = [*_installation(), _guarded("model", _model), *_ledger(ledger)]
    well = all(check.ok for check in checks)
    if output is Format.JSON:
        print_json({"ok": well, "checks": [asdict(check) for check in checks]})
    else:
        width = max(len(check.name) for check in checks)
        for check in checks:
            print_line(f"{'well ' if check.ok else 'WRONG'}  {check.name:<{width}}  {check.detail}")
    if not well:
        raise typer.Exit(1)


def _installation() -> Iterator[Check]:
    import platform
    import sqlite3
    from importlib.metadata import PackageNotFoundError, version

    yield Check("python", True, f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    for package in ("communique", "onnxruntime", "tokenizers", "sqlalchemy"):
        try:
            yield Check(package, True, version(package))
        except PackageNotFoundError:
            yield Check(package, False, "not installed: install communique again.")
    yield Check("sqlite", True, sqlite3.sqlite_version)


def _model() -> str:
    from communique.reader.network import check_weights

    manifest = check_weights()
    return f"version {manifest['version']}, {len(manifest['files'])} files, every digest right"


def _ledger(place: Place) -> Iterator[Check]:
    """The ledger's own checks; a ledger that does not exist yet is nothing wrong."""
    from communique.api.opening import ledger_exists

    there = _guarded("ledger", lambda: "" if ledger_exists(place) else f"none at {place} yet: {_MAKE_IT}")
    if there.detail:
        yield there
        return

    def summary() -> str:
        from communique.api import Ledger

        with Ledger(place, read_only=True) as ledger:
            findings.extend(Check(finding.check, False, finding.message) for finding in ledger.check())
            if findings:
                return f"{place}: something is wrong with it"
            counts, orphans = ledger.counts(), len(ledger.orphans())
        told = ", ".join(f"{counts[name]} {name}" for name in ("documents", "records", "entries"))
        told += "".join(f"; {counts[name]} {words}" for name, words in _LEFT.items() if counts[name])
        return f"{place}: {told}" + (f"; {orphans} orphaned: see `communique decisions`" if orphans else "")

    findings: list[Check] = []
    told = _guarded("ledger", summary)
    yield Check(told.name, told.ok and not findings, told.detail)
    yield from findings


def _guarded(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except CommuniqueError as error:
        return Check(name, False, str(error))
