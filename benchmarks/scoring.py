"""Score extracted records against annotated documents.

A predicted record matches an annotated one of its kind when their evidence overlaps and what identifies
them agrees (see :func:`similarity`). Matching is one to one, best pairs first: a second prediction for
the same annotated record counts as wrong.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Fields = dict[str, Any]
Offsets = tuple[int, int]

KINDS = ("engagement", "agreement", "transfer", "initiative", "undertaking", "statement")
FIELDS = {
    "engagement": ("type", "stage", "parties", "people", "date", "place"),
    "agreement": ("stage", "parties", "date"),
    "transfer": ("stage", "supplier", "recipient", "items", "value", "date"),
    "initiative": ("stage", "parties", "date"),
    "undertaking": ("by", "to", "strength", "status", "due"),
    "statement": ("speakers", "form"),
}
STOP = set("a an the of to and or in on for with by at from its their his her our this that new as s".split())


def words(text: str | None) -> list[str]:
    """Lower-case words without those that only bind."""
    return [w for w in re.findall(r"[a-z0-9]+", (text or "").lower()) if w not in STOP]


def overlap_f1(a: str | None, b: str | None) -> float:
    """F1 of two bags of words."""
    one, other = words(a), words(b)
    if not one or not other:
        return 0.0
    rest, common = list(other), 0
    for w in one:
        if w in rest:
            rest.remove(w)
            common += 1
    return 2 * common / (len(one) + len(other))


def party(p: object) -> str:
    """A party's name folded for comparison."""
    return re.sub(r"[^a-z0-9]", "", str(p).lower())


def jaccard(a: list[str] | None, b: list[str] | None) -> float:
    """Share of two sets of parties that agree."""
    one, other = {party(x) for x in a or []}, {party(x) for x in b or []}
    return len(one & other) / len(one | other) if one or other else 1.0


TITLES = set(
    "mr mrs ms dr jr sr ii iii iv gen col lt adm hon sir the of for and minister president prime secretary defence"
    " defense foreign affairs external spokesperson spokesman chief general ministry department government".split()
)


def name_words(name: str | None) -> set[str]:
    """Words of a name that are no title."""
    found = set(re.findall(r"\w{2,}", str(name or "").lower()))
    return found - TITLES or found


def names_alike(a: list[str] | None, b: list[str] | None) -> float:
    """Share of two lists of names that agree; names agree when they share a word that is no title."""
    one, rest, common = list(a or []), list(b or []), 0
    if not one and not rest:
        return 1.0
    total = len(one) + len(rest)
    for x in one:
        for y in rest:
            if name_words(x) & name_words(y):
                rest.remove(y)
                common += 1
                break
    return common / (total - common)


def gold_spans(record: Fields, sentences: list[list[int]]) -> list[Offsets]:
    """Evidence of an annotated record as character offsets."""
    return [tuple(sentences[i]) for i in record["evidence"]]


def predicted_spans(record: Fields) -> list[Offsets]:
    """Evidence of an extracted record as character offsets."""
    return [(e["start"], e["end"]) for e in record.get("evidence", [])]


def touches(a: list[Offsets], b: list[Offsets]) -> bool:
    """Whether any two spans overlap."""
    return any(s < f and e < t for (s, t) in a for (e, f) in b)


def similarity(kind: str, gold: Fields, predicted: Fields) -> float:
    """How alike two records of one kind are, 0 to 1; 0 is no match."""
    if kind == "engagement":
        people = names_alike(gold.get("people"), predicted.get("people")) if gold.get("people") else 0.0
        score = max(jaccard(gold.get("parties"), predicted.get("parties")), people)
        same_type = gold.get("type") == predicted.get("type")
        return 0.5 * score + (0.5 if same_type else 0.25) if score >= 0.5 else 0.0
    if kind in ("agreement", "initiative"):
        score = overlap_f1(gold.get("name"), predicted.get("name"))
        return score if score >= 0.5 else 0.0
    if kind == "transfer":
        who = max(
            jaccard(gold.get("recipient"), predicted.get("recipient")) if gold.get("recipient") else 0.0,
            jaccard(gold.get("supplier"), predicted.get("supplier")) if gold.get("supplier") else 0.0,
        )
        what = overlap_f1(items_text(gold), items_text(predicted))
        return 0.5 * who + 0.5 * what if who >= 0.5 or what >= 0.5 else 0.0
    if kind == "undertaking":
        score = overlap_f1(gold.get("action"), predicted.get("action"))
        return score if score >= 0.5 else 0.0
    score = overlap_f1(gold.get("content"), predicted.get("content"))
    who = names_alike(gold.get("speakers"), predicted.get("speakers"))
    return score * who if who >= 0.5 and score >= 0.5 else 0.0


