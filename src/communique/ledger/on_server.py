"""A ledger in a database of a PostgreSQL server: what it is, who may use it, and what went wrong in one sentence."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from communique.ledger import in_file, indexing
from communique.ledger.copying import copy_rows
from communique.ledger.migrations import APPLICATION_ID, MIGRATIONS, migrate
from communique.ledger.shapes import BusyError, Finding
from communique.ledger.steps_on_server import POSTGRESQL_STEPS
from communique.ledger.tables import metadata
from communique.model import CommuniqueError, Database, LedgerError, UsageError

BUSY_SECONDS = 60
"""How long a writer waits for another one to finish its document, and the entries that follow from it."""

_PATIENCE = 10
"""Seconds until a server that does not answer counts as out of reach."""
_MARK = f"communique ledger {APPLICATION_ID:x}"
"""What marks a schema as a ledger: the comment on its table of migrations."""

_APPENDED = """
    CREATE FUNCTION refuse_change_of_decisions() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'decisions are only appended'; END $$;
    CREATE TRIGGER decisions_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_decisions();
"""
_ALONE = (
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '{seconds}s'; "
    f"SELECT pg_advisory_xact_lock({APPLICATION_ID}, hashtext(current_schema()))"
)
"""What a writer begins with. Once it is alone, every statement sees what the one before it wrote; a snapshot taken at
the beginning, as readers have it, would be from before it had waited."""

_WAITED_TOO_LONG = "55P03"
_MESSAGES = {
    "25006": "The ledger {name} can't be written: the server takes no changes.",
    "42501": "The ledger {name} may not be used so by this user; ask whoever owns the database for the right to.",
    "53100": "The disk of the server is full, so nothing was written to {name}; free some space and try again.",
    "53300": "The server of the ledger {name} has too many connections; try again, or let it take more.",
    "54": "A name or text is too large for the ledger {name}; leave it out, or split it into smaller ones.",
    _WAITED_TOO_LONG: "Another program is writing to the ledger {name}; wait until it has finished and try again.",
    "57P": "The server of the ledger {name} has gone away; try again when it is back.",
    "58": "The disk of the server failed while the ledger {name} was in use; have it checked and try again.",
    "XX": "The ledger {name} is damaged; restore it from a copy.",
    "08": "The server of the ledger {name} has gone away; try again when it is back.",
}
_HELD_REFERENCES = """
    SELECT conrelid::regclass::text, confrelid::regclass::text
    FROM pg_constraint WHERE contype = 'f' AND convalidated"""
_REFUSED = ("password", "authentication", "pg_hba.conf", 'role "', "not permitted to log in")
_UNREACHED = "The server of the ledger {name} can't be reached; check the address and that the server runs."


@dataclass(frozen=True, slots=True)
class LedgerDatabase:
    """A ledger in a PostgreSQL database; see :class:`communique.ledger.connect.Home`."""

    database: Database

    def __str__(self) -> str:
        return str(self.database)

    def exists(self) -> bool:
        """Whether there is anything in the database.

        Raises:
            LedgerError: it can't be reached.
        """
        return bool(
            self._ask("SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace)")
        )

    def may_write(self) -> bool:
        """Whether this user may change the ledger.

        Raises:
            LedgerError: it can't be reached, or is none.
        """
        return bool(
            self._ask("SELECT has_table_privilege(to_regclass('entries'), 'DELETE') AND NOT pg_is_in_recovery()")
        )

    def open(self, *, read_only: bool) -> Engine:
        """An engine on the database, in which a ledger is created, or brought up to this version, where allowed.

        Raises:
            UsageError: nothing is there to be read, or the address names a parameter that there is not.
            LedgerError: psycopg is missing, the server is out of reach, or what is there is no ledger or a newer one.
        """
        engine = self._engine(read_only)
        try:
            with engine.connect() as connection, connection.begin():
                missing = self._missing_steps(connection)
            if missing and read_only:
                raise self._behind(missing)
            if missing:
                with engine.connect().execution_options(write=True) as connection, connection.begin():
                    self._bring_up_to_date(connection)
        except BaseException:
            engine.dispose()
            raise
        return engine

    def copy_in_memory(self) -> Engine:
        """An engine on a copy of the ledger in memory, for readers who may not write."""
        memory, there = in_file.in_memory(), self._engine(read_only=True)
        with (
            there.connect() as source,
            source.begin(),
            memory.connect().execution_options(write=True) as copy,
            copy.begin(),
        ):
            migrate(copy)
            copy_rows(source, copy, lambda table, rows: None)
        there.dispose()
        return memory

    def explained(self, error: BaseException | None) -> CommuniqueError:
        """What to do about an error of PostgreSQL or psycopg; a password is in none of the sentences."""
        if isinstance(error, sqlite3.Error):  # of the copy in memory
            return LedgerError(f"The ledger {self} can't be used in memory ({error}); have it opened to be written.")
        state = str(getattr(error, "sqlstate", None) or "")
        told = str(error)
        if not state and "NUL" in told:
            return UsageError("What was given holds a character (NUL) that no ledger in PostgreSQL can; leave it out.")
        if not state:
            return LedgerError(self._unreached(told))
        message = next((message for code, message in _MESSAGES.items() if state.startswith(code)), None)
        if message is None:
            reason = getattr(getattr(error, "diag", None), "message_primary", None) or state
            return LedgerError(f"The ledger {self} can't be used ({reason}); run `communique doctor` on it.")
        return (BusyError if state == _WAITED_TOO_LONG else LedgerError)(message.format(name=self))

    def _engine(self, read_only: bool) -> Engine:
        try:
            import psycopg  # noqa: F401
        except ImportError:
            raise LedgerError(
                "A ledger in PostgreSQL needs psycopg: install it with `pip install 'communique[postgres]'`."
            ) from None
        to = self.database
        address = URL.create("postgresql+psycopg", to.user, to.password, to.host, to.port, to.name, dict(to.options))
        further: dict[str, Any] = {"connect_timeout": _PATIENCE, "application_name": "communique"}
        engine = create_engine(
            address,
            isolation_level="REPEATABLE READ",
            pool_pre_ping=True,
            connect_args={name: value for name, value in further.items() if name not in to.options},
            execution_options={"postgresql_readonly": True} if read_only else {},
        )
        event.listen(engine, "begin", _begin)
        return engine

    def _ask(self, question: str) -> Any:
        engine = self._engine(read_only=True)
        try:
            with engine.connect() as connection, connection.begin():
                return connection.execute(text(question)).scalar()
        finally:
            engine.dispose()

    def _missing_steps(self, connection: Connection) -> list[str]:
        """The migrations that the ledger has not seen yet; all of them where there is none.

        Raises:
            LedgerError: the database holds something else, or a ledger of a newer version.
        """
        names = [step.__name__ for step in MIGRATIONS]
        mark = connection.execute(text("SELECT obj_description(to_regclass('migrations'), 'pg_class')")).scalar()
        if mark != _MARK:
            tables = "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            if connection.execute(text(tables)).scalar():
                raise LedgerError(f"{self} holds tables of something else and no ledger; make a database of its own.")
            return names
        seen = set(connection.execute(text("SELECT name FROM migrations")).scalars())
        if seen - set(names):
            raise LedgerError(f"The ledger {self} was written by a newer version of communique; install that version.")
        return [name for name in names if name not in seen]

    def _behind(self, missing: list[str]) -> CommuniqueError:
        if len(missing) == len(MIGRATIONS):
            return UsageError(f"There is no ledger at {self}; add documents to it first with `communique add`.")
        return LedgerError(f"The ledger {self} is of an older version; have somebody who may write to it open it once.")

    def _bring_up_to_date(self, connection: Connection) -> None:
        missing = self._missing_steps(connection)  # another program may have been quicker
        if len(missing) == len(MIGRATIONS):
            if connection.execute(text("SHOW server_encoding")).scalar() != "UTF8":
                raise LedgerError(f"{self} can't hold every letter: make the database with ENCODING 'UTF8'.")
            metadata.create_all(connection, checkfirst=False)
            indexing.metadata.create_all(connection, checkfirst=False)
            connection.exec_driver_sql(_APPENDED)
            connection.execute(text("CREATE TABLE migrations (name text PRIMARY KEY, applied_at text NOT NULL)"))
            connection.execute(text(f"COMMENT ON TABLE migrations IS '{_MARK}'"))
        else:
            for name in missing:
                connection.exec_driver_sql(POSTGRESQL_STEPS[name])
        applied = [{"name": name, "at": datetime.now(UTC).isoformat(timespec="seconds")} for name in missing]
        if applied:
            connection.execute(text("INSERT INTO migrations VALUES (:name, :at)"), applied)

    def _unreached(self, told: str) -> str:
        if any(word in told for word in _REFUSED):
            return (
                f"The server of the ledger {self} does not let this user in; check the name, and the password in the "
                "address, PGPASSWORD or ~/.pgpass."
            )
        if "database" in told and "does not exist" in told:
            return f"There is no database {self}; make it with `createdb {self.database.name or 'NAME'}`."
        if "invalid connection option" in told or "invalid URI query parameter" in told:
            return f"The address of the ledger {self} has a parameter that PostgreSQL does not know; leave it out."
        return _UNREACHED.format(name=self)


def damage(connection: Connection) -> Iterator[Finding]:
    """Which references are not held to, as after a restore that switched them off; the rest is PostgreSQL's own."""
    held = {(row[0], row[1]) for row in connection.execute(text(_HELD_REFERENCES))}
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            if (table.name, key.column.table.name) not in held:
                message = f"Rows of {table.name} may refer to rows of {key.column.table.name} that are missing."
                yield Finding(check="references", message=message)


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("write", False):
        connection.exec_driver_sql(_ALONE.format(seconds=BUSY_SECONDS))
