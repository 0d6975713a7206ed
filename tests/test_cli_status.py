"""The status of pairs, and the page that is chosen from outlines."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli_door import make_ledger, run
from communique.api import Ledger
from communique.api.pages import brief_between, standpoint_of, statuses_of
from communique.lexicon.parties import name_of
from communique.resolve.outlining import outline
from communique.views import brief_of, brief_to_json, pair_statuses
from communique.views.choosing import told_by


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_ledger(tmp_path_factory.mktemp("ledger") / "ledger.db")


def _pairs(*arguments: str | Path) -> list[dict[str, Any]]:
    result = run("status", *arguments, "--format", "json")
    assert (result.code, result.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(result.out)["pairs"]
    return found


def test_the_busiest_pairs_come_first(ledger: Path) -> None:
    pairs = _pairs("--ledger", ledger)
    assert pairs[0]["parties"] == ["IN", "US"]
    numbers = [pair["entries"] for pair in pairs]
    assert numbers == sorted(numbers, reverse=True)
    assert list(pairs[0]) == [
        "parties", "names", "entries", "standings", "overdue", "silent", "disputed", "doubtful", "last_news",
    ]  # fmt: skip
    assert sum(pairs[0]["standings"].values()) == pairs[0]["entries"]


def test_pairs_of_one_party_begin_with_it(ledger: Path) -> None:
    assert {pair["parties"][0] for pair in _pairs("India", "--ledger", ledger)} == {"IN"}
    assert [pair["parties"] for pair in _pairs("US", "IN", "--ledger", ledger)] == [["US", "IN"]]


def test_the_status_as_of_a_day_counts_what_was_known_then(ledger: Path) -> None:
    (early,) = _pairs("US", "IN", "--as-of", "2025-03", "--ledger", ledger)
    (late,) = _pairs("US", "IN", "--as-of", "2026-03-15", "--ledger", ledger)
    assert (early["entries"], early["last_news"]) == (4, "2025-02-13")
    assert early["entries"] < late["entries"]


def test_a_status_is_a_table(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    result = run("status", "US", "--as-of", "2026-03-15", "--ledger", ledger)
    assert "United States and India" in result.out
    assert result.out.startswith("As of 2026-03-15.")


@pytest.mark.parametrize("arguments", [("FR", "BR"), ("US", "IN", "--as-of", "2001"), ("FR",)])
def test_where_nothing_is_known_one_sentence_says_so(ledger: Path, arguments: tuple[str, ...]) -> None:
    result = run("status", *arguments, "--ledger", ledger)
    assert (result.code, result.out) == (0, "")
    assert result.err.startswith("communique: Nothing in ")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("day", [date(2026, 3, 15), date(2025, 8, 1)])
@pytest.mark.parametrize("since", [None, date(2025, 6, 1)])
def test_a_page_chosen_from_outlines_is_that_chosen_from_everything(
    ledger: Path, day: date, since: date | None
) -> None:
    with Ledger(ledger, read_only=True) as opened:
        everything = opened.entries()
        names = ("United States", "India")
        whole = brief_of(everything, ("US", "IN"), standpoint_of(opened, everything, day), names=names, since=since)
        chosen = brief_between(opened, ("US", "IN"), day, since=since)
    assert brief_to_json(chosen) == brief_to_json(whole)


@pytest.mark.parametrize("day", [date(2026, 3, 15), date(2025, 8, 1), date(2029, 2, 28), date(2001, 1, 1)])
def test_a_status_counted_in_the_ledger_is_that_counted_from_everything(ledger: Path, day: date) -> None:
    with Ledger(ledger, read_only=True) as opened:
        everything = [told for entry in opened.entries() if (told := told_by(entry, day)) is not None]
        pairs = opened.busiest()
        standpoint = standpoint_of(opened, everything, day)
        whole = pair_statuses(pairs, [outline(entry) for entry in everything], name_of, standpoint)
        assert pairs and statuses_of(opened, pairs, day) == whole
