"""Entries in short, as lists show them: what a line quotes has its words, other reports only tell when and how surely.

Most of the time that whole entries take goes into the words of reports that a list never shows.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, select

from communique.ledger.origin import ORIGIN, reported
from communique.ledger.portable import listed, listed_numbers
from communique.ledger.reading import ENTRY, entry_of
from communique.ledger.tables import entries, records, revisions
from communique.ledger.wordless import ENTRY_ID, NOTHING, PUBLISHED, bare_report, reports_of, told_until
from communique.model import Entry, Kind, Record, Report, Source, in_stages

_HAPPENINGS = ('"amended":', '"strengths":')
"""How fields that follow from the words of a whole history stand among those of an entry; where all of it shows none,
no earlier part of it does (see :func:`communique.views.choosing.told_by`)."""


def read_short(connection: Connection, ids: Collection[str], until: str | None = None) -> list[Entry]:
    """The entries with these ids, in the order of these, with everything but the words of most of their reports.

    Whole are the report that tells of each stage first (see :func:`communique.model.in_stages`), the last one, and
    those that a dispute names. Of the others the records have only their kind and confidence, and the sources neither
    passages nor title, publisher and address.

    Args:
        until: an ISO day; as many reports up to it are whole as it takes to tell entries as of that day, and of later
            ones only as much is there as tells that something was reported later.
    """
    rows = {row.id: row for row in connection.execute(select(*ENTRY).where(entries.c.id.in_(listed(ids)))).all()}
    reports = connection.execute(reports_of(ids)).all()
    histories = {key: told_until(tuple(own), until) for key, own in groupby(reports, itemgetter(ENTRY_ID))}
    numbers = {n for key, row in rows.items() for n in _quoted(row, histories.get(key, ()), until)}
    words = _words(connection, numbers)
    return [
        entry_of(rows[key], tuple([_report(one, words) for one in histories.get(key, ())]))
        for key in ids
        if key in rows
    ]


def _quoted(entry: Any, history: Sequence[Any], until: str | None) -> Iterator[int]:
    """The numbers of the records whose words are needed."""
    by_then = history if until is None else [one for one in history if (one[PUBLISHED] or "") <= until]
    shows = entry.kind == Kind.TRANSFER.value or any(name in entry.fields for name in _HAPPENINGS)
    if shows and len(by_then) < len(history):
        yield from (one.record_number for one in by_then)
        return
    yield from (reports[0].record_number for _, reports in in_stages(by_then))
    yield from (one.record_number for one in by_then[-1:])
    if entry.disputes != NOTHING:
        disputed = {record for _, claims in json.loads(entry.disputes) for _, own, _ in claims for record in own}
        yield from (one.record_number for one in by_then if one.record_id in disputed)


def _words(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[Record, Source]]:
    query = select(records.c.number, records.c.id, records.c.data, records.c.sentences, *ORIGIN)
    found = query.join(revisions, records.c.revision_id == revisions.c.id)
    rows = connection.execute(found.where(records.c.number.in_(listed_numbers(numbers)))).all()
    return {row.number: reported(row)[:2] for row in rows}


def _report(row: Any, words: Mapping[int, tuple[Record, Source]]) -> Report:
    known = words.get(row.record_number)
    if known is None:
        return bare_report(row)
    record, source = known
    return Report(stage=row.stage, date=row.date, ordered_by=row.ordered_by, record=record, source=source)
