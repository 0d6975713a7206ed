"""A stored record with its source: the passage and the document that it stands in."""

import bisect
import json
from collections.abc import Sequence
from typing import Any

from communique.ledger.shapes import Reported
from communique.ledger.tables import revisions
from communique.model import LedgerError, Source, Span, record_from_json

ORIGIN = (
    revisions.c.document_id,
    revisions.c.title,
    revisions.c.publisher,
    revisions.c.published,
    revisions.c.url,
    revisions.c.pages,
)
"""The columns of a revision that a source needs."""


def reported(row: Any) -> Reported:
    """The record of a row that has its columns (``id``, ``data``, ``sentences``) and :data:`ORIGIN`.

    Raises:
        LedgerError: the stored record is damaged.
    """
    try:
        record = record_from_json(json.loads(row.data))
    except (KeyError, ValueError, TypeError) as error:
        raise LedgerError(f"Record {row.id} of the ledger is damaged; add its document to a new ledger.") from error
    quotes, at = [], 0
    for span in record.evidence:
        quotes.append(row.sentences[at : at + span.end - span.start])
        at += span.end - span.start + 1
    source = Source(
        record_id=row.id,
        document_id=row.document_id,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
        quotes=tuple(quotes),
        spans=record.evidence,
        pages=_pages(json.loads(row.pages), record.evidence) if row.pages != "[]" else (),
    )
    return Reported(record, source)


def _pages(starts: Sequence[int], spans: Sequence[Span]) -> tuple[int, ...]:
    """The page on which each passage begins, from 1 on; none where the document has no pages."""
    return tuple(bisect.bisect_right(starts, span.start) for span in spans) if starts else ()
