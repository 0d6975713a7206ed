"""Where a ledger is: a file, or a database of a PostgreSQL server."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote, urlsplit

from communique.model.errors import UsageError

_DATABASE = re.compile(r"postgres(ql)?:/{1,2}", re.IGNORECASE)
_OTHER = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_HOW = "write it as postgresql://USER@HOST:PORT/DATABASE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A database of a PostgreSQL server; what is None is left to libpq (``PGHOST``, ``~/.pgpass`` and so on).

    Attributes:
        options: further parameters of a connection, as libpq names them.
    """

    name: str | None
    host: str | None = None
    port: int | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    def __str__(self) -> str:
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        host = f"[{self.host}]" if self.host and ":" in self.host else self.host or ""
        return f"postgresql://{user}{host}{port}/{self.name or ''}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ledger is. As text it is what people call it: a path or an address, never with a password."""

    where: Path | Database

    def __str__(self) -> str:
        return str(self.where)


def place_of(given: "str | os.PathLike[str] | Place") -> Place:
    """The place that is meant by a path or by an address such as ``postgresql://analyst@db.example.org/ledger``.

    Raises:
        UsageError: the address can't be read, or is none of a PostgreSQL database.
    """
    if isinstance(given, Place):
        return given
    told = os.fspath(given)
    if start := _DATABASE.match(told):
        return Place(_database(f"postgresql://{told[start.end() :]}"))
    if other := _OTHER.match(told):
        raise UsageError(f"No ledger can be kept at {other[1]}://...: name a file, or for a team {_HOW}.")
    return Place(Path(told))


def _database(address: str) -> Database:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _unreadable() from None
    if "@" in f"{parts.path}{parts.query}" or parts.fragment:
        raise _unreadable()  # the rest of a password, which must not be shown
    return Database(
        name=unquote(parts.path.removeprefix("/")) or None,
        host=unquote(parts.hostname) if parts.hostname else None,
        port=port,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        options=MappingProxyType(dict(parse_qsl(parts.query))),
    )


def _unreadable() -> UsageError:
    return UsageError(
        f"The address of the database can't be read: {_HOW}, with signs such as @, / and # in a password written as "
        "%40, %2F and %23."
    )
