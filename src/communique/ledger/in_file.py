"""A ledger in a file: what it is, whether it may be used, and what went wrong in one sentence."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import QueuePool, StaticPool

from communique.ledger.migrations import APPLICATION_ID, MIGRATIONS, migrate
from communique.ledger.shapes import BusyError, Finding
from communique.model import CommuniqueError, LedgerError, UsageError

BUSY_SECONDS = 60
"""How long a writer waits for another one to finish its document, and the entries that follow from it."""

_MAP_ALL = "PRAGMA mmap_size = 1099511627776"
"""A file is read as memory, with no copies made of its pages: all of it, or as much as SQLite allows."""
_MAGIC = b"SQLite format 3\x00"
_SIDE_FILES = ("-journal", "-wal", "-shm")
_MESSAGES = {
    "SQLITE_FULL": "The disk is full, so nothing was written to {path}; free some space and run the command again.",
    "SQLITE_READONLY": "The ledger {path} can't be written; check the permissions of the file and its folder.",
    "SQLITE_CANTOPEN": "The ledger {path} can't be opened; check that its folder exists and may be written.",
    "SQLITE_BUSY": "Another program is writing to the ledger {path}; wait until it has finished and try again.",
    "SQLITE_LOCKED": "Another program is writing to the ledger {path}; wait until it has finished and try again.",
    "SQLITE_NOTADB": "{path} is no ledger (it is not an SQLite file); name another file with --ledger.",
    "SQLITE_CORRUPT": "The ledger {path} is damaged; restore it from a copy, or add its documents to a new ledger.",
    "SQLITE_PERM": "The ledger {path} can't be opened; check the permissions of the file and its folder.",
    "SQLITE_IOERR": "The disk failed while the ledger {path} was in use; check the disk and run the command again.",
    "SQLITE_TOOBIG": "The document is too large for the ledger {path}; split it into smaller ones.",
}


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A ledger in one SQLite file; see :class:`communique.ledger.connect.Home`."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def exists(self) -> bool:
        """Whether there is such a file."""
        return self.path.exists()

    def may_write(self) -> bool:
        """Whether the file and its folder may be written."""
        return os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK)

    def open(self, *, read_only: bool) -> Engine:
        """An engine on the file, created or brought up to this version where allowed.

        One of an older version that may not be written is brought up to date in a copy in memory.

        Raises:
            UsageError: the path is a directory, or nothing is there to be read.
            LedgerError: the file is no ledger, is from a newer version, or can't be opened or created.
        """
        _refuse_impossible(self.path, read_only)
        fresh = not self.path.exists()
        version = _version(self.path, read_only)
        if read_only and version < len(MIGRATIONS):
            return self.copy_in_memory()
        engine = _engine(self.path, read_only)
        try:
            if version < len(MIGRATIONS):
                _migrate(engine)
        except BaseException:
            engine.dispose()
            if fresh:
                _remove(self.path)
            raise
        return engine

    def copy_in_memory(self) -> Engine:
        """An engine on an up-to-date copy of the ledger in memory, for readers who may not write."""
        memory = in_memory()
        with memory.connect() as connection, closing(_connect(self.path, read_only=True)) as file:
            file.backup(connection.connection.dbapi_connection)  # type: ignore[arg-type]
        _migrate(memory)
        return memory

    def explained(self, error: BaseException | None) -> CommuniqueError:
        """What to do about an error of SQLite."""
        name = str(getattr(error, "sqlite_errorname", ""))
        message = next((text for code, text in _MESSAGES.items() if name.startswith(code)), None)
        if message is None:
            return LedgerError(f"The ledger {self} can't be used ({error}); run `communique doctor` on it.")
        busy = name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
        return (BusyError if busy else LedgerError)(message.format(path=self))


def damage(connection: Connection) -> Iterator[Finding]:
    """What is wrong with the file itself and with references between its rows."""
    for message in connection.execute(text("PRAGMA integrity_check")).scalars():
        if message != "ok":
            yield Finding(check="file", message=f"The file is damaged: {message}.")
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield Finding(check="references", message=f"A row of {row[0]} refers to a row of {row[2]} that is missing.")


def in_memory() -> Engine:
    """An engine on an empty database in memory, which :func:`migrate` makes a ledger."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    memory.execute("PRAGMA foreign_keys = ON")
    engine = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    return engine


def _migrate(engine: Engine) -> None:
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        migrate(connection)


def _refuse_impossible(path: Path, read_only: bool) -> None:
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a directory; name a ledger file, such as {path / 'ledger.db'}.")
        if path.exists():
            if not path.is_file():
                raise LedgerError(f"{path} is no regular file; name another ledger file.")
            with path.open("rb") as file:
                head = file.read(len(_MAGIC))
            if head and head != _MAGIC:
                raise LedgerError(_MESSAGES["SQLITE_NOTADB"].format(path=path))
        elif read_only:
            raise UsageError(f"There is no ledger at {path}; add documents to it first with `communique add`.")
        elif not path.parent.is_dir():
            raise LedgerError(f"The folder {path.parent} does not exist; create it or name another ledger file.")
    except OSError as error:
        raise LedgerError(_MESSAGES["SQLITE_CANTOPEN"].format(path=path)) from error


def _version(path: Path, read_only: bool) -> int:
    """How many migrations the file has seen; 0 for one that is still to be created."""
    if not path.exists():
        return 0
    with closing(_connect(path, read_only=read_only)) as file:
        application = file.execute("PRAGMA application_id").fetchone()[0]
        version = int(file.execute("PRAGMA user_version").fetchone()[0])
        tables = file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION_ID:
        if application == 0 and version == 0 and tables == 0 and not read_only:
            return 0  # created, but cut off before its tables were
        raise LedgerError(f"{path} is an SQLite file but no ledger; name another file with --ledger.")
    if version > len(MIGRATIONS):
        raise LedgerError(f"The ledger {path} was written by a newer version of communique; install that version.")
    return version


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    uri = path.resolve().as_uri()
    if not read_only:
        return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection = sqlite3.connect(
        f"{uri}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("SELECT 1 FROM sqlite_master")
    except sqlite3.OperationalError:
        connection.close()
        if _has_unsaved_pages(path):
            raise
        # In a folder that may not be written, SQLite can't keep the index of a write-ahead log. Where
        # there is no log, nobody is writing, and the file may be read as it stands.
        return sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    return connection


def _has_unsaved_pages(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _engine(path: Path, read_only: bool) -> Engine:
    def creator() -> sqlite3.Connection:
        connection = _connect(path, read_only=read_only)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(_MAP_ALL)
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    engine = create_engine("sqlite://", creator=creator, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once, so that two of them wait for each other instead of failing half-way.
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _remove(path: Path) -> None:
    for name in (path.name, *(path.name + suffix for suffix in _SIDE_FILES)):
        path.with_name(name).unlink(missing_ok=True)
