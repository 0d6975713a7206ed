"""An entry in outline: what choosing among thousands of them needs, and no more."""

from typing import NamedTuple

from communique.model.vocabulary import Kind, Standing


class Outline(NamedTuple):
    """What an entry comes to on a page, without its words; it follows from the entry alone.

    A tuple, because pages of busy pairs are chosen from tens of thousands of them.

    Attributes:
        confidence: the probability that not every document that reports it was misread, None where that is unknown.
        disputed: whether sources contradict each other on any field.
        decided: whether a decision shaped it.
        due: EDTF date by which an undertaking is to be kept.
        by: who is to keep it.
        refers_to: id of the entry that an undertaking is about.
        speakers: who said a statement.
        direct: whether a statement is quoted.
        words: number of words of a statement.
        told_on: EDTF date that places it on a page.
        first_told: first day of publication of its reports, as a string that sorts; empty where one is not dated.
        last_told: the last such day.
        first_dated: first day of publication of its dated reports, None where none is dated.
        last_heard: the last day on which such a report may have been published, ISO 8601.
        last_document: the document of its latest report.
        last_start: where in that document the report's passage starts.
        documents: ids of the documents that report it, each once, in order of the history.
        passages: the passages that it stands on, as "document:start-end".
        told_day: the last day that ``told_on`` may mean, ISO 8601; its first one where that is open, empty without one.
        due_day: the last day on which an undertaking or an occasion is to have come about, ISO 8601.
    """

    id: str
    kind: Kind
    standing: Standing
    date: str | None
    parties: tuple[str, ...]
    confirmed: bool
    confidence: float | None
    disputed: bool
    decided: bool
    due: str | None
    by: tuple[str, ...]
    refers_to: str | None
    speakers: tuple[str, ...]
    direct: bool
    words: int
    told_on: str | None
    first_told: str
    last_told: str
    first_dated: str | None
    last_heard: str | None
    last_document: str
    last_start: int
    documents: tuple[str, ...]
    passages: tuple[str, ...]
    told_day: str
    due_day: str | None


class Sketch(NamedTuple):
    """What of an outline tells whether a page may show the entry; its attributes are those of :class:`Outline`.

    Of thousands of entries a page shows dozens: all are counted as sketches, and these read in outline.
    """

    id: str
    kind: Kind
    standing: Standing
    date: str | None
    confirmed: bool
    confidence: float | None
    disputed: bool
    decided: bool
    due: str | None
    by: tuple[str, ...]
    refers_to: str | None
    first_told: str
    last_told: str
    first_dated: str | None
    last_heard: str | None
    documents: tuple[str, ...]
    told_day: str
    due_day: str | None
