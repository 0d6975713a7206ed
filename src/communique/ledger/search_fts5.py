"""Full-text search in a file, by SQLite's FTS5."""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, text

from communique.model import Span

# Two noncharacters, which Unicode reserves for use inside programs: no text has them for a reader.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_SNIPPET_WORDS = 32
_TERM = re.compile(r'"([^"]*)"|(\S+)')

# The best are chosen by their words alone; what is shown of them is looked up and marked only then.
_NEAR = text("""
    SELECT rowid AS number, bm25(record_index) AS rank
    FROM record_index
    WHERE record_index MATCH :query
    ORDER BY rank
    LIMIT :most""")
_CURRENT = text("""
    SELECT records.number, records.id, documents.id AS document_id
    FROM records JOIN documents ON documents.current_revision = records.revision_id AND records.superseded = 0
    WHERE records.number IN (SELECT value FROM json_each(:numbers))""")
_SENTENCES = text(f"""
    SELECT records.number, records.id, json_extract(records.data, '$.evidence') AS evidence, records.sentences,
           revisions.document_id, revisions.title, revisions.publisher, revisions.published, revisions.url,
           highlight(record_index, 0, '{_OPEN}', '{_CLOSE}') AS marked
    FROM record_index
    JOIN records ON records.number = record_index.rowid
    JOIN revisions ON revisions.id = records.revision_id
    WHERE record_index MATCH :query AND record_index.rowid IN (SELECT value FROM json_each(:numbers))""")
_AHEAD = 4
"""Of how many times the records that are wanted it is looked up first whether they count."""

_PASSAGES = text(f"""
    WITH best AS (
        SELECT document_index.rowid AS revision, bm25(document_index) AS rank
        FROM document_index
        JOIN documents ON documents.current_revision = document_index.rowid
        WHERE document_index MATCH :query AND documents.id NOT IN (SELECT value FROM json_each(:besides))
        ORDER BY rank, documents.id
        LIMIT :limit)
    SELECT revisions.document_id, revisions.title, revisions.publisher, revisions.published, revisions.url,
           revisions.text,
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


def sentences(
    connection: Connection, expression: str, limit: int
) -> Iterator[tuple[Any, float, list[tuple[int, int]]]]:
    """Records whose sentences match, best first, with scores and half-open offsets in these of what matched."""
    ranks = _best(connection, expression, limit)
    rows = connection.execute(_SENTENCES, {"query": expression, "numbers": json.dumps(list(ranks))}).all()
    by_number = {row.number: row for row in rows}
    for number, rank in ranks.items():
        yield by_number[number], -rank, _unmarked(by_number[number].marked)[1]


def _best(connection: Connection, expression: str, limit: int) -> dict[int, float]:
    """The numbers of the records that match and count, with their ranks, in order of these, documents and ids."""
    for most in (_AHEAD * limit, None):
        near = connection.execute(_NEAR, {"query": expression, "most": -1 if most is None else most}).all()
        whole = most is None or len(near) < most
        # of those with the last rank some may have been left out
        ranks = {row.number: row.rank for row in near if whole or row.rank < near[-1].rank}
        found = connection.execute(_CURRENT, {"numbers": json.dumps(list(ranks))}).all()
        if whole or len(found) >= limit:
            break
    found = sorted(found, key=lambda row: (ranks[row.number], row.document_id, row.id))
    return {row.number: ranks[row.number] for row in found[:limit]}


def passages(
    connection: Connection, expression: str, limit: int, besides: Collection[str]
) -> Iterator[tuple[Any, Span, list[tuple[int, int]]]]:
    """Documents besides these that match, best first, each with a passage of its text and offsets in it of matches."""
    asked = {"query": expression, "limit": limit, "besides": json.dumps(sorted(besides))}
    for row in connection.execute(_PASSAGES, asked).all():
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
