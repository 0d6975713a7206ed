"""``communique diff``: what changed from one revision of a document to another."""

from typing import Annotated

import typer

from communique.cli.opening import open_ledger
from communique.cli.options import DEFAULT_LEDGER, Format, FormatOption, LedgerOption
from communique.cli.output import complain, print_json, print_page


def diff(
    document: Annotated[
        str,
        typer.Argument(metavar="DOC", help="A document, by identifier (D-...), path or address."),
    ],
    before: Annotated[
        int | None,
        typer.Option("--from", metavar="N", min=1, help="The earlier revision, from 1. [default: the one before]"),
    ] = None,
    after: Annotated[
        int | None, typer.Option("--to", metavar="N", min=1, help="The later revision. [default: the current one]")
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Tell what changed in a document.

    Which words, sentence by sentence; which records vanished, changed or came; what happened to entries because of it;
    and which decisions have lost the evidence that they were tied to.

    JSON: an object with "document_id", "revisions" (how many there are), "from" and "to" ({number, added_at, current}),
    "origin" (a list of {field, before, after}), "sentences" (a list of {before, after, words}: half-open character
    offsets into both texts, null where there is no such sentence, and a list of {what, text}, "what" being same,
    removed or added), "records" ({kept, vanished, changed, came}: a number and lists of {id, record, quotes, entry_id},
    for "changed" of {before, after}), "changes" as in `log` and "orphaned" as in `decisions`; null for a document of
    one revision.
    """
    with open_ledger(ledger) as opened:
        key = opened.document_named(document)
        if len(opened.revisions(key)) == 1 and before in (None, 1) and after in (None, 1):
            if output is Format.JSON:
                print_json(None)
            complain(f"Document {key} has one revision: nothing of it has changed since it was added.")
            return
        compared = opened.compare_revisions(key, before, after)
        titles = opened.titles({c.entry_id for c in compared.changes} | {str(c.after) for c in compared.changes})
    if output is Format.JSON:
        from communique.views.revised import revisions_to_json

        print_json(revisions_to_json(compared))
    else:
        from communique.views.revised_page import revisions_page

        print_page(revisions_page(compared, titles))
