extension Schema {
    /// Instants are microseconds since 1970-01-01T00:00:00Z. In a virtual run they are the virtual clock's; the wall clock's
    /// values stand in `run` only, so that every other table of two equal virtual runs is equal.
    static let version1 = """
        -- The run that made this record; a server's database has no row here.
        CREATE TABLE run (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            name TEXT NOT NULL,
            description TEXT NOT NULL,
            path TEXT NOT NULL,              -- of the scenario file, as it was given
            scenario TEXT NOT NULL,          -- its whole text
            scenario_sha256 TEXT NOT NULL,
            seed INTEGER NOT NULL,           -- the 64 bits of an unsigned number
            world TEXT NOT NULL,             -- 'virtual' or 'live'
            speed REAL NOT NULL,
            version TEXT NOT NULL,           -- of GridDrill
            repeat_command TEXT NOT NULL,
            starts_at INTEGER NOT NULL,      -- on the run's own clock
            ends_at INTEGER NOT NULL,
            wall_started_at INTEGER NOT NULL,
            wall_finished_at INTEGER,        -- NULL: the run was broken off
            wall_microseconds INTEGER,
            verdict TEXT                     -- 'passed', 'failed', 'violated'; NULL: broken off
        ) STRICT;

        CREATE TABLE programs (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            time_zone TEXT NOT NULL,
            acknowledge_within INTEGER,      -- microseconds
            message TEXT                     -- a template; NULL: the standard message
        ) STRICT;

        CREATE TABLE customers (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            address TEXT NOT NULL,
            phone TEXT NOT NULL,
            email TEXT NOT NULL,
            program INTEGER NOT NULL,
            dispatch_types TEXT NOT NULL     -- a JSON array: 1 email, 2 text, 3 websocket, 4 voice, 5 webhook
        ) STRICT;

        CREATE TABLE incidents (
            number INTEGER PRIMARY KEY,      -- what other tables call 'incident'
            id TEXT NOT NULL UNIQUE,         -- a UUID
            correlation TEXT NOT NULL,
            program INTEGER NOT NULL,
            event_type TEXT NOT NULL,
            start_time TEXT NOT NULL,        -- as it was sent
            end_time TEXT,
            starts_at INTEGER NOT NULL,
            ends_at INTEGER,                 -- NULL: open
            test INTEGER NOT NULL,
            modification INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            announced_at INTEGER NOT NULL,   -- when the present modification was committed
            cancelled_at INTEGER
        ) STRICT;

        -- One row for each incident, customer and method; method '' is the record of a customer without any.
        CREATE TABLE dispatches (
            incident INTEGER NOT NULL,
            customer INTEGER NOT NULL,
            method TEXT NOT NULL,            -- 'email', 'text', 'websocket', 'voice', 'webhook' or ''
            position INTEGER NOT NULL,       -- of the method in the customer's order, from 0
            id TEXT NOT NULL,                -- a UUID (version 5) of the three above
            modification INTEGER NOT NULL,   -- the incident's, as this row was last sent
            program INTEGER NOT NULL,
            program_name TEXT NOT NULL,
            customer_name TEXT NOT NULL,
            message TEXT NOT NULL,
            more_info TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            announced_at INTEGER NOT NULL,   -- when this modification of it was committed
            state TEXT NOT NULL,             -- pending, sending, sent, delivered, deferred, failed, withdrawn, unreachable
            attempts INTEGER NOT NULL,
            sent_at INTEGER,
            delivered_at INTEGER,            -- by the carrier's report
            failure TEXT,
            cancellation_state TEXT,         -- how the news of a cancellation gets through to a carrier
            cancellation_attempts INTEGER,
            acknowledged_at INTEGER,         -- of this modification
            acknowledged_by TEXT,
            acknowledged_stated TEXT,        -- the client's word for the time
            opted_out INTEGER,
            late INTEGER,
            PRIMARY KEY (incident, customer, method)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX dispatches_by_customer ON dispatches (customer, incident);

        -- Every acknowledgement that counted: the first for each customer, incident and modification.
        CREATE TABLE acknowledgements (
            incident INTEGER NOT NULL,
            customer INTEGER NOT NULL,
            modification INTEGER NOT NULL,
            at INTEGER NOT NULL,
            by TEXT NOT NULL,
            stated_at TEXT,
            opted_out INTEGER NOT NULL,
            late INTEGER NOT NULL,
            PRIMARY KEY (incident, customer, modification)
        ) STRICT, WITHOUT ROWID;

        -- Append-only: every input (cause NULL) and, after it, every effect that it had (cause: the input's sequence).
        CREATE TABLE journal (
            sequence INTEGER PRIMARY KEY,
            cause INTEGER,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            correlation TEXT,                -- of an input that came with one
            request INTEGER,
            session INTEGER,
            incident INTEGER,
            customer INTEGER,
            method TEXT,
            modification INTEGER,
            attempt INTEGER,
            state TEXT,
            digest INTEGER,                  -- of a dispatch's content: FNV-1a, 64 bits, of its message
            detail TEXT                      -- what the columns do not hold, as JSON or plain words
        ) STRICT;

        -- What the clients of a run saw and did, in the order in which it happened.
        CREATE TABLE observations (
            sequence INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,              -- connected, joined, disconnected, received, acknowledged, confirmed, refused, told
            customer INTEGER NOT NULL,
            session INTEGER NOT NULL,        -- the client's own count of its connections, from 1
            incident INTEGER,
            method TEXT,
            modification INTEGER,
            digest INTEGER,
            detail TEXT
        ) STRICT;

        -- The scenario's timeline and when it was carried out.
        CREATE TABLE script (
            position INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,              -- incident, modify, cancel
            name TEXT NOT NULL,              -- the scenario's name for the incident
            due_at INTEGER NOT NULL,
            incident INTEGER,                -- NULL: it was refused
            committed_at INTEGER,
            refusal TEXT
        ) STRICT;

        CREATE TABLE expectations (
            position INTEGER PRIMARY KEY,
            line INTEGER NOT NULL,
            text TEXT NOT NULL,
            observed TEXT NOT NULL,
            held INTEGER NOT NULL,
            explanation TEXT
        ) STRICT;

        CREATE TABLE checks (
            number INTEGER PRIMARY KEY,      -- of the invariant
            name TEXT NOT NULL,
            examined INTEGER NOT NULL,       -- how many facts it looked at
            violations INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE violations (
            position INTEGER PRIMARY KEY,
            number INTEGER NOT NULL,         -- of the invariant
            at INTEGER,
            message TEXT NOT NULL
        ) STRICT;
        """

