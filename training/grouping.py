"""Learn which mentions of items tell of one transfer.

usage: python -m training.grouping GOLD_DIR... [--out FILE]

Mentions that the packaged reader proposes for annotated documents are given to the transfer of which they most
probably are, by sentence, item and quantity; pairs of mentions of which both have one are learned from. The limit is
tried on documents that nothing was learned from (five parts).
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.scoring import gold_spans, overlap_f1
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from communique.extraction.grouping import FILE, Weights, groups
from communique.extraction.items import ItemMention, item_mentions
from communique.extraction.same_transfer import STAGE_QUESTION, pair_features
from communique.extraction.words import contained
from communique.model import Kind
from communique.reader import read
from training.data import annotate

PARTS = 5
LIMITS = (-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5)
ABOUT_AS_GOOD = 0.005
"""Of limits that find about as many groups the lowest is taken, which splits fewer transfers in two: on the same parts
the records found had F1 0.833 with -0.5 and 0, 0.825 with 0.5 and 0.827 with -1 (0.795 by the rules before)."""
ALIKE = 0.5
"""How much of its words a mention shares at least with the item that it is taken for."""
QUANTITY, STAGE, PARTY = 0.5, 0.3, 0.3
"""What speaks for one transfer before another, besides the words of the item (1 at most)."""


@dataclass(frozen=True, slots=True)
class Told:
    """The mentions of a document: of which transfer each is, None where of none, and the features of all pairs."""

    owners: list[int | None]
    pairs: dict[tuple[int, int], dict[str, float]]


def told(folder: Path) -> Iterator[Told]:
    """The documents of a folder that tell of transfers."""
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        transfers = [record for record in gold["records"] if record["kind"] == "transfer"]
        if not transfers:
            continue
        proposals = read(annotate(gold).analysis)
        mentions = item_mentions(proposals)
        owners = [_owner(mention, transfers, gold["sentences"]) for mention in mentions]
        yield Told(owners, pair_features(proposals, mentions))


def _owner(mention: ItemMention, transfers: Sequence[dict[str, Any]], sentences: list[list[int]]) -> int | None:
    """The number of the transfer that a mention is of."""
    found = []
    for number, record in enumerate(transfers):
        if not any(start <= mention.proposal.span.start < end for start, end in gold_spans(record, sentences)):
            continue
        names = [item["what"] for item in record["items"]]
        alike = max((overlap_f1(name, mention.item.what) for name in names), default=0.0)
        inside = any(contained(*sorted((name, mention.item.what), key=len)) == 1 for name in names)
        if alike < ALIKE and not inside and not mention.refers_back:
            continue
        counted = mention.item.quantity and any(i["quantity"] == mention.item.quantity for i in record["items"])
        parties = set(mention.recipient)
        fits = len(parties & set(record["recipient"])) - len(parties - set(record["recipient"]))
        same = mention.proposal.best(STAGE_QUESTION) == record["stage"]
        found.append((alike + QUANTITY * bool(counted) + STAGE * same + PARTY * fits, -number))
    return -max(found)[1] if found else None


def learn(documents: Sequence[Told]) -> Weights:
    """The weights, without a limit yet; the pairs of a document count for the square root of their number."""
    seen, same, counts = [], [], []
    for document in documents:
        owners = document.owners
        known = [(i, j) for i, j in document.pairs if owners[i] is not None and owners[j] is not None]
        for i, j in known:
            seen.append(document.pairs[i, j])
            same.append(owners[i] == owners[j])
            counts.append(len(known) ** -0.5)
    table = DictVectorizer()
    model = LogisticRegression(max_iter=2000).fit(table.fit_transform(seen), same, sample_weight=counts)
    named = zip(table.get_feature_names_out(), model.coef_[0], strict=True)
    seen_weights = {name: round(float(weight), 3) for name, weight in sorted(named)}
    return Weights(bias=round(float(model.intercept_[0]), 3), limit=0.0, seen=seen_weights)


def right(documents: Sequence[Told], weights: Weights, limit: float) -> float:
    """F1 of groups: how many consist of the same mentions as a transfer, of those that are of one."""
    found = wanted = both = 0
    for document in documents:
        odds = {pair: weights.log_odds(seen) for pair, seen in document.pairs.items()}
        made = {frozenset(group) for group in groups(len(document.owners), odds, limit)}
        owned = {i for i, owner in enumerate(document.owners) if owner is not None}
        true = {frozenset(i for i in owned if document.owners[i] == one) for one in set(document.owners) - {None}}
        made = {group & owned for group in made} - {frozenset()}
        found, wanted, both = found + len(made), wanted + len(true), both + len(made & true)
    return 2 * both / (found + wanted)


def main() -> None:
    """Learn, and choose the limit on parts that nothing was learned from."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    documents = [one for folder in options.gold for one in told(folder)]
    random.Random(1).shuffle(documents)
    held = [documents[number::PARTS] for number in range(PARTS)]
    learned = [learn([d for other in held if other is not part for d in other]) for part in held]
    scores = {
        limit: sum(right(part, model, limit) for part, model in zip(held, learned, strict=True)) / PARTS
        for limit in LIMITS
    }
    for limit, score in scores.items():
        print(f"limit {limit:5.2f}  groups right {score:.3f}")
    learned_of_all = learn(documents)
    limit = min(limit for limit, score in scores.items() if score >= max(scores.values()) - ABOUT_AS_GOOD)
    stored = {Kind.TRANSFER.value: asdict(replace(learned_of_all, limit=limit))}
    options.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(f"{len(documents)} documents, {len(learned_of_all.seen)} weights: {options.out}")


if __name__ == "__main__":
    main()
