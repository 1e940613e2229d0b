extension Schema {
    /// Who brought each input about, and what tells of a row that was changed or taken away.
    static let actors = """
        -- Of an input: a token with its name and an address, `anonymous` with an address, or a command; NULL: nobody but the server.
        ALTER TABLE journal ADD COLUMN actor TEXT;
        -- In a server's database: SHA-256 of this row and of the chain of the row before.
        ALTER TABLE journal ADD COLUMN chain BLOB;

        -- Where the chain begins: one row, once a server has written here.
        CREATE TABLE journal_chain (first_sequence INTEGER PRIMARY KEY) STRICT;

        DROP VIEW IF EXISTS audit;

        -- Inputs and effects, each with the correlation id of the request that led to it and with whoever brought it about.
        CREATE VIEW audit AS
        SELECT j.sequence, strftime('%Y-%m-%dT%H:%M:%f', j.at / 1000000.0, 'unixepoch') || 'Z' AS time,
            CASE WHEN j.cause IS NULL THEN 'input' ELSE 'effect' END AS direction, j.kind,
            coalesce(j.correlation, c.correlation, i.correlation) AS correlation,
            j.cause, j.session, j.incident, j.customer, j.method, j.modification, j.attempt, j.state, j.detail,
            coalesce(j.actor, c.actor) AS actor
        FROM journal j
        LEFT JOIN journal c ON c.sequence = j.cause
        LEFT JOIN incidents i ON i.number = j.incident;
        """
}
