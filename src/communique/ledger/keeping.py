"""Keeping what is derived from the records: rows of entries and actors, put in and taken out."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, delete, insert

from communique.ledger.acting import people_rows
from communique.ledger.listings import listing_rows
from communique.ledger.outlines import insert_outlines, remove_outlines
from communique.ledger.portable import listed, upsert
from communique.ledger.shapes import Derivation
from communique.ledger.tables import entries, entry_parties, entry_people, entry_records, link_keys, listings, meta
from communique.ledger.writing import plain
from communique.model import Entry, Outline, Report
from communique.model.edtf import bounds, is_valid

STALE = "stale"
"""The mark in ``meta`` that all entries have to be derived anew."""
DOUBTS_STALE = "doubts stale"
"""The mark in ``meta`` that all pairs of records have still to be weighed."""
DERIVED_BY = "derived by"
"""The name in ``meta`` of the program and version that derived the entries."""


def remove_entries(connection: Connection, ids: Collection[str] | None) -> None:
    """Take out the entries with these ids; all of them for None."""
    remove_outlines(connection, ids)
    for table in (entry_records, entry_parties, entry_people, listings, link_keys):
        statement = delete(table)
        connection.execute(statement if ids is None else statement.where(table.c.entry_id.in_(listed(ids))))
    statement = delete(entries)
    connection.execute(statement if ids is None else statement.where(entries.c.id.in_(listed(ids))))


def insert_entries(
    connection: Connection,
    found: Iterable[Entry],
    number: Callable[[str], int],
    derivation: Derivation,
    unlinked: dict[str, Entry],
) -> None:
    """Put in entries that are not there.

    Args:
        number: the row number of a record by its id.
        derivation: what they may refer to each other by, and what they are in outline.
        unlinked: undertakings as they were before they referred to others, by their ids.
    """
    new = sorted(found, key=lambda entry: entry.id)
    outlined = {entry.id: derivation.outline(entry) for entry in new}
    rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    for entry in new:
        for table, row in kept_rows(entry, unlinked.get(entry.id, entry), outlined[entry.id], number, derivation):
            rows[table].append(row)
    for table, some in rows.items():  # entries first, to which the others refer
        connection.execute(insert(table), some)
    insert_outlines(connection, new, list(outlined.values()))


def kept_rows(
    entry: Entry, bare: Entry, outline: Outline, number: Callable[[str], int], derivation: Derivation
) -> Iterator[tuple[Table, dict[str, Any]]]:
    """All rows in which an entry is kept, but those of its outline; the arguments are as for :func:`insert_entries`.

    Args:
        bare: the entry as it was before it referred to others.
    """
    row = entry_row(entry) | {"unlinked": _unlinked(entry, bare)}
    yield entries, row
    for party in dict.fromkeys(entry.parties):
        yield entry_parties, {"entry_id": entry.id, "party": party}
    for position, report in enumerate(entry.history):
        yield entry_records, _report_row(entry, position, report, number(report.source.record_id))
    for key in dict.fromkeys(derivation.link_keys(bare)):
        yield link_keys, {"entry_id": entry.id, "key": key}
    for listed_row in listing_rows(entry, outline, row):
        yield listings, listed_row
    for person in people_rows(entry, derivation.acting):
        yield entry_people, person


def _report_row(entry: Entry, position: int, report: Report, number: int) -> dict[str, Any]:
    return {
        "entry_id": entry.id,
        "position": position,
        "record_number": number,
        "stage": report.stage,
        "date": report.date,
        "ordered_by": report.ordered_by,
        "record_id": report.source.record_id,
        "kind": report.record.kind.value,
        "document_id": report.source.document_id,
        "evidence": plain([[span.start, span.end] for span in report.source.spans]),
        "published": report.source.published,
        "confidence": report.record.confidence,
    }


def mark(connection: Connection, name: str, value: str = "1") -> None:
    """Note something of the ledger as a whole."""
    connection.execute(
        upsert(connection, meta)
        .values(name=name, value=value)
        .on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )


def days_of(entry: Entry) -> tuple[date, date] | None:
    """When the entry takes place in time: its date, else that of its latest report."""
    dates = (entry.date, *(report.ordered_by for report in reversed(entry.history)))
    return next((bounds(when) for when in dates if when and is_valid(when)), None)


def entry_row(entry: Entry) -> dict[str, Any]:
    """The entry as a row, without its history."""
    days = days_of(entry)
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "title": entry.title,
        "stage": entry.stage,
        "standing": entry.standing.value,
        "date": entry.date,
        "first_day": days[0].isoformat() if days else None,
        "last_day": days[1].isoformat() if days else None,
        "parties": plain(entry.parties),
        "fields": plain(entry.fields),
        "confirmed": int(entry.confirmed),
        "disputes": plain([[d.field, [[c.value, c.record_ids, c.official] for c in d.claims]] for d in entry.disputes]),
        "decisions": plain(entry.decisions),
    }


def _unlinked(entry: Entry, before: Entry) -> str | None:
    """What linking changed, to be taken back: the row and the reports as they were; None where it changed nothing."""
    if before == entry:
        return None
    reports = [[r.source.record_id, r.stage, r.date, r.ordered_by] for r in before.history]
    return plain({"row": entry_row(before), "history": reports})
