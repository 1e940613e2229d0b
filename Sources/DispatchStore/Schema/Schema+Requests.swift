extension Schema {
    /// What is looked for among the journal's many rows.
    static let requests = """
        -- The rosters that there have been: one of them may be wanted back.
        CREATE INDEX journal_rosters ON journal (sequence) WHERE kind = 'roster.replaced';

        -- Changes that were asked for, which an idempotency key names.
        CREATE INDEX journal_correlations ON journal (correlation) WHERE correlation IS NOT NULL;
        """
}
