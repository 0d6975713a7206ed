"""The tables of a ledger as SQLAlchemy sees them; :mod:`communique.ledger.migrations` creates them."""

from sqlalchemy import Column, Float, Integer, MetaData, Table, Text

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text),
    Column("first_seen", Text),
    Column("current_revision", Integer),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Text),
    Column("digest", Text),
    *(Column(name, Text) for name in ("text", "title", "publisher", "published", "url", "language", "source")),
    *(Column(name, Text) for name in ("added_at", "author", "pages")),
)

intake = Table(
    "intake",
    metadata,
    Column("item", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    *(Column(name, Text) for name in ("origin", "digest", "given", "outcome", "title", "reason")),
    *(Column(name, Text) for name in ("document_id", "producer", "noted_at")),
)

records = Table(
    "records",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text),
    Column("revision_id", Integer),
    Column("kind", Text),
    Column("data", Text),
    Column("confidence", Float),
    Column("producer", Text),
    Column("sentences", Text),
    Column("reasons", Text),
    Column("superseded", Integer),
    Column("entry_key", Text),
)

record_keys = Table(
    "record_keys",
    metadata,
    Column("record_number", Integer, primary_key=True),
    Column("key", Text, primary_key=True),
)

people = Table(
    "people",
    metadata,
    Column("revision_id", Integer, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("parties", Text),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Text, primary_key=True),
    *(Column(name, Text) for name in ("kind", "title", "stage", "standing", "date", "first_day", "last_day")),
    *(Column(name, Text) for name in ("parties", "fields")),
    Column("confirmed", Integer),
    *(Column(name, Text) for name in ("disputes", "decisions", "unlinked")),
)

outlines = Table(
    "outlines",
    metadata,
    Column("id", Text, primary_key=True),
    *(Column(name, Text) for name in ("kind", "standing", "date", "parties")),
    Column("confirmed", Integer),
    Column("confidence", Float),
    *(Column(name, Integer) for name in ("disputed", "decided")),
    *(Column(name, Text) for name in ("due", "by", "refers_to", "speakers")),
    *(Column(name, Integer) for name in ("direct", "words")),
    *(Column(name, Text) for name in ("told_on", "first_told", "last_told", "first_dated", "last_heard")),
    Column("last_document", Text),
    Column("last_start", Integer),
    *(Column(name, Text) for name in ("documents", "passages", "told_day", "due_day")),
)

tellings = Table(
    "tellings",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("entry_id", Text, primary_key=True),
    Column("published", Text),
    *(Column(name, Integer) for name in ("joins", "beside")),
)

document_parties = Table(
    "document_parties",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("party", Text, primary_key=True),
    Column("entries", Integer),
)

party_pairs = Table(
    "party_pairs",
    metadata,
    Column("one", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("entries", Integer),
)

pair_sketches = Table(
    "pair_sketches",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("one", "other", "id")),
    *(Column(name, Text) for name in ("kind", "standing", "date")),
    Column("confirmed", Integer),
    Column("confidence", Float),
    *(Column(name, Integer) for name in ("disputed", "decided")),
    *(Column(name, Text) for name in ("due", "by", "refers_to", "first_told", "last_told", "first_dated")),
    *(Column(name, Text) for name in ("last_heard", "documents", "told_day", "due_day")),
)

doubts = Table(
    "doubts",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("other", Integer, primary_key=True),
    Column("total", Float),
    *(Column(name, Text) for name in ("one_order", "other_order")),
)

unweighed = Table("unweighed", metadata, Column("document_id", Text, primary_key=True))

link_keys = Table(
    "link_keys",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("key", Text, primary_key=True),
)

entry_parties = Table(
    "entry_parties",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("party", Text, primary_key=True),
)

entry_records = Table(
    "entry_records",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("record_number", Integer),
    *(Column(name, Text) for name in ("stage", "date", "ordered_by")),
)

actors = Table(
    "actors",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("parties", Text),
    Column("entries", Integer),
    Column("first_seen", Text),
    Column("last_seen", Text),
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    *(Column(name, Text) for name in ("action", "records", "others", "field", "value")),
    Column("undoes", Integer),
    *(Column(name, Text) for name in ("by", "why", "at")),
)

changes = Table(
    "changes",
    metadata,
    Column("number", Integer, primary_key=True),
    *(Column(name, Text) for name in ("at", "entry_id", "what", "field", "before", "after", "cause")),
)

pending = Table(
    "pending",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("cause", Text, primary_key=True),
)

watched = Table(
    "watched",
    metadata,
    Column("source", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    *(Column(name, Text) for name in ("role", "etag", "last_modified", "changed", "published", "read_at", "next_at")),
    Column("failures", Integer),
    Column("problem", Text),
)

watched_sites = Table(
    "watched_sites",
    metadata,
    Column("site", Text, primary_key=True),
    *(Column(name, Text) for name in ("robots", "robots_at", "next_at")),
)

meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text))
