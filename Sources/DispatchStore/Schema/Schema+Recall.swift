extension Schema {
    /// Incidents that were recalled.
    static let recalls = """
        -- From then on it is over, whatever end was announced; NULL: it was not recalled. How the all-clear gets through to a carrier
        -- stands in `cancellation_state` and `cancellation_attempts` of `dispatches`: an incident is either cancelled or recalled.
        -- A step of `script` may be of the kind 'recall'.
        ALTER TABLE incidents ADD COLUMN recalled_at INTEGER;
        """

    /// The view as it was, and what is told of a recall.
    static let recallViews = """
        DROP VIEW story;

        -- What happened to each customer, in the order of time: the dispatcher's decisions, and what the customer's client saw and did,
        -- at the same instant the dispatcher's first. As: SELECT * FROM story WHERE customer = 8. Times are UTC's.
        CREATE VIEW story AS
        WITH steps AS (
            SELECT customer, at, 0 AS place, sequence, incident, method, modification, 'dispatcher' AS witness,
                CASE kind
                    WHEN 'dispatch.recorded' THEN iif(state = 'unreachable', 'cannot be reached', 'is dispatched')
                    WHEN 'send' THEN CASE state WHEN 'cancellation' THEN 'news of the cancellation is handed to the carrier'
                        WHEN 'all clear' THEN 'all-clear is handed to the carrier'
                        ELSE 'is handed to the carrier, attempt ' || attempt END
                    WHEN 'emit.dispatch' THEN 'is sent to the session'
                    WHEN 'emit.resync' THEN 'is sent again at joining'
                    ELSE CASE kind WHEN 'cancellation.recorded' THEN 'news of the cancellation: '
                        WHEN 'all.clear.recorded' THEN 'all-clear: ' ELSE 'delivery: ' END || CASE state
                        WHEN 'sent' THEN 'taken'
                        WHEN 'deferred' THEN 'failed for now'
                        WHEN 'failed' THEN 'failed for good'
                        ELSE state END
                END AS what,
                detail
            FROM journal
            WHERE customer IS NOT NULL AND kind IN ('dispatch.recorded', 'send', 'emit.dispatch', 'emit.resync',
                'delivery.recorded', 'cancellation.recorded', 'all.clear.recorded')
            UNION ALL
            SELECT customer, at, 1, modification, incident, NULL, modification, 'dispatcher',
                'acknowledgement recorded, ' || iif(late, 'late', 'in time') || iif(opted_out, ', opting out', ''), 'by ' || by
            FROM acknowledgements
            UNION ALL
            SELECT customer, at, 2, sequence, incident, method, modification, 'client',
                CASE kind
                    WHEN 'connected' THEN iif(session > 1, 'connects again, session ' || session, 'connects')
                    WHEN 'joined' THEN 'has joined'
                    WHEN 'disconnected' THEN 'is disconnected'
                    WHEN 'received' THEN 'has the dispatch'
                    WHEN 'acknowledged' THEN 'acknowledges'
                    WHEN 'confirmed' THEN 'sees its acknowledgement confirmed'
                    WHEN 'refused' THEN 'is told that its acknowledgement was refused'
                    WHEN 'told' THEN 'is told of a change'
                    ELSE kind
                END, detail
            FROM observations
        )
        SELECT steps.customer, customers.name,
            strftime('%Y-%m-%d %H:%M:%f', steps.at / 1000000.0, 'unixepoch') AS time, coalesce(s.name, i.id) AS incident,
            steps.modification, nullif(steps.method, '') AS channel, steps.witness, steps.what, steps.detail
        FROM steps
        LEFT JOIN customers ON customers.id = steps.customer
        LEFT JOIN incidents i ON i.number = steps.incident
        LEFT JOIN script s ON s.incident = steps.incident AND s.kind = 'incident'
        ORDER BY steps.at, steps.place, steps.sequence;
        """
}
