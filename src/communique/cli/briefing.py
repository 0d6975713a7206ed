"""``communique brief``: what stands between two parties."""

from collections.abc import Sequence
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
from communique.model import Entry, UsageError

if TYPE_CHECKING:
    from communique.api import Ledger
    from communique.views import Brief


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
    from communique.views import brief_page, brief_to_json

    as_of_day, since_day = day(as_of, "--as-of") or date.today(), day(since, "--since")
    with open_ledger(ledger) as opened:
        parties = pair_of(opened, one, other)
        page = brief_between(opened, parties, as_of_day, since=since_day, least=min_confidence)
    if output is Format.JSON:
        print_json(brief_to_json(page))
    elif page.sections:
        print_page(brief_page(page))
    else:
        when = f" since {since}" if since else ""
        complain(f"Nothing in {ledger} is known between {' and '.join(page.names)}{when}: see `communique actors`.")


def brief_between(
    ledger: "Ledger", parties: tuple[str, str], day: date, *, since: date | None = None, least: float = 0.0
) -> "Brief":
    """The page of two parties: chosen from outlines of all that belongs on it, then read in full.

    Args:
        least: the confidence below which reports are left out.
    """
    from communique.views import brief_from, sure_enough, told_in_outline
    from communique.views.choosing import told_by

    def tell(ids: Sequence[str]) -> list[Entry]:
        whole = sure_enough(ledger.entries_with_ids(ids), least)
        return [told for entry in whole if (told := told_by(entry, day)) is not None]

    outlines = told_in_outline(ledger.between(*parties, day.isoformat()), ledger.wordless, day, least)
    standpoint = standpoint_of(ledger, outlines, day)
    names = name_of(parties[0]), name_of(parties[1])
    return brief_from(outlines, tell, parties, standpoint, names=names, since=since)


def pair_of(ledger: "Ledger", one: str, other: str) -> tuple[str, str]:
    """The codes of two parties as typed.

    Raises:
        UsageError: a party is unknown, or both are the same.
    """
    known = ledger.parties()
    parties = party_of(one, known), party_of(other, known)
    if parties[0] == parties[1]:
        raise UsageError(f"{one} and {other} are the same party: name two.")
    return parties
