"""``communique status``: where pairs of parties stand."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.opening import open_ledger
from communique.cli.options import DEFAULT_LEDGER, AsOfOption, Format, FormatOption, LedgerOption
from communique.cli.output import complain, print_json, print_page
from communique.lexicon.parties import name_of
from communique.model.values import day

if TYPE_CHECKING:
    from communique.api import Ledger


def status(
    one: Annotated[str | None, typer.Argument(metavar="A", help="A state or organisation, by name or code.")] = None,
    other: Annotated[str | None, typer.Argument(metavar="B", help="Another one.")] = None,
    as_of: AsOfOption = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Print where pairs of parties stand, in numbers.

    With A and B that pair, with A those that A has most with, without both those that have most between them: how many
    entries they have, statements apart, how these stand, how many are overdue, silent (open, and not heard of for a
    year), disputed and doubtful, and when the last news came.

    JSON: an object with "as_of" and "pairs", a list of {parties, names, entries, standings, overdue, silent, disputed,
    doubtful, last_news}, busiest first, and "unread", how many documents are kept that are not in English.
    """
    from communique.api.pages import statuses_of
    from communique.views import status_page, status_to_json

    as_of_day = day(as_of, "--as-of") or date.today()
    with open_ledger(ledger) as opened:
        asked = _pairs(opened, one, other)
        pairs = statuses_of(opened, asked, as_of_day)
        unread = opened.unread()
    if output is Format.JSON:
        print_json(status_to_json(pairs, as_of_day) | {"unread": unread})
    elif pairs:
        print_page(status_page(pairs, as_of_day))
    else:
        about = f" between {name_of(asked[0][0])} and {name_of(asked[0][1])}" if asked else ""
        complain(f"Nothing in {ledger} is known{about or ' between any two'} by {as_of_day}: see `communique actors`.")
    if unread and output is Format.TEXT:
        are = "document is" if unread == 1 else "documents are"
        complain(f"{unread:,} {are} not in English and not read: see `communique skipped`.")


def _pairs(ledger: "Ledger", one: str | None, other: str | None) -> list[tuple[str, str]]:
    if one is None:
        return ledger.busiest()
    from communique.api.pages import pair_of, party_named

    if other is None:
        return ledger.busiest(party_named(ledger, one))
    return [pair_of(ledger, one, other)]
