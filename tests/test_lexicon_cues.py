"""Words that tell a stage or a strength outright: every row at work in its own sentence, and what must not count."""

import pytest

from communique.language.cues import told_stages, told_strength
from communique.language.phrases import find_phrases
from communique.lexicon.tables import rows
from communique.model import AgreementStage, InitiativeStage, Span, Strength, TransferStage

STAGES = {
    "agreement_cues": {stage.value for stage in AgreementStage},
    "transfer_cues": {stage.value for stage in TransferStage},
    "initiative_cues": {stage.value for stage in InitiativeStage},
}
STAGE_ROWS = [(table, row) for table in STAGES for row in rows(table)]


def whole(text: str) -> Span:
    return Span(0, len(text))


@pytest.mark.parametrize(("table", "row"), STAGE_ROWS, ids=lambda value: value if isinstance(value, str) else "")
def test_example_of_a_stage(table: str, row: dict[str, str]) -> None:
    text = row["example"]
    assert row["form"].lower() in text.lower()
    if row["stage"]:
        assert row["stage"] in told_stages(table, text, whole(text)), row
    else:
        assert find_phrases(table, text, whole(text)), row


@pytest.mark.parametrize("table", STAGES)
def test_every_stage_of_the_vocabulary_has_its_words(table: str) -> None:
    assert {row["stage"] for row in rows(table)} - {""} == STAGES[table]
    forms = [(row["stage"], row["form"].lower()) for row in rows(table)]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("row", rows("strength_cues"), ids=lambda row: row["form"])
def test_example_of_a_strength(row: dict[str, str]) -> None:
    text = row["example"]
    assert row["form"].lower() in text.lower()
    end = text.lower().index(row["form"].lower()) + len(row["form"])
    told = told_strength(text, 0, end)
    assert (told[0] if told else "") == row["strength"]


def test_every_strength_has_its_words() -> None:
    assert {row["strength"] for row in rows("strength_cues")} - {""} == {strength.value for strength in Strength}


@pytest.mark.parametrize(
    ("table", "text", "stages"),
    [
        ("agreement_cues", "The treaty will be signed in May.", set()),
        ("agreement_cues", "The treaty has not been ratified or signed.", set()),
        ("agreement_cues", "The treaty was not signed.", set()),
        ("agreement_cues", "The ministers renewed their commitment to peace.", set()),
        ("agreement_cues", "The envoy extended congratulations.", set()),
        ("agreement_cues", "The truce collapsed.", {"ended"}),
        ("transfer_cues", "The howitzers are to be delivered in 2027.", set()),
        ("transfer_cues", "The howitzers were delivered in 2019.", {"delivered"}),
        ("transfer_cues", "The army met in order to plan.", set()),
        ("transfer_cues", "The council accorded Acceptance of Necessity for nine tugs.", {"approved"}),
        ("transfer_cues", "Athens sent a letter of request for the frigates.", {"requested", "delivered"}),
        ("initiative_cues", "They will launch the Delta Dialogue.", {"announced"}),
        ("initiative_cues", "They launched the Delta Dialogue.", {"launched"}),
    ],
)
def test_what_is_to_come_or_was_not_tells_no_stage(table: str, text: str, stages: set[str]) -> None:
    assert set(told_stages(table, text, whole(text))) == stages


@pytest.mark.parametrize(
    ("before", "strength"),
    [
        ("Both sides, who hope for rain, agreed to ", "commitment"),
        ("They agreed that Quito would ", None),
        ("The Parties shall ", "obligation"),
        ("Riga stands ready to ", "aspiration"),
        ("On Monday Riga ", None),
        ("", None),
    ],
)
def test_the_last_word_before_an_action_tells_its_strength(before: str, strength: str | None) -> None:
    told = told_strength(f"{before}send two ships.", 0, len(before))
    assert (told[0] if told else None) == strength
