extension Schema {
    /// Groups of customers within a program.
    static let groups = """
        -- Which part of the program's customers it belongs to; NULL: to none.
        ALTER TABLE customers ADD COLUMN group_name TEXT;

        -- Of which groups the customers are that it dispatched, a JSON array; NULL: all of the program.
        ALTER TABLE incidents ADD COLUMN group_names TEXT;
        """
}
