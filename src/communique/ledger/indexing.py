"""What full-text search in PostgreSQL looks words up in; in a file, FTS5 keeps such an index by itself."""

from collections.abc import Iterable, Iterator, Mapping
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
    Column("revision_id", Integer, ForeignKey(revisions.c.id), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("words", TSVECTOR, nullable=False),
    Index("documents_by_word", "words", postgresql_using="gin"),
)

record_index = Table(
    "record_index",
    metadata,
    Column("record_number", Integer, ForeignKey(records.c.number), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("words", TSVECTOR, nullable=False),
    Index("records_by_word", "words", postgresql_using="gin"),
)

_PART = 2000
"""Words of a text that are indexed together: a tsvector knows 255 places of a word, so that of more even "the" would
have places that no phrase is looked for at."""
_OVERLAP = 20
"""Words that one part shares with the next one: phrases of no more words are found across the seam."""
_LONGEST = 250
"""Bytes of a word that it is looked up by."""


def index_revision(connection: Connection, number: int, document: Document) -> None:
    """Have a revision found by the words of its title and text."""
    if connection.dialect.name == POSTGRESQL:
        parts = enumerate(vectors(document.title or "", document.text))
        rows = [{"revision_id": number, "part": part, "words": words} for part, words in parts]
        connection.execute(insert(document_index), rows)


def index_records(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Have records found by the words of their sentences."""
    if connection.dialect.name == POSTGRESQL:
        indexed = [
            {"record_number": row["number"], "part": part, "words": words}
            for row in rows
            for part, words in enumerate(vectors(row["sentences"]))
        ]
        connection.execute(insert(record_index), indexed)


def vectors(*texts: str) -> Iterator[str]:
    """Texts, in parts, as PostgreSQL reads a tsvector: stems with their places; at least one part for each text."""
    for text in texts:
        stems = [lookup(stem) for stem in stems_of(text)]
        for start in range(0, max(len(stems) - _OVERLAP, 1), _PART):
            places: dict[str, list[str]] = {}
            for place, stem in enumerate(stems[start : start + _PART + _OVERLAP], start=1):
                places.setdefault(stem, []).append(str(place))
            yield " ".join(f"'{stem}':{','.join(own)}" for stem, own in places.items())


def lookup(stem: str) -> str:
    """A stem as it is looked up: the beginning of one that is longer than any word."""
    return stem.encode()[:_LONGEST].decode(errors="ignore")
