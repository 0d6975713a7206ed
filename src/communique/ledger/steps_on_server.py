"""What brings a ledger in PostgreSQL up to date, in its own words.

A new ledger is created as :mod:`communique.ledger.tables` has it.
"""

POSTGRESQL_STEPS: dict[str, str] = {
    "overviews": """
        CREATE INDEX sketches_by_kind ON pair_sketches (one, other, kind, told_day);
        CREATE INDEX changes_by_moment ON changes (at)""",
    "versions": """
        CREATE TABLE pair_versions (
            one text COLLATE "C" NOT NULL,
            other text COLLATE "C" NOT NULL,
            number integer NOT NULL,
            PRIMARY KEY (one, other));
        CREATE INDEX records_by_revision ON records (revision_id, superseded);
        CREATE INDEX revisions_by_arrival ON revisions (added_at);
        CREATE INDEX outlines_by_reference ON outlines (refers_to) WHERE refers_to IS NOT NULL""",
    "reports": """
        ALTER TABLE entry_records
            ADD COLUMN record_id text COLLATE "C" NOT NULL DEFAULT '',
            ADD COLUMN kind text COLLATE "C" NOT NULL DEFAULT '',
            ADD COLUMN document_id text COLLATE "C" NOT NULL DEFAULT '',
            ADD COLUMN evidence text COLLATE "C" NOT NULL DEFAULT '[]',
            ADD COLUMN published text COLLATE "C",
            ADD COLUMN confidence double precision;
        CREATE TABLE record_offices (
            record_number integer NOT NULL REFERENCES records (number),
            position integer NOT NULL,
            person text COLLATE "C" NOT NULL,
            office text COLLATE "C" NOT NULL,
            parties text COLLATE "C" NOT NULL,
            is_head integer NOT NULL,
            PRIMARY KEY (record_number, position));
        INSERT INTO meta SELECT 'stale', '1' FROM documents LIMIT 1 ON CONFLICT DO NOTHING""",
    "sketch_entries": "CREATE INDEX IF NOT EXISTS sketches_by_entry ON pair_sketches (id)",
    "years": """
        CREATE TABLE pair_years (
            one text COLLATE "C" NOT NULL,
            other text COLLATE "C" NOT NULL,
            kind text COLLATE "C" NOT NULL,
            year text COLLATE "C" NOT NULL,
            entries integer NOT NULL,
            last_day text COLLATE "C" NOT NULL,
            PRIMARY KEY (one, other, kind, year));
        INSERT INTO pair_years
            SELECT one, other, kind, substr(told_day, 1, 4), count(*), max(told_day)
            FROM pair_sketches GROUP BY 1, 2, 3, 4;
        CREATE INDEX sketches_by_day ON pair_sketches (told_day, one, other, kind)""",
    "sketch_keys": """
        DROP INDEX IF EXISTS sketches_by_standing;
        CREATE INDEX sketches_by_standing ON pair_sketches (
            one, other, standing, kind, first_told, last_told, last_heard, due_day, refers_to, disputed, confidence,
            confirmed, told_day, due, by)""",
    "happenings": """
        CREATE TABLE happenings (
            day text COLLATE "C" NOT NULL,
            one text COLLATE "C" NOT NULL,
            other text COLLATE "C" NOT NULL,
            rank integer NOT NULL,
            parties text COLLATE "C" NOT NULL,
            kind integer NOT NULL,
            number integer PRIMARY KEY REFERENCES changes (number),
            entry_id text COLLATE "C" NOT NULL,
            again integer NOT NULL,
            in_line integer NOT NULL);
        INSERT INTO happenings
            SELECT day, one, other, rank, parties, kind, number, entry_id,
                CASE WHEN row_number() OVER (PARTITION BY entry_id, rank, day ORDER BY number) > 1 THEN 2
                    ELSE least(row_number() OVER (
                        PARTITION BY entry_id, rank, date_trunc('week', day::date) ORDER BY number), 2) - 1 END,
                (kind < 5 AND (rank < 4 OR (rank = 4 AND coalesce(
                    field IN ('date', 'due', 'value', 'items', 'supplier', 'recipient', 'place'), false))))::integer
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
                    GROUP BY entry_id HAVING count(*) = 2) AS pairs ON pairs.entry_id = changes.entry_id) AS told;
        CREATE INDEX happenings_by_pair ON happenings (day, one, other, rank);
        CREATE INDEX happenings_by_entry ON happenings (entry_id)""",
    "asides": """
        CREATE TABLE asides (
            document_id text COLLATE "C" NOT NULL REFERENCES documents (id),
            entry_id text COLLATE "C" NOT NULL REFERENCES entries (id),
            only_there integer NOT NULL,
            parties text COLLATE "C" NOT NULL,
            kind text COLLATE "C" NOT NULL,
            standing text COLLATE "C" NOT NULL,
            first_told text COLLATE "C" NOT NULL,
            last_told text COLLATE "C" NOT NULL,
            last_heard text COLLATE "C",
            due_day text COLLATE "C",
            refers_to text COLLATE "C",
            disputed integer NOT NULL,
            confidence double precision,
            confirmed integer NOT NULL,
            told_day text COLLATE "C" NOT NULL,
            due text COLLATE "C",
            by text COLLATE "C" NOT NULL,
            PRIMARY KEY (document_id, entry_id));
        INSERT INTO asides
            SELECT t.document_id, o.id, CAST(strpos(o.documents, ' ') = 0 AS integer), o.parties,
                o.kind, o.standing, o.first_told, o.last_told, o.last_heard, o.due_day, o.refers_to,
                o.disputed, o.confidence, o.confirmed, o.told_day, o.due, o.by
            FROM tellings AS t JOIN outlines AS o ON o.id = t.entry_id WHERE t.beside = 1;
        CREATE INDEX asides_by_entry ON asides (entry_id);
        ALTER TABLE tellings DROP COLUMN beside""",
}
"""By the names of those steps of :data:`communique.ledger.migrations.MIGRATIONS` that came after the first version that
knew PostgreSQL."""
