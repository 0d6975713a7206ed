"""Full-text search over documents and the sentences that records stand on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from communique.ledger import search_fts5, search_tsvector
from communique.ledger.origin import reported
from communique.ledger.portable import POSTGRESQL
from communique.ledger.shapes import Hit
from communique.ledger.tables import entries, entry_records
from communique.model import Kind, Span


def search(connection: Connection, query: str, limit: int) -> list[Hit]:
    """Passages that hold all words of the query, best first: evidence of entries, then other passages.

    A document of which some evidence matches is not repeated for its other passages.
    """
    index = search_tsvector if connection.dialect.name == POSTGRESQL else search_fts5
    expression = index.match_expression(query)
    if not expression:
        return []
    hits: dict[tuple[str, Span], Hit] = {}
    for row, found in index.sentences(connection, expression, limit):
        hit = _sentence_hit(connection, row, found)
        same = hits.get((hit.document_id, hit.span))
        hits[hit.document_id, hit.span] = _joined(same, hit) if same else hit
    seen = {document for document, _ in hits}
    matching = index.passages(connection, expression, limit + len(seen))
    passages = [_passage_hit(*one) for one in matching if one[0].document_id not in seen]
    return [*hits.values(), *passages][:limit]


def _sentence_hit(connection: Connection, row: Any, found: Sequence[tuple[int, int]]) -> Hit:
    source = reported(row).source
    at = 0
    spans = []
    for span, quote in zip(source.spans, source.quotes, strict=True):
        inside = [Span(span.start + a - at, span.start + b - at) for a, b in found if at <= a and b <= at + len(quote)]
        spans.append((span, quote, tuple(inside)))
        at += len(quote) + 1
    span, quote, matches = next((hit for hit in spans if hit[2]), spans[0])
    ids = connection.execute(
        select(entries.c.id, entries.c.kind)
        .join(entry_records, entry_records.c.entry_id == entries.c.id)
        .where(entry_records.c.record_number == row.number)
        .distinct()
        .order_by(entries.c.id)
    ).all()
    return Hit(
        document_id=row.document_id,
        entry_ids=tuple(entry.id for entry in ids),
        kind=Kind(ids[0].kind) if ids else None,
        snippet=quote,
        span=span,
        matches=matches,
        title=row.title,
        published=row.published,
        score=row.score,
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
        published=row.published,
        score=row.score,
    )


def _joined(one: Hit, other: Hit) -> Hit:
    ids = tuple(dict.fromkeys((*one.entry_ids, *other.entry_ids)))
    return Hit(
        document_id=one.document_id,
        entry_ids=ids,
        kind=one.kind or other.kind,
        snippet=one.snippet,
        span=one.span,
        matches=one.matches,
        title=one.title,
        published=one.published,
        score=max(one.score, other.score),
    )
