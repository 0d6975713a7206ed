"""Kinds of dealings between two parties: PLOVER's roots for pairs of a source and a target."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean

from benchmarks.public import paragraph, read_all
from communique.model import Document, Record, Span, record_to_json

TITLE = "PLOVER: kinds of dealings between two parties"

_MARKS = re.compile(r"</?[st]>")
_WORDS = Path(__file__).with_name("plover_words.csv")
PENTA = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), "1"),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), "2"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "3"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "4"),
}
"""PLOVER's four classes: words and deeds of cooperation, words and deeds of conflict."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with where its source and target stand, and how their dealing is annotated."""

    text: str
    source: Span
    target: Span
    root: str
    penta: str


def pairs(path: Path) -> list[Pair]:
    """The rows of the set."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [_pair(row) for row in csv.DictReader(lines, delimiter="\t")]


def _pair(row: dict[str, str]) -> Pair:
    marked, text, at = row["marked_sentence"], "", {}
    last = 0
    for mark in _MARKS.finditer(marked):
        text += marked[last : mark.start()]
        at[mark[0]] = len(text)
        last = mark.end()
    text += marked[last:]
    ends = len(text)
    source = Span(at.get("<s>", 0), at.get("</s>", ends))
    target = Span(at.get("<t>", ends - 1), at.get("</t>", ends))
    return Pair(text, source, target, row["gold_root"], row["gold_penta"])


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each root the pattern of its words; ``*`` stands for any ending of a word, alone for one word."""
    with _WORDS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return tuple((row["root"], re.compile(rf"\b(?:{_alternatives(row['words'])})\b", re.IGNORECASE)) for row in rows)


def _alternatives(words: str) -> str:
    shapes = (re.escape(word).replace(r"\ \*\ ", r"\s\w+\s").replace(r"\*", r"\w*") for word in words.split("|"))
    return "|".join(shape.replace(r"\ ", r"\s") for shape in shapes)


_NEGATION = re.compile(r"\b(?:not|never|no longer|cannot)\s(?:\w+\s){0,2}$|n['’]t\s(?:\w+\s){0,2}$", re.IGNORECASE)
_PASSIVE = re.compile(r"\bby\s+(?:the\s)?$")
_DEEDS = frozenset({"AGREE", "AID", "YIELD", "CONSULT", "SUPPORT", "COOPERATE"})
_STAGES = {
    ("engagement", "planned"): "AGREE",
    ("engagement", "held"): "CONSULT",
    ("engagement", "cancelled"): "SANCTION",
    ("agreement", "suspended"): "SANCTION",
    ("agreement", "ended"): "SANCTION",
    ("transfer", "stalled"): "SANCTION",
    ("transfer", "cancelled"): "SANCTION",
    ("transfer", "considered"): "AGREE",
    ("transfer", "requested"): "REQUEST",
}
_KINDS = {
    "engagement": "CONSULT",
    "agreement": "SUPPORT",
    "transfer": "AID",
    "initiative": "COOPERATE",
    "undertaking": "AGREE",
    "statement": "SUPPORT",
}


def by_records(records: Sequence[Record]) -> str | None:
    """The root of the first record of a sentence, by its kind and stage; statements last. None without records."""
    plain = sorted((record_to_json(record) for record in records), key=lambda record: record["kind"] == "statement")
    if not plain:
        return None
    kind, stage = plain[0]["kind"], plain[0].get("stage") or ""
    return _STAGES.get((kind, stage), _KINDS[kind])


def by_words(pair: Pair) -> str | None:
    """The root of the first words of the table behind the source; before it where the target comes first."""
    hidden = _hidden(pair)
    stretches = [(pair.source.end, len(hidden))]
    between = (pair.target.end, pair.source.start)
    if between[0] < between[1]:  # "the envoy was received by the minister"
        passive = _PASSIVE.search(hidden[: pair.source.start])
        stretches = [between, *stretches] if passive else [*stretches, between]
    for start, end in [*stretches, (0, len(hidden))]:
        found = [(m.start(), n, root) for n, (root, p) in enumerate(_patterns()) if (m := p.search(hidden, start, end))]
        if found:
            place, _, root = min(found)
            return "REJECT" if root in _DEEDS and _NEGATION.search(hidden, start, place) else root
    return None


def _hidden(pair: Pair) -> str:
    """The sentence with blanks where source and target stand."""
    text = pair.text
    for span in (pair.source, pair.target):
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def macro_f1(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """The mean F1 of the classes that are annotated."""
    scores = []
    for name in sorted(set(gold)):
        right = sum(g == p == name for g, p in zip(gold, predicted, strict=True))
        scores.append(2 * right / (gold.count(name) + predicted.count(name)))
    return fmean(scores)


def section(data: Path, peers: Path | None) -> list[str]:
    """The Markdown of this set; no peer of ours that runs offline codes these roots."""
    path = data / "plover" / "PLV_train.tsv"
    if not path.is_file():
        return ["Left out: there is no PLOVER set in the folder of public data (`plover/PLV_train.tsv`)."]
    read = pairs(path)
    records = read_all("plover", [Document(text=pair.text) for pair in read])
    coded = [by_records(found) for found in records]
    worded = [by_words(pair) for pair in read]
    both = [word or code or _NEITHER for word, code in zip(worded, coded, strict=True)]
    return [
        *paragraph(_INTRODUCTION),
        "",
        "| | pairs | macro-F1, root | macro-F1, four classes |",
        "|---|---|---|---|",
        _row("records alone", read, [code or _NEITHER for code in coded]),
        _row("table of words, then records", read, both),
        _row("the same, the half of the pairs whose words went into the table", read[::2], both[::2]),
        _row("the same, the other half", read[1::2], both[1::2]),
        "| TF-IDF, published floor, on another part | | 0.67 | 0.80 |",
        "| language inference without training, published, on another part | | 0.82 | 0.89 |",
        "",
        f"Records were found for {sum(code is not None for code in coded)} of the {len(read)} pairs.",
    ]


def _row(name: str, read: Sequence[Pair], roots: Sequence[str]) -> str:
    root = macro_f1([pair.root for pair in read], roots)
    penta = macro_f1([pair.penta for pair in read], [PENTA[root] for root in roots])
    return f"| {name} | {len(read)} | {root:.3f} | {penta:.3f} |"


_NEITHER = "SUPPORT"
_INTRODUCTION = (
    "PLOVER's training pairs (a sentence with its source and target given; one of fifteen roots and of four "
    "classes, words and deeds of cooperation and of conflict). From the records alone: a held engagement is "
    "CONSULT, an agreement SUPPORT, a transfer AID, an initiative COOPERATE, an undertaking and whatever is "
    "planned or considered AGREE, a suspended or cancelled thing SANCTION, a request REQUEST. The ledger has no "
    "kind for arrests, attacks, accusations and protests, which are most of this set, so a table of words "
    "(`benchmarks/plover_words.csv`) comes first: the root of the first words behind the source, REJECT where "
    "they are negated. Every other pair was looked at while writing the table."
)
