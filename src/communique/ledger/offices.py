"""The offices that sentences give to people, found once for each record and kept beside it."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select

from communique.language.offices import NamedOffice, offices_named
from communique.ledger.portable import listed, listed_numbers
from communique.ledger.shapes import Reported
from communique.ledger.tables import entry_records, record_offices
from communique.ledger.wordless import REPORT, bare_report
from communique.ledger.writing import plain
from communique.model import Report


class Held(NamedTuple):
    """An office that a sentence of a report names.

    Attributes:
        report: without its words.
    """

    entry_id: str
    report: Report
    named: NamedOffice


def note_offices(connection: Connection, found: Mapping[int, Reported]) -> None:
    """Find the offices in the sentences of records, by their numbers, and keep them in the place of earlier ones."""
    connection.execute(delete(record_offices).where(record_offices.c.record_number.in_(listed_numbers(found))))
    if rows := list(office_rows(found)):
        connection.execute(insert(record_offices), rows)


def office_rows(found: Mapping[int, Reported]) -> Iterator[dict[str, Any]]:
    """The offices in the sentences of records, by their numbers, as they are kept."""
    for number, one in found.items():
        for position, named in enumerate(named for quote in one.source.quotes for named in offices_named(quote)):
            yield {
                "record_number": number,
                "position": position,
                "person": named.person,
                "office": named.office,
                "parties": plain(named.parties),
                "is_head": int(named.is_head),
            }


def read_offices(connection: Connection, entry_ids: Collection[str], until: str) -> list[Held]:
    """The offices in the sentences of entries, in order of their histories.

    Args:
        until: the last day of publication of documents that count.
    """
    offices = [record_offices.c[name] for name in ("person", "office", "parties", "is_head")]
    query = (
        select(*REPORT, *offices)
        .join(record_offices, record_offices.c.record_number == entry_records.c.record_number)
        .where(entry_records.c.entry_id.in_(listed(entry_ids)))
        .where(entry_records.c.published.is_(None) | (entry_records.c.published <= until))
        .order_by(entry_records.c.entry_id, entry_records.c.position, record_offices.c.position)
    )
    found = []
    for *report, person, office, parties, is_head in connection.execute(query).all():
        named = NamedOffice(person, office, tuple(json.loads(parties)), bool(is_head))
        found.append(Held(report[0], bare_report(report), named))
    return found
