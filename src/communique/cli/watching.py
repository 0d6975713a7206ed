"""``communique watch``: feeds, sitemaps, pages and folders, read as they change."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli.options import DEFAULT_LEDGER, AllowPrivateOption, Format, FormatOption, LedgerOption
from communique.cli.output import complain, print_json, print_json_line, print_line
from communique.cli.progress import Progress
from communique.cli.tally import Tally
from communique.model import Place

if TYPE_CHECKING:
    from communique.api.watching import RoundReport, SourceReport
    from communique.sources.watchlist import WatchedSource

EVERY = timedelta(minutes=30)
"""The time between two looks at a source that states none."""
_LONGEST_SLEEP = 3600.0
_SHOWN = 5
"""Pages of one source that are named where they can't be read."""


def watch(
    sources: Annotated[
        Path, typer.Argument(metavar="SOURCES", help="A TOML file that lists them.", show_default=False)
    ],
    once: Annotated[bool, typer.Option("--once", help="Look at every source once, and end.")] = False,
    allow_private: AllowPrivateOption = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Follow feeds, sitemaps, pages and folders.

    What is new there is read into the ledger. The list of sources and its keys are described in docs/watching.md.
    Sites are asked politely: by their robots.txt, one page after another, and only for what has changed. A page that
    was read before and has changed becomes a new revision. A source that fails stops no other: it is named with the
    reason and tried again later, and with --once the exit code is then 1. Without --once it goes on until Ctrl-C.

    JSON: an object with "at", "next_at" and "sources", a list of {source, kind, looked, problem, next_at, waiting,
    added, a list of {path, outcome, document_id, records}, and failed, a list of {path, reason}}; without --once one
    such object a line for each round.
    """
    from communique.sources.watchlist import read_watchlist

    listed = read_watchlist(sources)
    if once:
        report = _round(listed, ledger, allow_private, None)
        _tell(report, ledger, output, is_one_of_many=False)
        if any(_failed(one) for one in report.sources):
            raise typer.Exit(1)
        return
    try:
        while True:
            report = _round(listed, ledger, allow_private, EVERY)
            _tell(report, ledger, output, is_one_of_many=True)
            _sleep_until(report.next_at)
    except KeyboardInterrupt:
        complain("Stopped: what was read stays in the ledger, and the same command goes on from there.")


def _round(
    sources: "tuple[WatchedSource, ...]", ledger: Place, allow_private: bool, every: timedelta | None
) -> "RoundReport":
    from communique.api import Ledger

    with Ledger(ledger) as opened, Progress([]) as progress:
        return opened.watch(sources, allow_private=allow_private, every=every, begun=progress.begin)


def _sleep_until(moment: str) -> None:
    seconds = (datetime.fromisoformat(moment) - datetime.now(UTC)).total_seconds() if moment else 0.0
    time.sleep(min(max(seconds, 1.0), _LONGEST_SLEEP))


def _tell(report: "RoundReport", ledger: Place, output: Format, *, is_one_of_many: bool) -> None:
    """Print what a round did; of many rounds, those that came to nothing are passed over in text."""
    if output is Format.JSON:
        value = _to_json(report)
        if is_one_of_many:
            print_json_line(value)
        else:
            print_json(value)
        return
    looked = [one for one in report.sources if one.looked]
    if is_one_of_many and not (any(one.taken for one in report.sources) or any(_failed(one) for one in looked)):
        return
    if is_one_of_many:
        print_line(f"{datetime.now().astimezone():%Y-%m-%d %H:%M}")
    tally = Tally(every=False)
    for one in report.sources:
        for taken in one.taken:
            if taken.outcome != "failed":
                tally.count(taken)
    print_line(f"{len(looked)} of {len(report.sources)} source{'' if len(report.sources) == 1 else 's'} looked at.")
    if tally.kept:
        for line in tally.lines(ledger):
            print_line(line)
    for one in report.sources:
        _tell_source(one)


def _tell_source(report: "SourceReport") -> None:
    place = report.source.place
    for taken in report.taken:
        if taken.outcome in ("new", "revision"):
            print_line(f"  {taken.outcome}: {taken.title or taken.name} ({taken.name})")
    if report.problem:
        later = f" It is tried again after {_shown(report.next_at)}." if report.next_at else ""
        reason = report.problem if place in report.problem else f"{place}: {report.problem}"
        print_line(f"  failed: {reason}{later}")
    for address, reason in list(report.unread.items())[:_SHOWN]:
        print_line(f"  failed: {reason if address in reason else f'{address}: {reason}'}")
    if len(report.unread) > _SHOWN:
        print_line(f"  and {len(report.unread) - _SHOWN} more pages of {place}")
    if report.waiting:
        print_line(f"  {report.waiting} pages of {place} wait for the next round")


def _shown(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"


def _failed(report: "SourceReport") -> bool:
    return report.problem is not None or bool(report.unread)


def _to_json(report: "RoundReport") -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "next_at": report.next_at or None,
        "sources": [
            {
                "source": one.source.place,
                "kind": one.source.kind.value,
                "looked": one.looked,
                "problem": one.problem,
                "next_at": one.next_at,
                "waiting": one.waiting,
                "added": [
                    {
                        "path": taken.name,
                        "outcome": taken.outcome,
                        "document_id": taken.document_id,
                        "records": taken.records,
                    }
                    for taken in one.taken
                    if taken.outcome != "failed"
                ],
                "failed": [{"path": address, "reason": reason} for address, reason in one.unread.items()],
            }
            for one in report.sources
        ],
    }
