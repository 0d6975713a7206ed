"""General news: how many records come from articles that have nothing to do with the subject."""

from collections import Counter
from pathlib import Path

from benchmarks.public import absent, json_lines, paragraph, read_all, rows
from communique.model import Document

TITLE = "General news outside politics"

EVERY = 2
"""Each second article is read: a thousand figures a rate well enough."""
READING = (
    "Read one by one against the guide of the annotations, 148 of the 226 records there were when this was written are "
    "right (what ministers said of debts and WTO talks, a protocol of Egypt, Israel and the United States, an oil deal "
    "of Venezuela with China) and 78 wrong (a record told twice, airliners taken for defence equipment, guests of a "
    "forum taken for a visit, words given to the wrong speaker): 92 false records per 1,000 articles. 5 records per "
    "1,000 can't be had beside what the guide asks for. Keeping only dealings of official actors wherever the gate is "
    "in doubt left 60 of 159 records here, and of 285 right ones in 29 annotated documents 110."
)
"""What a reader made of the records, who can't be asked anew at each run."""


def section(data: Path, peers: Path | None) -> list[str]:
    """The Markdown lines of this set."""
    path = data / "bbc-news" / "bbc.jsonl.gz"
    if not path.exists():
        return absent(path.parent)
    articles = [a for a in json_lines(path) if a["category"] != "politics"][::EVERY]
    found = read_all("news", [Document(text=article["text"]) for article in articles])
    read = Counter(article["category"] for article in articles)
    told = Counter(article["category"] for article, records in zip(articles, found, strict=True) for _ in records)
    telling = sum(map(bool, found))
    kinds = Counter(record.kind.value for records in found for record in records)
    lines = [(category, count, told[category], 1000 * told[category] / count) for category, count in read.items()]
    return [
        *paragraph(
            f"{len(articles)} news articles on business, sport, entertainment and technology, each second of the BBC "
            "set, by text alone; from the others was learned which words are of another subject. Every record counts "
            "here, but not every one is a false alarm: the set files dealings of governments under business (trade "
            f"talks, debt relief, summits), and all records come from {telling} articles. {READING}"
        ),
        "",
        *rows(
            ("category", "articles", "records", "records per 1,000 articles"),
            *lines,
            ("all", len(articles), told.total(), 1000 * told.total() / len(articles)),
        ),
        "",
        "By kind: " + (", ".join(f"{kind} {count}" for kind, count in kinds.most_common()) or "none") + ".",
    ]
