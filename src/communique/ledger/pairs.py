"""Which entries stand between two parties, and which parties have most between them."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from communique.ledger.current import listed
from communique.ledger.outlines import read_outlines
from communique.ledger.tables import document_parties, entry_parties, party_pairs, tellings
from communique.model import Kind, Outline


def joined_ids(connection: Connection, one: str, other: str) -> set[str]:
    """The ids of the entries that name both parties."""
    return set(connection.execute(_joined(one, other)).scalars().all())


def between(connection: Connection, one: str, other: str, until: str | None = None) -> list[Outline]:
    """All that may belong on a page of two parties: of both, or told beside in a document about the two.

    A document is about two parties when at least half of its entries that join one of them with anybody join both.
    Beside these entries it may tell of promises of one of the two, and of words that were said.

    Args:
        until: documents that were published later are left out of account.
    """
    both = joined_ids(connection, one, other)
    beside = select(tellings.c.entry_id).where(
        tellings.c.document_id.in_(listed(_about(connection, both, one, other, until))), tellings.c.beside == 1
    )
    told = set(connection.execute(beside).scalars().all())
    pair = {one, other}
    found = read_outlines(connection, both | told)
    return [each for each in found if each.id in both or each.kind is Kind.STATEMENT or pair.issuperset(each.parties)]


def _about(connection: Connection, both: Collection[str], one: str, other: str, until: str | None) -> list[str]:
    """The documents about two parties, of which these entries name both."""
    telling = select(tellings.c.document_id, func.count()).where(tellings.c.entry_id.in_(listed(both)))
    if until is not None:
        telling = telling.where(tellings.c.published <= until)
    rows = connection.execute(telling.group_by(tellings.c.document_id)).all()
    of_both = {row[0]: int(row[1]) for row in rows}
    naming = select(document_parties.c.document_id, document_parties.c.entries).where(
        document_parties.c.document_id.in_(listed(of_both)), document_parties.c.party.in_([one, other])
    )
    naming_either = Counter[str]()
    for document, entries in connection.execute(naming).all():
        naming_either[document] += entries
    return [document for document, number in of_both.items() if 2 * number >= naming_either[document] - number]


def _joined(one: str, other: str) -> Select[Any]:
    first, second = entry_parties.alias("one"), entry_parties.alias("other")
    together = and_(first.c.entry_id == second.c.entry_id, second.c.party == other)
    return select(first.c.entry_id).join(second, together).where(first.c.party == one)


def busiest(connection: Connection, party: str | None, limit: int) -> list[tuple[str, str]]:
    """The pairs that have most entries between them, the busiest first; those of one party, which then stands first."""
    query = select(party_pairs)
    if party is not None:
        query = query.where(or_(party_pairs.c.one == party, party_pairs.c.other == party))
    rows = connection.execute(query).all()
    pairs = [((row.one, row.other) if party in (None, row.one) else (row.other, row.one), row.entries) for row in rows]
    return [pair for pair, _ in sorted(pairs, key=lambda each: (-each[1], each[0]))[:limit]]
