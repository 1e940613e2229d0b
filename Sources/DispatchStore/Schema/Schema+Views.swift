extension Schema {
    /// One customer's whole story. A view holds nothing, so that an older version's is replaced by this one.
    static let story = """
        DROP VIEW IF EXISTS story;

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
                iif(first_at IS NULL, 'acknowledgement recorded, ', 'change of mind recorded, first answer ')
                || iif(late, 'late', 'in time') || iif(withdrawn, ', withdrawing', iif(opted_out, ', opting out', '')), 'by ' || by
            FROM acknowledgements
            UNION ALL
            SELECT a.customer, a.first_at, 1, a.modification, a.incident, NULL, a.modification, 'dispatcher',
                'acknowledgement recorded, ' || iif(a.late, 'late', 'in time'), NULL
            FROM acknowledgements a WHERE a.first_at IS NOT NULL
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

    /// The percentiles that the reports show.
    static let percentiles = """
        -- The percentiles of delivery and acknowledgement by incident and channel, in milliseconds, as the reports have them: the
        -- smallest value that so many of the samples do not exceed (nearest rank), where those that never ended count as later than
        -- any. NULL where fewer than one sample lies beyond it, or where it falls among those that never ended. An acknowledgement is
        -- the customer's, and counts under every channel that the customer has.
        CREATE VIEW percentiles AS
        WITH samples AS (
            SELECT incident, channel, 'delivery' AS latency, delivery_ms AS ms FROM latencies WHERE channel <> ''
            UNION ALL
            SELECT incident, channel, 'acknowledgement', acknowledgement_ms FROM latencies WHERE channel <> ''
        ),
        ranked AS (
            SELECT incident, channel, latency, ms,
                row_number() OVER (PARTITION BY incident, channel, latency ORDER BY ms IS NULL, ms) AS rank,
                count(*) OVER (PARTITION BY incident, channel, latency) AS samples
            FROM samples
        )
        SELECT incident, channel, latency, samples, sum(ms IS NULL) AS never,
            max(CASE WHEN samples >= 2 AND rank = (samples * 500 + 999) / 1000 THEN ms END) AS p50_ms,
            max(CASE WHEN samples >= 10 AND rank = (samples * 900 + 999) / 1000 THEN ms END) AS p90_ms,
            max(CASE WHEN samples >= 20 AND rank = (samples * 950 + 999) / 1000 THEN ms END) AS p95_ms,
            max(CASE WHEN samples >= 100 AND rank = (samples * 990 + 999) / 1000 THEN ms END) AS p99_ms
        FROM ranked GROUP BY incident, channel, latency, samples;
        """
}
