"""``communique brief``: what stands between two parties."""

from datetime import date
from enum import StrEnum
from pathlib import Path
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
)
from communique.cli.output import complain, print_json, print_line, print_page, write_whole
from communique.model import UsageError
from communique.model.values import day

if TYPE_CHECKING:
    from communique.views import Brief


class _Paper(StrEnum):
    """Files that the page can be written into, by their endings."""

    DOCX = ".docx"
    MARKDOWN = ".md"
    CSV = ".csv"


def brief(
    one: Annotated[str, typer.Argument(metavar="A", help="A state or organisation, by name or code.")],
    other: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    since: SinceOption = None,
    as_of: AsOfOption = None,
    min_confidence: MinConfidenceOption = 0.0,
    output_file: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it into this file, FILE.docx, FILE.md or FILE.csv."),
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Print the page to read before A meets B.

    Who met when, agreements and where they stand, transfers, initiatives, what each side promised that is still open,
    what was done, and who said what; every line with its source, its date and the sentence that says so. Lines that
    are likelier wrong than right are marked as doubtful. A file has the same with its sources listed at the end, or, as
    CSV, an entry a row.

    JSON: an object with "parties", "names", "as_of", "since", "documents" (how many), "period" (first and last day of
    publication), "attention" (how many entries are overdue, silent, disputed and doubtful) and "sections", a list of
    {key, title, overdue, groups}; a group has "heading", "entries" as in `show`, those that moved with the stage that
    each "was" at, and "hidden", the number of further entries.
    """
    from communique.api.pages import brief_between, pair_of
    from communique.views import brief_page, brief_to_json

    if output_file is not None and output_file.suffix.lower() not in list(_Paper):
        raise UsageError(f"{output_file} is no .docx, .md or .csv file: give --output an ending of these three.")
    as_of_day, since_day = day(as_of, "--as-of") or date.today(), day(since, "--since")
    with open_ledger(ledger) as opened:
        parties = pair_of(opened, one, other)
        page = brief_between(opened, parties, as_of_day, since=since_day, least=min_confidence)
    if output_file is not None:
        write_whole(output_file, _written(page, _Paper(output_file.suffix.lower())))
        print_line(f"{' and '.join(page.names)}, from {page.documents} documents, written into {output_file}.")
    elif output is Format.JSON:
        print_json(brief_to_json(page))
    elif page.sections:
        print_page(brief_page(page))
    else:
        when = f" since {since}" if since else ""
        complain(f"Nothing in {ledger} is known between {' and '.join(page.names)}{when}: see `communique actors`.")


def _written(page: "Brief", form: _Paper) -> bytes:
    from communique.views.papers import brief_paper, brief_sheet
    from communique.views.papers_docx import as_docx
    from communique.views.papers_text import as_csv, as_markdown

    match form:
        case _Paper.DOCX:
            return as_docx(brief_paper(page))
        case _Paper.MARKDOWN:
            return as_markdown(brief_paper(page)).encode()
        case _Paper.CSV:
            return as_csv(brief_sheet(page)).encode("utf-8-sig")
