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
    Column("added_at", Text),
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
    Column("parties", Text),
    Column("fields", Text),
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

meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text))
