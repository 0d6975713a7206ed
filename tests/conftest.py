"""Where the ledgers of tests are: in files, and in databases of a PostgreSQL server that runs for the tests alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from postgresql_server import Server

PLACES = ("file", "postgresql")


@pytest.fixture(scope="session")
def server() -> "Iterator[Server]":
    """A PostgreSQL server, started when the first test asks for it."""
    from postgresql_server import running

    with running() as found:
        yield found


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where to keep a ledger: a file, and then the same test with a database."""
    return _place(request, tmp_path)


@pytest.fixture(scope="module", params=PLACES)
def shared_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same for all tests of a module."""
    return _place(request, tmp_path_factory.mktemp("shared"))


def _place(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "file":
        return str(folder / "ledger.db")
    server: Server = request.getfixturevalue("server")
    return server.address(server.ledger())
