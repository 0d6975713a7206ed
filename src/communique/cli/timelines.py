"""``communique timeline``: what happened between two parties, in order of time."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.opening import open_ledger
from communique.cli.options import DEFAULT_LEDGER, AsOfOption, Format, FormatOption, LedgerOption, SinceOption
from communique.cli.output import complain, print_json, print_line, print_page, whole_file
from communique.model import UsageError
from communique.model.values import day


class _Drawing(StrEnum):
    """Files that the timeline can be drawn into, by their endings."""

    HTML = ".html"
    SVG = ".svg"


def timeline(
    one: Annotated[str, typer.Argument(metavar="A", help="A state or organisation, by name or code.")],
    other: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    since: SinceOption = None,
    as_of: AsOfOption = None,
    output_file: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Draw it into this file, FILE.svg or FILE.html."),
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Print or draw what happened between A and B over time.

    Every stage of every agreement, transfer, initiative, engagement and promise, with the day it was reached or first
    reported; what is still due stands ahead. The drawing has a lane a thing and shows the sentence behind each mark.

    JSON: an object with "parties", "names", "as_of", "moments", a list of {when, entry, kind, title, stage, standing,
    dated, record_id, document_id, quotes}, oldest first, and "entries", a list of {id, kind, title, stage, standing,
    confidence, confirmed, overdue, silent_since, disputes, decisions, progress, strengths}.
    """
    from communique.api.pages import pair_of, timeline_between
    from communique.views import timeline_html, timeline_page, timeline_svg, timeline_to_json

    if output_file is not None and output_file.suffix.lower() not in list(_Drawing):
        raise UsageError(f"{output_file} is neither a .svg nor an .html file: give --output an ending of these two.")
    as_of_day, since_day = day(as_of, "--as-of") or date.today(), day(since, "--since")
    with open_ledger(ledger) as opened:
        found = timeline_between(opened, pair_of(opened, one, other), as_of_day, since_day)
    if output_file is not None:
        draw = timeline_svg if output_file.suffix.lower() == _Drawing.SVG else timeline_html
        with whole_file(output_file) as file:
            file.write(draw(found))
        print_line(f"{len(found.moments)} moments of {len(found.lanes)} entries drawn into {output_file}.")
    elif output is Format.JSON:
        print_json(timeline_to_json(found))
    elif found.moments:
        print_page(timeline_page(found))
    else:
        when = f" since {since}" if since else ""
        complain(f"Nothing in {ledger} is known between {' and '.join(found.names)}{when}: see `communique actors`.")
