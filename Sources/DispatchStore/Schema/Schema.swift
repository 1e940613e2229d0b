internal import GRDB

/// The tables of a run's record and of a server's database: one schema for both, documented in the files beside this one.
enum Schema {
    /// `PRAGMA application_id`: "GRDD" in ASCII, so that another program's database is not mistaken for ours.
    static let applicationID: Int32 = 0x4752_4444

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        // A migration never changes once it has shipped.
        migrator.registerMigration("1") { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: version1)
            try database.execute(sql: version1Views)
        }
        migrator.registerMigration("2") { database in
            try database.execute(sql: version2)
        }
        migrator.registerMigration("3") { database in
            try database.execute(sql: version3)
        }
        migrator.registerMigration("4") { database in
            try database.execute(sql: version4)
            try database.execute(sql: version4Views)
        }
        migrator.registerMigration("5") { database in
            try database.execute(sql: story)
            try database.execute(sql: percentiles)
        }
        migrator.registerMigration("6") { database in
            try database.execute(sql: recalls)
            try database.execute(sql: story)
            try database.execute(sql: groups)
            try database.execute(sql: retries)
            try database.execute(sql: suites)
        }
        migrator.registerMigration("7") { database in
            try database.execute(sql: actors)
        }
        migrator.registerMigration("8") { database in
            try database.execute(sql: requests)
        }
        migrator.registerMigration("10") { database in
            try database.execute(sql: limits)
        }
        migrator.registerMigration("11") { database in
            try database.execute(sql: changesOfMind)
            try database.execute(sql: story)
        }
        return migrator
    }
}

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

extension Schema {
    /// The machine that a run was made on, and what form the journal's rows have.
    static let version3 = """
        -- Processor, cores, memory, system, build and compiler, as JSON; NULL: made by a version that did not say.
        ALTER TABLE run ADD COLUMN environment TEXT;

        -- In which form rows of `journal` were written. A writer of another format begins another row; rows before the first
        -- one have format 1. A new format never changes old rows: readers know every older one.
        CREATE TABLE journal_formats (
            first_sequence INTEGER PRIMARY KEY,
            format INTEGER NOT NULL,
            last_sequence INTEGER NOT NULL,  -- as of the last commit
            digest INTEGER NOT NULL          -- of every column of the rows from first to last: tells of a byte that has changed
        ) STRICT;
        """
}
