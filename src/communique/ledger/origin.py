"""A stored record with its source: the passage and the document that it stands in."""

import json
from typing import Any

from communique.ledger.shapes import Reported
from communique.ledger.tables import revisions
from communique.model import LedgerError, Source, record_from_json

ORIGIN = (
    revisions.c.document_id,
    revisions.c.title,
    revisions.c.publisher,
    revisions.c.published,
    revisions.c.url,
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
    )
    return Reported(record, source)
