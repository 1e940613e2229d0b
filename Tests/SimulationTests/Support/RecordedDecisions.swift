import TestSupport

/// What a dispatcher decided, without ids and times: who was dispatched, by what, in which words, what became of it, and what
/// was refused. Incidents go by their numbers, which are their order.
enum RecordedDecisions {
    static func read(_ path: String) throws -> [String] { try RecordRows.read(queries, from: path) }

    private static let queries = [
        """
        SELECT 'dispatch', incident, customer, method, position, modification, program, program_name, customer_name, message,
            more_info, state, failure, cancellation_state, acknowledged_by, opted_out, late
        FROM dispatches ORDER BY 2, 3, 5
        """,
        """
        SELECT 'answer', incident, customer, modification, by, opted_out, late FROM acknowledgements ORDER BY 2, 3, 4
        """,
        """
        SELECT 'told again', incident, customer, method, modification, count(*) FROM journal
        WHERE kind = 'emit.resync' GROUP BY 2, 3, 4, 5 ORDER BY 2, 3, 4, 5
        """,
        """
        SELECT 'refused', substr(detail, 1, instr(detail, ':')) FROM journal
        WHERE kind IN ('refused', 'answer.refused') ORDER BY sequence
        """,
    ]
}
