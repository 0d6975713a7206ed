"""Several people at once over PostgreSQL, and what can go wrong with a server: nothing lost, and one clear sentence."""

import builtins
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cli_door import run
from communique import Ledger
from communique.ledger import on_server
from communique.ledger.migrations import MIGRATIONS
from communique.ledger.steps_on_server import POSTGRESQL_STEPS
from communique.model import CommuniqueError, ConflictError, Document, LedgerError, Place, UsageError, place_of
from ledger_samples import ALL, HOPE, SIGNED, sample, told
from postgresql_server import PASSWORD, USER, Server
from web_samples import client

PEOPLE = 4
LAST_WITHOUT_POSTGRESQL = "listings"
"""The last step that every ledger in PostgreSQL was created with."""


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    with Ledger(address) as opened:
        opened.add(*HOPE)
        yield opened
        assert opened.check() == []


def database_of(address: str) -> str:
    return str(place_of(address).where.name)  # type: ignore[union-attr]


def at_once(work: Callable[[int], object]) -> list[object]:
    """What each of several people gets done at the same time; errors are told as such."""
    done: list[object] = [None] * PEOPLE
    begin = threading.Barrier(PEOPLE)

    def one(number: int) -> None:
        begin.wait()
        try:
            done[number] = work(number)
        except Exception as error:
            done[number] = error

    people = [threading.Thread(target=one, args=(number,)) for number in range(PEOPLE)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    return done


def meeting(number: int) -> tuple[Document, Any]:
    sentence = f"The ministers of India and Japan met for the {number}th time in Tokyo."
    about = told("engagement", parties=("IN", "JP"), date=f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}")
    return sample("2025-12-31", (sentence, [about]), source=f"meeting {number}")


def test_all_add_at_once_and_nothing_is_lost(address: str) -> None:
    def add(person: int) -> int:
        with Ledger(address) as own:
            return sum(own.add(*meeting(number)).records for number in range(person * 3, person * 3 + 3))

    assert at_once(add) == [3] * PEOPLE
    with Ledger(address) as ledger:
        assert ledger.counts()["documents"] == 3 * PEOPLE and ledger.check() == []
        assert ledger.rebuild() == []


def test_all_create_the_ledger_at_once(server: Server) -> None:
    address = server.address(server.empty())
    done = at_once(lambda person: _added(address, person))
    assert done == ["new"] * PEOPLE
    with Ledger(address, read_only=True) as ledger:
        assert ledger.counts()["documents"] == PEOPLE and ledger.check() == []


def _added(address: str, person: int) -> str:
    with Ledger(address) as own:
        return own.add(*meeting(person)).outcome


def test_all_decide_at_once_on_what_they_saw(ledger: Ledger, address: str) -> None:
    """On each entry one of them decides; the others are told who it was, and may decide when they have looked again."""
    entries = [entry.id for entry in ledger.entries()][:2]

    def decide(person: int) -> int:
        with Ledger(address) as own:
            refused = 0
            for key in entries:
                seen = seen_first[key]
                while True:
                    try:
                        own.set(key, "title", f"{person}", by=f"N{person}", expected=seen)
                        break
                    except ConflictError as error:
                        assert f"{key} has changed since you looked at it: N" in str(error)
                        refused += 1
                        seen = own.version(key)
            return refused

    seen_first = {key: ledger.version(key) for key in entries}
    refused = at_once(decide)
    assert not [error for error in refused if isinstance(error, Exception)]
    made = [state.decision for state in ledger.decisions()]
    assert len(made) == PEOPLE * len(entries), "nothing lost"
    assert [one.number for one in made] == list(range(1, len(made) + 1))
    assert sum(map(int, refused)) >= (PEOPLE - 1) * len(entries), "all but the first saw what was not so any more"
    last = {one.records: one.value for one in made}
    assert sorted(entry.title for entry in ledger.entries_with_ids(entries)) == sorted(last.values())


def test_readers_do_not_wait_for_writers(ledger: Ledger, address: str) -> None:
    before = ledger.entries()
    with ledger._store._writing() as connection:
        connection.exec_driver_sql("UPDATE entries SET title = 'half done'")
        started = time.monotonic()
        with Ledger(address) as other, Ledger(address, read_only=True) as reader:
            assert other.entries() == reader.entries() == before
        assert time.monotonic() - started < 5
        connection.rollback()


def test_a_reader_sees_the_ledger_as_it_was_when_it_asked(ledger: Ledger, address: str) -> None:
    with Ledger(address) as other, other._store._reading() as connection:
        count = "SELECT count(*) FROM documents"
        before = connection.exec_driver_sql(count).scalar()
        ledger.add(*SIGNED)
        assert connection.exec_driver_sql(count).scalar() == before == 1


def test_a_writer_waits_for_another_one(ledger: Ledger, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_server, "BUSY_SECONDS", 1)
    with Ledger(address) as other:
        with ledger._store._writing(), pytest.raises(LedgerError, match="Another program is writing") as refused:
            other.add(*SIGNED)
        assert_one_sentence(refused.value)
        assert other.add(*SIGNED).outcome == "new"


def assert_one_sentence(error: CommuniqueError) -> None:
    message = str(error)
    assert message.endswith(".") and "\n" not in message
    assert PASSWORD not in message and "password@" not in message and "psycopg2" not in message


def refusals(server: Server) -> dict[str, tuple[str, type[CommuniqueError], str]]:
    """Addresses of what is no ledger, with what is said of them."""
    foreign, newer = server.empty(), server.ledger()
    server.execute("CREATE TABLE notes (text text)", database=foreign)
    server.execute("INSERT INTO migrations VALUES ('from tomorrow', '')", database=newer)
    folder, right = server.folder, PASSWORD.replace(" ", "%20")
    latin = server.empty("ENCODING 'LATIN1' LOCALE 'C'")
    return {
        "wrong password": (server.address("postgres", password="secret"), LedgerError, "does not let this user in"),
        "unknown user": (server.address("postgres", user="nobody"), LedgerError, "does not let this user in"),
        "no database": (server.address("none"), LedgerError, "There is no database .*createdb none"),
        "no server": (f"postgresql://u:{right}@127.0.0.1:5519/db", LedgerError, "can't be reached"),
        "no socket": (f"postgresql://u:{right}@/db?host=/nowhere", LedgerError, "can't be reached"),
        "no host": (f"postgresql://u:{right}@none.invalid/db", LedgerError, "can't be reached"),
        "foreign": (server.address(foreign), LedgerError, "no ledger"),
        "newer": (server.address(newer), LedgerError, "newer version"),
        "few letters": (server.address(latin), LedgerError, "ENCODING 'UTF8'"),
        "bad port": (f"postgresql://u:{right}@host:port/db", UsageError, "can't be read"),
        "bad parameter": (f"postgresql://u:{right}@/db?host={folder}&colour=red", LedgerError, "does not know"),
        "sign in password": (f"postgresql://u:5/{right}@host/db", UsageError, "%40"),
        "other server": (f"mysql://u:{right}@host/db", UsageError, "mysql://..., .*|postgresql://USER@HOST"),
    }


def test_what_is_no_ledger_is_refused_in_one_sentence(server: Server) -> None:
    for name, (address, error, words) in refusals(server).items():
        with pytest.raises(error, match=words) as refused:
            Ledger(address)
        assert_one_sentence(refused.value)
        asked = run("list", "agreement", "--ledger", address)
        assert (asked.code, asked.out) == (error.exit_code, ""), name
        assert PASSWORD not in asked.err and "secret" not in asked.err, name


def test_nothing_to_read(server: Server) -> None:
    address = server.address(server.empty())
    with pytest.raises(UsageError, match="There is no ledger at"):
        Ledger(address, read_only=True)
    asked = run("brief", "US", "IN", "--ledger", address)
    assert asked.code == 1 and asked.err.startswith("communique: No ledger at postgresql://communique@/ledger_")
    assert run("doctor", "--ledger", address).code == 0
    assert server.execute("SELECT FROM pg_tables WHERE schemaname = 'public'", database=database_of(address)) == []


def test_who_may_only_read(server: Server, address: str) -> None:
    """Answers are up to date, in a copy in memory; nothing can be written, and pages say so."""
    stale = Ledger(address)
    for document, records in ALL:
        stale.add(document, records)
    stale.close()  # as if cut off before entries followed
    server.execute(
        "DROP ROLE IF EXISTS reader",
        f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader",
        database=database_of(address),
    )
    reading = address.replace(f"//{USER}:", "//reader:")
    with Ledger(reading, read_only=True) as ledger:
        found = ledger.entries()
        assert found and ledger.check() == []
        with pytest.raises(LedgerError, match="read only"):
            ledger.confirm(found[0].id, by="Ana")
    assert run("list", "agreement", "--ledger", reading).code == 0
    refused = run("confirm", found[0].id, "--by", "Ana", "--ledger", reading)
    assert refused.code == 1 and "may not be used so" in refused.err
    with client(reading) as asker:  # type: ignore[arg-type]
        assert asker.get(f"/entries/{found[0].id}").status_code == 200
    with Ledger(address) as ledger:
        assert ledger.entries() == found
    server.execute("DROP OWNED BY reader", "DROP ROLE reader", database=database_of(address))


def test_read_only_is_read_only(ledger: Ledger, address: str) -> None:
    with Ledger(address, read_only=True) as reader, pytest.raises(LedgerError, match="can't be written"):
        reader.add(*SIGNED)


def test_a_server_that_went_away_and_came_back(ledger: Ledger, server: Server, address: str) -> None:
    before = ledger.entries()
    server.execute(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database_of(address)}'",
    )
    assert ledger.entries() == before, "a connection that was lost is made anew"
    with pytest.raises(LedgerError, match="has gone away") as lost, ledger._store._reading() as connection:
        server.execute(f"SELECT pg_terminate_backend({connection.exec_driver_sql('SELECT pg_backend_pid()').scalar()})")
        connection.exec_driver_sql("SELECT 1")
    assert_one_sentence(lost.value)


