"""Steps that make the ledger's own tables: documents, records, entries, decisions and what is known of them."""

from sqlalchemy import Connection

from communique.ledger.steps import run


def documents_and_records(connection: Connection) -> None:
    """Documents with their revisions, and the records read from each revision."""
    run(
        connection,
        """CREATE TABLE documents (
            id TEXT PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            first_seen TEXT NOT NULL,
            current_revision INTEGER REFERENCES revisions(id) DEFERRABLE INITIALLY DEFERRED)""",
        """CREATE TABLE revisions (
            id INTEGER PRIMARY KEY,
            document_id TEXT NOT NULL REFERENCES documents(id),
            digest TEXT NOT NULL,
            text TEXT NOT NULL,
            title TEXT, publisher TEXT, published TEXT, url TEXT, language TEXT, source TEXT,
            added_at TEXT NOT NULL,
            UNIQUE (document_id, digest))""",
        """CREATE TABLE records (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            revision_id INTEGER NOT NULL REFERENCES revisions(id),
            kind TEXT NOT NULL,
            data TEXT NOT NULL,
            confidence REAL,
            producer TEXT NOT NULL,
            sentences TEXT NOT NULL,
            UNIQUE (revision_id, id))""",
        "CREATE INDEX records_by_id ON records(id)",
    )


def entries_and_actors(connection: Connection) -> None:
    """What is derived from the records: entries with their histories, and the actors seen."""
    run(
        connection,
        """CREATE TABLE entries (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            stage TEXT,
            standing TEXT NOT NULL,
            date TEXT,
            first_day TEXT, last_day TEXT,
            parties TEXT NOT NULL,
            fields TEXT NOT NULL)""",
        "CREATE INDEX entries_by_kind ON entries(kind)",
        """CREATE TABLE entry_parties (
            entry_id TEXT NOT NULL REFERENCES entries(id),
            party TEXT NOT NULL,
            PRIMARY KEY (entry_id, party)) WITHOUT ROWID""",
        "CREATE INDEX entries_by_party ON entry_parties(party)",
        """CREATE TABLE entry_records (
            entry_id TEXT NOT NULL REFERENCES entries(id),
            position INTEGER NOT NULL,
            record_number INTEGER NOT NULL REFERENCES records(number),
            stage TEXT, date TEXT, ordered_by TEXT,
            PRIMARY KEY (entry_id, position)) WITHOUT ROWID""",
        "CREATE INDEX entries_by_record ON entry_records(record_number)",
        """CREATE TABLE actors (
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            parties TEXT NOT NULL,
            entries INTEGER NOT NULL,
            first_seen TEXT, last_seen TEXT,
            PRIMARY KEY (name, kind))""",
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    )


def full_text(connection: Connection) -> None:
    """Full-text indexes over revisions and records, kept in step by triggers."""
    _index(connection, "document_index", "revisions", "id", ("title", "text"))
    _index(connection, "record_index", "records", "number", ("sentences",))


def people(connection: Connection) -> None:
    """Whom the people that a revision names act for; entries are derived anew with it."""
    run(
        connection,
        """CREATE TABLE people (
            revision_id INTEGER NOT NULL REFERENCES revisions(id),
            name TEXT NOT NULL,
            parties TEXT NOT NULL,
            PRIMARY KEY (revision_id, name)) WITHOUT ROWID""",
        "INSERT OR IGNORE INTO meta SELECT 'stale', '1' FROM documents LIMIT 1",
    )


def reasons(connection: Connection) -> None:
    """Why each record was proposed and why its fields have their values; unknown for records of before."""
    run(connection, "ALTER TABLE records ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]'")


def decisions(connection: Connection) -> None:
    """What people decided; rows are only ever appended."""
    run(
        connection,
        """CREATE TABLE decisions (
            number INTEGER PRIMARY KEY,
            action TEXT NOT NULL,
            records TEXT NOT NULL,
            others TEXT NOT NULL,
            field TEXT, value TEXT,
            undoes INTEGER REFERENCES decisions(number),
            by TEXT NOT NULL,
            why TEXT NOT NULL,
            at TEXT NOT NULL)""",
        *(
            f"CREATE TRIGGER decisions_{event.lower()} BEFORE {event} ON decisions "
            "BEGIN SELECT RAISE(ABORT, 'decisions are only appended'); END"
            for event in ("UPDATE", "DELETE")
        ),
    )


def changes(connection: Connection) -> None:
    """What happened to entries, and because of what."""
    run(
        connection,
        """CREATE TABLE changes (
            number INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            entry_id TEXT NOT NULL,
            what TEXT NOT NULL,
            field TEXT, before TEXT, after TEXT,
            cause TEXT NOT NULL)""",
        "CREATE INDEX changes_by_entry ON changes(entry_id)",
    )


def pending(connection: Connection) -> None:
    """Documents that were touched since entries were derived, and because of what."""
    run(
        connection,
        """CREATE TABLE pending (
            document_id TEXT NOT NULL REFERENCES documents(id),
            cause TEXT NOT NULL,
            PRIMARY KEY (document_id, cause)) WITHOUT ROWID""",
    )


def superseded(connection: Connection) -> None:
    """Records that a later reading of the same revision did not find again: the last record known when it did not."""
    run(connection, "ALTER TABLE records ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0")


