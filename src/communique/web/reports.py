"""Reports of an entry as pages show them: each sentence with what stands around it, and why it was read so."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from communique.api import Ledger
from communique.model import Entry, Report
from communique.views.chains import report_words
from communique.views.reasons import ordered
from communique.web import words

CONTEXT = 220
"""Characters of a document that are shown before and after a sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """One report of an entry, its sentences with what stands around them.

    Attributes:
        words: its stage and day.
        passages: before, the sentence itself in pieces, after; a passage for each sentence.
        reasons: field, value, rule, probability and words of what the reader proposed.
    """

    report: Report
    words: str
    address: str
    passages: tuple[tuple[str, tuple[tuple[str, bool], ...], str], ...]
    reasons: tuple[tuple[str, str, str, float | None, str], ...]


def texts_of(ledger: Ledger, entries: Iterable[Entry]) -> dict[str, str]:
    """The texts of all documents that tell of these entries, by the documents' ids."""
    ids = {report.source.document_id for entry in entries for report in entry.history}
    return ledger.texts(ids)


def told_of(entry: Entry, texts: dict[str, str], only: Collection[str] | None = None) -> list[Told]:
    """The reports of an entry, with the reasons that it was read with.

    Args:
        texts: as :func:`texts_of` gives them.
        only: the ids of the records that are wanted, all for None.
    """
    wanted = (r for r in entry.history if only is None or r.source.record_id in only)
    return [told(entry, report, texts[report.source.document_id]) for report in wanted]


def told(entry: Entry, report: Report, text: str) -> Told:
    """A report of an entry.

    Args:
        text: of its document.
    """
    source = report.source
    marked = [r.span for r in report.record.reasons if r.span and r.field != "kind"]
    passages = []
    shown = 0  # up to where the text stands already: what is between neighbours is shown once
    ends = (*(one.start for one in source.spans[1:]), len(text))
    for span, following in zip(source.spans, ends, strict=True):
        first = max(shown, span.start - CONTEXT)
        near = following < len(text) and following - span.end <= 2 * CONTEXT
        last = max(span.end, following if near else min(following, span.end + CONTEXT))
        before, after = text[min(first, span.start) : span.start], text[span.end : last]
        if 0 < first < span.start and first != shown:
            before = "… " + before.partition(" ")[2]
        if last < following:
            after = after.rpartition(" ")[0] + " …"
        inside = [(max(0, one.start - span.start), one.end - span.start) for one in marked if one.overlaps(span)]
        passages.append((before, words.pieces_of(text[span.start : span.end], inside), after))
        shown = last
    reasons = tuple(
        (r.field, r.detail, r.grounded_by or r.rule, r.probability, text[r.span.start : r.span.end] if r.span else "")
        for r in ordered(report.record)
        if r.field != "kind"
    )
    return Told(report, report_words(entry, report), words.sentence(report), tuple(passages), reasons)
