extension Schema {
    /// Incidents that were recalled.
    static let recalls = """
        -- From then on it is over, whatever end was announced; NULL: it was not recalled. How the all-clear gets through to a carrier
        -- stands in `cancellation_state` and `cancellation_attempts` of `dispatches`: an incident is either cancelled or recalled.
        -- A step of `script` may be of the kind 'recall'.
        ALTER TABLE incidents ADD COLUMN recalled_at INTEGER;
        """
}