def entry_keys(connection: Connection) -> None:
    """The id that each record gives an entry of which it is the first; entries are derived anew with it."""
    run(
        connection,
        "ALTER TABLE records ADD COLUMN entry_key TEXT",
        "CREATE INDEX records_by_entry_key ON records(entry_key)",
        "INSERT OR IGNORE INTO meta SELECT 'stale', '1' FROM documents LIMIT 1",
    )


def record_keys(connection: Connection) -> None:
    """What current records have to share to be compared."""
    run(
        connection,
        """CREATE TABLE record_keys (
            record_number INTEGER NOT NULL REFERENCES records(number),
            key TEXT NOT NULL,
            PRIMARY KEY (key, record_number)) WITHOUT ROWID""",
        "CREATE INDEX keys_by_record ON record_keys(record_number)",
    )


def verdicts(connection: Connection) -> None:
    """What decisions made of entries, and the fields on which sources contradict each other."""
    run(
        connection,
        "ALTER TABLE entries ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE entries ADD COLUMN disputes TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE entries ADD COLUMN decisions TEXT NOT NULL DEFAULT '[]'",
    )


def links(connection: Connection) -> None:
    """What entries have to share to refer to each other, and undertakings as they were before they did."""
    run(
        connection,
        """CREATE TABLE link_keys (
            entry_id TEXT NOT NULL REFERENCES entries(id),
            key TEXT NOT NULL,
            PRIMARY KEY (key, entry_id)) WITHOUT ROWID""",
        "CREATE INDEX link_keys_by_entry ON link_keys(entry_id)",
        "ALTER TABLE entries ADD COLUMN unlinked TEXT",
    )


def intake(connection: Connection) -> None:
    """What became of everything that was given to be read; who wrote a document, and where its pages begin."""
    run(
        connection,
        "ALTER TABLE revisions ADD COLUMN author TEXT",
        "ALTER TABLE revisions ADD COLUMN pages TEXT NOT NULL DEFAULT '[]'",
        "CREATE INDEX IF NOT EXISTS revisions_by_language ON revisions(language)",
        """CREATE TABLE intake (
            item TEXT NOT NULL,
            part TEXT NOT NULL,
            origin TEXT NOT NULL,
            digest TEXT,
            given TEXT NOT NULL,
            outcome TEXT NOT NULL,
            title TEXT, reason TEXT,
            document_id TEXT REFERENCES documents(id),
            producer TEXT NOT NULL,
            noted_at TEXT NOT NULL,
            PRIMARY KEY (item, part))""",
        "CREATE INDEX intake_by_outcome ON intake(outcome)",
    )


def watched(connection: Connection) -> None:
    """What was seen of watched sources, and when sites may be asked again."""
    run(
        connection,
        """CREATE TABLE watched (
            source TEXT NOT NULL,
            address TEXT NOT NULL,
            role TEXT NOT NULL,
            etag TEXT, last_modified TEXT,
            changed TEXT, published TEXT,
            read_at TEXT, next_at TEXT,
            failures INTEGER NOT NULL,
            problem TEXT,
            PRIMARY KEY (source, address))""",
        """CREATE TABLE watched_sites (
            site TEXT PRIMARY KEY,
            robots TEXT, robots_at TEXT,
            next_at TEXT)""",
    )


def doubts(connection: Connection) -> None:
    """Pairs of records of which it is doubtful whether they are of one thing, and documents not weighed yet."""
    run(
        connection,
        """CREATE TABLE doubts (
            one INTEGER NOT NULL REFERENCES records(number),
            other INTEGER NOT NULL REFERENCES records(number),
            total REAL NOT NULL,
            one_order TEXT NOT NULL, other_order TEXT NOT NULL,
            PRIMARY KEY (one, other)) WITHOUT ROWID""",
        "CREATE INDEX doubts_by_other ON doubts(other)",
        "CREATE TABLE unweighed (document_id TEXT PRIMARY KEY REFERENCES documents(id)) WITHOUT ROWID",
        "INSERT OR IGNORE INTO meta SELECT 'doubts stale', '1' FROM documents LIMIT 1",
    )


def reports(connection: Connection) -> None:
    """What histories are read from without their words, and the offices that sentences give to people.

    Entries are derived anew with it, which finds these offices.
    """
    run(
        connection,
        "ALTER TABLE entry_records ADD COLUMN record_id TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE entry_records ADD COLUMN kind TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE entry_records ADD COLUMN document_id TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE entry_records ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE entry_records ADD COLUMN published TEXT",
        "ALTER TABLE entry_records ADD COLUMN confidence REAL",
        """CREATE TABLE record_offices (
            record_number INTEGER NOT NULL REFERENCES records(number),
            position INTEGER NOT NULL,
            person TEXT NOT NULL, office TEXT NOT NULL, parties TEXT NOT NULL,
            is_head INTEGER NOT NULL,
            PRIMARY KEY (record_number, position)) WITHOUT ROWID""",
        "INSERT OR IGNORE INTO meta SELECT 'stale', '1' FROM documents LIMIT 1",
    )


def _index(connection: Connection, index: str, table: str, key: str, columns: tuple[str, ...]) -> None:
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{c}" for c in columns) for row in ("new", "old"))
    remove = f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', old.{key}, {old});"
    insert = f"INSERT INTO {index}(rowid, {names}) VALUES (new.{key}, {new});"
    run(
        connection,
        f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content='{table}', content_rowid='{key}', "
        "tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {insert} END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {remove} END",
        f"CREATE TRIGGER {index}_update AFTER UPDATE ON {table} BEGIN {remove} {insert} END",
        f"INSERT INTO {index}({index}) VALUES ('rebuild')",
    )
