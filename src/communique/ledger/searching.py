"""Full-text search over documents and the sentences that records stand on."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from communique.ledger import search_fts5, search_tsvector
from communique.ledger.portable import POSTGRESQL, listed, listed_numbers
from communique.ledger.shapes import Aspects, Hit
from communique.ledger.tables import entries, entry_records
from communique.model import Kind, Span, Standing


def search(connection: Connection, query: str, limit: int) -> list[Hit]:
    """Passages that hold all words of the query, best first: evidence of entries, then other passages.

    A document of which some evidence matches is not repeated for its other passages.
    """
    index = search_tsvector if connection.dialect.name == POSTGRESQL else search_fts5
    expression = index.match_expression(query)
    if not expression:
        return []
    hits: dict[tuple[str, Span], Hit] = {}
    sentences = list(index.sentences(connection, expression, limit))
    told = _told(connection, [row.number for row, _, _ in sentences])
    for row, score, found in sentences:
        hit = _sentence_hit(row, score, found, told[row.number])
        same = hits.get((hit.document_id, hit.span))
        hits[hit.document_id, hit.span] = _joined(same, hit) if same else hit
    seen = {document for document, _ in hits}
    left = limit - len(hits)
    passages = index.passages(connection, expression, left, seen) if left else ()
    return [*hits.values(), *(_passage_hit(*one) for one in passages)]


def aspects(connection: Connection, ids: Collection[str]) -> list[Aspects]:
    """What passages that tell of these entries can be narrowed by."""
    query = select(*(entries.c[name] for name in Aspects._fields)).where(entries.c.id.in_(listed(ids)))
    return [
        Aspects(key, Kind(kind), tuple(json.loads(parties)), stage, Standing(standing))
        for key, kind, parties, stage, standing in connection.execute(query).all()
    ]


def _told(connection: Connection, numbers: Collection[int]) -> dict[int, list[Any]]:
    """By the numbers of records, the ids and kinds of the entries that hold them, in order of these ids."""
    query = (
        select(entry_records.c.record_number, entries.c.id, entries.c.kind)
        .join(entries, entries.c.id == entry_records.c.entry_id)
        .where(entry_records.c.record_number.in_(listed_numbers(numbers)))
        .distinct()
        .order_by(entries.c.id)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query).all():
        found[row.record_number].append(row)
    return found


def _sentence_hit(row: Any, score: float, found: Sequence[tuple[int, int]], told: Sequence[Any]) -> Hit:
    at = 0
    spans = []
    for span in (Span(**one) for one in json.loads(row.evidence)):
        quote = row.sentences[at : at + span.end - span.start]
        inside = [Span(span.start + a - at, span.start + b - at) for a, b in found if at <= a and b <= at + len(quote)]
        spans.append((span, quote, tuple(inside)))
        at += len(quote) + 1
    span, quote, matches = next((hit for hit in spans if hit[2]), spans[0])
    return Hit(
        document_id=row.document_id,
        entry_ids=tuple(entry.id for entry in told),
        kind=Kind(told[0].kind) if told else None,
        snippet=quote,
        span=span,
        matches=matches,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
        record_id=row.id,
        score=score,
    )


def _passage_hit(row: Any, span: Span, matches: Sequence[tuple[int, int]]) -> Hit:
    return Hit(
        document_id=row.document_id,
        entry_ids=(),
        kind=None,
        snippet=row.text[span.start : span.end],
        span=span,
        matches=tuple(Span(*one) for one in matches),
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
        record_id=None,
        score=row.score,
    )


def _joined(one: Hit, other: Hit) -> Hit:
    ids = tuple(dict.fromkeys((*one.entry_ids, *other.entry_ids)))
    return replace(one, entry_ids=ids, kind=one.kind or other.kind, score=max(one.score, other.score))
