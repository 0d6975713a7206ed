"""What is denied, hoped for, called off or over must not be told as fact: sentences with what must come out and not."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from communique import Document, extract
from communique.model import record_to_json

TABLE = tomllib.loads((Path(__file__).parent / "unreal.toml").read_text(encoding="utf-8"))
SENTENCES: list[dict[str, Any]] = TABLE["sentence"]
SHARE_RIGHT = 0.95
"""What share of the sentences has to be read rightly; the rest are listed in the table with the reason."""


def _parameter(sentence: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=sentence["fails"], strict=True)] if "fails" in sentence else []
    return pytest.param(sentence, marks=marks, id=f"{sentence['class']}: {sentence['title']}")


def _records(sentence: dict[str, Any]) -> list[dict[str, Any]]:
    about = {name: sentence[name] for name in ("text", "title", "published")}
    return [record_to_json(record) for record in extract(Document(publisher=TABLE["publisher"], **about))]


def _fits(record: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether every field that a line of the table names agrees."""
    return all(_agrees(record.get(field), value) for field, value in wanted.items())


def _agrees(found: Any, wanted: Any) -> bool:
    if isinstance(found, list):
        if found and isinstance(found[0], dict):
            found = [item["what"] for item in found]
        return set(wanted) <= set(found)
    if isinstance(wanted, list):
        return found in wanted
    return re.search(str(wanted), str(found)) is not None


@pytest.mark.parametrize("sentence", [_parameter(sentence) for sentence in SENTENCES])
def test_what_is_not_so_is_not_told(sentence: dict[str, Any]) -> None:
    records = _records(sentence)
    missing = [line for line in sentence.get("must", []) if not any(_fits(record, line) for record in records)]
    untrue = [record for record in records if any(_fits(record, line) for line in sentence["never"])]
    assert not missing
    assert not untrue


def test_nearly_all_sentences_are_read_rightly() -> None:
    failing = [sentence for sentence in SENTENCES if "fails" in sentence]
    assert len(SENTENCES) >= 100
    assert 1 - len(failing) / len(SENTENCES) >= SHARE_RIGHT
    assert len({sentence["text"] for sentence in SENTENCES}) == len(SENTENCES)
