"""Full-text search in a file, by SQLite's FTS5."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from communique.model import Span

# Two noncharacters, which Unicode reserves for use inside programs: no text has them for a reader.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_SNIPPET_WORDS = 32
_TERM = re.compile(r'"([^"]*)"|(\S+)')

# The best are chosen by their words alone; what is shown of them is looked up and marked only then.
_SENTENCES = text(f"""
    WITH best AS (
        SELECT record_index.rowid AS number, bm25(record_index) AS rank
        FROM record_index
        JOIN records ON records.number = record_index.rowid
        JOIN documents ON documents.current_revision = records.revision_id AND records.superseded = 0
        WHERE record_index MATCH :query
        ORDER BY rank, documents.id, records.id
        LIMIT :limit)
    SELECT records.number, records.id, records.data, records.sentences,
           revisions.document_id, revisions.title, revisions.publisher, revisions.published, revisions.url,
           revisions.pages,
           -best.rank AS score, highlight(record_index, 0, '{_OPEN}', '{_CLOSE}') AS marked
    FROM best
    JOIN record_index ON record_index.rowid = best.number
    JOIN records ON records.number = best.number
    JOIN revisions ON revisions.id = records.revision_id
    WHERE record_index MATCH :query
    ORDER BY best.rank, revisions.document_id, records.id""")

_PASSAGES = text(f"""
    WITH best AS (
        SELECT document_index.rowid AS revision, bm25(document_index) AS rank
        FROM document_index
        JOIN documents ON documents.current_revision = document_index.rowid
        WHERE document_index MATCH :query
        ORDER BY rank, documents.id
        LIMIT :limit)
    SELECT revisions.document_id, revisions.title, revisions.published, revisions.text,
           -best.rank AS score,
           snippet(document_index, 1, '{_OPEN}', '{_CLOSE}', '', {_SNIPPET_WORDS}) AS marked
    FROM best
    JOIN document_index ON document_index.rowid = best.revision
    JOIN revisions ON revisions.id = best.revision
    WHERE document_index MATCH :query
    ORDER BY best.rank, revisions.document_id""")


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


def sentences(connection: Connection, expression: str, limit: int) -> Iterator[tuple[Any, list[tuple[int, int]]]]:
    """Records whose sentences match, best first, with half-open offsets in these of what matched."""
    for row in connection.execute(_SENTENCES, {"query": expression, "limit": limit}).all():
        yield row, _unmarked(row.marked)[1]


def passages(connection: Connection, expression: str, limit: int) -> Iterator[tuple[Any, Span, list[tuple[int, int]]]]:
    """Documents that match, best first, each with a passage of its text and offsets in the text of what matched."""
    for row in connection.execute(_PASSAGES, {"query": expression, "limit": limit}).all():
        snippet, found = _unmarked(row.marked)
        start = row.text.find(snippet)
        yield row, Span(start, start + len(snippet)), [(start + a, start + b) for a, b in found]


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
