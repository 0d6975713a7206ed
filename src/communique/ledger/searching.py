"""Full-text search over documents and the sentences that records stand on."""

import re
from typing import Any

from sqlalchemy import Connection, select, text

from communique.ledger.origin import reported
from communique.ledger.shapes import Hit
from communique.ledger.tables import entries, entry_records
from communique.model import Kind, Span

# Two noncharacters, which Unicode reserves for use inside programs: no text has them for a reader.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_SNIPPET_WORDS = 32
_TERM = re.compile(r'"([^"]*)"|(\S+)')

_SENTENCES = text(f"""
    SELECT records.number, records.id, records.data, records.sentences,
           revisions.document_id, revisions.title, revisions.publisher, revisions.published, revisions.url,
           revisions.pages,
           -bm25(record_index) AS score, highlight(record_index, 0, '{_OPEN}', '{_CLOSE}') AS marked
    FROM record_index
    JOIN records ON records.number = record_index.rowid
    JOIN documents ON documents.current_revision = records.revision_id AND records.superseded = 0
    JOIN revisions ON revisions.id = records.revision_id
    WHERE record_index MATCH :query
    ORDER BY bm25(record_index), revisions.document_id, records.id
    LIMIT :limit""")

_PASSAGES = text(f"""
    SELECT revisions.document_id, revisions.title, revisions.published, revisions.text,
           -bm25(document_index) AS score,
           snippet(document_index, 1, '{_OPEN}', '{_CLOSE}', '', {_SNIPPET_WORDS}) AS marked
    FROM document_index
    JOIN revisions ON revisions.id = document_index.rowid
    JOIN documents ON documents.current_revision = revisions.id
    WHERE document_index MATCH :query
    ORDER BY bm25(document_index), revisions.document_id
    LIMIT :limit""")


def match_expression(query: str) -> str:
    """The user's words as an FTS5 expression: all of them, quoted phrases as phrases, ``word*`` as a prefix.

    Everything else that means something to FTS5 is taken literally. An empty result means that
    there is nothing to look for.
    """
    terms = []
    for phrase, word in _TERM.findall(query):
        words = (phrase or word).replace('"', " ").replace("\x00", " ")
        if any(character.isalnum() for character in words):
            terms.append(f'"{words}"' + ("*" if word.endswith("*") else ""))
    return " ".join(terms)


def search(connection: Connection, query: str, limit: int) -> list[Hit]:
    """Passages that hold all words of the query, best first: evidence of entries, then other passages.

    A document of which some evidence matches is not repeated for its other passages.
    """
    expression = match_expression(query)
    if not expression:
        return []
    asked = {"query": expression, "limit": limit}
    hits: dict[tuple[str, Span], Hit] = {}
    for row in connection.execute(_SENTENCES, asked).all():
        hit = _sentence_hit(connection, row)
        same = hits.get((hit.document_id, hit.span))
        hits[hit.document_id, hit.span] = _joined(same, hit) if same else hit
    seen = {document for document, _ in hits}
    rows = connection.execute(_PASSAGES, {"query": expression, "limit": limit + len(seen)}).all()
    passages = [_passage_hit(row) for row in rows if row.document_id not in seen]
    return [*hits.values(), *passages][:limit]


def _sentence_hit(connection: Connection, row: Any) -> Hit:
    source = reported(row).source
    _, found = _unmarked(row.marked)
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


def _passage_hit(row: Any) -> Hit:
    snippet, found = _unmarked(row.marked)
    start = row.text.find(snippet)
    return Hit(
        document_id=row.document_id,
        entry_ids=(),
        kind=None,
        snippet=snippet,
        span=Span(start, start + len(snippet)),
        matches=tuple(Span(start + a, start + b) for a, b in found),
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


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without marks, and the half-open offsets in it of what stood between them."""
    plain: list[str] = []
    spans = []
    length = 0
    for part in marked.split(_OPEN):
        inside, mark, after = part.partition(_CLOSE)
        if mark:
            spans.append((length, length + len(inside)))
        plain += (inside, after)
        length += len(inside) + len(after)
    return "".join(plain), spans
