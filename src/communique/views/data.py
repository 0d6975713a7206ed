"""Entries as plain JSON data: the stable form that every command prints with ``--format json``."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from communique.model import Entry, Report, Source, Span, record_to_json
from communique.resolve.outlining import confidence_of
from communique.views.attention import Standpoint, disputes_to_json, fate_to_json
from communique.views.reasons import reasons_to_json

if TYPE_CHECKING:
    from communique.ledger import Hit


def entry_to_json(
    entry: Entry, texts: Mapping[str, str] | None = None, standpoint: Standpoint | None = None
) -> dict[str, Any]:
    """The entry with its merged fields and its whole history, oldest report first.

    Args:
        texts: the texts of the documents by their ids, where the reasons of the records are to be told.
        standpoint: where given, ``overdue`` and ``silent_since`` are told too: they follow from its day.
    """
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "title": entry.title,
        "parties": list(entry.parties),
        "stage": entry.stage,
        "standing": entry.standing.value,
        "date": entry.date,
        "confidence": confidence_of(entry),
        "confirmed": entry.confirmed,
        **(fate_to_json(entry, standpoint) if standpoint else {}),
        "disputes": disputes_to_json(entry.disputes),
        "decisions": list(entry.decisions),
        "fields": entry.fields,
        "history": [report_to_json(report, texts) for report in entry.history],
    }


def report_to_json(report: Report, texts: Mapping[str, str] | None = None) -> dict[str, Any]:
    """One report: its stage and date, the record, and the source with the quoted sentences."""
    reasons = {"reasons": reasons_to_json(report.record, texts[report.source.document_id])} if texts else {}
    return {
        "stage": report.stage,
        "date": report.date,
        "ordered_by": report.ordered_by,
        "record": record_to_json(report.record) | reasons,
        "source": _source(report.source),
    }


def hit_to_json(hit: "Hit") -> dict[str, Any]:
    """One passage that a search found; all offsets refer to the document's text."""
    return {
        "document_id": hit.document_id,
        "title": hit.title,
        "published": hit.published,
        "entry_ids": list(hit.entry_ids),
        "kind": hit.kind.value if hit.kind else None,
        "snippet": hit.snippet,
        "span": _span(hit.span),
        "matches": [_span(match) for match in hit.matches],
        "score": hit.score,
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
        "spans": [_span(span) for span in source.spans],
        "pages": list(source.pages),
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
