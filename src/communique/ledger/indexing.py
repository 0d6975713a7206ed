"""What full-text search in PostgreSQL looks words up in; in a file, FTS5 keeps such an index by itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, MetaData, Table, insert
from sqlalchemy.dialects.postgresql import TSVECTOR

from communique.ledger.portable import POSTGRESQL
from communique.ledger.tables import records, revisions
from communique.ledger.words import stems_of
from communique.model import Document

metadata = MetaData()

document_index = Table(
    "document_index",
    metadata,
    Column("revision_id", Integer, ForeignKey(revisions.c.id), primary_key=True, autoincrement=False),
    Column("words", TSVECTOR, nullable=False),
    Index("documents_by_word", "words", postgresql_using="gin"),
)

record_index = Table(
    "record_index",
    metadata,
    Column("record_number", Integer, ForeignKey(records.c.number), primary_key=True, autoincrement=False),
    Column("words", TSVECTOR, nullable=False),
    Index("records_by_word", "words", postgresql_using="gin"),
)

_LAST = 16_383
"""The last place in a text that a tsvector knows; phrases that stand further on are not found."""
_MOST_PLACES = 255
"""Places of one word that it knows."""
_LARGEST = 900_000
"""Bytes of a tsvector; PostgreSQL's limit is 2**20 - 1."""
_LONGEST = 500
"""Bytes of a word that can be looked up; PostgreSQL's limit is 2,046."""
_GAP = 2
"""What keeps the end of a title and the beginning of a text from being a phrase."""


def index_revision(connection: Connection, number: int, document: Document) -> None:
    """Have a revision found by the words of its title and text."""
    if connection.dialect.name == POSTGRESQL:
        words = vector(document.title or "", document.text)
        connection.execute(insert(document_index).values(revision_id=number, words=words))


def index_records(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Have records found by the words of their sentences."""
    if connection.dialect.name == POSTGRESQL:
        indexed = [{"record_number": row["number"], "words": vector(row["sentences"])} for row in rows]
        connection.execute(insert(record_index), indexed)


def vector(*texts: str) -> str:
    """Texts as PostgreSQL reads a tsvector: stems with their places, without these where there are too many."""
    places: dict[str, list[int]] = {}
    at = 0
    for text in texts:
        for stem in stems_of(text):
            at += 1
            own = places.setdefault(lookup(stem), [])
            if at <= _LAST and len(own) < _MOST_PLACES:
                own.append(at)
        at += _GAP
    size = sum(len(stem.encode()) + 8 + 2 * len(own) for stem, own in places.items())
    if size <= _LARGEST:
        return " ".join(f"'{stem}':{','.join(map(str, own))}" if own else f"'{stem}'" for stem, own in places.items())
    bare, size = [], 0
    for stem in places:
        size += len(stem.encode()) + 8
        if size <= _LARGEST:
            bare.append(f"'{stem}'")
    return " ".join(bare)


def lookup(stem: str) -> str:
    """A stem as it is looked up: the beginning of one that is longer than any word."""
    return stem.encode()[:_LONGEST].decode(errors="ignore")
