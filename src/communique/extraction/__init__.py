"""Proposals and mentions to records: one for each distinct thing that a document reports."""

from collections.abc import Iterator

from communique.extraction.confidence import LEAST, with_confidence
from communique.extraction.engagements import engagements
from communique.extraction.grounds import settled
from communique.extraction.named import agreements, initiatives
from communique.extraction.official import official_only
from communique.extraction.statements import statements
from communique.extraction.transfers import transfers
from communique.extraction.undertakings import undertakings
from communique.language.analysis import analyse
from communique.language.gate import judge, sentences_near_actors
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


def extract(document: Document, *, ungated: bool = False) -> tuple[Record, ...]:
    """What the document reports, one record for each distinct thing. Same document, same records.

    A document of which the gate says that it can hold nothing for the ledger is not read and gives none.

    Args:
        ungated: read the document whatever the gate says; of one that it leaves out only dealings of official actors
            are kept.

    Raises:
        ModelError: the reader's weights are missing or damaged.
    """
    verdict = judge(document)
    if verdict.left_out and not ungated:
        return ()
    analysis = analyse(document)
    if verdict.left_out:
        return official_only(analysis, records_of(read(analysis)))
    near = sentences_near_actors(document.text, analysis.sentences) if verdict.doubtful else None
    return records_of(read(analysis, near))


__all__ = ["READINGS", "extract", "proposed_records", "records_of"]
