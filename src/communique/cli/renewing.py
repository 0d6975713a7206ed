"""``communique rebuild`` and ``reread``: entries and records made anew, with what that changes."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.opening import open_to_write
from communique.cli.options import DEFAULT_LEDGER, Format, FormatOption, LedgerOption
from communique.cli.output import ask, complain, print_json, print_line, print_page
from communique.model import UsageError

if TYPE_CHECKING:
    from communique.api import Ledger
    from communique.ledger import Change, Difference, StoredDocument

_SHOWN = 5
"""Identifiers that a message names at most."""


def rebuild(ledger: LedgerOption = DEFAULT_LEDGER, output: FormatOption = Format.TEXT) -> None:
    """Derive all entries anew from records and decisions.

    Normally nothing changes; what does is shown, and stands in `log`.

    JSON: an object with "entries" (how many) and "changes", as in `log`.
    """
    with open_to_write(ledger) as opened:
        changes = opened.rebuild()
        entries, titles = opened.counts()["entries"], _titles(opened, changes)
    from communique.views.logbook import change_to_json, change_words

    if output is Format.JSON:
        print_json({"entries": entries, "changes": [change_to_json(change) for change in changes]})
        return
    print_line(f"{entries} entries, {len(changes) or 'no'} change{'' if len(changes) == 1 else 's'}.")
    for change in changes:
        print_line(f"  {change_words(change, titles)}")


def reread(
    documents: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DOC]...", help="Documents, by identifier (D-...) or address. [default: all]", show_default=False
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Apply what changes without asking.")] = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Read documents again with this version.

    What would change in records and entries is shown before it is applied. Nothing is deleted: decisions and
    identifiers follow to the records that stand for the old ones. Unless they are named, documents are left alone of
    which the records were given by hand.

    JSON: an object with "applied", "documents", a list of {document_id, title, lost, found, kept} ("lost" and "found"
    are records as in `extract`, "kept" a number), and "changes", as in `log`. Nothing is applied without --yes.
    """
    with open_to_write(ledger) as opened:
        chosen = _chosen(opened, documents or [])
        applied: list[bool] = []

        def approve(difference: "Difference") -> bool:
            if output is Format.TEXT:
                _show(opened, difference)
            applied.append(yes or (output is Format.TEXT and bool(_moved(difference)) and _agreed()))
            return applied[-1]

        difference = opened.reread(chosen, approve)
    from communique.views.logbook import difference_to_json

    if output is Format.JSON:
        print_json({"applied": applied == [True], **difference_to_json(difference)})
    elif applied == [True]:
        print_line("Applied.")
    elif _moved(difference):
        complain("Nothing was applied: give --yes, or answer y.")


def _chosen(ledger: "Ledger", names: list[str]) -> list["StoredDocument"]:
    """The documents that are meant; of all, those that the program itself has read."""
    known = ledger.documents()
    if not names:
        by_hand = ledger.given_by_hand()
        return [document for document in known if document.id not in by_hand]
    found: dict[str, StoredDocument] = {}
    for name in names:
        start = name.strip().capitalize()
        named = [d for d in known if d.document.key == name or (len(start) > 2 and d.id.startswith(start))]
        if len(named) != 1:
            shown = ", ".join(document.id for document in named[:_SHOWN])
            told = (
                f"More than one document begins with {name!r} ({shown})" if named else f"There is no document {name!r}"
            )
            raise UsageError(f"{told}; `communique search WORDS --format json` shows the ids of documents.")
        found[named[0].id] = named[0]
    return list(found.values())


def _moved(difference: "Difference") -> int:
    return sum(len(one.lost) + len(one.found) for one in difference.documents) + len(difference.changes)


def _show(ledger: "Ledger", difference: "Difference") -> None:
    from communique.views.logbook import change_words, rereading_page

    moved = [one for one in difference.documents if one.lost or one.found]
    for one in moved:
        print_page(rereading_page(one))
    titles = _titles(ledger, difference.changes)
    for change in difference.changes:
        print_line(change_words(change, titles))
    lost, found = (sum(len(getattr(one, name)) for one in moved) for name in ("lost", "found"))
    read = len(difference.documents)
    print_line(
        f"{read} document{'' if read == 1 else 's'} read again: {found} records found, {lost} lost, "
        f"{sum(one.kept for one in difference.documents)} the same; {len(difference.changes)} changes of entries."
    )


def _titles(ledger: "Ledger", changes: "list[Change] | tuple[Change, ...]") -> dict[str, str]:
    return ledger.titles({change.entry_id for change in changes} | {str(change.after) for change in changes})


def _agreed() -> bool:
    ask("Apply this? [y/N]")
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
