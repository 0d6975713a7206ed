"""General news: how many records come from articles that have nothing to do with the subject."""

from collections import Counter
from pathlib import Path

from benchmarks.public import absent, json_lines, paragraph, read_all, rows
from communique.model import Document

TITLE = "General news outside politics"

EVERY = 2
"""Each second article is read: a thousand figures a rate well enough."""


def section(data: Path, peers: Path | None) -> list[str]:
    """The Markdown lines of this set."""
    path = data / "bbc-news" / "bbc.jsonl.gz"
    if not path.exists():
        return absent(path.parent)
    articles = [a for a in json_lines(path) if a["category"] != "politics"][::EVERY]
    found = read_all("news", [Document(text=article["text"]) for article in articles])
    read = Counter(article["category"] for article in articles)
    told = Counter(article["category"] for article, records in zip(articles, found, strict=True) for _ in records)
    kinds = Counter(record.kind.value for records in found for record in records)
    lines = [(category, count, told[category], 1000 * told[category] / count) for category, count in read.items()]
    return [
        *paragraph(
            f"{len(articles)} news articles on business, sport, entertainment and technology, each second of the BBC "
            "set, by text alone; from the others was learned which words are of another subject. Nearly none is about "
            "official relations, so that every record counts as a false alarm; what is left comes from articles on "
            "dealings of governments that the set files under business (trade talks, debt relief, summits)."
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
