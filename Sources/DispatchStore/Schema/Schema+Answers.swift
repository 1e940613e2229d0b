extension Schema {
    /// Customers who change their minds.
    static let changesOfMind = """
        -- `acknowledgements` has the answer that counts, the last that contradicts the one before. This is when the customer first
        -- answered; NULL: with this one.
        ALTER TABLE acknowledgements ADD COLUMN first_at INTEGER;

        -- Whether it takes back, after the start, that the customer had opted in; NULL: no.
        ALTER TABLE acknowledgements ADD COLUMN withdrawn INTEGER;

        -- The answer that counts has its words in `acknowledged_by`, `acknowledged_stated`, `opted_out` and here; `acknowledged_at` and
        -- `late` are the first one's.
        ALTER TABLE dispatches ADD COLUMN withdrawn INTEGER;

        -- When the answer that counts was given, if it is not the first; NULL: it is.
        ALTER TABLE dispatches ADD COLUMN answer_changed_at INTEGER;
        """
}
