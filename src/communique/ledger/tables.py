"""The tables of a ledger as SQLAlchemy sees them.

In a file :mod:`communique.ledger.migrations` creates them, step by step; in PostgreSQL they are created from here.
"""

from collections.abc import Iterable

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint, text

metadata = MetaData()

_WORDS = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in order of code points, as SQLite has it, whatever language the server speaks."""


def _texts(*names: str, needed: bool = False) -> Iterable[Column[str]]:
    return (Column(name, _WORDS, nullable=not needed) for name in names)


def _numbers(*names: str) -> Iterable[Column[int]]:
    return (Column(name, Integer, nullable=False) for name in names)


def _number(name: str) -> Column[int]:
    """A number that counts rows, given by whoever puts them in."""
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _keys(*names: str) -> Iterable[Column[str]]:
    return (Column(name, _WORDS, primary_key=True) for name in names)


def _key_of(name: str, other: str) -> Column[str]:
    return Column(name, _WORDS, ForeignKey(other), primary_key=True)


documents = Table(
    "documents",
    metadata,
    *_keys("id"),
    *_texts("key", "first_seen", needed=True),
    Column(
        "current_revision",
        Integer,
        ForeignKey("revisions.id", use_alter=True, name="is_current", deferrable=True, initially="DEFERRED"),
    ),
    Index("documents_by_revision", "current_revision"),
    Index("documents_by_key", "key", postgresql_using="hash"),  # addresses may be longer than other indexes take
)

revisions = Table(
    "revisions",
    metadata,
    _number("id"),
    Column("document_id", _WORDS, ForeignKey("documents.id"), nullable=False),
    *_texts("digest", "text", needed=True),
    *_texts("title", "publisher", "published", "url", "language", "source"),
    *_texts("added_at", needed=True),
    *_texts("author"),
    *_texts("pages", needed=True),
    UniqueConstraint("document_id", "digest"),
    Index("revisions_by_language", "language"),
    Index("revisions_by_arrival", "added_at"),
    Index("revisions_by_day", text("published DESC"), "document_id", "id", "publisher"),
    Index("revisions_by_document", "document_id", "id", "published", "publisher"),
)

intake = Table(
    "intake",
    metadata,
    *_keys("item", "part"),
    *_texts("origin", needed=True),
    *_texts("digest"),
    *_texts("given", "outcome", needed=True),
    *_texts("title", "reason"),
    Column("document_id", _WORDS, ForeignKey("documents.id")),
    *_texts("producer", "noted_at", needed=True),
    Index("intake_by_outcome", "outcome"),
)

records = Table(
    "records",
    metadata,
    _number("number"),
    *_texts("id", needed=True),
    Column("revision_id", Integer, ForeignKey("revisions.id"), nullable=False),
    *_texts("kind", "data", needed=True),
    Column("confidence", Float),
    *_texts("producer", "sentences", "reasons", needed=True),
    *_numbers("superseded"),
    *_texts("entry_key"),
    UniqueConstraint("revision_id", "id"),
    Index("records_by_id", "id"),
    Index("records_by_entry_key", "entry_key"),
    Index("records_by_revision", "revision_id", "superseded"),
)

record_keys = Table(
    "record_keys",
    metadata,
    Column("record_number", Integer, ForeignKey("records.number"), primary_key=True),
    *_keys("key"),
    Index("records_by_key", "key"),
)

people = Table(
    "people",
    metadata,
    Column("revision_id", Integer, ForeignKey("revisions.id"), primary_key=True),
    *_keys("name"),
    *_texts("parties", needed=True),
    Index("people_by_name", "name"),
)

entries = Table(
    "entries",
    metadata,
    *_keys("id"),
    *_texts("kind", "title", needed=True),
    *_texts("stage"),
    *_texts("standing", needed=True),
    *_texts("date", "first_day", "last_day"),
    *_texts("parties", "fields", needed=True),
    *_numbers("confirmed"),
    *_texts("disputes", "decisions", needed=True),
    *_texts("unlinked"),
    Index("entries_by_kind", "kind"),
)

outlines = Table(
    "outlines",
    metadata,
    _key_of("id", "entries.id"),
    *_texts("kind", "standing", needed=True),
    *_texts("date"),
    *_texts("parties", needed=True),
    *_numbers("confirmed"),
    Column("confidence", Float),
    *_numbers("disputed", "decided"),
    *_texts("due"),
    *_texts("by", needed=True),
    *_texts("refers_to"),
    *_texts("speakers", needed=True),
    *_numbers("direct", "words"),
    *_texts("told_on"),
    *_texts("first_told", "last_told", needed=True),
    *_texts("first_dated", "last_heard"),
    *_texts("last_document", needed=True),
    *_numbers("last_start"),
    *_texts("documents", "passages", "told_day", needed=True),
    *_texts("due_day"),
    Index("outlines_by_doubt", "confirmed", "confidence", "disputed"),
    Index("outlines_by_reference", "refers_to", postgresql_where=text("refers_to IS NOT NULL")),
)

tellings = Table(
    "tellings",
    metadata,
    _key_of("document_id", "documents.id"),
    _key_of("entry_id", "entries.id"),
    *_texts("published", needed=True),
    *_numbers("joins"),
    Index("tellings_by_entry", "entry_id", "published"),
)

asides = Table(
    "asides",
    metadata,
    _key_of("document_id", "documents.id"),
    _key_of("entry_id", "entries.id"),
    *_numbers("only_there"),
    *_texts("parties", "kind", "standing", "first_told", "last_told", needed=True),
    *_texts("last_heard", "due_day", "refers_to"),
    *_numbers("disputed"),
    Column("confidence", Float),
    *_numbers("confirmed"),
    *_texts("told_day", needed=True),
    *_texts("due"),
    *_texts("by", needed=True),
    Index("asides_by_entry", "entry_id"),
)

document_parties = Table(
    "document_parties",
    metadata,
    _key_of("document_id", "documents.id"),
    *_keys("party"),
    *_numbers("entries"),
)

party_pairs = Table(
    "party_pairs",
    metadata,
    *_keys("one", "other"),
    *_numbers("entries"),
    Index("pairs_by_entries", text("entries DESC"), "one", "other"),
    Index("pairs_by_other", "other"),
)

pair_versions = Table("pair_versions", metadata, *_keys("one", "other"), *_numbers("number"))

pair_sketches = Table(
    "pair_sketches",
    metadata,
    *_keys("one", "other"),
    _key_of("id", "entries.id"),
    *_texts("kind", "standing", needed=True),
    *_texts("date"),
    *_numbers("confirmed"),
    Column("confidence", Float),
    *_numbers("disputed", "decided"),
    *_texts("due"),
    *_texts("by", needed=True),
    *_texts("refers_to"),
    *_texts("first_told", "last_told", needed=True),
    *_texts("first_dated", "last_heard"),
    *_texts("documents", "told_day", needed=True),
    *_texts("due_day"),
    Index("sketches_by_entry", "id"),
    Index(
        "sketches_by_standing",
        *("one", "other", "standing", "kind", "first_told", "last_told", "last_heard", "due_day", "refers_to"),
        *("disputed", "confidence", "confirmed", "told_day", "due", "by"),
    ),
    Index("sketches_by_kind", "one", "other", "kind", "told_day"),
    Index("sketches_by_day", "told_day", "one", "other", "kind"),
)

pair_years = Table(
    "pair_years",
    metadata,
    *_keys("one", "other", "kind", "year"),
    *_numbers("entries"),
    *_texts("last_day", needed=True),
)

doubts = Table(
    "doubts",
    metadata,
    *(Column(name, Integer, ForeignKey("records.number"), primary_key=True) for name in ("one", "other")),
    Column("total", Float, nullable=False),
    *_texts("one_order", "other_order", needed=True),
    Index("doubts_by_other", "other"),
)

unweighed = Table("unweighed", metadata, _key_of("document_id", "documents.id"))

link_keys = Table(
    "link_keys",
    metadata,
    _key_of("entry_id", "entries.id"),
    *_keys("key"),
    Index("entries_by_link_key", "key"),
)

entry_parties = Table(
    "entry_parties",
    metadata,
    _key_of("entry_id", "entries.id"),
    *_keys("party"),
    Index("entries_by_party", "party"),
)

listings = Table(
    "listings",
    metadata,
    *_keys("party", "news"),
    _key_of("entry_id", "entries.id"),
    *_texts("kind", "standing", needed=True),
    *_texts("stage", "first_day", "last_day", "due_day", "first_seen", "last_seen"),
    Index("listings_by_news", "party", text("news DESC"), "entry_id"),
    Index("listings_by_due", "party", "due_day", "entry_id", "standing"),
    Index("listings_by_entry", "entry_id"),
)

entry_people = Table(
    "entry_people",
    metadata,
    *_keys("name"),
    _key_of("entry_id", "entries.id"),
    *_texts("first_seen", "last_seen"),
    Index("people_by_entry", "entry_id"),
)

person_names = Table(
    "person_names",
    metadata,
    *_keys("name"),
    *_texts("person", needed=True),
    Index("names_by_person", "person"),
)

entry_records = Table(
    "entry_records",
    metadata,
    _key_of("entry_id", "entries.id"),
    Column("position", Integer, primary_key=True),
    Column("record_number", Integer, ForeignKey("records.number"), nullable=False),
    *_texts("stage", "date", "ordered_by"),
    # of the record and its source, so that histories are read without their words
    *_texts("record_id", "kind", "document_id", "evidence", needed=True),
    *_texts("published"),
    Column("confidence", Float),
    Index("entries_by_record", "record_number"),
)

record_offices = Table(
    "record_offices",
    metadata,
    Column("record_number", Integer, ForeignKey("records.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    *_texts("person", "office", "parties", needed=True),
    *_numbers("is_head"),
)

actors = Table(
    "actors",
    metadata,
    *_keys("name", "kind"),
    *_texts("parties", needed=True),
    *_numbers("entries"),
    *_texts("first_seen", "last_seen"),
)

decisions = Table(
    "decisions",
    metadata,
    _number("number"),
    *_texts("action", "records", "others", needed=True),
    *_texts("field", "value"),
    Column("undoes", Integer, ForeignKey("decisions.number")),
    *_texts("by", "why", "at", needed=True),
)

changes = Table(
    "changes",
    metadata,
    _number("number"),
    *_texts("at", "entry_id", "what", needed=True),
    *_texts("field", "before", "after"),
    *_texts("cause", needed=True),
    Index("changes_by_entry", "entry_id"),
    Index("changes_by_moment", "at"),
)

happenings = Table(
    "happenings",
    metadata,
    *_texts("day", "one", "other", needed=True),
    *_numbers("rank"),
    *_texts("parties", needed=True),
    *_numbers("kind"),
    Column("number", Integer, ForeignKey("changes.number"), primary_key=True, autoincrement=False),
    *_texts("entry_id", needed=True),
    *_numbers("again", "in_line"),
    Index("happenings_by_pair", "day", "one", "other", "rank"),
    Index("happenings_by_entry", "entry_id"),
)

pending = Table("pending", metadata, _key_of("document_id", "documents.id"), *_keys("cause"))

watched = Table(
    "watched",
    metadata,
    *_keys("source", "address"),
    *_texts("role", needed=True),
    *_texts("etag", "last_modified", "changed", "published", "read_at", "next_at"),
    *_numbers("failures"),
    *_texts("problem"),
)

watched_sites = Table("watched_sites", metadata, *_keys("site"), *_texts("robots", "robots_at", "next_at"))

meta = Table("meta", metadata, *_keys("name"), *_texts("value", needed=True))
