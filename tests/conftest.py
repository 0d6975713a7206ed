"""Where the ledgers of tests are: in files, and in databases of a PostgreSQL server that runs for the tests alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from postgresql_server import Server
    from small_web import SmallWeb

settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared machine")

PLACES = ("file", "postgresql")


@pytest.fixture(scope="session")
def server() -> "Iterator[Server]":
    """A PostgreSQL server, started when the first test asks for it."""
    from postgresql_server import running

    with running() as found:
        yield found


@pytest.fixture
def address(server: "Server") -> Iterator[str]:
    """The address of a database with an empty ledger."""
    name = server.ledger()
    yield server.address(name)
    server.give_back(name)


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where to keep a ledger: a file, and then the same test with a database."""
    return str(tmp_path / "ledger.db") if request.param == "file" else str(request.getfixturevalue("address"))


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> "Iterator[SmallWeb]":
    """A server that all names of the web lead to."""
    from small_web import SmallWeb, reroute, serving

    small = SmallWeb()
    reroute(small, monkeypatch)
    with serving(small):
        yield small


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of the web first: they take longest, and side by side the longest had better not be begun last."""
    items.sort(key=lambda item: not item.path.name.startswith("test_web"))
