"""How far "not", "denied", "if", "whether", "urged" reach: every row of the tables, and what it leaves alone."""

import pytest

from communique.language.unreal import asked_for, disclaimed, is_told, scopes, unreal_stages
from communique.lexicon.tables import forms, rows
from communique.model import AgreementStage, EngagementStage, InitiativeStage, Span, TransferStage

STAGES = {
    "engagement": {stage.value for stage in EngagementStage},
    "agreement": {stage.value for stage in AgreementStage},
    "transfer": {stage.value for stage in TransferStage},
    "initiative": {stage.value for stage in InitiativeStage},
}


def whole(text: str) -> Span:
    return Span(0, len(text))


@pytest.mark.parametrize("row", rows("unreal_cues"), ids=lambda row: row["form"])
def test_a_word_of_unreality_reaches_over_what_follows_it_in_its_example(row: dict[str, str]) -> None:
    found = [scope for scope in scopes(row["example"], whole(row["example"])) if scope.sense == row["sense"]]
    first = row["form"].split(" * ")[0].lower()
    assert any(first in row["example"][: scope.span.start].lower() for scope in found), row


@pytest.mark.parametrize("row", rows("stage_verbs"), ids=lambda row: f"{row['kind']}: {row['base']}")
def test_a_verb_of_a_stage_is_unreal_in_its_example(row: dict[str, str]) -> None:
    text = row["example"]
    assert row["stage"] in STAGES[row["kind"]]
    assert any(form in text for form in (row["base"], *forms(row, "past"), *forms(row, "gerund")))
    assert row["stage"] in unreal_stages(row["kind"], text, whole(text))


@pytest.mark.parametrize(
    ("sentence", "verb", "told"),
    [
        ("Oslo sent six guns.", "sent", True),
        ("Oslo has not sent six guns.", "sent", False),
        ("Oslo has not yet sent six guns.", "sent", False),
        ("Oslo sent six guns, not tanks.", "sent", True),
        ("Oslo not only sent guns but trained crews.", "sent", True),
        ("The guns that were not needed were sent.", "sent", True),
        ("None of the guns that Lima ordered has been delivered.", "ordered", True),
        ("None of the guns that Lima ordered has been delivered.", "delivered", False),
        ("Lima denied that it had ordered guns.", "ordered", False),
        ("If the guns are delivered, crews will come.", "delivered", False),
        ("If there is money, said the minister who ordered the guns.", "ordered", True),
        ("Have the guns been delivered?", "delivered", False),
        ("Asked whether the guns had been delivered, he nodded.", "delivered", False),
        ("Lima would have to follow what was delivered.", "delivered", True),
        ("Lima could have delivered the guns.", "delivered", False),
        ("Lima had hoped to sign, but the guns were delivered.", "delivered", True),
        ("They met although the guns were delivered.", "delivered", True),
    ],
)
def test_a_verb_is_told_as_fact_or_not(sentence: str, verb: str, told: bool) -> None:
    start = sentence.index(verb)
    assert is_told(sentence, whole(sentence), Span(start, start + len(verb))) is told


@pytest.mark.parametrize(
    ("sentence", "stages"),
    [
        ("Ankara signed a deal to buy twenty jets.", set()),
        ("Budapest agreed in May to buy four jets.", set()),
        ("Accra was the first to receive the jets.", set()),
        ("Budapest hopes to buy four jets.", {"contracted"}),
        ("Accra bought jets in 2010 and wants to buy more.", set()),
    ],
)
def test_stages_told_as_unreal_only(sentence: str, stages: set[str]) -> None:
    assert unreal_stages("transfer", sentence, whole(sentence)) == stages


@pytest.mark.parametrize(
    ("sentence", "denied", "asked"),
    [
        ("She refused to meet the envoy.", True, False),
        ("She denied that she had met the envoy.", True, False),
        ("She invited the envoy to visit Suva.", False, True),
        ("She met the envoy and invited him to visit Suva.", False, False),
        ("She met the envoy.", False, False),
        ("It rained.", False, False),
    ],
)
def test_an_occasion_is_denied_or_only_asked_for(sentence: str, denied: bool, asked: bool) -> None:
    assert disclaimed("engagement", sentence, whole(sentence)) is denied
    assert (asked_for("engagement", sentence, whole(sentence)) is not None) is asked
