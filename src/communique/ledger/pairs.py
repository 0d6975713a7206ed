"""Which entries stand between two parties, and which parties have most between them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, or_, select

from communique.ledger.outlines import read_outlines, sketches
from communique.ledger.portable import listed
from communique.ledger.tables import asides, document_parties, outlines, pair_sketches, party_pairs, tellings
from communique.ledger.writing import plain
from communique.model import Kind, Outline, Sketch


def joined_ids(connection: Connection, one: str, other: str) -> set[str]:
    """The ids of the entries that name both parties."""
    return set(connection.execute(select(pair_sketches.c.id).where(*of_pair(one, other))).scalars().all())


def between(connection: Connection, one: str, other: str, until: str | None = None) -> list[Outline]:
    """All that may belong on a page of two parties: of both, or told beside in a document about the two.

    A document is about two parties when at least half of its entries that join one of them with anybody join both.
    Beside these entries it may tell of promises of one of the two, and of words that were said.

    Args:
        until: documents that were published later are left out of account.
    """
    both = joined_ids(connection, one, other)
    about = about_pair(connection, _telling(connection, both, until), one, other)
    promised, said = told_beside(about, one, other)
    beside = connection.execute(promised.union(said)).scalars()
    return read_outlines(connection, both.union(beside))


def sketched(connection: Connection, one: str, other: str, until: str, *, statements: bool = True) -> list[Sketch]:
    """The same as sketches, save what documents told only later.

    Args:
        statements: with those that are told beside.
    """
    columns = [pair_sketches.c[name] for name in Sketch._fields]
    joined = sketches(connection.execute(select(*columns).where(*of_pair(one, other))).all())
    telling = _telling(connection, [each.id for each in joined if each.last_told > until], until)
    telling.update(chain.from_iterable(each.documents for each in joined if each.last_told <= until))
    about = about_pair(connection, telling, one, other)
    promised, said = told_beside(about, one, other)
    known = {each.id for each in joined}
    apart = set(connection.execute(promised).scalars().all()) - known
    query = select(*(outlines.c[name] for name in Sketch._fields))
    rows = connection.execute(query.where(outlines.c.id.in_(listed(apart)))).all()
    if statements:
        said_apart = connection.execute(query.where(outlines.c.id.in_(said))).all()
        rows = [*rows, *(row for row in said_apart if row[0] not in known)]
    return [each for each in (*joined, *sketches(rows)) if each.first_told <= until]


def told_beside(about: Collection[str], one: str, other: str) -> tuple[Select[Any], Select[Any]]:
    """Queries for what documents about two parties tell beside: undertakings of nobody else, and statements."""
    told = select(asides.c.entry_id).where(asides.c.document_id.in_(listed(about)))
    promised = told.where(asides.c.kind == Kind.UNDERTAKING.value, asides.c.parties.in_(only_theirs(one, other)))
    return promised, told.where(asides.c.kind == Kind.STATEMENT.value)


def only_theirs(one: str, other: str) -> list[str]:
    """The parties of what is of one of two and of nobody else, as they are kept."""
    return [plain((party,)) for party in (one, other)]


def of_pair(one: str, other: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whether a sketch is of two parties."""
    first, second = sorted((one, other))
    return pair_sketches.c.one == first, pair_sketches.c.other == second


def _telling(connection: Connection, ids: Collection[str], until: str | None) -> Counter[str]:
    """The documents that tell any of these entries, each with how many."""
    query = select(tellings.c.document_id, func.count()).where(tellings.c.entry_id.in_(listed(ids)))
    if until is not None:
        query = query.where(tellings.c.published <= until)
    rows = connection.execute(query.group_by(tellings.c.document_id)).all()
    return Counter({document: int(number) for document, number in rows})


def telling_both(connection: Connection, one: str, other: str) -> Sequence[Any]:
    """The documents that tell entries of both parties, when they were published, and how many each of them tells."""
    query = (
        select(tellings.c.document_id, tellings.c.published, func.count())
        .join(pair_sketches, pair_sketches.c.id == tellings.c.entry_id)
        .where(*of_pair(one, other))
        .group_by(tellings.c.document_id, tellings.c.published)
    )
    return connection.execute(query).all()


def about_pair(connection: Connection, telling: Mapping[str, int], one: str, other: str) -> list[str]:
    """The documents about two parties.

    Args:
        telling: how many entries of both each document tells.
    """
    naming = (
        select(document_parties.c.document_id, func.sum(document_parties.c.entries))
        .where(document_parties.c.document_id.in_(listed(telling)), document_parties.c.party.in_([one, other]))
        .group_by(document_parties.c.document_id)
    )
    naming_either = Counter({document: int(number) for document, number in connection.execute(naming).all()})
    return [document for document, number in telling.items() if 2 * number >= naming_either[document] - number]


def busiest(connection: Connection, party: str | None, limit: int) -> list[tuple[str, str]]:
    """The pairs that have most entries between them, the busiest first; those of one party, which then stands first."""
    query = select(party_pairs.c.one, party_pairs.c.other).order_by(party_pairs.c.entries.desc())
    if party is not None:
        beside = case((party_pairs.c.one == party, party_pairs.c.other), else_=party_pairs.c.one)
        query = select(literal(party), beside.label("beside"))
        query = query.where(or_(party_pairs.c.one == party, party_pairs.c.other == party))
        rows = query.order_by(party_pairs.c.entries.desc(), "beside").limit(limit)
    else:
        rows = query.order_by(party_pairs.c.one, party_pairs.c.other).limit(limit)
    return [(one, other) for one, other in connection.execute(rows)]
