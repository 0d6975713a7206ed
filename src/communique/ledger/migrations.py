"""The tables of a ledger, as ordered small steps whose names are recorded in the ledger itself.

A step never changes once it has been released; a new version appends one. ``user_version`` holds
how many steps a file has seen, so that an older program refuses a newer file.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from communique.ledger import steps_of_ledger, steps_of_lists
from communique.ledger.steps import run

APPLICATION_ID = 0x636D6E71
"""``cmnq``, what marks an SQLite file as a ledger (PRAGMA application_id)."""

MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    steps_of_ledger.documents_and_records,
    steps_of_ledger.entries_and_actors,
    steps_of_ledger.full_text,
    steps_of_ledger.people,
    steps_of_ledger.reasons,
    steps_of_ledger.decisions,
    steps_of_ledger.changes,
    steps_of_ledger.pending,
    steps_of_ledger.superseded,
    steps_of_ledger.entry_keys,
    steps_of_ledger.record_keys,
    steps_of_ledger.verdicts,
    steps_of_ledger.links,
    steps_of_ledger.intake,
    steps_of_lists.outlines,
    steps_of_ledger.watched,
    steps_of_ledger.doubts,
    steps_of_lists.sketches,
    steps_of_lists.listings,
    steps_of_lists.overviews,
    steps_of_lists.versions,
    steps_of_ledger.reports,
    steps_of_lists.sketch_entries,
    steps_of_lists.years,
    steps_of_lists.sketch_keys,
    steps_of_lists.happenings,
    steps_of_lists.asides,
)


def migrate(connection: Connection) -> None:
    """Take the steps that the file has not seen yet, within the caller's transaction."""
    run(connection, "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)")
    applied = set(connection.execute(text("SELECT name FROM migrations")).scalars())
    for step in MIGRATIONS:
        if step.__name__ not in applied:
            step(connection)
            connection.execute(
                text("INSERT INTO migrations VALUES (:name, :applied_at)"),
                {"name": step.__name__, "applied_at": datetime.now(UTC).isoformat(timespec="seconds")},
            )
    run(connection, f"PRAGMA application_id = {APPLICATION_ID}", f"PRAGMA user_version = {len(MIGRATIONS)}")
