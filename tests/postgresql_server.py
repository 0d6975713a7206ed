"""A PostgreSQL server of its own for the tests: Debian's, in a temporary folder, on a Unix socket, gone at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from communique import Ledger
from system_packages import told_where_to_find

USER, PASSWORD = "communique", "not told to anybody"
_FAST = (
    "fsync=off synchronous_commit=off full_page_writes=off autovacuum=off wal_level=minimal max_wal_senders=0 "
    "shared_buffers=32MB max_connections=60 listen_addresses="
).split()
_READY_SECONDS = 30.0
_TEMPLATE = "as_new"
_KEEPER = """folder=$0; "$@" >"$folder/log" 2>&1 & cat; kill -QUIT $!; wait; rm -rf "$folder" """
"""Runs the server until nobody holds the other end of standard input any more, however the tests came to their end."""


class Server:
    """A server that runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names = (f"ledger_{number}" for number in count(1))
        self._used: list[str] = []

    def address(self, database: str, user: str = USER, password: str = PASSWORD) -> str:
        """How a ledger in a database is named to the program."""
        return f"postgresql://{user}:{password.replace(' ', '%20')}@/{database}?host={self.folder}"

    def execute(self, *statements: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Do something in a database; the rows of the last statement."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            for statement in statements:
                found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []

    def empty(self, further: str = "") -> str:
        """The name of a database that holds nothing."""
        name = next(self._names)
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0 {further}")
        return name

    def ledger(self) -> str:
        """The name of a database with an empty ledger: one that was given back, else a copy of one."""
        if self._used:
            return self._used.pop()
        if not self.execute(f"SELECT 1 FROM pg_database WHERE datname = '{_TEMPLATE}'"):
            self.execute(f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0")
            Ledger(self.address(_TEMPLATE)).close()
        name = next(self._names)
        self.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return name

    def give_back(self, name: str) -> None:
        """Empty a ledger for the next test, which is quicker than to make a database."""
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'"
        statements = [f"DELETE FROM {table}" for (table,) in self.execute(tables, database=name)]
        self.execute("SET session_replication_role = replica", *statements, database=name)  # no triggers, no references
        self._used.append(name)


@contextmanager
def running() -> Iterator[Server]:
    """A server, started; it is stopped and removed at the end, and also if the tests are killed."""
    programs, owner = _programs(), _owner()
    folder = Path(tempfile.mkdtemp(prefix="communique-"))
    (folder / "password").write_text(PASSWORD)
    for path in (folder, folder / "password"):
        os.chown(path, -1 if owner is None else owner, -1)
    as_teams_have_it = "--auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync --no-instructions".split()
    where = ["-D", folder / "data", "-U", USER, f"--pwfile={folder}/password"]
    options = [part for one in (*_FAST, f"unix_socket_directories={folder}") for part in ("-c", one)]
    server = [programs / "postgres", "-D", folder / "data", *options]
    quiet = subprocess.DEVNULL
    try:
        made = [programs / "initdb", *where, *as_teams_have_it]
        subprocess.run(made, check=True, user=owner, cwd=folder, stdout=quiet, env={"PATH": os.defpath})
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    keeper = ["sh", "-c", _KEEPER, folder, *server]
    with subprocess.Popen(
        keeper, user=owner, cwd="/", stdin=subprocess.PIPE, stdout=quiet, start_new_session=True
    ) as process:
        assert process.stdin is not None
        try:
            found = Server(folder)
            _wait(found)
            yield found
        finally:
            process.stdin.close()


def _wait(server: Server) -> None:
    end = time.monotonic() + _READY_SECONDS
    while True:
        try:
            server.execute("SELECT 1")
            return
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise RuntimeError((server.folder / "log").read_text()) from None
            time.sleep(0.05)


def _programs() -> Path:
    """The folder of PostgreSQL's programs; Debian keeps it out of the search path."""
    known = [path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))]
    found = shutil.which("postgres")
    if found is None and not known:
        told_where_to_find("PostgreSQL", "postgresql")
    return known[-1] if known else Path(str(found)).resolve().parent


def _owner() -> int | None:
    """Whom the server runs as where the tests are root's, since PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    return 65534
