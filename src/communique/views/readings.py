"""What single documents report, before any ledger: records grouped by kind under the document's title."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.text import Text

from communique.model import Document, Entry, Kind, Record, Report, Source, Standing, record_to_json, standing_of
from communique.views.attention import Standpoint
from communique.views.lines import Lines, rows
from communique.views.page import Legend

HEADINGS = {
    Kind.ENGAGEMENT: "Engagements",
    Kind.AGREEMENT: "Agreements",
    Kind.TRANSFER: "Transfers",
    Kind.INITIATIVE: "Initiatives",
    Kind.UNDERTAKING: "Undertakings",
    Kind.STATEMENT: "Statements",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One document and the records that were read from it."""

    document: Document
    records: tuple[Record, ...]


def readings_page(readings: Sequence[Reading], day: date, *, explain: bool = False, least: float = 0.0) -> Stack:
    """All readings below each other, each under its document's title, publisher and date.

    Args:
        explain: each record with its sentences in full and the reasons beneath it.
        least: the confidence below which records were left out.
    """
    standpoint = Standpoint(day)
    parts: list[RenderableType] = [Legend()]
    for number, reading in enumerate(readings):
        if number:
            parts.append(Text())
        parts += _reading(reading, standpoint, explain, least)
    return Stack(*parts)


def _reading(reading: Reading, standpoint: Standpoint, explain: bool, least: float) -> list[RenderableType]:
    document = reading.document
    title = document.title or document.source or "Untitled document"
    origin = ", ".join(part for part in (document.publisher, document.published) if part)
    parts: list[RenderableType] = [Text(title, style="bold")]
    if origin:
        parts.append(Text(origin))
    if not reading.records:
        nothing = "nothing between states or international organisations that belongs in a ledger"
        parts.append(Text(f"It reports {nothing}{f' and is at least {least} sure' if least else ''}."))
    for kind, heading in HEADINGS.items():
        found = [record for record in reading.records if record.kind is kind]
        if found:
            parts += [Text(), Text(heading, style="bold blue")]
            entries = [_as_entry(record, document) for record in found]
            parts += _apart(entries, standpoint, document.text) if explain else rows(entries, standpoint)
    return parts


def _apart(entries: Sequence[Entry], standpoint: Standpoint, text: str) -> Iterator[RenderableType]:
    """Each entry with its reasons, a blank line between them."""
    for number, entry in enumerate(entries):
        if number:
            yield Text()
        yield Lines((entry,), standpoint, texts={"": text})


def _as_entry(record: Record, document: Document) -> Entry:
    """The record as an entry of its own, so that it is shown like any other; it has no identifier."""
    stage = getattr(record, "stage", None) or getattr(record, "status", None)
    dated = getattr(record, "date", None)
    quotes = tuple(document.text[span.start : span.end] for span in record.evidence)
    source = Source(
        record_id="",
        document_id="",
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        url=document.url,
        quotes=quotes,
        spans=record.evidence,
        pages=tuple(page for span in record.evidence if (page := document.page_of(span.start)) is not None),
    )
    data = record_to_json(record)
    sides = ("parties", "supplier", "recipient", "by", "to")
    return Entry(
        id="",
        kind=record.kind,
        title=_title(record),
        parties=tuple(dict.fromkeys(party for side in sides for party in data.get(side) or ())),
        stage=str(stage) if stage else None,
        standing=standing_of(record.kind, stage) if stage else Standing.REALISED,
        date=dated,
        fields=data,
        history=(
            Report(stage=str(stage) if stage else None, date=dated, ordered_by=dated, record=record, source=source),
        ),
    )


def _title(record: Record) -> str:
    match record.kind:
        case Kind.ENGAGEMENT:
            who = getattr(record, "parties", ()) or getattr(record, "people", ())
            return f"{getattr(record, 'type', 'meeting').capitalize()} of {', '.join(who)}" if who else "Meeting"
        case Kind.TRANSFER:
            items = getattr(record, "items", ())
            what = ", ".join(f"{item.quantity} {item.what}" if item.quantity else item.what for item in items)
            supplier, recipient = (", ".join(getattr(record, side)) for side in ("supplier", "recipient"))
            sides = (f" from {supplier}" if supplier else "") + (f" to {recipient}" if recipient else "")
            return (what or "Equipment") + sides
        case _:
            return str(getattr(record, "name", record.kind.value))
