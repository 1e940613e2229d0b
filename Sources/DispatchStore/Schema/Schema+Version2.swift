extension Schema {
    /// Who may do what with a server (a run's record has no rows there), and runs against a server elsewhere.
    static let version2 = """
        CREATE TABLE access_tokens (
            id TEXT PRIMARY KEY,             -- the public part of the token
            name TEXT NOT NULL,
            role TEXT NOT NULL,              -- operator, viewer, customer
            customer INTEGER,                -- whose, for the role customer
            secret_sha256 BLOB NOT NULL,     -- of the secret part; the secret itself is nowhere
            created_at INTEGER NOT NULL,
            expires_at INTEGER,              -- NULL: never
            revoked_at INTEGER               -- NULL: it has not been
        ) STRICT, WITHOUT ROWID;

        -- The server that a live run was carried out against; NULL: the run's own.
        ALTER TABLE run ADD COLUMN target TEXT;

        -- For reports, which count what was refused among a million rows.
        CREATE INDEX journal_refusals ON journal (kind) WHERE kind IN ('refused', 'answer.refused');
        """
}
