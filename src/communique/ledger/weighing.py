"""Pairs of records of which it is doubtful whether they are of one thing, kept and brought up to date when asked for.

A pair is weighed by its two records alone, so a document that comes or changes concerns only pairs with its records.
Which documents these are is noted when entries follow them; weighing waits until somebody asks.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, func, insert, select, union

from communique.ledger.current import CurrentRecords
from communique.ledger.keeping import DOUBTS_STALE, mark
from communique.ledger.portable import listed, upsert
from communique.ledger.shapes import Derivation, Doubted, Reported
from communique.ledger.tables import documents, doubts, entry_records, meta, records, revisions, unweighed


def note_unweighed(connection: Connection, document_ids: Collection[str] | None) -> None:
    """Note that pairs with records of these documents have to be weighed; all pairs for None."""
    if document_ids is None:
        connection.execute(delete(unweighed))
        mark(connection, DOUBTS_STALE)
    elif document_ids:
        rows = [{"document_id": key} for key in sorted(document_ids)]
        connection.execute(upsert(connection, unweighed).on_conflict_do_nothing(), rows)


def is_weighed(connection: Connection) -> bool:
    """Whether the stored pairs are those of the current records."""
    return is_begun(connection) and connection.execute(select(unweighed).limit(1)).first() is None


def is_begun(connection: Connection) -> bool:
    """Whether the stored pairs are some of those of the current records, and none of them has to be weighed anew."""
    return connection.execute(select(meta.c.name).where(meta.c.name == DOUBTS_STALE)).first() is None


def weigh(connection: Connection, derivation: Derivation, most: int | None = None) -> None:
    """Bring the stored pairs up to date.

    Args:
        most: how many documents at most, the latest first; all for None.
    """
    current = CurrentRecords(connection)
    stale = not is_begun(connection)
    if stale:
        connection.execute(delete(doubts))
        connection.execute(delete(unweighed))
        connection.execute(delete(meta).where(meta.c.name == DOUBTS_STALE))
    if stale and most is None:
        _keep(connection, rows_of(derivation, current))
        return
    if stale:
        connection.execute(insert(unweighed).from_select(["document_id"], select(documents.c.id)))
    waiting = _waiting(connection, most)
    numbers = (
        select(records.c.number)
        .join(revisions, revisions.c.id == records.c.revision_id)
        .where(revisions.c.document_id.in_(listed(waiting)))
    )
    connection.execute(delete(doubts).where(doubts.c.one.in_(numbers) | doubts.c.other.in_(numbers)))
    _keep(connection, rows_of(derivation, current, waiting))
    connection.execute(delete(unweighed).where(unweighed.c.document_id.in_(listed(waiting))))


def _waiting(connection: Connection, most: int | None) -> list[str]:
    """Documents that have to be weighed, the latest first."""
    query = (
        select(unweighed.c.document_id)
        .outerjoin(documents, documents.c.id == unweighed.c.document_id)
        .outerjoin(revisions, revisions.c.id == documents.c.current_revision)
        .order_by(func.coalesce(revisions.c.published, "").desc(), unweighed.c.document_id)
    )
    return list(connection.execute(query if most is None else query.limit(most)).scalars())


def _keep(connection: Connection, found: Iterable[dict[str, object]]) -> None:
    rows = list(found)
    if rows:
        connection.execute(insert(doubts), rows)


def rows_of(
    derivation: Derivation, current: CurrentRecords, document_ids: Collection[str] | None = None
) -> Iterable[dict[str, object]]:
    """The doubtful pairs of current records, or those of which one is of these documents, as rows."""
    if document_ids is None:
        met, seeds = current.all(), None
    else:
        own = current.of_documents(document_ids)
        seeds = {one.source.record_id for one in own}
        met = current.sharing({key for one in own for key in derivation.keys(one)})
    for total, one, other in derivation.doubts(met, seeds):
        yield {
            "one": current.number(one.source.record_id),
            "other": current.number(other.source.record_id),
            "total": total,
            "one_order": _order(one),
            "other_order": _order(other),
        }


def read_doubts(connection: Connection) -> list[Doubted]:
    """All pairs with the entries that hold both records, the most doubtful first, then in order of their records."""
    # not joined with their entries: SQLite would put the rows of all reports together, and then in order
    query = select(doubts.c.one, doubts.c.other, doubts.c.total).order_by(
        func.abs(doubts.c.total), doubts.c.one_order, doubts.c.other_order
    )
    held = _held(connection)
    return [
        Doubted(records=(first[0], second[0]), entries=(first[1], second[1]), total=total)
        for one, other, total in connection.execute(query).all()
        if (first := held.get(one)) is not None and (second := held.get(other)) is not None
    ]


def _held(connection: Connection) -> dict[int, tuple[str, str]]:
    """The doubtful records that entries hold as reports of their own, by their numbers: their ids and the entries."""
    report = entry_records.c
    own = func.substr(report.entry_id, 1, 1) == func.upper(func.substr(report.kind, 1, 1))
    doubted = union(select(doubts.c.one), select(doubts.c.other))
    query = select(report.record_number, report.record_id, report.entry_id)
    rows = connection.execute(query.where(own, report.record_number.in_(doubted))).all()
    return {number: (record, entry) for number, record, entry in rows}


def _order(one: Reported) -> str:
    """Where a record stands among all: by publication, document, first sentence and id."""
    source = one.source
    return f"{source.published or '~'} {source.document_id} {source.spans[0].start:012} {source.record_id}"
