"""Options that several commands share, and how their values are checked."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from communique.model import Place, UsageError, place_of
from communique.model.values import day


class Format(StrEnum):
    """How a command prints what it found."""

    TEXT = "text"
    JSON = "json"


DEFAULT_LEDGER = place_of("ledger.db")
LedgerOption = Annotated[
    Place,
    typer.Option(
        "--ledger",
        envvar="COMMUNIQUE_LEDGER",
        metavar="FILE",
        parser=place_of,
        help="The file that is the ledger, or postgresql://USER@HOST/DATABASE.",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="A page to read, or one JSON value on standard output.")]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only what is from this day on, e.g. 2025-10-31.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Tell what was published by this day. [default: today]"),
]
MinConfidenceOption = Annotated[
    float,
    typer.Option("--min-confidence", metavar="P", min=0.0, max=1.0, help="Only what is at least so sure, 0 to 1."),
]
AllowPrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from addresses of private networks, too.")
]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Day of publication, YYYY-MM-DD, over what the file says."),
]
PublisherOption = Annotated[
    str | None, typer.Option("--publisher", metavar="NAME", help="Who issued it, over what the file says.")
]
UrlOption = Annotated[str | None, typer.Option("--url", metavar="URL", help="Its address, over what the file says.")]
TitleOption = Annotated[
    str | None, typer.Option("--title", metavar="TITLE", help="Its headline, over what the file says.")
]


def check_published(value: str | None) -> None:
    """Refuses an impossible day of publication once, before any document is read.

    Raises:
        UsageError: it is no date, or it lies in the future.
    """
    given = day(value, "--published")
    if given is not None and given > date.today():
        raise UsageError(f"--published lies in the future ({value}): give it as the day the document came out.")
