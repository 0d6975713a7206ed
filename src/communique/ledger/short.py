"""Entries in short, as lists show them: what a line quotes has its words, other reports only tell when and how surely.

Most of the time that whole entries take goes into the words of reports that a list never shows.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from communique.ledger.origin import ORIGIN, reported
from communique.ledger.portable import listed, listed_numbers
from communique.ledger.reading import ENTRY, entry_of
from communique.ledger.tables import entries, entry_records, records, revisions
from communique.ledger.wordless import NOTHING, bare_record, bare_source, read_origins
from communique.model import Entry, Record, Report, Source, in_stages

_Origins = Mapping[int, tuple[str, str | None]]


def read_short(connection: Connection, ids: Collection[str], until: str | None = None) -> list[Entry]:
    """The entries with these ids, in the order of these, with everything but the words of most of their reports.

    Whole are the report that tells of each stage first (see :func:`communique.model.in_stages`), the last one, and
    those that a dispute names. Of the others the records have only their kind and confidence, and the sources neither
    passages nor title, publisher and address.

    Args:
        until: an ISO day; of entries of which later documents tell, all reports up to it are whole, so that they can
            be told as of that day.
    """
    rows = {row.id: row for row in connection.execute(select(*ENTRY).where(entries.c.id.in_(listed(ids)))).all()}
    told = _told(connection, ids)
    origins = read_origins(connection, {one.revision_id for history in told.values() for one in history})
    parted = {key for key, history in told.items() if until and _is_told_after(history, origins, until)}
    numbers = {n for key, row in rows.items() for n in _quoted(told.get(key, ()), row.disputes)}
    words = _words(connection, numbers | {one.record_number for key in parted for one in told[key]})
    return [
        entry_of(rows[key], tuple(_report(one, origins, words) for one in told.get(key, ())))
        for key in ids
        if key in rows
    ]


def with_words(connection: Connection, found: Sequence[Entry], wanted: Callable[[str], bool]) -> list[Entry]:
    """Entries in short with the words of those reports, too, whose sentences are wanted.

    Args:
        wanted: told by the sentences of a report, one a line.
    """
    bare = {r.source.record_id for entry in found for r in entry.history if not r.source.quotes}
    query = (
        select(entry_records.c.record_number, records.c.id, records.c.sentences)
        .join(records, entry_records.c.record_number == records.c.number)
        .where(entry_records.c.entry_id.in_(listed([entry.id for entry in found])))
    )
    rows = [row for row in connection.execute(query).all() if row.id in bare]
    # one sentence often tells of several things
    telling = {sentences for sentences in {row.sentences for row in rows} if wanted(sentences)}
    words = _words(connection, {row.record_number for row in rows if row.sentences in telling})
    told = {source.record_id: (record, source) for record, source in words.values()}
    return [replace(entry, history=tuple(_worded(r, told) for r in entry.history)) for entry in found]


def _worded(report: Report, told: Mapping[str, tuple[Record, Source]]) -> Report:
    if report.source.record_id not in told:
        return report
    record, source = told[report.source.record_id]
    return replace(report, record=record, source=source)


def _told(connection: Connection, ids: Collection[str]) -> dict[str, Sequence[Any]]:
    """Rows of the reports of entries in order of their histories, without their words."""
    query = (
        select(
            entry_records,
            records.c.id,
            records.c.kind,
            records.c.confidence,
            records.c.revision_id,
        )
        .join(records, entry_records.c.record_number == records.c.number)
        .where(entry_records.c.entry_id.in_(listed(ids)))
        .order_by(entry_records.c.entry_id, entry_records.c.position)
    )
    rows = connection.execute(query).all()
    return {key: tuple(own) for key, own in groupby(rows, lambda row: row.entry_id)}


def _quoted(history: Sequence[Any], disputes: str) -> Iterator[int]:
    """The numbers of the records whose words are shown."""
    yield from (reports[0].record_number for _, reports in in_stages(history))
    yield from (one.record_number for one in history[-1:])
    if disputes != NOTHING:
        disputed = {record for _, claims in json.loads(disputes) for _, own, _ in claims for record in own}
        yield from (one.record_number for one in history if one.id in disputed)


def _is_told_after(history: Sequence[Any], origins: _Origins, day: str) -> bool:
    return any((origins[one.revision_id][1] or "") > day for one in history)


def _words(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[Record, Source]]:
    query = select(records.c.number, records.c.id, records.c.data, records.c.sentences, *ORIGIN)
    found = query.join(revisions, records.c.revision_id == revisions.c.id)
    rows = connection.execute(found.where(records.c.number.in_(listed_numbers(numbers)))).all()
    return {row.number: reported(row)[:2] for row in rows}


def _report(row: Any, origins: _Origins, words: Mapping[int, tuple[Record, Source]]) -> Report:
    _, _, number, stage, date, ordered_by, record_id, kind, confidence, revision_id = row
    if number in words:
        record, source = words[number]
    else:
        document_id, published = origins[revision_id]
        record, source = bare_record(kind, confidence), bare_source(record_id, document_id, published)
    return Report(stage=stage, date=date, ordered_by=ordered_by, record=record, source=source)
