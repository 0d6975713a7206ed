"""Attributions of PolNeAR: who (source) says (cue) what (content), in news about politics."""

import gzip
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.attributions import Attribution, Range, attributions
from benchmarks.public import paragraph
from benchmarks.workers import answers

TITLE = "PolNeAR: who says what"

PARTS = ("source", "cue", "content")
_EDGES = " \t\n,;:.!?–—-'\"“”‘’`[]()"


@dataclass(frozen=True, slots=True)
class Article:
    """An article with the attributions that each of its annotators found."""

    text: str
    annotators: tuple[tuple[Attribution, ...], ...]


def articles(path: Path) -> Iterator[Article]:
    """The articles of a part of the set."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Article(row["text"], tuple(tuple(_annotated(standoff)) for standoff in row["annotations"]))


def _annotated(standoff: str) -> Iterator[Attribution]:
    """The attributions of one annotator that have a cue and a content, from brat's standoff lines."""
    spans: dict[str, tuple[Range, ...]] = {}
    for line in standoff.splitlines():
        name, _, rest = line.partition("\t")
        _, _, offsets = rest.split("\t")[0].partition(" ")
        if name.startswith("T") and offsets:
            spans[name] = tuple((int(a), int(b)) for a, b in (piece.split() for piece in offsets.split(";")))
    for line in standoff.splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("E"):
            parts = dict(argument.split(":") for argument in rest.split())
            found = [spans.get(parts.get(part.capitalize(), ""), ()) for part in PARTS]
            if found[1] and found[2]:
                yield Attribution(*found)


def trimmed(text: str, ranges: Sequence[Range]) -> tuple[Range, ...]:
    """The ranges without quotation marks, punctuation and a "that" at their edges."""
    kept = []
    for start, end in ranges:
        while start < end and text[start] in _EDGES:
            start += 1
        if text[start:end].lower().startswith("that "):
            start += len("that ")
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        if start < end:
            kept.append((start, end))
    return tuple(kept)


def touch(one: Sequence[Range], other: Sequence[Range]) -> bool:
    """Whether two spans share a character."""
    return any(a < d and c < b for a, b in one for c, d in other)


@dataclass(slots=True)
class Tally:
    """For each part and the triple: (annotated ones that were met, annotated, found ones that were met, found)."""

    overlapping: dict[str, list[float]] = field(default_factory=lambda: {p: [0.0] * 4 for p in (*PARTS, "triple")})
    exact: dict[str, list[float]] = field(default_factory=lambda: {p: [0.0] * 4 for p in (*PARTS, "triple")})

    def add(self, text: str, gold: Sequence[Attribution], found: Sequence[Attribution], weight: float = 1.0) -> None:
        """Count one annotator's reading of an article against what was found in it."""
        one, other = [_trim(text, a) for a in gold], [_trim(text, a) for a in found]
        for counts, same in ((self.overlapping, touch), (self.exact, lambda a, b: bool(a) and a == b)):
            for part in PARTS:
                a = sorted({getattr(x, part) for x in one if getattr(x, part)})
                b = sorted({getattr(x, part) for x in other if getattr(x, part)})
                _count(counts[part], a, b, same, weight)
            _count(
                counts["triple"],
                [x for x in one if x.source],
                [x for x in other if x.source],
                partial(_all_parts, same),
                weight,
            )

    def row(self, name: str) -> str:
        """One row of the table: overlap and exact F1 of each part and of the triple."""
        cells = []
        for part in (*PARTS, "triple"):
            cells += [f"{_f1(self.overlapping[part]):.3f}", f"{_f1(self.exact[part]):.3f}"]
        return f"| {name} | " + " | ".join(cells) + " |"


def _all_parts(same: Callable[[Any, Any], bool], one: Attribution, other: Attribution) -> bool:
    return all(same(getattr(one, part), getattr(other, part)) for part in PARTS)


def _trim(text: str, a: Attribution) -> Attribution:
    return Attribution(*(trimmed(text, getattr(a, part)) for part in PARTS))


def _count(
    counts: list[float], gold: Sequence[Any], found: Sequence[Any], same: Callable[[Any, Any], bool], weight: float
) -> None:
    counts[0] += weight * sum(any(same(g, f) for f in found) for g in gold)
    counts[1] += weight * len(gold)
    counts[2] += weight * sum(any(same(g, f) for g in gold) for f in found)
    counts[3] += weight * len(found)


def _f1(counts: Sequence[float]) -> float:
    met, gold, right, found = counts
    precision, recall = right / found if found else 0.0, met / gold if gold else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def tally(read: Sequence[Article], found: Iterable[Sequence[Attribution]]) -> Tally:
    """Score what was found; where an article has several annotators, each counts by an equal share."""
    score = Tally()
    for article, attributed in zip(read, found, strict=True):
        for gold in article.annotators:
            score.add(article.text, gold, attributed, 1 / len(article.annotators))
    return score


def section(data: Path, peers: Path | None) -> list[str]:
    """The Markdown of this set."""
    path = data / "polnear" / "dev.jsonl.gz"
    if not path.is_file():
        return ["Left out: there is no PolNeAR in the folder of public data (`polnear/dev.jsonl.gz`)."]
    read = list(articles(path))
    with ThreadPoolExecutor() as pool:  # textacy runs as a process of its own, beside ours
        peer = pool.submit(answers, peers, "textacy_worker.py", [a.text for a in read]) if peers else None
        rows = [tally(read, [attributions(a.text) for a in read]).row("communique")]
        replies = peer.result() if peer else None
    if replies is not None:
        found = [[Attribution(*((tuple(part),) for part in one)) for one in reply] for reply in replies]
        rows.append(tally(read, found).row("textacy's quotations"))
    return [*paragraph(_INTRODUCTION), "", *_HEAD, *rows, "", *_agreement(read)]


def _agreement(read: Sequence[Article]) -> list[str]:
    """How far annotators of the same article agree by the same measure."""
    score = Tally()
    several = [article for article in read if len(article.annotators) > 1]
    for article in several:
        for one, other in itertools.permutations(article.annotators, 2):
            score.add(article.text, one, other)
    if not several:
        return []
    return [
        f"For comparison, two annotators of the same article, over the {len(several)} that several have read:",
        "",
        *_HEAD,
        score.row("one annotator against another"),
    ]


_HEAD = (
    "| F1 | source, overlap | exact | cue, overlap | exact | content, overlap | exact | triple, overlap | exact |",
    "|---|---|---|---|---|---|---|---|---|",
)
_INTRODUCTION = (
    "PolNeAR's development part (news about the U.S. election of 2016): every attribution of speech, writing, "
    "belief, plan or attitude to anyone at all, by source, cue and content. Our contents are those of statements "
    "and the actions of undertakings; the cue is the verb of speech that a statement names among its reasons "
    "(table `speech_verbs`), the source its subject, else the words that the reader takes for the speaker. The "
    "reader was taught statements of official actors alone, while every voter and columnist counts here, and "
    "beliefs and attitudes without a verb of speech do too: recall is bounded by that. Quotation marks, "
    "punctuation and a leading “that” at the edges do not count. A span is met where it shares a character with "
    "one of the other side (exact: where it is the same); a triple where all three are met in one attribution. "
    "Where an article has several annotators, each counts by an equal share. textacy reads a text with an odd "
    "number of quotation marks paragraph by paragraph, since it gives up the whole. Published: annotators agree "
    "on 92% of attributions."
)
