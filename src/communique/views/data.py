"""Entries as plain JSON data: the stable form that every command prints with ``--format json``."""

from typing import Any

from communique.model import Entry, Report, Source, record_to_json


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """The entry with its merged fields and its whole history, oldest report first."""
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "title": entry.title,
        "parties": list(entry.parties),
        "stage": entry.stage,
        "standing": entry.standing.value,
        "date": entry.date,
        "fields": entry.fields,
        "history": [report_to_json(report) for report in entry.history],
    }


def report_to_json(report: Report) -> dict[str, Any]:
    """One report: its stage and date, the record, and the source with the quoted sentences."""
    return {
        "stage": report.stage,
        "date": report.date,
        "ordered_by": report.ordered_by,
        "record": record_to_json(report.record),
        "source": _source(report.source),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "record_id": source.record_id,
        "document_id": source.document_id,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
        "quotes": list(source.quotes),
        "spans": [{"start": span.start, "end": span.end} for span in source.spans],
    }
