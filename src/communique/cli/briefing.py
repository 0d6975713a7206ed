"""``communique brief``: what stands between two parties."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.opening import open_ledger
from communique.cli.options import (
    DEFAULT_LEDGER,
    AsOfOption,
    Format,
    FormatOption,
    LedgerOption,
    MinConfidenceOption,
    SinceOption,
    day,
)
from communique.cli.output import complain, print_json, print_page
from communique.cli.parties import name_of, party_of
from communique.cli.standpoints import standpoint_of
from communique.model import Entry, Kind, UsageError

if TYPE_CHECKING:
    from communique.api import Ledger


def brief(
    one: Annotated[str, typer.Argument(metavar="A", help="A state or organisation, by name or code.")],
    other: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    since: SinceOption = None,
    as_of: AsOfOption = None,
    min_confidence: MinConfidenceOption = 0.0,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Print the page to read before A meets B.

    Who met when, agreements and where they stand, transfers, initiatives, what each side promised that is still open,
    what was done, and who said what; every line with its source, its date and the sentence that says so. Lines that
    are likelier wrong than right are marked as doubtful.

    JSON: an object with "parties", "names", "as_of", "since", "documents" (how many), "period" (first and last day of
    publication), "attention" (how many entries are overdue, silent, disputed and doubtful) and "sections", a list of
    {key, title, overdue, groups}; a group has "heading", "entries" as in `show`, those that moved with the stage that
    each "was" at, and "hidden", the number of further entries.
    """
    from communique.views import brief_of, brief_page, brief_to_json, sure_enough

    as_of_day, since_day = day(as_of, "--as-of") or date.today(), day(since, "--since")
    with open_ledger(ledger) as opened:
        parties, names, found = entries_between(opened, one, other)
        standpoint = standpoint_of(opened, found, as_of_day)
    entries = sure_enough(found, min_confidence)
    page = brief_of(entries, parties, standpoint, names=names, since=since_day)
    if output is Format.JSON:
        print_json(brief_to_json(page))
    elif page.sections:
        print_page(brief_page(page))
    else:
        when = f" since {since}" if since else ""
        complain(f"Nothing in {ledger} is known between {names[0]} and {names[1]}{when}: see `communique actors`.")


def entries_between(ledger: "Ledger", one: str, other: str) -> tuple[tuple[str, str], tuple[str, str], list[Entry]]:
    """The codes and names of two parties as typed, and the entries that may belong on a page of the two.

    Raises:
        UsageError: a party is unknown, or both are the same.
    """
    known = _known(ledger)
    parties = party_of(one, known), party_of(other, known)
    if parties[0] == parties[1]:
        raise UsageError(f"{one} and {other} are the same party: name two.")
    return parties, (name_of(parties[0]), name_of(parties[1])), _entries(ledger, parties)


def _known(ledger: "Ledger") -> list[str]:
    return [actor.name for actor in ledger.actors() if actor.kind != "person"]


def _entries(ledger: "Ledger", parties: tuple[str, str]) -> list[Entry]:
    """Entries of either party, and all statements, since who spoke tells no party."""
    found = {entry.id: entry for party in parties for entry in ledger.entries(parties=(party,))}
    found.update((entry.id, entry) for entry in ledger.entries(kind=Kind.STATEMENT))
    return list(found.values())
