"""Opening a ledger where it is kept, and what went wrong there in one sentence."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from communique.ledger.in_file import LedgerFile
from communique.ledger.on_server import LedgerDatabase
from communique.model import CommuniqueError, Place


class Home(Protocol):
    """Where a ledger is kept; as text it is what people call it."""

    def exists(self) -> bool:
        """Whether a ledger, or something that is none, is there already."""

    def may_write(self) -> bool:
        """Whether it may be changed."""

    def open(self, *, read_only: bool) -> Engine:
        """An engine on the ledger, created or brought up to this version where allowed.

        Its transactions see the ledger as it is when they begin; those of connections with the execution option
        ``write`` wait for each other from the beginning.

        Raises:
            UsageError: nothing can be or is there to be read.
            LedgerError: what is there is no ledger, is from a newer version, or can't be opened or created.
        """

    def copy_in_memory(self) -> Engine:
        """An engine on an up-to-date copy of the ledger in memory, for readers who may not write."""

    def explained(self, error: BaseException | None) -> CommuniqueError:
        """What to do about an error of the database."""


def home_of(place: Place) -> Home:
    """Where a ledger is kept."""
    return LedgerFile(place.where) if isinstance(place.where, Path) else LedgerDatabase(place.where)


@contextmanager
def clear_errors(home: Home) -> Iterator[None]:
    """Turn an error of the database into one that says what to do next."""
    try:
        yield
    except DBAPIError as error:
        raise home.explained(error.orig) from error
    except sqlite3.Error as error:
        raise home.explained(error) from error
