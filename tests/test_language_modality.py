"""Signed, or only to be signed: words that tell the difference; words that call an occasion off."""

import pytest

from communique.language.modality import signature_is_fact, signature_is_unreal
from communique.language.phrases import find_phrases
from communique.lexicon.tables import rows
from communique.model import Span


@pytest.mark.parametrize(
    ("sentence", "unreal", "fact"),
    [
        ("Malta and Tunisia signed the agreement in May.", False, True),
        ("Malta and Tunisia will sign the agreement in May.", True, False),
        ("The ministers agreed to sign the accord at their next meeting.", True, False),
        ("The treaty was not signed on Friday.", True, False),
        ("The treaty has not been signed.", True, False),
        ("They look forward to formally signing the protocol.", True, False),
        ("The protocol is expected to be initialled in June.", True, False),
        ("The pact, signed in 2019, is to be finalised in detail by June.", True, True),
        ("They discussed trade.", False, False),
    ],
)
def test_a_signature_is_a_fact_or_not(sentence: str, unreal: bool, fact: bool) -> None:
    whole = Span(0, len(sentence))
    assert signature_is_unreal(sentence, whole) is unreal
    assert signature_is_fact(sentence, whole) is fact


@pytest.mark.parametrize("row", rows("signature_verbs"), ids=lambda row: row["base"])
def test_verbs_of_signature_stand_in_their_examples_as_unreal(row: dict[str, str]) -> None:
    assert signature_is_unreal(row["example"], Span(0, len(row["example"])))


@pytest.mark.parametrize(
    "table",
    [
        "instruments",
        "initiative_nouns",
        "cancellations",
        "ceremony_words",
        "package_words",
        "attendance_words",
        "retirement_words",
    ],
)
def test_phrases_are_found_in_their_examples(table: str) -> None:
    for row in rows(table):
        found = find_phrases(table, row["example"], Span(0, len(row["example"])))
        assert row["form"].lower() in [row["example"][s.start : s.end].lower() for s in found], row