    /// Views for the questions that people ask most.
    static let version1Views = """
        -- Inputs and effects, each with the correlation id of the request that led to it.
        CREATE VIEW audit AS
        SELECT j.sequence, strftime('%Y-%m-%dT%H:%M:%f', j.at / 1000000.0, 'unixepoch') || 'Z' AS time,
            CASE WHEN j.cause IS NULL THEN 'input' ELSE 'effect' END AS direction, j.kind,
            coalesce(j.correlation, c.correlation, i.correlation) AS correlation,
            j.cause, j.session, j.incident, j.customer, j.method, j.modification, j.attempt, j.state, j.detail
        FROM journal j
        LEFT JOIN journal c ON c.sequence = j.cause
        LEFT JOIN incidents i ON i.number = j.incident;

        -- For each dispatch record: from its commit to the client's (or the carrier's) having it, to the acknowledgement, and
        -- from the client's acknowledging to its seeing the update; milliseconds.
        CREATE VIEW latencies AS
        WITH seen AS (
            SELECT incident, customer, method, modification,
                min(CASE WHEN kind = 'received' THEN at END) AS received_at,
                min(CASE WHEN kind = 'acknowledged' THEN at END) AS answered_at,
                min(CASE WHEN kind = 'confirmed' THEN at END) AS confirmed_at
            FROM observations WHERE incident IS NOT NULL GROUP BY 1, 2, 3, 4
        )
        SELECT coalesce(s.name, i.id) AS incident, d.program, d.customer, d.method AS channel, d.state,
            round((CASE d.method WHEN 'websocket' THEN seen.received_at ELSE d.delivered_at END
                - d.announced_at) / 1000.0, 3) AS delivery_ms,
            round((d.acknowledged_at - d.announced_at) / 1000.0, 3) AS acknowledgement_ms,
            round((seen.confirmed_at - seen.answered_at) / 1000.0, 3) AS confirmation_ms
        FROM dispatches d
        JOIN incidents i ON i.number = d.incident
        LEFT JOIN script s ON s.incident = d.incident AND s.kind = 'incident'
        LEFT JOIN seen ON seen.incident = d.incident AND seen.customer = d.customer AND seen.method = d.method
            AND seen.modification = d.modification;

        -- Who was dispatched and has not answered.
        CREATE VIEW unacknowledged AS
        SELECT DISTINCT d.incident, coalesce(s.name, i.id) AS name, d.program, d.customer, d.customer_name
        FROM dispatches d
        JOIN incidents i ON i.number = d.incident
        LEFT JOIN script s ON s.incident = d.incident AND s.kind = 'incident'
        WHERE d.acknowledged_at IS NULL;

        -- How deliveries stand, by program and channel.
        CREATE VIEW deliveries AS
        SELECT program, method AS channel, state, count(*) AS records, sum(attempts) AS attempts
        FROM dispatches GROUP BY 1, 2, 3;

        -- What failed or was refused, and why; 'emit.refused' tells a session what one of these two says already.
        CREATE VIEW failures AS
        SELECT incident, customer, method AS channel, failure AS reason FROM dispatches WHERE failure IS NOT NULL
        UNION ALL
        SELECT incident, customer, method, detail FROM journal WHERE kind IN ('refused', 'answer.refused');
        """
}
