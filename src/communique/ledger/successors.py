"""Which current record stands for one that was read before, from other words or by another version."""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from communique.ledger.current import CurrentRecords
from communique.ledger.portable import listed
from communique.ledger.shapes import Reported
from communique.ledger.tables import documents, records, revisions
from communique.model import Span, record_to_json

LEAST_ALIKE = 0.5
"""Share of words that passages of two revisions have in common at least, to be the same passage."""
_WORD = re.compile(r"\w+")


def successors(connection: Connection, current: CurrentRecords, ids: Collection[str]) -> dict[str, str]:
    """For each record that is current or has a successor, the current record's id.

    A successor is of the same document and kind and was not there beside the old one. Of several, it is the one
    whose evidence overlaps most, in another revision the one whose sentences are most alike, then the one whose
    values are.
    """
    found = {one.source.record_id: one.source.record_id for one in current.with_ids(ids)}
    missing = set(ids) - found.keys()
    if not missing:
        return found
    query = (
        select(records, revisions.c.document_id, documents.c.current_revision)
        .join(revisions, revisions.c.id == records.c.revision_id)
        .join(documents, documents.c.id == revisions.c.document_id)
        .where(records.c.id.in_(listed(missing)))
        .order_by(records.c.number)
    )
    latest = {row.id: row for row in connection.execute(query)}
    candidates: dict[tuple[str, str], list[Reported]] = defaultdict(list)
    for one in current.of_documents({row.document_id for row in latest.values()}):
        candidates[one.source.document_id, one.record.kind.value].append(one)
    for key, row in latest.items():
        heir = _successor(connection, row, candidates[row.document_id, row.kind], current)
        if heir is not None:
            found[key] = heir
    return found


def _successor(connection: Connection, old: Any, candidates: list[Reported], current: CurrentRecords) -> str | None:
    data = json.loads(old.data)
    if old.revision_id == old.current_revision:
        spans = [Span(span["start"], span["end"]) for span in data["evidence"]]
        later = [one for one in candidates if current.number(one.source.record_id) > old.superseded]
        scored = [(_overlap(spans, one.source.spans), one) for one in later]
    else:
        beside = _beside(connection, old)
        others = [one for one in candidates if signature(record_to_json(one.record), one.source.quotes) not in beside]
        words = words_in(old.sentences)
        alike = [(likeness(words, words_in(" ".join(one.source.quotes))), one) for one in others]
        scored = [(score, one) for score, one in alike if score >= LEAST_ALIKE]
    values = values_in(data)
    ranked = [
        (-score, -likeness(values, values_in(record_to_json(one.record))), one.source.spans[0], one.source.record_id)
        for score, one in scored
        if score > 0
    ]
    return min(ranked)[-1] if ranked else None


def _beside(connection: Connection, old: Any) -> set[str]:
    """What the other records of an earlier revision say, in which sentences."""
    query = select(records).where(
        records.c.revision_id == old.revision_id, records.c.number != old.number, records.c.superseded == 0
    )
    rows = connection.execute(query)
    return {signature(json.loads(row.data), row.sentences.split("\n")) for row in rows}


def signature(data: Mapping[str, Any], quotes: Collection[str]) -> str:
    """What a record says and in which sentences, wherever these stand."""
    return json.dumps([_told(data), "\n".join(quotes)], sort_keys=True)


def _told(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in ("evidence", "confidence")}


def _overlap(one: Collection[Span], other: Collection[Span]) -> float:
    """Characters in common, as a share of all characters of both."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return common / (sum(s.end - s.start for s in (*one, *other)) - common)


def words_in(text: str) -> frozenset[str]:
    """The words of a text, whatever their case."""
    return frozenset(_WORD.findall(text.casefold()))


def values_in(data: Mapping[str, Any]) -> frozenset[str]:
    """The words of a record's fields."""
    return words_in(json.dumps(_told(data), ensure_ascii=False))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Words in common, as a share of all words of both (Jaccard)."""
    return len(one & other) / len(one | other) if one or other else 0.0
