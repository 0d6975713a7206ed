"""What is remembered of watched sources: which pages were seen in which version, and when to ask again."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from sqlalchemy import Connection, Table, select

from communique.ledger.portable import upsert
from communique.ledger.tables import watched, watched_sites


class WatchedRole(StrEnum):
    """What an address is to its source."""

    LISTING = "listing"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One address of a source: a feed or sitemap that lists pages, or a page or file. Moments are ISO 8601 in UTC.

    Attributes:
        source: the place that the list of sources names.
        etag: what the server said of the version read last, as ``last_modified``.
        changed: what its listing said of the version seen last.
        published: the day on which it came out, by its listing.
        read_at: when it was read last, None where it never was.
        next_at: when it is to be read, None where nothing asks for it.
        failures: how often in a row it could not be had.
        problem: why, None where it could.
    """

    source: str
    address: str
    role: WatchedRole
    etag: str | None = None
    last_modified: str | None = None
    changed: str | None = None
    published: str | None = None
    read_at: str | None = None
    next_at: str | None = None
    failures: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedSite:
    """One site, such as ``https://www.example.org``.

    Attributes:
        robots: its robots.txt, None where it was never read.
        robots_at: when that was read.
        next_at: before when the site is not to be asked for anything.
    """

    site: str
    robots: str | None = None
    robots_at: str | None = None
    next_at: str | None = None


def read_watched(connection: Connection, source: str) -> dict[str, Watched]:
    """What is remembered of a source, by address."""
    rows = connection.execute(select(watched).where(watched.c.source == source).order_by(watched.c.address)).mappings()
    return {row["address"]: Watched(**{**row, "role": WatchedRole(row["role"])}) for row in rows}


def read_site(connection: Connection, site: str) -> WatchedSite:
    """What is remembered of a site."""
    row = connection.execute(select(watched_sites).where(watched_sites.c.site == site)).mappings().one_or_none()
    return WatchedSite(**row) if row else WatchedSite(site=site)


def remember(connection: Connection, rows: Sequence[Watched]) -> None:
    """Remember addresses, in the place of what was remembered of them before."""
    _put(connection, watched, rows)


def remember_site(connection: Connection, site: WatchedSite) -> None:
    """Remember a site, in the place of what was remembered of it before."""
    _put(connection, watched_sites, [site])


def _put(connection: Connection, table: Table, rows: Sequence[Watched] | Sequence[WatchedSite]) -> None:
    if not rows:
        return
    statement = upsert(connection, table)
    new = {field.name: statement.excluded[field.name] for field in fields(rows[0])}
    keys = [column.name for column in table.primary_key]
    statement = statement.on_conflict_do_update(index_elements=keys, set_=new)
    connection.execute(statement, [asdict(row) for row in rows])
