"""What verbs promise: every row of the table at work in its own action, and what promises nothing."""

import pytest

from communique.lexicon.tables import rows
from communique.model import STAGES, Kind
from communique.resolve.promised import promised

ROWS = rows("promise_verbs")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['form']}-{row['kind']}")
def test_example_of_a_promise(row: dict[str, str]) -> None:
    found = promised(row["example"])
    assert found is not None and found.stages
    if row["kind"]:
        assert row["stage"] in {stage.value for stage in STAGES[Kind(row["kind"])]}
        assert found.stages[Kind(row["kind"])] == row["stage"]


def test_each_form_promises_one_stage_of_a_kind() -> None:
    forms = [(row["form"], row["kind"]) for row in ROWS]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(
    ("action", "kind", "stage"),
    [
        ("signing of the pact", "agreement", "signed"),
        ("the pact is to be signed in May", "agreement", "signed"),
        ("the boats will soon be delivered", "transfer", "delivered"),
        ("two boats are expected to arrive", "transfer", "delivered"),
        ("support the pact", "agreement", None),
        ("support efforts to sign the pact", "agreement", None),
        ("orders of the boats from abroad", "transfer", None),
        ("the Initiative shall remain in effect", "agreement", None),
        ("hold firm", "transfer", None),
        ("", "agreement", None),
    ],
)
def test_what_an_action_promises(action: str, kind: str, stage: str | None) -> None:
    found = promised(action)
    assert found is not None
    assert found.stages.get(Kind(kind)) == stage


@pytest.mark.parametrize(
    "action",
    [
        "not sign the pact",
        "never again sell such weapons",
        "meet every year",
        "continue to deliver boats",
        "don't sign it",
    ],
)
def test_no_single_event_fulfils_it(action: str) -> None:
    assert promised(action) is None


@pytest.mark.parametrize(
    ("action", "numbers", "part", "rest"),
    [
        ("deliver six F-16 jets by 2027", {6}, False, False),
        ("deliver the first three of 155 mm calibre", {3}, True, False),
        ("deliver the remaining twelve", {12}, False, True),
        ("begin deliveries", set(), True, False),
    ],
)
def test_how_many_are_promised(action: str, numbers: set[int], part: bool, rest: bool) -> None:
    found = promised(action)
    assert found is not None
    assert (found.numbers, found.part, found.rest) == (numbers, part, rest)


def test_conditions_and_purposes_name_nothing() -> None:
    found = promised("sign the pact as soon as the treaty on borders is ratified")
    assert found is not None and found.text == "sign the pact"