def test_without_psycopg(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *given: Any, **options: Any) -> Any:
        if name == "psycopg":
            raise ImportError(name)
        return real(name, *given, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(LedgerError, match=r"pip install 'communique\[postgres\]'") as refused:
        Ledger("postgresql://localhost/ledger")
    assert_one_sentence(refused.value)


def test_characters_that_no_database_holds(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="NUL"):
        ledger.entries(parties=("\0",))
    with pytest.raises(CommuniqueError, match=r"NUL|Unicode"):
        ledger.add(Document(text="a\0b", source="a"), ())


def test_very_long_documents_and_words_are_found(ledger: Ledger) -> None:
    odd = " ".join(f"w{number}{'z' * 300}" for number in range(4_000))
    text = f"Beginning of it. {'the corvette of ' * 8_000}{'x' * 5_000} {odd} the end of it all"
    ledger.add(Document(text=text, title="Long", source="long"), ())
    for query in ("corvette", "beginning end", "x" * 5_000, "w1zz*", '"the end of it all"', 'Long "beginning of it"'):
        assert [hit.title for hit in ledger.search(query)] == ["Long"], query[:20]
    assert ledger.search('"the beginning"') == ledger.search("beginning never") == []


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("ledger.db", "ledger.db"),
        ("postgresql://ana:secret@db.example.org:5433/ledger", "postgresql://ana@db.example.org:5433/ledger"),
        ("postgres://ana:s%40cret@db.example.org/ledger?sslmode=require", "postgresql://ana@db.example.org/ledger"),
        ("postgresql:///ledger?password=secret", "postgresql:///ledger"),
        ("postgresql://[::1]/ledger", "postgresql://[::1]/ledger"),
        ("postgresql://ana:sec@ret@host/ledger", "postgresql://ana@host/ledger"),
    ],
)
def test_places_are_named_without_passwords(given: str, name: str) -> None:
    place = place_of(given)
    assert str(place) == name and isinstance(place, Place)
    assert "cret" not in repr(place)


