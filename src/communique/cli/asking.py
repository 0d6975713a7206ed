"""``communique list``, ``show``, ``search`` and ``actors``: questions to the ledger."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from communique.cli.opening import open_ledger
from communique.cli.options import (
    DEFAULT_LEDGER,
    Format,
    FormatOption,
    LedgerOption,
    MinConfidenceOption,
    SinceOption,
)
from communique.cli.output import complain, print_json, print_line, print_page
from communique.model import STAGES, Kind, Standing, UsageError
from communique.model.values import day


def list_entries(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help=", ".join(Kind) + ".", show_default=False)],
    party: Annotated[
        list[str] | None,
        typer.Option("--party", metavar="NAME", help="Only where this party takes part; repeat it for several."),
    ] = None,
    stage: Annotated[
        str | None, typer.Option("--stage", metavar="STAGE", help="Only what has come to this stage, e.g. signed.")
    ] = None,
    standing: Annotated[
        Standing | None,
        typer.Option("--standing", metavar="STANDING", help="Only what is " + ", ".join(Standing) + "."),
    ] = None,
    since: SinceOption = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Only what is from this day or earlier.")
    ] = None,
    min_confidence: MinConfidenceOption = 0.0,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """List the entries of one kind, newest first.

    Statements have speakers and no parties: with --party, those are listed that stand in documents which tell of
    something between all these parties.

    With --min-confidence each entry stands as the reports tell it that are sure enough; those that none tells are
    left out.

    JSON: a list of entries as in `show`.
    """
    _check_stage(kind, stage)
    day(since, "--since")
    day(until, "--until")
    from communique.api.pages import party_named, standpoint_of
    from communique.views import entries_page, entry_to_json, newest, sure_enough, told_beside

    with open_ledger(ledger) as opened:
        parties = tuple(party_named(opened, name) for name in party or ())
        told = () if kind is Kind.STATEMENT else parties
        found = opened.entries(kind=kind, parties=told, stage=stage, standing=standing, since=since, until=until)
        if kind is Kind.STATEMENT and parties:
            found = told_beside(found, opened.entries(parties=parties))
        standpoint = standpoint_of(opened, found, date.today())

    found = newest(sure_enough(found, min_confidence))
    if output is Format.JSON:
        print_json([entry_to_json(entry, standpoint=standpoint) for entry in found])
    elif found:
        print_page(entries_page(found, standpoint))
    else:
        complain(f"No {kind.value} in {ledger} is like that: ask for less, or see `communique list {kind.value}`.")


def show(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="An entry's identifier or how it begins, e.g. A-3f9c.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell what proposed each record and what its fields rest on.")
    ] = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Show one entry and its history.

    Each stage comes with its date, document, publisher and sentences. An identifier that an entry had before it became
    part of another one leads there, and so does that of a record.

    JSON: an object with "id", "kind", "title", "parties", "stage", "standing", "date", "confidence" (the probability
    that not every document that reports it was misread), "confirmed", "overdue", "silent_since" (the day of the last
    news of something open, where that is a year ago), "disputes" (a list of {field, claims}, a claim being {value,
    record_ids, official}), "decisions" (numbers of those that shaped it), "fields" (merged values, named as in
    `extract`, and where there are such "progress", "amended", "strengths" and "refers_to") and "history", a list,
    oldest first, of {stage, date, ordered_by, record, source}; "source" has "record_id", "document_id", "title",
    "publisher", "published", "url", "quotes" (sentences), "spans" (where these stand in the document's text) and
    "pages" (on which page each begins, of documents that have pages). With --explain each record has "reasons" as in
    `extract`.
    """
    from communique.api.pages import standpoint_of

    texts: dict[str, str] | None = None
    with open_ledger(ledger) as opened:
        found = opened.entry(entry)
        if explain:
            found = opened.explained(found)
            documents = {report.source.document_id for report in found.history}
            texts = {key: opened.document(key).document.text for key in documents}
        standpoint = standpoint_of(opened, [found], date.today())
    from communique.views import entry_page, entry_to_json

    if output is Format.JSON:
        print_json(entry_to_json(found, texts, standpoint))
    else:
        if not found.id.casefold().startswith(entry.strip().casefold()):
            print_line(f"{entry.strip()} leads to {found.id}.")
        print_page(entry_page(found, standpoint, texts))


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words that all have to occur; "..." for a phrase.')],
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many passages.")] = 20,
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Search documents and records, best first.

    JSON: a list of {document_id, title, published, entry_ids, kind, snippet, span, matches, score}; "span" and
    "matches" are half-open character offsets into the document's text.
    """
    with open_ledger(ledger) as opened:
        hits = opened.search(query, limit=limit)
    from communique.views import hit_to_json, hits_page

    if output is Format.JSON:
        print_json([hit_to_json(hit) for hit in hits])
    elif hits:
        print_page(hits_page(hits))
    else:
        complain(f"No document in {ledger} says {query!r}: try fewer words.")


def actors(ledger: LedgerOption = DEFAULT_LEDGER, output: FormatOption = Format.TEXT) -> None:
    """List states, organisations and people.

    Those who take part in the most entries come first.

    JSON: a list of {name, kind, parties, entries, first_seen, last_seen}.
    """
    with open_ledger(ledger) as opened:
        found = opened.actors()
    from communique.lexicon.parties import name_of
    from communique.views import actors_page

    if output is Format.JSON:
        print_json([asdict(actor) for actor in found])
    elif found:
        print_page(actors_page(found, name_of))
    else:
        complain(f"Nobody takes part in anything in {ledger} yet: add documents with `communique add FILE...`.")


def _check_stage(kind: Kind, stage: str | None) -> None:
    if stage is None:
        return
    allowed = [one.value for one in STAGES.get(kind, ())]
    if not allowed:
        raise UsageError("A statement has no stages: leave out --stage.")
    choice = f"{', '.join(allowed[:-1])} or {allowed[-1]}"
    if stage not in allowed:
        raise UsageError(f"No stage of {kind.value} is called {stage!r}: choose {choice}.")
