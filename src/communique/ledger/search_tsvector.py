"""Full-text search in PostgreSQL: words as FTS5 has them, looked up in a tsvector with a GIN index."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Float, Subquery, cast, func, select
from sqlalchemy.dialects.postgresql import TSQUERY

from communique.ledger.current import IS_CURRENT
from communique.ledger.indexing import document_index, lookup, record_index
from communique.ledger.origin import ORIGIN
from communique.ledger.portable import evidence, listed
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
    def each(self) -> list[ColumnElement[Any]]:
        """The phrases as PostgreSQL reads them."""
        return [cast(_told(phrase), TSQUERY) for phrase in self.phrases]

    @property
    def any(self) -> ColumnElement[Any]:
        """Any of the phrases, which a text is the better the more often it has them."""
        return cast(" | ".join(f"({_told(phrase)})" for phrase in self.phrases), TSQUERY)


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
) -> Iterator[tuple[Any, float, list[tuple[int, int]]]]:
    """Records whose sentences match, best first, with scores and half-open offsets in these of what matched."""
    matching = _matching(record_index.c.record_number, record_index.c.words, expression)
    told = evidence(records.c.data).label("evidence")
    query = (
        select(records.c.number, records.c.id, told, records.c.sentences, *ORIGIN, matching.c.score)
        .join(matching, matching.c.key == records.c.number)
        .join(documents, IS_CURRENT)
        .join(revisions, revisions.c.id == records.c.revision_id)
        .order_by(matching.c.score.desc(), revisions.c.document_id, records.c.id)
    )
    for row in connection.execute(query.limit(limit)).all():
        words = words_of(row.sentences)
        yield row, row.score, marked(words, find(words, expression.phrases))


def passages(
    connection: Connection, expression: Expression, limit: int, besides: Collection[str]
) -> Iterator[tuple[Any, Span, list[tuple[int, int]]]]:
    """Documents besides these that match, best first, each with a passage of its text and offsets in it of matches."""
    matching = _matching(document_index.c.revision_id, document_index.c.words, expression)
    query = (
        select(*ORIGIN, revisions.c.text, matching.c.score)
        .join(matching, matching.c.key == revisions.c.id)
        .join(documents, documents.c.current_revision == revisions.c.id)
        .where(documents.c.id.not_in(listed(besides)))
        .order_by(matching.c.score.desc(), revisions.c.document_id)
    )
    for row in connection.execute(query.limit(limit)).all():
        start, end, found = passage(row.text, expression.phrases)
        yield row, Span(start, end), found


def _matching(key: Column[int], words: Column[Any], expression: Expression) -> Subquery:
    """Texts of which some part has each phrase, with how well the best part matches."""
    has = words.bool_op("@@")
    several = expression.each if len(expression.phrases) > 1 else ()
    having = [has(expression.any), *(key.in_(select(key).where(has(phrase))) for phrase in several)]
    score = func.max(cast(func.ts_rank(words, expression.any, _BY_LENGTH), Float))
    return select(key.label("key"), score.label("score")).where(*having).group_by(key).subquery()


def _told(phrase: Phrase) -> str:
    return " <-> ".join(f"'{lookup(stem)}'" for stem in phrase.stems) + ":*" * phrase.is_open
