import Journal
import Base
import DemandResponse
import Journal
import TestSupport

/// What the rules decide about incidents, as rows of a journal.
///
/// Customer 1 has email and Socket.IO, customer 2 Socket.IO alone.
struct DecidedRows {
    static let start = Timestamp(microseconds: 1_717_455_600_000_000)

    private var rules: Dispatcher
    private var encoder = JournalEncoder()

    /// - Parameter message: the program's template; `nil`: the standard one.
    init(message: String? = nil) {
        rules = Dispatcher(roster: .sites([[.email, .websocket], [.websocket]], message: message))
    }

    /// The rows of an incident's opening; incidents are numbered in the order of the calls.
    mutating func open(_ name: String, at span: Span = .zero) -> [JournalRow] {
        let id = IncidentRequest.id(idempotencyKey: name)
        let period = Incident.Period(start: Self.start + .hours(1), end: Self.start + .hours(2))
        let request = IncidentRequest(id: id, correlation: id, program: 1, eventType: "emergency", period: period)
        return handle(.incidentRequested(request, nil), at: span)
    }

    /// The rows of a session's coming: rooms, and what is told again.
    mutating func join(_ customer: Customer.ID, at span: Span = .zero) -> [JournalRow] {
        let session = SessionID(Int64(customer))
        return handle(.sessionConnected(session), at: span)
            + handle(.sessionJoined(session, customer, RequestID(Int64(customer))), at: span)
    }

    private mutating func handle(_ input: Input, at span: Span) -> [JournalRow] {
        let now = Self.start + span
        return rules.handle(input, at: now).map { encoder.row(for: $0, at: now, cause: 1) }
    }
}
