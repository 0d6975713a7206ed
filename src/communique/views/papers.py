"""What is shown, as something to take along: a sheet of cells, or a paper with its sources listed at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from communique.lexicon.parties import name_of
from communique.model import Entry, Kind, Report
from communique.resolve.outlining import confidence_of, told_on
from communique.views.attention import Standpoint, fate_to_json
from communique.views.brief import Brief
from communique.views.chains import anchors, chain_words, headline, source_words, steps
from communique.views.choosing import is_doubtful
from communique.views.dates import in_words
from communique.views.facts import decided, disputed, facts, warnings
from communique.views.quotes import excerpt

QUOTE = 400
"""Characters of a quoted sentence on paper."""
_FIELDS = (
    "type", "name", "people", "place", "supplier", "recipient", "items", "value", "action", "by", "to", "strength",
    "due", "speakers", "form", "content",
)  # fmt: skip
"""Fields of records that have columns of their own, besides those that all entries have."""
ENTRY_COLUMNS = (
    "id", "kind", "title", "parties", "stage", "standing", "date", *_FIELDS, "confidence", "confirmed", "overdue",
    "silent_since", "reports", "document_id", "document_title", "publisher", "published", "url", "quote",
)  # fmt: skip
"""The columns of a sheet of entries: names of the records' own fields; the last ones are of the latest report."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells under named columns; a cell may be a number, text, a list of texts, or None."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that is quoted.

    Attributes:
        url: its address if it is one of the web.
    """

    id: str
    words: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence and the document that it stands in."""

    text: str
    source: Cited


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on paper: what it is, what is known of it, and the sentences that say so."""

    title: str
    facts: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Things, or a sheet, under a heading.

    Attributes:
        level: 1 for a section, 2 for a group in it.
        note: what is to be said after them, such as how many more there are.
    """

    heading: str | None = None
    items: tuple[Item, ...] = ()
    sheet: Sheet | None = None
    level: int = 1
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A page to take along."""

    title: str
    lead: str
    parts: tuple[Part, ...]

    def sources(self) -> dict[str, tuple[int, Cited]]:
        """The documents that are quoted, each with its number, in the order in which they come up."""
        found: dict[str, tuple[int, Cited]] = {}
        for quote in (quote for part in self.parts for item in part.items for quote in item.quotes):
            found.setdefault(quote.source.id, (len(found) + 1, quote.source))
        return found


def entry_item(entry: Entry, standpoint: Standpoint, was: str | None = None) -> Item:
    """An entry on paper, with a sentence for each of its stages.

    Args:
        was: the stage that it stood at before, where that is to be told.
    """
    told = told_on(entry)
    statement = entry.kind is Kind.STATEMENT
    form = "in own words" if entry.fields.get("form") == "direct" else "as reported"
    known = [
        entry.kind.value,
        form if statement else chain_words(entry, ", then ") + (f" (was {was.replace('-', ' ')})" if was else ""),
        *([in_words(told)] if told and (statement or len(steps(entry)) == 1) else []),
        *facts(entry, standpoint, name_of),
        *warnings(entry, standpoint),
        *disputed(entry),
        *(["doubtful"] if is_doubtful(entry) else []),
        *decided(entry, standpoint),
        entry.id,
    ]
    return Item(headline(entry, name_of), tuple(known), tuple(_quote(step.reports[0]) for step in steps(entry)))


def _quote(report: Report) -> Quote:
    shown = excerpt(report.source.quotes, anchors(report), QUOTE)
    return Quote(shown.text, cited(report, shown.number))


def cited(report: Report, number: int = 0) -> Cited:
    """The document of a report, and the page of one of its sentences if it has pages."""
    source = report.source
    told = source_words(report, number)
    title = f"{source.title}. " if source.title and source.title not in told else ""
    page = source.pages[number] if source.pages else ""
    return Cited(f"{source.document_id}#{page}", f"{title}{told}", web_url(source.url))


def web_url(url: str | None) -> str | None:
    """The address if it is one of the web, None if it could do something else than open a page."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def entry_sheet(entries: Iterable[Entry], standpoint: Standpoint, lead: Sequence[tuple[str, Any]] = ()) -> Sheet:
    """Entries as rows.

    Args:
        lead: columns that stand first, each with one value for all rows.
    """
    rows = [[*(value for _, value in lead), *_entry_cells(entry, standpoint)] for entry in entries]
    return Sheet((*(name for name, _ in lead), *ENTRY_COLUMNS), rows)


def _entry_cells(entry: Entry, standpoint: Standpoint) -> list[Any]:
    fate = fate_to_json(entry, standpoint)
    last = entry.history[-1].source
    return [
        *(entry.id, entry.kind.value, headline(entry, name_of), list(entry.parties), entry.stage),
        *(entry.standing.value, entry.date),
        *(_cell(entry.fields.get(name)) for name in _FIELDS),
        *(confidence_of(entry), entry.confirmed, fate["overdue"], fate["silent_since"], len(entry.history)),
        *(last.document_id, last.title, last.publisher, last.published, web_url(last.url), " ".join(last.quotes)),
    ]


def _cell(value: Any) -> Any:
    match value:
        case {"amount": amount, "currency": currency}:
            return f"{currency} {amount}"
        case list():
            return [_cell(one) for one in value]
        case {"what": what, "quantity": quantity}:
            return what if quantity is None else f"{quantity} {what}"
        case _:
            return value


def brief_paper(brief: Brief) -> Paper:
    """The page of two parties on paper."""
    since = f", news since {brief.since}" if brief.since else ""
    lead = f"As of {brief.as_of}{since}. From {brief.documents:,} document{'' if brief.documents == 1 else 's'}"
    lead += f", published {brief.period[0]} to {brief.period[1]}." if brief.period else "."
    asks = brief.attention.in_words()
    parts: list[Part] = []
    for section in brief.sections:
        parts.append(Part(section.title))
        for group in section.groups:
            items = [entry_item(entry, brief.standpoint, group.was.get(entry.id)) for entry in group.entries]
            if group.in_short:
                items = [Item(item.title, item.facts) for item in items]
            more = f"and {group.hidden:,} more" if group.hidden else None
            parts.append(Part(group.heading, tuple(items), level=2, note=more))
    return Paper(" and ".join(brief.names), lead + (f" To look at: {asks}." if asks else ""), tuple(parts))


def brief_sheet(brief: Brief) -> Sheet:
    """The entries of the page of two parties as rows, in its order, with their sections."""
    rows = [
        [section.title, group.heading, *_entry_cells(entry, brief.standpoint)]
        for section in brief.sections
        for group in section.groups
        for entry in group.entries
    ]
    return Sheet(("section", "group", *ENTRY_COLUMNS), rows)
