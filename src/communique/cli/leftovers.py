"""``communique problems`` and ``skipped``: what was given to be read and is not in the ledger as records."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli.adding import report
from communique.cli.opening import open_ledger, open_to_write
from communique.cli.options import DEFAULT_LEDGER, AllowPrivateOption, Format, FormatOption, LedgerOption
from communique.cli.output import complain, print_json, print_line
from communique.cli.progress import Progress
from communique.cli.tally import Tally
from communique.model import Place

if TYPE_CHECKING:
    from communique.ledger import Taken


def problems(
    retry: Annotated[bool, typer.Option("--retry", help="Try to read them again, and tell what came of it.")] = False,
    allow_private: AllowPrivateOption = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """List what could not be read, with the reasons.

    With --retry each is tried again with the title, publisher, date and address that were given with it; the exit code
    is 1 if any still fails.

    JSON: a list of {name, origin (what was given to `add`), reason, noted_at}; with --retry as in `add`.
    """
    if retry:
        _retry(ledger, output, allow_private=allow_private)
        return
    with open_ledger(ledger) as opened:
        found = opened.problems()
    if output is Format.JSON:
        print_json([{"name": f.name, "origin": f.origin, "reason": f.reason, "noted_at": f.noted_at} for f in found])
    elif not found:
        complain(f"Everything that was given to {ledger} could be read.")
    else:
        print_line(f"{len(found):,} could not be read; to try again: communique problems --retry")
        _print(found)


def skipped(ledger: LedgerOption = DEFAULT_LEDGER, output: FormatOption = Format.TEXT) -> None:
    """List what was not read on purpose.

    That is what was passed over as holding nothing for a ledger, and what is not in English. What was passed over is
    not in the ledger; `communique add --ungated` reads it all the same. What is in another
    language than English is kept, and found by `search`.

    JSON: a list of {name, origin (what was given to `add`), outcome ("passed over" or "unread"), title, reason,
    document_id (of what is kept, else null), noted_at}.
    """
    with open_ledger(ledger) as opened:
        found = opened.skipped()
    if output is Format.JSON:
        print_json([_skipped_to_json(one) for one in found])
    elif not found:
        complain(f"Everything that was given to {ledger} was read.")
    else:
        kept = sum(one.outcome == "unread" for one in found)
        over = len(found) - kept
        told = (f"{over:,} passed over" * bool(over), f"{kept:,} not in English, and kept" * bool(kept))
        print_line(
            ", ".join(part for part in told if part)
            + ("; to read what was passed over: communique add --ungated NAME" if over else "")
        )
        _print(found)


def _retry(ledger: Place, output: Format, *, allow_private: bool) -> None:
    tally = Tally(every=output is Format.JSON)
    with ExitStack() as stack:
        opened = stack.enter_context(open_to_write(ledger))
        failed = opened.problems()
        if not failed and output is Format.TEXT:
            complain(f"Everything that was given to {ledger} could be read.")
            return
        progress = stack.enter_context(Progress(list(dict.fromkeys(one.origin for one in failed))))
        for taken in opened.retry(allow_private=allow_private, begun=progress.begin):
            tally.count(taken)
            progress.advance(taken, tally)
    report(tally, ledger, output)


def _print(found: "Sequence[Taken]") -> None:
    for one in found:
        reason = one.reason or ""
        print_line(f"  {reason}" if one.name in reason else f"  {one.name}: {reason}")


def _skipped_to_json(taken: "Taken") -> dict[str, Any]:
    names = ("name", "origin", "outcome", "title", "reason", "document_id", "noted_at")
    return {name: getattr(taken, name) for name in names}
