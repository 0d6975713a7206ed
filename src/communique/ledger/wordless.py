"""Entries without their words: how reports of them follow each other, quickly read."""

import json
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, case, select

from communique.ledger.portable import listed
from communique.ledger.reading import disputes_of
from communique.ledger.tables import entries, entry_records
from communique.model import Entry, Kind, Record, Report, Source, Span, Standing, record_from_json

_KINDS = {kind.value: kind for kind in Kind}
_STANDINGS = {standing.value: standing for standing in Standing}
NOTHING = "[]"
_BARE: dict[str, dict[str, str]] = {
    "engagement": {"type": "meeting", "stage": "held"},
    "agreement": {"name": "", "stage": "agreed"},
    "transfer": {"stage": "considered"},
    "initiative": {"name": "", "stage": "active"},
    "undertaking": {"action": "", "strength": "intention", "status": "open"},
    "statement": {"content": "", "form": "indirect"},
}
"""What a record of each kind can't do without."""
_REPORT = (
    "entry_id", "record_number", "stage", "date", "ordered_by", "record_id", "kind", "document_id", "published",
    "confidence",
)  # fmt: skip
REPORT = tuple(entry_records.c[name] for name in _REPORT)
"""The columns of a report without its words."""
ENTRY_ID, PUBLISHED = _REPORT.index("entry_id"), _REPORT.index("published")
"""Where they stand in a row, which is quicker than by name for thousands of rows."""


def read_wordless(connection: Connection, ids: Sequence[str], until: str | None = None) -> list[Entry]:
    """The entries with these ids, in the order of these, as far as telling how they stood on a day needs them.

    Reports tell when, where and how surely: titles, addresses and sentences of their documents are left out, and
    records have nothing but their kind and confidence. Fields are those of undertakings and statements alone.

    Args:
        until: an ISO day; of what was reported later, only as much is there as tells that something was.
    """
    fielded = entries.c.kind.in_([Kind.UNDERTAKING.value, Kind.STATEMENT.value])
    query = select(
        entries.c.id,
        entries.c.kind,
        entries.c.stage,
        entries.c.standing,
        entries.c.date,
        entries.c.parties,
        case((fielded, entries.c.fields)),
        entries.c.confirmed,
        entries.c.disputes,
        entries.c.decisions,
    ).where(entries.c.id.in_(listed(ids)))
    histories = _histories(connection, ids, until)
    found = {row[0]: _entry(row, histories[row[0]]) for row in connection.execute(query).all()}
    return [found[key] for key in ids if key in found]


def _histories(connection: Connection, ids: Sequence[str], until: str | None) -> dict[str, tuple[Report, ...]]:
    rows = connection.execute(reports_of(ids).add_columns(entry_records.c.evidence)).all()
    return {
        key: tuple([bare_report(row[:-1], row[-1]) for row in told_until(tuple(own), until)])
        for key, own in groupby(rows, itemgetter(ENTRY_ID))
    }


def reports_of(ids: Collection[str]) -> Select[Any]:
    """A query for rows of :data:`REPORT` of entries with these ids, in order of their histories."""
    query = select(*REPORT).where(entry_records.c.entry_id.in_(listed(ids)))
    return query.order_by(entry_records.c.entry_id, entry_records.c.position)


def _entry(row: Any, history: tuple[Report, ...]) -> Entry:
    key, kind, stage, standing, date, parties, fields, confirmed, disputes, decisions = row
    return Entry(
        id=key,
        kind=_KINDS[kind],
        title="",
        parties=_parties(parties),
        stage=stage,
        standing=_STANDINGS[standing],
        date=date,
        fields=json.loads(fields) if fields else {},
        history=history,
        confirmed=bool(confirmed),
        disputes=() if disputes == NOTHING else disputes_of(disputes),
        decisions=() if decisions == NOTHING else tuple(json.loads(decisions)),
    )


def told_until(history: Sequence[Any], until: str | None) -> Sequence[Any]:
    """Those of rows of :data:`REPORT` that were published up to a day, and the last one that was later if any was.

    That is enough to tell an entry as of the day, see :func:`communique.views.choosing.told_by`.
    """
    if until is None:
        return history
    later = [number for number, one in enumerate(history) if (one[PUBLISHED] or "") > until]
    left = set(later[:-1])
    return [one for number, one in enumerate(history) if number not in left] if left else history


def bare_report(row: Sequence[Any], evidence: str = NOTHING) -> Report:
    """The report of a row of :data:`REPORT`: its source has no title, publisher, address and words."""
    return _bare_report(*row[2:], evidence)


@lru_cache(maxsize=32768)
def _bare_report(
    stage: str | None,
    date: str | None,
    ordered_by: str | None,
    record_id: str,
    kind: str,
    document_id: str,
    published: str | None,
    confidence: float | None,
    evidence: str,
) -> Report:
    """The same; what hundreds of reports tell of is told on the pages of many."""
    source = Source(
        record_id=record_id,
        document_id=document_id,
        title=None,
        publisher=None,
        published=published,
        url=None,
        quotes=(),
        spans=_spans(evidence),
    )
    return Report(stage=stage, date=date, ordered_by=ordered_by, record=bare_record(kind, confidence), source=source)


@lru_cache(maxsize=4096)
def bare_record(kind: str, confidence: float | None) -> Record:
    """A record of which nothing is known but its kind and confidence."""
    evidence = [{"start": 0, "end": 1}]
    return record_from_json({**_BARE[kind], "kind": kind, "evidence": evidence, "confidence": confidence})


def _spans(told: str) -> tuple[Span, ...]:
    return tuple([Span(start, end) for start, end in json.loads(told)])


@lru_cache(maxsize=4096)
def _parties(told: str) -> tuple[str, ...]:
    return tuple(json.loads(told))
