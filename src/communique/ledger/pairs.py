"""Which entries stand between two parties, and which parties have most between them."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from communique.ledger.current import listed
from communique.ledger.tables import entries, entry_parties, entry_records, records, revisions
from communique.model import Kind


def joined_ids(connection: Connection, one: str, other: str) -> list[str]:
    """The ids of the entries that name both parties, in order; statements are left out."""
    query = select(entries.c.id).where(entries.c.id.in_(_joined(one, other)), entries.c.kind != Kind.STATEMENT.value)
    return sorted(connection.execute(query).scalars())


def between(connection: Connection, one: str, other: str, until: str | None = None) -> list[str]:
    """The ids of all that may belong on a page of two parties: of both, or told beside in a document about the two.

    A document is about two parties when at least half of its entries that join one of them with anybody join both.
    Beside these entries it may tell of promises of one of the two, and of words that were said.

    Args:
        until: documents that were published later are left out of account.
    """
    both = set(connection.execute(_joined(one, other)).scalars().all())
    beside = _beside(connection, both, until)
    named = _parties(connection, {key for key, _ in beside}, one, other)
    joining, of_both = Counter[int](), Counter[int]()
    for key, revision in beside:
        number, own = named.get(key, (0, 0))
        joining[revision] += number > 1 and own > 0
        of_both[revision] += key in both
    about = {revision for revision, number in of_both.items() if number and 2 * number >= joining[revision]}
    told = {key for key, revision in beside if revision in about} - both
    return sorted(both | _told_alone(connection, told, {key for key, (number, own) in named.items() if number == own}))


def _joined(one: str, other: str) -> Select[Any]:
    first, second = entry_parties.alias("one"), entry_parties.alias("other")
    together = and_(first.c.entry_id == second.c.entry_id, second.c.party == other)
    return select(first.c.entry_id).join(second, together).where(first.c.party == one)


def _parties(connection: Connection, ids: Collection[str], one: str, other: str) -> dict[str, tuple[int, int]]:
    """How many parties each of these entries names, and how many of the two; what names none is left out."""
    query = (
        select(
            entry_parties.c.entry_id,
            func.count(),
            func.count().filter(entry_parties.c.party.in_([one, other])),
        )
        .where(entry_parties.c.entry_id.in_(listed(ids)))
        .group_by(entry_parties.c.entry_id)
    )
    return {key: (number, own) for key, number, own in connection.execute(query).all()}


def _told_alone(connection: Connection, ids: Collection[str], of_the_two: Collection[str]) -> set[str]:
    """Which of these entries are statements, or promises of the two alone."""
    kinds = entries.c.kind.in_([Kind.STATEMENT.value, Kind.UNDERTAKING.value])
    query = select(entries.c.id, entries.c.kind).where(entries.c.id.in_(listed(ids)), kinds)
    return {key for key, kind in connection.execute(query).all() if kind == Kind.STATEMENT or key in of_the_two}


def _beside(connection: Connection, both: Collection[str], until: str | None) -> set[tuple[str, int]]:
    """What stands in documents that tell of something between the two: entries with revisions."""
    told = (
        select(records.c.revision_id)
        .join(entry_records, entry_records.c.record_number == records.c.number)
        .where(entry_records.c.entry_id.in_(listed(both)))
        .distinct()
    )
    revision_ids = list(connection.execute(told).scalars())
    if until is not None:  # asked of these alone: what stands behind a long text in its row takes time to read
        early = select(revisions.c.id).where(
            revisions.c.id.in_(listed(revision_ids)), func.coalesce(revisions.c.published, "") <= until
        )
        revision_ids = list(connection.execute(early).scalars())
    query = (
        select(entry_records.c.entry_id, records.c.revision_id)
        .join(records, records.c.number == entry_records.c.record_number)
        .where(records.c.revision_id.in_(listed(revision_ids)))
    )
    return {(key, revision) for key, revision in connection.execute(query).all()}


def busiest(connection: Connection, party: str | None, limit: int) -> list[tuple[str, str]]:
    """The pairs that have most entries between them, the busiest first; those of one party, which then stands first."""
    first, second = entry_parties.alias("one"), entry_parties.alias("other")
    order = first.c.party == party if party is not None else first.c.party < second.c.party
    query = (
        select(first.c.party, second.c.party)
        .join(second, and_(first.c.entry_id == second.c.entry_id, first.c.party != second.c.party))
        .where(order)
        .group_by(first.c.party, second.c.party)
        .order_by(func.count().desc(), first.c.party, second.c.party)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]
