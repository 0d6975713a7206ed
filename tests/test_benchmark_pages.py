"""The pages and archives that the benchmark makes are read as what they were made of."""

import gzip
import json
from pathlib import Path

import pytest
from benchmarks import pages

from communique import read
from communique.intake import Crew, items
from communique.sources import Item, Origin, documents_of

ARTICLE = "Talks in Oslo\n\nThe foreign ministers of Norway and Chile met in Oslo on Tuesday & signed a treaty."


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """Public sets of a few texts each."""
    for folder, name in (("bbc-news", "bbc.jsonl.gz"), ("wh-briefings", "wh-briefings-2021-2023.jsonl.gz")):
        (tmp_path / folder).mkdir()
        with gzip.open(tmp_path / folder / name, "wt", encoding="utf-8") as lines:
            for number in range(3):
                one = {"text": f"{ARTICLE} Text {number} of {folder}.", "title": "Oslo", "published": "2022-03-01"}
                lines.write(json.dumps(one) + "\n")
    return tmp_path


def test_page_is_read_as_its_text(tmp_path: Path, sets: Path) -> None:
    (path,) = pages.write_pages(pages.briefings(sets, every=3), tmp_path)
    document = read(path)
    assert "met in Oslo on Tuesday & signed a treaty. Text 0 of wh-briefings." in document.text
    assert (document.title, document.published) == ("Oslo", "2022-03-01")


def test_archive_holds_each_page_under_an_address_of_its_own(tmp_path: Path, sets: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    count = pages.write_warc(path, sets, size=100_000)
    assert path.stat().st_size >= 100_000
    with Crew() as crew:
        found = [document for item in items(str(path), crew) for document in _documents(item)]
    assert len(found) == count
    assert len({document.url for document in found}) == count


def _documents(item: object) -> list:  # type: ignore[type-arg]
    assert isinstance(item, Item)
    return list(documents_of(item, Origin()))


def test_sets_that_are_absent_are_empty(tmp_path: Path) -> None:
    assert pages.news(tmp_path) == pages.briefings(tmp_path) == []
