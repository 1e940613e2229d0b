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
