"""Whatever is asked of /api is answered as its description says: cases made of the description, the same each time."""

from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.web_attackers import hostile_ledger

from communique.api import Ledger
from communique.web import create_app

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 12
"""Cases for each question."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_ledger(tmp_path_factory.mktemp("web") / "ledger.db")


@pytest.fixture(scope="module")
def description(path: Path) -> Any:
    return schemathesis.openapi.from_asgi("/api/openapi.json", create_app(path, hosts=["testserver"]))


def test_every_case_is_answered_as_described(path: Path, description: Any) -> None:
    before, known = _held(path), _known(path)
    questions = [result.ok() for result in description.get_all_operations()]
    assert len(questions) > 12
    for question in questions:
        _ask(question.as_strategy(generation_mode=GenerationMode.POSITIVE), known)
        if question.query:
            _ask(question.as_strategy(generation_mode=GenerationMode.NEGATIVE), known)
    assert _held(path) == before


def _known(path: Path) -> dict[str, list[str]]:
    """Values that parts of addresses have in this ledger, by the names of the parts."""
    with Ledger(path, read_only=True) as ledger:
        entries = [entry.id for entry in ledger.entries()]
        documents = [one.id for one in ledger.documents()]
        actors = [quote(one.name, safe="") for one in ledger.actors() if "/" not in one.name]
    return {
        "entry_id": entries,
        "other": [*entries[:3], "US", "IN", "JP"],
        "one": ["IN", "US", "JP"],
        "document_id": documents,
        "name": actors,
        "kind": ["state", "person", "organisation"],
    }


def _ask(cases: Any, known: dict[str, list[str]]) -> None:
    """Ask some cases, two of three of which lead to something that there is."""

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases, st.integers(0, 2), st.randoms(use_true_random=False))
    def ask(case: Any, made_up: int, chance: Random) -> None:
        if made_up and case.path_parameters:
            chosen = {name: chance.choice(known[name]) for name in case.path_parameters if name in known}
            case.path_parameters.update(chosen)
        case.validate_response(case.call(), checks=CHECKS)

    ask()


def _held(path: Path) -> tuple[dict[str, int], list[str]]:
    with Ledger(path, read_only=True) as ledger:
        return ledger.counts(), [entry.id for entry in ledger.entries()]
