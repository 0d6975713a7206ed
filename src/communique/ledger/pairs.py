"""Which entries stand between two parties, and which parties have most between them."""

from typing import Any

from sqlalchemy import CTE, Connection, Select, and_, func, or_, select

from communique.ledger.tables import entries, entry_parties, entry_records, records, revisions
from communique.model import Kind

_TOLD_ALONE = (Kind.UNDERTAKING.value, Kind.STATEMENT.value)
"""Kinds that stand between two parties though they name one of them or none, if a document about the two tells them."""


def joined(one: str, other: str) -> Select[Any]:
    """The ids of the entries that name both parties."""
    first, second = entry_parties.alias("one"), entry_parties.alias("other")
    both = and_(first.c.entry_id == second.c.entry_id, first.c.party == one, second.c.party == other)
    return select(first.c.entry_id).join(second, both)


def between(connection: Connection, one: str, other: str, until: str | None = None) -> list[str]:
    """The ids of all that may belong on a page of two parties: of both, or told beside in a document about the two.

    A document is about two parties when at least half of its entries that join one of them with anybody join both.

    Args:
        until: documents that were published later are left out of account.
    """
    both = joined(one, other).cte("both")
    beside = _beside(both, until)
    joining = (
        select(entry_parties.c.entry_id)
        .where(entry_parties.c.entry_id.in_(select(beside.c.entry_id)))
        .group_by(entry_parties.c.entry_id)
        .having(and_(func.count() > 1, func.sum(entry_parties.c.party.in_([one, other])) > 0))
    ).cte("joining")
    about = (
        select(beside.c.revision_id)
        .join(joining, joining.c.entry_id == beside.c.entry_id)
        .outerjoin(both, both.c.entry_id == beside.c.entry_id)
        .group_by(beside.c.revision_id)
        .having(2 * func.count(both.c.entry_id) >= func.count())
    )
    others = select(entry_parties.c.party).where(
        entry_parties.c.entry_id == entries.c.id, entry_parties.c.party.not_in([one, other])
    )
    named = select(entry_parties.c.party).where(entry_parties.c.entry_id == entries.c.id)
    alone = (
        select(entries.c.id)
        .join(beside, beside.c.entry_id == entries.c.id)
        .where(
            entries.c.kind.in_(_TOLD_ALONE),
            beside.c.revision_id.in_(about),
            or_(entries.c.kind == Kind.STATEMENT.value, and_(named.exists(), ~others.exists())),
        )
    )
    return list(connection.execute(select(both.c.entry_id).union(alone).order_by("entry_id")).scalars())


def _beside(both: CTE, until: str | None) -> CTE:
    """What stands in documents that tell of something between the two: pairs of entry and revision."""
    told = (
        select(records.c.revision_id)
        .join(entry_records, entry_records.c.record_number == records.c.number)
        .join(both, both.c.entry_id == entry_records.c.entry_id)
        .distinct()
    )
    if until is not None:
        told = told.join(revisions, revisions.c.id == records.c.revision_id).where(
            func.coalesce(revisions.c.published, "") <= until
        )
    query = (
        select(entry_records.c.entry_id, records.c.revision_id)
        .join(records, records.c.number == entry_records.c.record_number)
        .where(records.c.revision_id.in_(told))
        .distinct()
    )
    return query.cte("beside")


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
