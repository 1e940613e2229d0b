import TestSupport

/// What the dispatcher decided in a run, in words that hold in both worlds: no times, and no counts of attempts.
enum Decisions {
    static func read(_ path: String) throws -> [String] { try RecordRows.read(queries, from: path) }

    private static let queries = [
        // Who has which record, by which method, in which words, and what became of it.
        """
        SELECT 'dispatch', s.name, d.customer, d.method, d.position, d.id, d.modification, d.program, d.program_name,
            d.customer_name, replace(replace(d.message, i.start_time, '{start}'),
                coalesce(i.end_time, 'further notice'), '{end}'), d.more_info, d.state, d.failure,
            d.cancellation_state, d.acknowledged_at IS NOT NULL, d.acknowledged_by, d.opted_out, d.late
        FROM dispatches d JOIN incidents i ON i.number = d.incident
        JOIN script s ON s.incident = d.incident AND s.kind = 'incident' ORDER BY 2, 3, 5
        """,
        // Who answered the present modification. Whether an older one was seen at all is a matter of who was faster.
        """
        SELECT 'answer', s.name, a.customer, a.modification, a.by, a.opted_out, a.late FROM acknowledgements a
        JOIN incidents i ON i.number = a.incident AND i.modification = a.modification
        JOIN script s ON s.incident = a.incident AND s.kind = 'incident' ORDER BY 2, 3
        """,
        "SELECT 'step', position, kind, name, incident, refusal IS NOT NULL FROM script ORDER BY position",
        "SELECT 'refused', kind, detail FROM journal WHERE kind IN ('refused', 'answer.refused') ORDER BY sequence",
    ]
}
