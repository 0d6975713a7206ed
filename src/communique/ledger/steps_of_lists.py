"""Steps that make what lists and digests are quickly read from; all of it is derived from the ledger's own tables."""

from sqlalchemy import Connection

from communique.ledger.steps import run


def outlines(connection: Connection) -> None:
    """What pages are chosen by: entries in outline, the documents that tell them, and counts of parties and pairs.

    Entries are derived anew with it.
    """
    run(
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


def sketches(connection: Connection) -> None:
    """The days that pages are ordered by, and what each two parties have between them, side by side.

    Entries are derived anew with it.
    """
    run(
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
    run(
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
    run(
        connection,
        "CREATE INDEX sketches_by_kind ON pair_sketches(one, other, kind, told_day)",
        "CREATE INDEX changes_by_moment ON changes(at)",
    )


def versions(connection: Connection) -> None:
    """How often what two parties have between them has changed; and what tells quickly what a ledger holds."""
    run(
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


def sketch_entries(connection: Connection) -> None:
    """An index by which an entry that is taken out is known to have no sketches left; they were all gone through."""
    run(connection, "CREATE INDEX sketches_by_entry ON pair_sketches(id)")


def years(connection: Connection) -> None:
    """Who deals with whom, counted by years; and what counts the rest of a year."""
    run(
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
    run(
        connection,
        "DROP INDEX sketches_by_standing",
        """CREATE INDEX sketches_by_standing ON pair_sketches(
            one, other, standing, kind, first_told, last_told, last_heard, due_day, refers_to, disputed, confidence,
            confirmed, told_day, due, by)""",
    )


def happenings(connection: Connection) -> None:
    """What happened to entries, beside the parties that these name now and in the order in which digests tell it."""
    run(
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
    run(
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
