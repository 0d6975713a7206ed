"""Full-text search in PostgreSQL: words as FTS5 has them, looked up in a tsvector with a GIN index."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Float, cast, func, select
from sqlalchemy.dialects.postgresql import TSQUERY

from communique.ledger.current import IS_CURRENT
from communique.ledger.indexing import document_index, lookup, record_index
from communique.ledger.origin import ORIGIN
from communique.ledger.tables import documents, records, revisions
from communique.ledger.words import Phrase, find, marked, passage, stems_of, words_of
from communique.model import Span

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_BY_LENGTH = 1
"""How ts_rank sees to it that long texts are not the best for being long: divided by 1 + log(length)."""


class Expression(NamedTuple):
    """What is looked for: phrases, all of which have to be there."""

    phrases: Sequence[Phrase]

    @property
    def query(self) -> ColumnElement[Any]:
        """The same as PostgreSQL reads it."""
        told = (" <-> ".join(f"'{lookup(stem)}'" for stem in one.stems) + ":*" * one.is_open for one in self.phrases)
        return cast(" & ".join(told), TSQUERY)


def match_expression(query: str) -> Expression | None:
    """What the user's words look for: all of them, quoted phrases as phrases, ``word*`` as a prefix; None for nothing.

    Words are taken apart where they have other signs than letters and digits: P-8I is a phrase of two.
    """
    phrases = []
    for quoted, word in _TERM.findall(query):
        stems = stems_of(quoted or word)
        if stems:
            phrases.append(Phrase(stems, word.endswith("*")))
    return Expression(phrases) if phrases else None


def sentences(
    connection: Connection, expression: Expression, limit: int
) -> Iterator[tuple[Any, list[tuple[int, int]]]]:
    """Records whose sentences match, best first, with half-open offsets in these of what matched."""
    score = _score(record_index.c.words, expression)
    query = (
        select(records.c.number, records.c.id, records.c.data, records.c.sentences, *ORIGIN, score)
        .join(record_index, record_index.c.record_number == records.c.number)
        .join(documents, IS_CURRENT)
        .join(revisions, revisions.c.id == records.c.revision_id)
        .where(record_index.c.words.bool_op("@@")(expression.query))
        .order_by(score.desc(), revisions.c.document_id, records.c.id)
    )
    for row in connection.execute(query.limit(limit)).all():
        words = words_of(row.sentences)
        yield row, marked(words, find(words, expression.phrases))


def passages(
    connection: Connection, expression: Expression, limit: int
) -> Iterator[tuple[Any, Span, list[tuple[int, int]]]]:
    """Documents that match, best first, each with a passage of its text and offsets in the text of what matched."""
    score = _score(document_index.c.words, expression)
    query = (
        select(revisions.c.document_id, revisions.c.title, revisions.c.published, revisions.c.text, score)
        .join(document_index, document_index.c.revision_id == revisions.c.id)
        .join(documents, documents.c.current_revision == revisions.c.id)
        .where(document_index.c.words.bool_op("@@")(expression.query))
        .order_by(score.desc(), revisions.c.document_id)
    )
    for row in connection.execute(query.limit(limit)).all():
        start, end, found = passage(row.text, expression.phrases)
        yield row, Span(start, end), found


def _score(words: ColumnElement[Any], expression: Expression) -> ColumnElement[Any]:
    return cast(func.ts_rank(words, expression.query, _BY_LENGTH), Float).label("score")