def items_text(record: Fields) -> str:
    """All items of a transfer as one phrase."""
    return " ".join(str(i.get("what", "")) for i in record.get("items") or [])


def field_right(field: str, gold: Fields, predicted: Fields) -> bool:
    """Whether a field of a matched pair has the annotated value."""
    g, p = gold.get(field), predicted.get(field)
    if field in ("parties", "supplier", "recipient", "by", "to"):
        return jaccard(g, p) == 1.0
    if field in ("people", "speakers"):
        return names_alike(g, p) == 1.0
    if field == "items":
        rest = list(p or [])
        for x in g or []:
            alike = next(
                (
                    y
                    for y in rest
                    if y.get("quantity") == x.get("quantity") and overlap_f1(x.get("what"), y.get("what")) >= 0.5
                ),
                None,
            )
            if alike is None:
                return False
            rest.remove(alike)
        return not rest
    if field == "place":
        return (not g and not p) or overlap_f1(g, p) >= 0.5
    if field == "value":
        if not g or not p:
            return not g and not p
        return g.get("currency") == p.get("currency") and abs(float(g["amount"]) - float(p["amount"])) <= 0.01 * float(
            g["amount"]
        )
    return (g or None) == (p or None)


def match(gold: list[Fields], predicted: list[Fields], sentences: list[list[int]]) -> list[tuple[Fields, Fields]]:
    """Pair gold and predicted records of one kind, best pairs first."""
    pairs = []
    for i, g in enumerate(gold):
        for j, p in enumerate(predicted):
            if touches(gold_spans(g, sentences), predicted_spans(p)):
                s = similarity(g["kind"], g, p)
                if s > 0:
                    pairs.append((s, -i, -j))
    used_g, used_p, out = set(), set(), []
    for _, i, j in sorted(pairs, reverse=True):
        if i not in used_g and j not in used_p:
            used_g.add(i)
            used_p.add(j)
            out.append((gold[-i], predicted[-j]))
    return out


def prf(matched: int, gold: int, predicted: int) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    precision, recall = matched / predicted if predicted else 0.0, matched / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass
class Score:
    """Counts over documents: for each kind (matched, annotated, extracted), for each field (right, of)."""

    documents: int = 0
    kinds: dict[str, list[int]] = field(default_factory=lambda: {kind: [0, 0, 0] for kind in KINDS})
    fields: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    missed: list[tuple[str, Fields]] = field(default_factory=list)
    wrong: list[tuple[str, Fields]] = field(default_factory=list)
    pairs: list[tuple[str, Fields, Fields]] = field(default_factory=list)

    def add(self, document: Fields, predicted: Iterable[Fields]) -> None:
        """Count one annotated document against the records that were extracted from its text."""
        self.documents += 1
        lines = list(predicted)
        for kind in KINDS:
            gold = [r for r in document["records"] if r["kind"] == kind]
            found = [r for r in lines if r["kind"] == kind]
            pairs = match(gold, found, document["sentences"])
            for i, count in enumerate((len(pairs), len(gold), len(found))):
                self.kinds[kind][i] += count
            for g, p in pairs:
                for name in FIELDS[kind]:
                    self.fields[kind, name][0] += field_right(name, g, p)
                    self.fields[kind, name][1] += 1
            matched = {id(r) for pair in pairs for r in pair}
            self.pairs += [(document["id"], g, p) for g, p in pairs]
            self.missed += [(document["id"], r) for r in gold if id(r) not in matched]
            self.wrong += [(document["id"], r) for r in found if id(r) not in matched]

    def f1(self, kind: str) -> float:
        """F1 of one kind."""
        return prf(*self.kinds[kind])[2]

    @property
    def micro_f1(self) -> float:
        """F1 over all records."""
        matched, gold, found = (sum(counts[i] for counts in self.kinds.values()) for i in range(3))
        return prf(matched, gold, found)[2]

    @property
    def field_accuracy(self) -> float:
        """Share of the fields of matched records that are right."""
        right, of = (sum(counts[i] for counts in self.fields.values()) for i in range(2))
        return right / of if of else 0.0