def test_later_steps_have_a_form_for_postgresql(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [step.__name__ for step in MIGRATIONS]
    assert set(names[names.index(LAST_WITHOUT_POSTGRESQL) + 1 :]) == POSTGRESQL_STEPS.keys()

    def marked(_: object) -> None: ...

    address = server.address(server.ledger())

    monkeypatch.setattr(on_server, "MIGRATIONS", (*MIGRATIONS, marked))
    monkeypatch.setitem(POSTGRESQL_STEPS, "marked", "ALTER TABLE documents ADD COLUMN mark text")
    with pytest.raises(LedgerError, match="older version"):
        Ledger(address, read_only=True)
    assert at_once(lambda _: Ledger(address).close()) == [None] * PEOPLE
    with Ledger(address, read_only=True) as ledger, ledger._store._reading() as connection:
        assert connection.exec_driver_sql("SELECT mark FROM documents").all() == []


def test_a_ledger_without_reports_of_histories_is_brought_up_to_date(server: Server) -> None:
    address = server.address(server.ledger())
    with Ledger(address) as ledger:
        for document, records in ALL:
            ledger.add(document, records)
        expected = ledger.entries()
        with ledger._store._writing() as connection:
            connection.exec_driver_sql("DROP TABLE record_offices")
            for name in ("record_id", "kind", "document_id", "evidence", "published", "confidence"):
                connection.exec_driver_sql(f"ALTER TABLE entry_records DROP COLUMN {name}")
            connection.exec_driver_sql("DELETE FROM migrations WHERE name = 'reports'")
    with Ledger(address) as ledger:
        short = ledger.entries_in_short([entry.id for entry in expected])
        assert [[r.source.published for r in one.history] for one in short] == [
            [r.source.published for r in one.history] for one in expected
        ]
        assert ledger.check() == []


def test_a_ledger_without_what_digests_are_read_from_is_brought_up_to_date(server: Server) -> None:
    address = server.address(server.ledger())
    with Ledger(address) as ledger:
        for document, records in ALL:
            ledger.add(document, records)
            ledger.refresh()
        with ledger._store._writing() as connection:
            connection.exec_driver_sql("DROP TABLE happenings")
            connection.exec_driver_sql("DELETE FROM migrations WHERE name = 'happenings'")
    with Ledger(address) as ledger:
        assert ledger.days_of_change() and ledger.check() == []
