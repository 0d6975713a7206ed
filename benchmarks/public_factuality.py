"""Factuality of events: did what a word tells of happen, from -3 (certainly not) to +3 (certainly)."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import correlation, fmean

from benchmarks.public import paragraph
from communique.language.analysis import analyse
from communique.model import Document, Span
from communique.reader import Proposals, read

TITLE = "Factuality: what happened and what is only said to come"

PARTS = ("UW-dev", "MEANTIME-dev")
FLOOR = 3.0
PUBLISHED = {"UW-dev": "about 0.42", "MEANTIME-dev": ""}


@dataclass(frozen=True, slots=True)
class Event:
    """A word of a sentence that tells of an event, by half-open offsets, and how far it is annotated as a fact."""

    span: Span
    value: float


def sentences(path: Path) -> Iterator[tuple[str, list[Event]]]:
    """The sentences of a part with their events; tokens stand apart by single blanks, as in the set."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            starts = [0]
            for token in row["text"].split(" "):
                starts.append(starts[-1] + len(token) + 1)
            yield (
                row["text"],
                [Event(Span(starts[t["span1"][0]], starts[t["span1"][1]] - 1), t["label"]) for t in row["targets"]],
            )


_GAP = r"(?:\s[\w'’]+){0,%d}\s$"
_CUES = (
    (
        "negated",
        r"(?:\b(?:not|never|no|nor|neither|without|cannot|nobody|none|hardly|barely)|\b\w*n't"
        r"|\b(?:fail|failed|fails|refuse|refused|refuses|decline|declined|declines|unable|unwilling|forgot|forgotten"
        r"|refusal|failure)\sto|\b(?:deny|denies|denied|denying|avoid|avoided|avoids|prevent|prevented|prevents"
        r"|rule\sout|ruled\sout|instead\sof|rather\sthan))",
        2,
    ),
    (
        "hypothetical",
        r"\b(?:if|unless|whether|would|could|might|may|can|should|or|any|possible|possibly|possibility|perhaps|unlikely"
        r"|threat|threatens?|threatened|risk|chance|ability|able|willing|in\scase|until)",
        3,
    ),
    (
        "wished",
        r"\b(?:hopes?|hoped|hoping|wants?|wanted|seeks?|sought|seeking|urge[sd]?|asked|asks?|demand(?:ed|s)?"
        r"|call(?:ed|s)?\s(?:for|on)|trying|tries|tried|try|attempts?|attempted|wish(?:es)?|need(?:s|ed)?|must|let"
        r"|propos(?:es?|ed|al)|offer(?:s|ed)?|require[sd]?|order(?:ed|s)?|efforts?|bid|in\sorder|likes?|prefer)",
        4,
    ),
    (
        "ahead",
        r"\b(?:will|wo|shall|'ll|going\sto|plan(?:s|ned|ning)?|expect(?:s|ed)?|intend(?:s|ed)?|agree[sd]?|set\sto"
        r"|due\sto|scheduled|about\sto|pledge[sd]?|promise[sd]?|decided|ready|prepar(?:es?|ed|ing)|likely)",
        4,
    ),
    ("infinitive", r"\bto(?:\s\w+ly)?", 0),
)
PATTERNS = tuple((name, re.compile(cue + _GAP % gap, re.IGNORECASE)) for name, cue, gap in _CUES)


def reading(proposals: Proposals, event: Span) -> str:
    """What stands before an event in its clause, else the strength of the undertaking that holds it, else "none"."""
    text = proposals.analysis.document.text
    sentence = next((s for s in proposals.analysis.sentences if s.contains(event)), Span(0, len(text)))
    clause = max(sentence.start, text.rfind(" , ", 0, event.start), text.rfind(" ; ", 0, event.start))
    before = text[clause : event.start]
    cue = next((name for name, pattern in PATTERNS if pattern.search(before)), None)
    if cue:
        return cue
    holding = next((s for s in proposals.of_layer("action") if s.span.overlaps(event)), None)
    return holding.best("strength") if holding else "none"


LEVELS = {
    "UW-dev": {
        "none": 3.0,
        "commitment": 2.4,
        "intention": 2.6,
        "aspiration": 2.2,
        "obligation": 2.0,
        "ahead": 2.2,
        "infinitive": 1.8,
        "wished": 1.6,
        "hypothetical": 1.4,
        "negated": -1.8,
    },
    "MEANTIME-dev": {"negated": -3.0},
}
"""The median of each reading in the training part of the set; +3 where none is given. The two sets differ in what
they ask: MEANTIME's annotators call what is sure to come a fact."""


def predictions(path: Path, levels: Mapping[str, float]) -> Iterator[tuple[float, float]]:
    """Predicted and annotated value of each event of a part."""
    for text, events in sentences(path):
        proposals = read(analyse(Document(text=text, title=None, publisher=None, published=None)))
        for event in events:
            yield levels.get(reading(proposals, event.span), FLOOR), event.value


def section(data: Path, peers: Path | None) -> list[str]:
    """The Markdown of this set; no peer of ours tells how factual an event is."""
    rows = []
    for part in PARTS:
        path = data / "factuality" / f"{part}.jsonl"
        if not path.is_file():
            return [f"Left out: there is no factuality set in the folder of public data (`factuality/{part}.jsonl`)."]
        ours, annotated = zip(*predictions(path, LEVELS[part]), strict=True)
        rows.append(
            f"| {part} | {len(annotated)} | {_error(ours, annotated):.2f} | {correlation(ours, annotated):.2f} "
            f"| {_error([FLOOR] * len(annotated), annotated):.2f} | {PUBLISHED[part]} |"
        )
    return [
        *paragraph(_INTRODUCTION),
        "",
        "| | events | mean absolute error | correlation | error of all “+3” | published, trained on the set |",
        "|---|---|---|---|---|---|",
        *rows,
    ]


def _error(one: Sequence[float], other: Sequence[float]) -> float:
    return fmean(abs(a - b) for a, b in zip(one, other, strict=True))


_INTRODUCTION = (
    "UW and MEANTIME (news; each event has a value from -3, certainly did not happen, to +3, certainly did). An "
    "event is read by the words before it in its clause: negation, hypothesis, wish or request, future, bare "
    "infinitive; else by the strength of the undertaking whose action holds it; else it counts as told as a fact. "
    "Each of these readings stands for one value, the median of its events in the training part of the same set."
)
