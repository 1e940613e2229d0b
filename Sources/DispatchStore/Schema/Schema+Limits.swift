extension Schema {
    /// Programs with rules of their own, and what came of them.
    static let limits = """
        -- What the program may ask of its customers, and when: {limits, seasons, holidays, emergency, binding} as JSON; NULL: anything.
        ALTER TABLE programs ADD COLUMN rules TEXT;

        -- The rules that somebody lifted for it: {override: {by, reason}, rules: […]} as JSON; NULL: none.
        ALTER TABLE incidents ADD COLUMN lifted TEXT;
        -- Of one that was cancelled or recalled before any notice of it had left: 1; NULL: one had.
        ALTER TABLE incidents ADD COLUMN unnoticed INTEGER;

        -- Customers whom an incident would have called, and did not.
        CREATE TABLE left_out (
            incident INTEGER NOT NULL,
            customer INTEGER NOT NULL,
            reason TEXT NOT NULL,            -- limit
            rules TEXT NOT NULL,             -- the names of the rules, a JSON array
            PRIMARY KEY (incident, customer)
        ) STRICT, WITHOUT ROWID;
        """
}
