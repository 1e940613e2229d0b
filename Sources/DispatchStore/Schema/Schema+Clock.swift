extension Schema {
    /// Records whose clock goes faster than the machine's.
    static let version4 = """
        -- How many times as fast as the machine's clock that of this record goes: every instant in it but the wall clock's. Runs of
        -- older versions kept the machine's time at any speed.
        ALTER TABLE run ADD COLUMN clock_speed REAL NOT NULL DEFAULT 1;

        -- Keys of the scenario that the run's world does not play, with blanks between them, as 'link' of a live run.
        ALTER TABLE run ADD COLUMN unplayed TEXT NOT NULL DEFAULT '';
        """

    /// The view as it was, but that what is the software's is no longer multiplied by the clock's speed. What `History` computes of a
    /// record's latencies is the same.
    static let version4Views = """
        DROP VIEW latencies;

        -- For each dispatch record, in milliseconds: from its commit to the client's (or the carrier's) having it, to the
        -- acknowledgement, and from the client's acknowledging to its seeing the update. The software's time is the machine's: the
        -- confirmation, and the way over websocket from the commit, or from the client's coming where that was later. All else,
        -- so a carrier's delay and the time until somebody answers, is the time of the run's own clock.
        CREATE VIEW latencies AS
        WITH clock AS (
            SELECT 1 / coalesce((SELECT clock_speed FROM run), 1) AS share
        ),
        seen AS (
            SELECT incident, customer, method, modification,
                min(CASE WHEN kind = 'received' THEN at END) AS received_at,
                min(CASE WHEN kind = 'received' THEN session END) AS session,
                min(CASE WHEN kind = 'acknowledged' THEN at END) AS answered_at,
                min(CASE WHEN kind = 'confirmed' THEN at END) AS confirmed_at
            FROM observations WHERE incident IS NOT NULL GROUP BY 1, 2, 3, 4
        ),
        came AS (
            SELECT customer, session, min(at) AS at FROM observations WHERE kind = 'connected' GROUP BY 1, 2
        ),
        known AS (
            SELECT d.*, seen.answered_at, seen.confirmed_at,
                CASE d.method WHEN 'websocket' THEN seen.received_at ELSE d.delivered_at END AS reached_at,
                CASE d.method WHEN 'websocket' THEN
                    max(0, seen.received_at - max(d.announced_at, coalesce(came.at, d.announced_at))) ELSE 0 END AS way
            FROM dispatches d
            LEFT JOIN seen ON seen.incident = d.incident AND seen.customer = d.customer AND seen.method = d.method
                AND seen.modification = d.modification
            LEFT JOIN came ON came.customer = seen.customer AND came.session = seen.session
        ),
        -- What the software had to do before the person began to think, and after the person had answered.
        answered AS (
            SELECT incident, customer,
                CASE WHEN min(CASE method WHEN 'websocket' THEN reached_at END)
                    > min(CASE method WHEN 'websocket' THEN NULL ELSE reached_at END)
                    THEN 0 ELSE coalesce(max(way), 0) END
                + coalesce(max(0, max(acknowledged_at) - min(answered_at)), 0) AS way
            FROM known GROUP BY 1, 2
        )
        SELECT coalesce(s.name, i.id) AS incident, d.program, d.customer, d.method AS channel, d.state,
            round((d.reached_at - d.announced_at - d.way * (1 - share)) / 1000.0, 3) AS delivery_ms,
            round(CASE share WHEN 1 THEN d.acknowledged_at - d.announced_at
                ELSE max(0, d.acknowledged_at - d.announced_at - answered.way * (1 - share)) END / 1000.0, 3)
                AS acknowledgement_ms,
            round((d.confirmed_at - d.answered_at) * share / 1000.0, 3) AS confirmation_ms
        FROM known d
        JOIN clock
        JOIN answered ON answered.incident = d.incident AND answered.customer = d.customer
        JOIN incidents i ON i.number = d.incident
        LEFT JOIN script s ON s.incident = d.incident AND s.kind = 'incident';
        """
}
