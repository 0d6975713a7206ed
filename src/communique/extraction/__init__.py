"""Proposals and mentions to records: one for each distinct thing that a document reports."""

from collections.abc import Iterator

from communique.extraction.confidence import LEAST, with_confidence
from communique.extraction.engagements import engagements
from communique.extraction.grounds import settled
from communique.extraction.named import agreements, initiatives
from communique.extraction.statements import statements
from communique.extraction.subject import DOUBTFUL, UNRELATED, official_only, relevance
from communique.extraction.transfers import transfers
from communique.extraction.undertakings import undertakings
from communique.language.analysis import analyse
from communique.model import Document, Record
from communique.reader import Proposals, read

READINGS = (engagements, agreements, transfers, initiatives, undertakings, statements)
"""One function for each kind of record, in the order in which records are written out."""


def records_of(proposals: Proposals) -> tuple[Record, ...]:
    """All records that the proposals for a document amount to, kind by kind in the order of the text.

    What is less probable than :data:`LEAST` is not told.
    """
    sure = (with_confidence(record) for record in proposed_records(proposals))
    return tuple(record for record in sure if record.confidence is None or record.confidence >= LEAST)


def proposed_records(proposals: Proposals) -> Iterator[Record]:
    """What :func:`records_of` chooses from, before confidence is known."""
    return (settled(record) for reading in READINGS for record in reading(proposals))


def extract(document: Document) -> tuple[Record, ...]:
    """What the document reports, one record for each distinct thing. Same document, same records.

    A document that plainly is about something else than the dealings of states is not read and gives none; where that
    is doubtful, only what official actors do and say is kept. One in another language than English is not read.

    Raises:
        ModelError: the reader's weights are missing or damaged.
    """
    if not document.is_english:
        return ()
    about = relevance(document)
    if about < UNRELATED:
        return ()
    analysis = analyse(document)
    records = records_of(read(analysis))
    return official_only(analysis, records) if about < DOUBTFUL else records


__all__ = ["READINGS", "extract", "proposed_records", "records_of"]
