"""``communique log``, ``why`` and ``export``: what became of entries, why they are one or two, and all of them."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.opening import open_ledger
from communique.cli.options import DEFAULT_LEDGER, Format, FormatOption, LedgerOption
from communique.cli.output import complain, print_json, print_line, print_page, whole_file
from communique.model.printable import as_json

if TYPE_CHECKING:
    from communique.model import Entry


class ExportFormat(StrEnum):
    """How entries are written out."""

    JSONL = "jsonl"
    JSON = "json"


def log(
    entry: Annotated[
        str | None,
        typer.Argument(metavar="[ENTRY]", help="Only this entry and what is part of it now.", show_default=False),
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """List what happened to entries, and why.

    Each change stands under its moment and its cause: the document that was added, the decision, or the version of the
    program that derived entries anew.

    JSON: a list of {number, at, entry_id, what, field, before, after, cause}; "what" is new, stage, fulfilled, field,
    disputed, joined ("after" is the entry that it is part of now), parted ("before" is the entry that it was part of)
    or gone.
    """
    with open_ledger(ledger) as opened:
        changes = opened.log(entry)
        titles = opened.titles({change.entry_id for change in changes} | {str(change.after) for change in changes})
    from communique.views.logbook import change_to_json, changes_page

    if output is Format.JSON:
        print_json([change_to_json(change) for change in changes])
    elif changes:
        print_page(changes_page(changes, titles))
    else:
        complain(f"Nothing happened in {ledger} yet: read documents into it with `communique add FILE...`.")


def why(
    one: Annotated[
        str, typer.Argument(metavar="A", help="An entry's identifier, or a record's (R-...), or an actor's name.")
    ],
    other: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Tell why two entries, or two actors, are one or two.

    What speaks for one thing has a weight above 0, what speaks against it one below; they are one where the sum is
    above 0, unless others that they belong with contradict each other, or somebody decided.

    Names of actors are told apart by rule: what rules outweighs all else, and what has no weight is for you to judge.

    JSON: an object with "features", a list of {name, weight, detail}, their "total" (log-odds), "threshold" and
    "probability".
    """
    with open_ledger(ledger) as opened:
        found = opened.why(one, other)
    if output is Format.JSON:
        features = [{"name": f.name, "weight": round(f.weight, 3), "detail": f.detail} for f in found.features]
        total, probability = round(found.total, 3), round(found.probability, 3)
        print_json({"features": features, "total": total, "threshold": 0, "probability": probability})
        return
    width = max((len(feature.name) for feature in found.features), default=0)
    for feature in found.features:
        print_line(f"{feature.weight:+6.2f}  {feature.name:<{width}}  {feature.detail}".rstrip())
    verdict = "one thing" if found.total > 0 else "two things"
    print_line(
        f"{found.total:+6.2f}  in all, where above 0 is one thing: {verdict}, probability {found.probability:.2f}."
    )


def export(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to this file instead of standard output.")
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: Annotated[
        ExportFormat, typer.Option("--format", help="One JSON object a line, or one JSON value.")
    ] = ExportFormat.JSONL,
) -> None:
    """Write out all entries with their histories.

    They come in order of their identifiers. The same documents and decisions give the same bytes, in whatever order
    they were added.

    JSON lines: one entry a line, as in `show`.

    JSON: a list of entries as in `show`.
    """
    with open_ledger(ledger) as opened:
        lines = _lines(opened.export(), output)
        if out is None:
            for line in lines:
                typer.echo(line)
        else:
            with whole_file(out) as file:
                file.writelines(f"{line}\n" for line in lines)


def _lines(entries: "Iterator[Entry]", output: ExportFormat) -> Iterator[str]:
    from communique.views import entry_to_json

    rows = (as_json(entry_to_json(entry)) for entry in entries)
    if output is ExportFormat.JSONL:
        yield from rows
        return
    last = next(rows, None)
    yield "["
    for row in rows:
        yield f"{last},"
        last = row
    yield from (line for line in (last, "]") if line is not None)
