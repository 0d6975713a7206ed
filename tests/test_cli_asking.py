"""Questions to a ledger: what is printed, in both forms, and what is said where there is nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli_door import make_ledger, run


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_ledger(tmp_path_factory.mktemp("ledger") / "ledger.db")


@pytest.fixture(autouse=True)
def _columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("COMMUNIQUE_LEDGER", raising=False)


def _json(*arguments: str | Path) -> Any:
    result = run(*arguments, "--format", "json")
    assert (result.code, result.err) == (0, "")
    return json.loads(result.out)


def _words(text: str) -> str:
    return " ".join(text.split())


def test_a_brief_shows_the_framework_from_proposed_to_signed(ledger: Path) -> None:
    text = _words(run("brief", "US", "IN", "--ledger", ledger).out)
    assert text.startswith("United States and India As of ")
    assert "then signed 2025-10-31 (realised)" in text
    assert "“The two leaders announced plans to sign this year a new ten-year Framework" in text
    assert "they signed the Framework for the U.S.-India Major Defence Partnership" in text


PARTIES = [("US", "IN"), ("us", "in"), ("India", "the United States"), ("U.S.", "india"), ("USA", "Republic of India")]


@pytest.mark.parametrize(("one", "other"), PARTIES)
def test_parties_are_codes_or_names_in_any_case(ledger: Path, one: str, other: str) -> None:
    assert sorted(_json("brief", one, other, "--ledger", ledger)["parties"]) == ["IN", "US"]


UNKNOWN = [
    ("Frnace", "No party is called 'Frnace': did you mean France?"),
    ("Untied States", "No party is called 'Untied States': did you mean "),
    ("xq", "No party is called 'xq': give a state's name or two-letter code"),
]


@pytest.mark.parametrize(("party", "message"), UNKNOWN)
@pytest.mark.parametrize("command", [("brief", "US"), ("list", "agreement", "--party")])
def test_an_unknown_party_gets_suggestions(ledger: Path, command: tuple[str, ...], party: str, message: str) -> None:
    result = run(*command, party, "--ledger", ledger)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"communique: {message}")
    assert result.err.count("\n") == 1


def test_a_party_that_only_the_ledger_knows_is_found(ledger: Path) -> None:
    assert [e["kind"] for e in _json("list", "transfer", "--party", "ge aerospace", "--ledger", ledger)] == ["transfer"]


def test_a_brief_as_json_has_the_documented_keys(ledger: Path) -> None:
    data = _json("brief", "US", "IN", "--as-of", "2026-03-15", "--since", "2025-03", "--ledger", ledger)
    assert list(data) == ["parties", "names", "as_of", "since", "documents", "period", "attention", "sections"]
    assert list(data["attention"]) == ["overdue", "silent", "disputed", "doubtful"]
    assert (data["as_of"], data["since"]) == ("2026-03-15", "2025-03-01")
    for section in data["sections"]:
        assert list(section) == ["key", "title", "overdue", "groups"]
        for group in section["groups"]:
            assert list(group) == ["heading", "entries", "hidden"]


def test_an_entry_as_json_has_the_documented_keys(ledger: Path) -> None:
    (listed,) = _json("list", "agreement", "--stage", "signed", "--ledger", ledger)
    shown = _json("show", listed["id"], "--ledger", ledger)
    assert shown == listed
    assert list(shown) == [
        "id", "kind", "title", "parties", "stage", "standing", "date", "confidence", "confirmed", "overdue",
        "silent_since", "disputes", "decisions", "fields", "history",
    ]  # fmt: skip
    for report in shown["history"]:
        assert list(report) == ["stage", "date", "ordered_by", "record", "source"]
        assert len(report["source"]["quotes"]) == len(report["source"]["spans"])


LISTS = [
    (("engagement",), 4),
    (("engagement", "--stage", "planned"), 1),
    (("engagement", "--since", "2025-03", "--until", "2025-07-15", "--standing", "realised"), 1),
    (("transfer", "--party", "US", "--party", "India"), 3),
    (("transfer", "--standing", "prospective"), 1),
    (("statement",), 2),
    (("statement", "--party", "US", "--party", "IN", "--since", "2025-10"), 1),
]


@pytest.mark.parametrize(("arguments", "number"), LISTS)
def test_lists_are_narrowed_by_every_option(ledger: Path, arguments: tuple[str, ...], number: int) -> None:
    found = _json("list", *arguments, "--ledger", ledger)
    assert len(found) == number
    assert {e["kind"] for e in found} == {arguments[0]}


def test_a_list_as_a_page_quotes_the_sentences(ledger: Path) -> None:
    text = _words(run("list", "initiative", "--ledger", ledger).out)
    assert "Autonomous Systems Industry Alliance (ASIA) launched (realised); US, IN" not in text
    assert "“They launched the Autonomous Systems Industry Alliance (ASIA)" in text


def test_an_entry_is_found_by_how_its_identifier_begins(ledger: Path) -> None:
    (listed,) = _json("list", "agreement", "--stage", "signed", "--ledger", ledger)
    result = run("show", listed["id"][:5].lower(), "--ledger", ledger)
    assert result.code == 0
    assert result.out.startswith(f"Agreement {listed['id']}, US, IN\n")
    assert "https://example.org/october" in result.out


def test_searching_prints_passages_and_their_entries(ledger: Path) -> None:
    hits = _json("search", "co-production", "--ledger", ledger)
    assert hits
    for hit in hits:
        assert list(hit) == [
            "document_id", "title", "published", "entry_ids", "kind", "snippet", "span", "matches", "score",
        ]  # fmt: skip
    assert len(_json("search", "the", "--limit", "1", "--ledger", ledger)) == 1
    assert "Hegseth hosts Jaishankar at the Pentagon" in run("search", "INDUS-X", "--ledger", ledger).out


def test_actors_are_listed_by_name(ledger: Path) -> None:
    actors = _json("actors", "--ledger", ledger)
    assert {"US", "IN"} <= {a["name"] for a in actors}
    assert list(actors[0]) == ["name", "kind", "parties", "entries", "first_seen", "last_seen"]
    assert "United States" in run("actors", "--ledger", ledger).out


NOTHING = [
    ("brief", "FR", "BR"),
    ("brief", "US", "IN", "--since", "2026-06"),
    ("list", "agreement", "--stage", "ended"),
    ("search", "zeppelin"),
]


@pytest.mark.parametrize("arguments", NOTHING)
def test_nothing_found_is_said_in_one_helpful_sentence(ledger: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, "--ledger", ledger)
    assert (result.code, result.out) == (0, "")
    assert result.err.startswith("communique: No")
    assert ": " in result.err.removeprefix("communique: ")
    assert json.loads(run(*arguments, "--ledger", ledger, "--format", "json").out) is not None


QUESTIONS = [
    ("brief", "US", "IN"),
    ("list", "agreement"),
    ("show", "A-1"),
    ("search", "framework"),
    ("actors",),
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_without_a_ledger_it_is_said_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, question: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*question)
    assert (result.code, result.out) == (1, "")
    assert result.err == ("communique: No ledger at ledger.db: read documents into it with `communique add FILE...`.\n")
    assert list(tmp_path.iterdir()) == []


def test_the_ledger_may_come_from_the_environment(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_LEDGER", str(ledger))
    assert run("list", "agreement").code == 0


WRONG = [
    (("brief", "US", "United States"), "US and United States are the same party"),
    (("brief", "US", "IN", "--as-of", "2025-02-30"), "--as-of is no date ('2025-02-30')"),
    (("brief", "US", "IN", "--since", "soon"), "--since is no date ('soon')"),
    (("list", "agreement", "--until", "31.10.2025"), "--until is no date ('31.10.2025')"),
    (("list", "agreement", "--stage", "held"), "No stage of agreement is called 'held': choose proposed, "),
    (("list", "statement", "--stage", "held"), "A statement has no stages"),
    (("list", "treaty"), "Invalid value for 'KIND': 'treaty' is not one of"),
    (("list",), "Missing argument 'KIND'."),
    (("show", "Z-99"), "There is no entry 'Z-99'"),
    (("brif", "US", "IN"), "No such command 'brif'. Did you mean 'brief'?"),
    (("search", "x", "--lmit", "3"), "No such option"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_a_wrong_request_is_one_sentence_and_exit_2(ledger: Path, arguments: tuple[str, ...], message: str) -> None:
    given = (*arguments, "--ledger", ledger) if arguments[0] != "brif" else arguments
    result = run(*given)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"communique: {message}")
    assert result.err.count("\n") == 1


BAD_LEDGERS = [("brief", "US", "IN"), ("list", "agreement"), ("actors",), ("search", "x"), ("show", "A-1")]


@pytest.mark.parametrize("question", BAD_LEDGERS)
def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path, question: tuple[str, ...]) -> None:
    other = tmp_path / "letter.db"
    other.write_text("Dear Sir or Madam, this is no database." * 100)
    before = other.read_bytes()
    result = run(*question, "--ledger", other)
    assert result.code in (1, 2)
    assert result.err.startswith("communique: ")
    assert result.err.count("\n") == 1
    assert other.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["letter.db"]
