"""A ledger in PostgreSQL answers as one in a file: the same export, commands, pages and hits."""

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import NamedTuple, Self

import pytest
from sqlalchemy import inspect

from cli_door import run
from communique import Ledger
from communique.model import Action, Kind
from ledger_samples import ALL
from postgresql_server import Server
from web_samples import client, links, make_ledger

MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
UNLIKE = re.compile(r'"score": ?[0-9.]+|value="[\w.=-]{20,}"')
"""What may differ: how well a passage matches, and the signatures of forms."""


class Stopped(datetime):
    """A clock that shows one moment."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(MOMENT.timestamp(), tz)


class Both(NamedTuple):
    """The same things done to a ledger in a file and to one in a database."""

    file: str
    database: str


@pytest.fixture(scope="module")
def both(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Both:
    places = Both(str(tmp_path_factory.mktemp("both") / "ledger.db"), server.address(server.ledger()))
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr("communique.ledger.writing.datetime", Stopped)
    for place in places:
        make_ledger(place)  # type: ignore[arg-type]
        with Ledger(place) as ledger:
            agreements = [entry.id for entry in ledger.entries(kind="agreement")]
            ledger.confirm(agreements[0], by="Ana", why="seen in print")
            ledger.set(agreements[0], "title", "Framework", by="Ben")
            ledger.undo(by="Cy", why="by mistake")
            ledger.reject(ledger.entries(kind="statement")[0].id, by="Ana")
            ledger.doubtful()
    monkeypatch.undo()
    return places


def alike(told: str, place: str) -> str:
    """What was told, without the name of the place."""
    names = (place, place.replace(":not%20told%20to%20anybody", "").partition("?")[0])
    for name in names:
        told = told.replace(name, "LEDGER")
    return UNLIKE.sub("", told)


@pytest.mark.parametrize(
    "command",
    [
        ("export",),
        ("export", "--format", "json"),
        ("brief", "US", "IN"),
        ("brief", "US", "IN", "--as-of", "2025-08-01", "--format", "json"),
        ("timeline", "US", "IN"),
        ("status", "--format", "json"),
        ("status", "IN"),
        ("list", "undertaking", "--format", "json"),
        ("list", "agreement", "--party", "US", "--since", "2025-07"),
        ("search", "framework"),
        ("actors",),
        ("decisions",),
        ("decisions", "--format", "json"),
        ("log", "--format", "json"),
        ("review", "--format", "json"),
        ("problems",),
        ("skipped",),
        ("diff", "https://example.org/talks"),
        ("rebuild", "--format", "json"),
        ("list", "agreement", "--party", "Nowhere"),
        ("show", "A-"),
        ("show", "R-ffffffff"),
        ("undo", "7", "--by", "Ana"),
    ],
)
def test_every_command_says_the_same(both: Both, command: tuple[str, ...]) -> None:
    runs = [run(*command, "--ledger", place) for place in both]
    told = [(one.code, alike(one.out, place), alike(one.err, place)) for one, place in zip(runs, both, strict=True)]
    assert told[0] == told[1]
    assert (told[0][0] == 0) is (command[0] not in ("show", "undo") and "Nowhere" not in command)


def test_the_export_is_the_same_to_the_byte(both: Both) -> None:
    first, second = (run("export", "--ledger", place).out for place in both)
    assert first == second and len(first) > 10_000


def test_it_is_whole(both: Both) -> None:
    for place in both:
        with Ledger(place, read_only=True) as ledger:
            assert ledger.check() == []
        assert run("doctor", "--ledger", place).code == 0


def test_every_page_is_the_same(both: Both) -> None:
    """All that any page leads to, asked of both; it is the same."""
    with client(Path(both.file)) as one, client(both.database) as other:  # type: ignore[arg-type]
        waiting, seen = ["/", "/search?q=framework", "/api/entries", "/api/documents"], set[str]()
        while waiting and len(seen) < 100:
            path = waiting.pop(0)
            if path in seen or not path.startswith("/"):
                continue
            seen.add(path)
            answers = [each.get(path) for each in (one, other)]
            assert answers[0].status_code == answers[1].status_code, path
            told = [alike(answer.text, place) for answer, place in zip(answers, both, strict=True)]
            assert told[0] == told[1], path
            if answers[0].headers.get("content-type", "").startswith("text/html"):
                waiting += [link.partition("#")[0] for link in links(answers[0].text)]
    assert len(seen) > 60


@pytest.mark.parametrize(
    "query",
    [
        "framework", "FRAMEWORKS", "signed ministers", "signing", '"joint statement"', '"Major Defense Partnership"',
        "P-8I", "p8i", "P8*", '"P-8I mari"', "partner*", '"defense partner"*', "technology", "technological", "naive",
        "S-400", "U.S.-India", "India US", "Kuala Lumpur", "title:x", "script", "onerror", "Ösaka", "Osaka", "the",
        "the of and", "Jaishankar's", "2025", "13 February", "", "*", '"', "nothing such",
    ],
)  # fmt: skip
def test_the_same_is_found(both: Both, query: str) -> None:
    found = []
    for place in both:
        with Ledger(place, read_only=True) as ledger:
            hits = ledger.search(query, limit=1000)
            found.append({(hit.document_id, hit.span, hit.matches, hit.snippet, hit.entry_ids) for hit in hits})
    assert found[0] == found[1]


def test_the_order_in_which_documents_come_does_not_matter(server: Server, both: Both, tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        for document, records in ALL:
            ledger.add(document, records)
        expected = list(ledger.export())
    shuffled = random.Random(6).sample(ALL, len(ALL))
    with Ledger(server.address(server.ledger())) as ledger:
        for document, records in shuffled:
            ledger.add(document, records)
            ledger.refresh()
        assert list(ledger.export()) == expected
        assert ledger.rebuild() == [] and ledger.check() == []


def test_who_did_what_is_kept(both: Both) -> None:
    for place in both:
        with Ledger(place, read_only=True) as ledger:
            made = [state.decision for state in ledger.decisions()]
            changes = ledger.log()
        assert [(one.number, one.action, one.by, one.why) for one in made] == [
            (1, Action.CONFIRM, "Ana", "seen in print"),
            (2, Action.SET, "Ben", ""),
            (3, Action.UNDO, "Cy", "by mistake"),
            (4, Action.REJECT, "Ana", ""),
        ]
        assert {one.at for one in (*made, *changes)} == {MOMENT.isoformat(timespec="seconds")}
        assert [one.number for one in changes] == list(range(1, len(changes) + 1))
        assert {"decision 1", "decision 4"} <= {one.cause for one in changes}


def test_both_have_the_same_tables(both: Both, server: Server) -> None:
    """Two descriptions of the tables, the steps that make a file and what a database is made of, say the same."""
    described = []
    for place in both:
        with Ledger(place, read_only=True) as ledger, ledger._store._engine.connect() as connection:
            seen = inspect(connection)
            described.append(
                {
                    table: (
                        {column["name"]: column["nullable"] for column in seen.get_columns(table)},
                        set(seen.get_pk_constraint(table)["constrained_columns"]),
                        {(*key["constrained_columns"], key["referred_table"]) for key in seen.get_foreign_keys(table)},
                    )
                    for table in seen.get_table_names()
                    if "_index" not in table
                }
            )
    file, database = described
    assert file.keys() == database.keys()
    for table, (columns, key, references) in file.items():
        theirs, their_key, their_references = database[table]
        assert columns.keys() == theirs.keys(), table
        needed = {name for name, nullable in columns.items() if not nullable} - key
        assert needed == {name for name, nullable in theirs.items() if not nullable} - key, table
        assert (key, references) == (their_key, their_references), table


def test_decisions_are_only_appended(both: Both, server: Server) -> None:
    database = both.database.rpartition("@/")[2].partition("?")[0]
    for statement in ("UPDATE decisions SET by = 'Nobody'", "DELETE FROM decisions", "TRUNCATE decisions CASCADE"):
        with pytest.raises(Exception, match="decisions are only appended"):
            server.execute(statement, database=database)


@pytest.fixture
def of_kinds(both: Both) -> Iterator[Ledger]:
    with Ledger(both.database) as ledger:
        yield ledger


def test_conditions_that_could_be_sql(of_kinds: Ledger) -> None:
    for words in ("'", "'; DROP TABLE entries; --", "\\", "%", "{", "\\u0000", "$1", "%(x)s", ":x", "\u0661"):
        assert of_kinds.entries(parties=(words,)) == []
        assert of_kinds.some_entries(stage=words).total == 0
        of_kinds.search(words)
        of_kinds.of_person(words)
        of_kinds.titles([words])
    assert of_kinds.entries(kind=Kind.AGREEMENT)
