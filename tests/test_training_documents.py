"""Documents to train on: drafts become annotated documents, and are told anew about others."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.annotate import convert
from training.augment import exchanged

from communique.language.sentences import split

DRAFT = """---
title: India and Japan sign pact
publisher: communique examples
published: 2021-06-10
---
NEW DELHI, 10 June 2021 – India and Japan signed a pact on supplies. It rained.

+++
"""
SIGNED = '{"kind": "agreement", "name": "pact on supplies", "stage": "signed", "parties": ["IN", "JP"]}'
FOLDER = Path(__file__).parent.parent / "training" / "gold"
DOCUMENTS: list[dict[str, Any]] = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(FOLDER.glob("*.json"))]


def test_a_draft_finds_the_sentence_of_its_words_and_fills_what_it_leaves_out() -> None:
    document, mistakes = convert("pact", DRAFT + SIGNED)
    assert not mistakes
    (record,) = document["records"]
    start, end = document["sentences"][record["evidence"][0]]
    assert "pact on supplies" in document["text"][start:end]
    assert record["date"] is None


def test_a_draft_without_records_is_a_document_of_which_nothing_is_to_be_read() -> None:
    document, mistakes = convert("pact", DRAFT.rstrip())
    assert not mistakes and not document["records"]
    assert "+++" not in document["text"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "no JSON"),
        ('{"kind": "rumour"}', "unknown kind"),
        (SIGNED.replace("pact on supplies", "pact on fish"), "is not in the text"),
        (SIGNED.replace("signed", "shaken"), "shaken"),
        (SIGNED.replace('"parties"', '"partners"'), "no field 'partners'"),
        (SIGNED[:-1] + ', "evidence": ["i"]}', "occurs"),
        (SIGNED[:-1] + ', "date": "June"}', "no EDTF date"),
    ],
)
def test_a_mistake_in_a_draft_is_told(line: str, told: str) -> None:
    assert any(told in mistake for mistake in convert("pact", DRAFT + line)[1])


@given(st.sampled_from(DOCUMENTS), st.integers(0, 1000))
def test_a_document_told_about_others_keeps_its_words_in_their_sentences(document: dict[str, Any], seed: int) -> None:
    told = exchanged(document, random.Random(seed))
    assert len(told["sentences"]) == len(document["sentences"])
    for old, new in zip(document["records"], told["records"], strict=True):
        assert new["evidence"] == old["evidence"]
        for name in ("action", "content"):
            if name in new:
                assert new[name] in told["text"]


def test_every_annotated_document_has_its_words_in_its_text() -> None:
    for document in DOCUMENTS:
        assert len(split(document["text"])) > 0
        for record in document["records"]:
            assert all(0 <= i < len(document["sentences"]) for i in record["evidence"])
            assert record.get("action", record.get("content", "")) in document["text"], document["id"]
