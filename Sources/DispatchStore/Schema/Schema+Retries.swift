extension Schema {
    /// Programs that say how their deliveries are tried again.
    static let retries = """
        -- How often what failed for now is tried again, the first pause and the longest one, in microseconds; NULL: as the server does it.
        ALTER TABLE programs ADD COLUMN retry_times INTEGER;
        ALTER TABLE programs ADD COLUMN retry_first INTEGER;
        ALTER TABLE programs ADD COLUMN retry_at_most INTEGER;
        """
}
