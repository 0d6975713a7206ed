"""The tables of a ledger, as ordered small steps whose names are recorded in the ledger itself.

A step never changes once it has been released; a new version appends one. ``user_version`` holds
how many steps a file has seen, so that an older program refuses a newer file.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, text

APPLICATION_ID = 0x636D6E71
"""``cmnq``, what marks an SQLite file as a ledger (PRAGMA application_id)."""


def _run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(text(statement))


def documents_and_records(connection: Connection) -> None:
    """Documents with their revisions, and the records read from each revision."""
    _run(
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
    _run(
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
    _run(
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
    _run(connection, "ALTER TABLE records ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]'")


def decisions(connection: Connection) -> None:
    """What people decided; rows are only ever appended."""
    _run(
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
    _run(
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
    _run(
        connection,
        """CREATE TABLE pending (
            document_id TEXT NOT NULL REFERENCES documents(id),
            cause TEXT NOT NULL,
            PRIMARY KEY (document_id, cause)) WITHOUT ROWID""",
    )


def superseded(connection: Connection) -> None:
    """Records that a later reading of the same revision did not find again: the last record known when it did not."""
    _run(connection, "ALTER TABLE records ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0")


def entry_keys(connection: Connection) -> None:
    """The id that each record gives an entry of which it is the first; entries are derived anew with it."""
    _run(
        connection,
        "ALTER TABLE records ADD COLUMN entry_key TEXT",
        "CREATE INDEX records_by_entry_key ON records(entry_key)",
        "INSERT OR IGNORE INTO meta SELECT 'stale', '1' FROM documents LIMIT 1",
    )


def record_keys(connection: Connection) -> None:
    """What current records have to share to be compared."""
    _run(
        connection,
        """CREATE TABLE record_keys (
            record_number INTEGER NOT NULL REFERENCES records(number),
            key TEXT NOT NULL,
            PRIMARY KEY (key, record_number)) WITHOUT ROWID""",
        "CREATE INDEX keys_by_record ON record_keys(record_number)",
    )


def verdicts(connection: Connection) -> None:
    """What decisions made of entries, and the fields on which sources contradict each other."""
    _run(
        connection,
        "ALTER TABLE entries ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE entries ADD COLUMN disputes TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE entries ADD COLUMN decisions TEXT NOT NULL DEFAULT '[]'",
    )


def links(connection: Connection) -> None:
    """What entries have to share to refer to each other, and undertakings as they were before they did."""
    _run(
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
    _run(
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


def outlines(connection: Connection) -> None:
    """What pages are chosen by: entries in outline, the documents that tell them, and counts of parties and pairs.

    Entries are derived anew with it.
    """
    _run(
        connection,
        """CREATE TABLE outlines (
            id TEXT PRIMARY KEY REFERENCES entries(id),
            kind TEXT NOT NULL, standing TEXT NOT NULL, date TEXT, parties TEXT NOT NULL,
            confirmed INTEGER NOT NULL, confidence REAL, disputed INTEGER NOT NULL, decided INTEGER NOT NULL,
            due TEXT, by TEXT NOT NULL, refers_to TEXT, speakers TEXT NOT NULL,
            direct INTEGER NOT NULL, words INTEGER NOT NULL,
            told_on TEXT, first_told TEXT NOT NULL, last_told TEXT NOT NULL, first_dated TEXT, last_heard TEXT,
            last_document TEXT NOT NULL, last_start INTEGER NOT NULL,
            documents TEXT NOT NULL, passages TEXT NOT NULL) WITHOUT ROWID""",
        """CREATE TABLE tellings (
            document_id TEXT NOT NULL REFERENCES documents(id),
            entry_id TEXT NOT NULL REFERENCES entries(id),
            published TEXT NOT NULL,
            joins INTEGER NOT NULL, beside INTEGER NOT NULL,
            PRIMARY KEY (document_id, entry_id)) WITHOUT ROWID""",
        "CREATE INDEX tellings_by_entry ON tellings(entry_id, published)",
        """CREATE TABLE document_parties (
            document_id TEXT NOT NULL REFERENCES documents(id),
            party TEXT NOT NULL,
            entries INTEGER NOT NULL,
            PRIMARY KEY (document_id, party)) WITHOUT ROWID""",
        """CREATE TABLE party_pairs (
            one TEXT NOT NULL,
            other TEXT NOT NULL,
            entries INTEGER NOT NULL,
            PRIMARY KEY (one, other)) WITHOUT ROWID""",
        "INSERT OR IGNORE INTO meta SELECT 'stale', '1' FROM documents LIMIT 1",
    )


def watched(connection: Connection) -> None:
    """What was seen of watched sources, and when sites may be asked again."""
    _run(
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
    _run(
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


def sketches(connection: Connection) -> None:
    """The days that pages are ordered by, and what each two parties have between them, side by side.

    Entries are derived anew with it.
    """
    _run(
        connection,
        "ALTER TABLE outlines ADD COLUMN told_day TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE outlines ADD COLUMN due_day TEXT",
        """CREATE TABLE pair_sketches (
            one TEXT NOT NULL, other TEXT NOT NULL, id TEXT NOT NULL REFERENCES entries(id),
            kind TEXT NOT NULL, standing TEXT NOT NULL, date TEXT,
            confirmed INTEGER NOT NULL, confidence REAL, disputed INTEGER NOT NULL, decided INTEGER NOT NULL,
            due TEXT, by TEXT NOT NULL, refers_to TEXT,
            first_told TEXT NOT NULL, last_told TEXT NOT NULL, first_dated TEXT, last_heard TEXT,
            documents TEXT NOT NULL, told_day TEXT NOT NULL, due_day TEXT,
            PRIMARY KEY (one, other, id)) WITHOUT ROWID""",
        "INSERT OR IGNORE INTO meta SELECT 'stale', '1' FROM documents LIMIT 1",
    )


def listings(connection: Connection) -> None:
    """What lists of entries, documents, pairs and actors are quickly read from; entries are derived anew with it."""
    _run(
        connection,
        """CREATE TABLE listings (
            party TEXT NOT NULL, news TEXT NOT NULL, entry_id TEXT NOT NULL REFERENCES entries(id),
            kind TEXT NOT NULL, standing TEXT NOT NULL, stage TEXT,
            first_day TEXT, last_day TEXT, due_day TEXT, first_seen TEXT, last_seen TEXT,
            PRIMARY KEY (party, news DESC, entry_id)) WITHOUT ROWID""",
        "CREATE INDEX listings_by_due ON listings(party, due_day, entry_id, standing)",
        "CREATE INDEX listings_by_entry ON listings(entry_id)",
        """CREATE TABLE entry_people (
            name TEXT NOT NULL, entry_id TEXT NOT NULL REFERENCES entries(id),
            first_seen TEXT, last_seen TEXT,
            PRIMARY KEY (name, entry_id)) WITHOUT ROWID""",
        "CREATE INDEX people_by_entry ON entry_people(entry_id)",
        "CREATE TABLE person_names (name TEXT PRIMARY KEY, person TEXT NOT NULL) WITHOUT ROWID",
        "CREATE INDEX names_by_person ON person_names(person)",
        "CREATE INDEX people_by_name ON people(name)",
        "CREATE INDEX documents_by_revision ON documents(current_revision)",
        "CREATE INDEX revisions_by_day ON revisions(published DESC, document_id, id, publisher)",
        "CREATE INDEX revisions_by_document ON revisions(document_id, id, published, publisher)",
        "CREATE INDEX pairs_by_entries ON party_pairs(entries DESC, one, other)",
        "CREATE INDEX pairs_by_other ON party_pairs(other)",
        "CREATE INDEX outlines_by_doubt ON outlines(confirmed, confidence, disputed)",
        """CREATE INDEX sketches_by_standing ON pair_sketches(
            one, other, standing, kind, first_told, last_told, last_heard, due_day, refers_to, disputed, confidence,
            confirmed)""",
        "DELETE FROM meta WHERE name = 'actors stale'",
        "INSERT OR IGNORE INTO meta SELECT 'stale', '1' FROM documents LIMIT 1",
    )


def overviews(connection: Connection) -> None:
    """What tells quickly who deals with whom, and what happened in a span of time."""
    _run(
        connection,
        "CREATE INDEX sketches_by_kind ON pair_sketches(one, other, kind, told_day)",
        "CREATE INDEX changes_by_moment ON changes(at)",
    )


def versions(connection: Connection) -> None:
    """How often what two parties have between them has changed; and what tells quickly what a ledger holds."""
    _run(
        connection,
        """CREATE TABLE pair_versions (
            one TEXT NOT NULL,
            other TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (one, other)) WITHOUT ROWID""",
        "CREATE INDEX records_by_revision ON records(revision_id, superseded)",
        "CREATE INDEX revisions_by_arrival ON revisions(added_at)",
        "CREATE INDEX outlines_by_reference ON outlines(refers_to) WHERE refers_to IS NOT NULL",
    )


def reports(connection: Connection) -> None:
    """What histories are read from without their words, and the offices that sentences give to people.

    Entries are derived anew with it, which finds these offices.
    """
    _run(
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


def sketch_entries(connection: Connection) -> None:
    """An index by which an entry that is taken out is known to have no sketches left; they were all gone through."""
    _run(connection, "CREATE INDEX sketches_by_entry ON pair_sketches(id)")


def years(connection: Connection) -> None:
    """Who deals with whom, counted by years; and what counts the rest of a year."""
    _run(
        connection,
        """CREATE TABLE pair_years (
            one TEXT NOT NULL, other TEXT NOT NULL, kind TEXT NOT NULL, year TEXT NOT NULL,
            entries INTEGER NOT NULL,
            last_day TEXT NOT NULL,
            PRIMARY KEY (one, other, kind, year)) WITHOUT ROWID""",
        """INSERT INTO pair_years
            SELECT one, other, kind, substr(told_day, 1, 4), count(*), max(told_day)
            FROM pair_sketches GROUP BY 1, 2, 3, 4""",
        "CREATE INDEX sketches_by_day ON pair_sketches(told_day, one, other, kind)",
    )


def sketch_keys(connection: Connection) -> None:
    """An index that has all by which sketches are counted and put in order."""
    _run(
        connection,
        "DROP INDEX sketches_by_standing",
        """CREATE INDEX sketches_by_standing ON pair_sketches(
            one, other, standing, kind, first_told, last_told, last_heard, due_day, refers_to, disputed, confidence,
            confirmed, told_day, due, by)""",
    )


def happenings(connection: Connection) -> None:
    """What happened to entries, beside the parties that these name now and in the order in which digests tell it."""
    _run(
        connection,
        """CREATE TABLE happenings (
            day TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL,
            rank INTEGER NOT NULL, parties TEXT NOT NULL, kind INTEGER NOT NULL,
            number INTEGER PRIMARY KEY REFERENCES changes(number),
            entry_id TEXT NOT NULL, again INTEGER NOT NULL, in_line INTEGER NOT NULL)""",
        """INSERT INTO happenings
            SELECT day, one, other, rank, parties, kind, number, entry_id,
                CASE WHEN row_number() OVER (PARTITION BY entry_id, rank, day ORDER BY number) > 1 THEN 2
                    ELSE min(row_number() OVER (
                        PARTITION BY entry_id, rank, date(day, 'weekday 0', '-6 days') ORDER BY number), 2) - 1 END,
                kind < 5 AND (rank < 4 OR (rank = 4 AND coalesce(
                    field IN ('date', 'due', 'value', 'items', 'supplier', 'recipient', 'place'), 0)))
            FROM (
                SELECT substr(changes.at, 1, 10) AS day, coalesce(pairs.one, '') AS one,
                    coalesce(pairs.other, '') AS other,
                    CASE what WHEN 'fulfilled' THEN 0 WHEN 'stage' THEN 1 WHEN 'disputed' THEN 2 WHEN 'new' THEN 3
                        WHEN 'field' THEN 4 WHEN 'joined' THEN 5 WHEN 'parted' THEN 6 ELSE 7 END AS rank,
                    coalesce(outlines.parties, '') AS parties,
                    CASE outlines.kind WHEN 'agreement' THEN 0 WHEN 'transfer' THEN 1 WHEN 'engagement' THEN 2
                        WHEN 'initiative' THEN 3 WHEN 'undertaking' THEN 4 WHEN 'statement' THEN 5 ELSE 6 END AS kind,
                    changes.number, changes.entry_id, field
                FROM changes LEFT JOIN outlines ON outlines.id = changes.entry_id
                LEFT JOIN (
                    SELECT entry_id, min(party) AS one, max(party) AS other FROM entry_parties
                    GROUP BY entry_id HAVING count(*) = 2) AS pairs ON pairs.entry_id = changes.entry_id)""",
        # all of a row in the order of telling, so that nothing else is read
        """CREATE INDEX happenings_by_pair ON happenings(
            day, one, other, rank, parties, kind, number, entry_id, again, in_line)""",
        "CREATE INDEX happenings_by_entry ON happenings(entry_id)",
    )


def asides(connection: Connection) -> None:
    """What documents about two parties tell beside, with all by which it is counted and put in order."""
    _run(
        connection,
        """CREATE TABLE asides (
            document_id TEXT NOT NULL REFERENCES documents(id), entry_id TEXT NOT NULL REFERENCES entries(id),
            only_there INTEGER NOT NULL, parties TEXT NOT NULL,
            kind TEXT NOT NULL, standing TEXT NOT NULL, first_told TEXT NOT NULL, last_told TEXT NOT NULL,
            last_heard TEXT, due_day TEXT, refers_to TEXT,
            disputed INTEGER NOT NULL, confidence REAL, confirmed INTEGER NOT NULL,
            told_day TEXT NOT NULL, due TEXT, by TEXT NOT NULL,
            PRIMARY KEY (document_id, entry_id)) WITHOUT ROWID""",
        """INSERT INTO asides
            SELECT t.document_id, o.id, instr(o.documents, ' ') = 0, o.parties,
                o.kind, o.standing, o.first_told, o.last_told, o.last_heard, o.due_day, o.refers_to,
                o.disputed, o.confidence, o.confirmed, o.told_day, o.due, o.by
            FROM tellings AS t JOIN outlines AS o ON o.id = t.entry_id WHERE t.beside = 1""",
        "CREATE INDEX asides_by_entry ON asides(entry_id)",
        "ALTER TABLE tellings DROP COLUMN beside",
    )


def _index(connection: Connection, index: str, table: str, key: str, columns: tuple[str, ...]) -> None:
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{c}" for c in columns) for row in ("new", "old"))
    remove = f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', old.{key}, {old});"
    insert = f"INSERT INTO {index}(rowid, {names}) VALUES (new.{key}, {new});"
    _run(
        connection,
        f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content='{table}', content_rowid='{key}', "
        "tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {insert} END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {remove} END",
        f"CREATE TRIGGER {index}_update AFTER UPDATE ON {table} BEGIN {remove} {insert} END",
        f"INSERT INTO {index}({index}) VALUES ('rebuild')",
    )


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    documents_and_records,
    entries_and_actors,
    full_text,
    people,
    reasons,
    decisions,
    changes,
    pending,
    superseded,
    entry_keys,
    record_keys,
    verdicts,
    links,
    intake,
    outlines,
    watched,
    doubts,
    sketches,
    listings,
    overviews,
    versions,
    reports,
    sketch_entries,
    years,
    sketch_keys,
    happenings,
    asides,
)


def migrate(connection: Connection) -> None:
    """Take the steps that the file has not seen yet, within the caller's transaction."""
    _run(connection, "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)")
    applied = set(connection.execute(text("SELECT name FROM migrations")).scalars())
    for step in MIGRATIONS:
        if step.__name__ not in applied:
            step(connection)
            connection.execute(
                text("INSERT INTO migrations VALUES (:name, :applied_at)"),
                {"name": step.__name__, "applied_at": datetime.now(UTC).isoformat(timespec="seconds")},
            )
    _run(connection, f"PRAGMA application_id = {APPLICATION_ID}", f"PRAGMA user_version = {len(MIGRATIONS)}")
