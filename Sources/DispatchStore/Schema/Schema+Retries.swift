extension Schema {
    /// Programs that say how their deliveries are tried again, and attempts of which nothing was heard.
    static let retries = """
        -- How often what failed for now is tried again, the first pause and the longest one, in microseconds; NULL: as the server does it.
        ALTER TABLE programs ADD COLUMN retry_times INTEGER;
        ALTER TABLE programs ADD COLUMN retry_first INTEGER;
        ALTER TABLE programs ADD COLUMN retry_at_most INTEGER;

        -- Whether a carrier said nothing of some attempt, and may have brought it all the same; NULL: no.
        ALTER TABLE dispatches ADD COLUMN may_have_arrived INTEGER;
        """
}
