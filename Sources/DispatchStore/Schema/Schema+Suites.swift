extension Schema {
    /// What scenarios say of themselves among the others of a suite, and of what is known to fall short in them.
    static let suites = """
        -- The scenario's tags, with blanks between them.
        ALTER TABLE run ADD COLUMN tags TEXT NOT NULL DEFAULT '';

        -- The files that the scenario includes, as JSON: [{"name": as the scenario names it, "text": all of it}]; NULL: none. The digest
        -- scenario_sha256 covers them.
        ALTER TABLE run ADD COLUMN included TEXT;

        -- An expectation that is known to fall short: where that is followed up, the last day of it (UTC's), and why; NULL: none.
        ALTER TABLE expectations ADD COLUMN known_issue TEXT;
        ALTER TABLE expectations ADD COLUMN known_until TEXT;
        ALTER TABLE expectations ADD COLUMN known_why TEXT;
        -- Whether the run was made after that day, so that the expectation counts as any other.
        ALTER TABLE expectations ADD COLUMN known_is_over INTEGER NOT NULL DEFAULT 0;
        """
}
