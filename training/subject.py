"""Learn which words tell that a text is about the dealings of states, and which that it is about something else.

Two lists are learned: one against sport, business and the like, and one against the domestic politics of one country.

usage: python -m training.subject DATA GOLD_DIR... [--out FILE]

DATA is the folder of public sets: its general news outside politics (every second article, the others are kept for
measuring) is what the product isn't about; annotated documents, the White House's documents (every 25th) and news on
politics are what it is about. Kept are single words with their weights, no text.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.public import json_lines
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer
from sklearn.linear_model import LogisticRegression

from communique.language.gate import names_few_others
from communique.language.subject import FILE, words_of

SEEN_IN = 8
"""A word counts if so many texts have it."""
STRENGTH = 0.1
"""Inverse strength with which weights are kept near zero; 0.03 to 0.3 tell texts apart about as well."""
SMALLEST = 0.01
NEAR_MISSES = 4.0
"""How many times a text on business counts, since it is the likeliest to be taken for one on dealings of states."""
WHITE_HOUSE_EVERY, NEWS_EVERY = 25, 2
OPENING = 6000
"""Characters of a long document that are learned from."""
STYLE = frozenset(
    "said mr ms bbc uk us bn could would also has have had now but after while however added year-old aps sunday monday"
    " tuesday wednesday thursday friday saturday january february march april may june july august september october"
    " november december percent today this these those which was is are been being although meanwhile very likes like"
    .split()
)  # fmt: skip
"""Words that tell one newsroom from another and not what a text is about."""


def examples(data: Path, gold: Sequence[Path]) -> Iterator[tuple[str, bool, float]]:
    """Texts, each with whether it is about the dealings of states or about politics, and how much it counts."""
    news = list(json_lines(data / "bbc-news" / "bbc.jsonl.gz"))
    yield from ((a["text"], True, 1.0) for a in news if a["category"] == "politics")
    for article in [a for a in news if a["category"] != "politics"][1::NEWS_EVERY]:
        yield article["text"], False, NEAR_MISSES if article["category"] == "business" else 1.0
    for folder in gold:
        for path in sorted(folder.glob("*.json")):
            document = json.loads(path.read_text(encoding="utf-8"))
            yield document["text"], bool(document["records"]), 1.0
    briefings = list(json_lines(data / "wh-briefings" / "wh-briefings-2021-2023.jsonl.gz"))
    yield from ((d["text"][:OPENING], True, 1.0) for d in briefings[::WHITE_HOUSE_EVERY])
    yield from ((d["text"], True, 1.0) for d in json_lines(data / "polnear" / "train.jsonl.gz"))


def examples_on_politics(data: Path, gold: Sequence[Path]) -> Iterator[tuple[str, bool, float]]:
    """Texts that are about politics, each with whether it may hold dealings of states, and how much it counts.

    Articles that name other states in passing only don't: every second one, the others are kept for measuring.
    """
    politics = [a["text"] for a in json_lines(data / "bbc-news" / "bbc.jsonl.gz") if a["category"] == "politics"]
    yield from ((text, not names_few_others(text), 1.0) for text in politics[1::NEWS_EVERY])
    for folder in gold:
        for path in sorted(folder.glob("*.json")):
            yield json.loads(path.read_text(encoding="utf-8"))["text"], True, 1.0
    briefings = list(json_lines(data / "wh-briefings" / "wh-briefings-2021-2023.jsonl.gz"))
    yield from ((d["text"][:OPENING], True, 1.0) for d in briefings[::WHITE_HOUSE_EVERY])
    yield from ((d["text"], True, 1.0) for d in json_lines(data / "polnear" / "train.jsonl.gz"))


def learn(texts: Sequence[str], about: Sequence[bool], counts: Sequence[float]) -> tuple[float, dict[str, float]]:
    """The bias and the weight of each word, as log-odds."""
    vectorizer = CountVectorizer(
        analyzer=lambda text: words_of(text) - ENGLISH_STOP_WORDS - STYLE, min_df=SEEN_IN, binary=True
    )
    seen = vectorizer.fit_transform(texts)
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(seen, about, sample_weight=counts)
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    kept = {str(word): round(float(weight), 3) for word, weight in named if abs(weight) >= SMALLEST}
    return round(float(model.intercept_[0]), 3), dict(sorted(kept.items()))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    learned = {}
    for question, found in (("dealings", examples), ("domestic", examples_on_politics)):
        texts, about, counts = zip(*found(options.data, options.gold), strict=True)
        bias, weights = learn(texts, about, counts)
        learned[question] = {"bias": bias, "words": weights}
        print(f"{question}: {len(texts)} texts, {sum(about)} of them about the subject; {len(weights)} words")
    options.out.write_text(json.dumps(learned, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
