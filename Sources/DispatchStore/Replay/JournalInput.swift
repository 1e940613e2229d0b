public import Base
internal import DemandResponse

/// An input in words, for whoever wants to know what led to a decision.
public struct JournalInput: Sendable, Equatable {
    public var sequence: Int
    public var at: Timestamp
    public var words: String

    public init(sequence: Int, at: Timestamp, words: String) {
        self.sequence = sequence
        self.at = at
        self.words = words
    }
}

extension JournalInput {
    /// - Parameter customer: of a long list of reports, only those about this one are told.
    init(_ row: JournalRow, sequence: Int, about customer: Customer.ID?) throws(JournalDamage) {
        // What can be read as the newest format is told from any.
        let input = try row.input(format: JournalFormat.current)
        self.init(sequence: sequence, at: row.at, words: Self.words(input, about: customer))
    }

    private static func words(_ input: Input, about customer: Customer.ID?) -> String {
        switch input {
        case .started: "the server started"
        case .rosterReplaced(let roster, _):
            "roster replaced: \(count(roster.programs.count, "program")), \(count(roster.customers.count, "customer"))"
        case .incidentRequested(let request, _):
            "incident requested: program \(request.program), \(request.eventType), "
                + "\(request.period.startText) to \(request.period.endText ?? "an end to be told")"
        case .incidentChanged(let change, _):
            "incident changed:"
                + (change.startText.map { " start \($0)" } ?? "") + (change.endText.map { " end \($0)" } ?? "")
                + (change.eventType.map { " \($0)" } ?? "")
        case .incidentCancelled: "incident cancelled"
        case .sessionConnected(let session): "session \(session.number) connected"
        case .sessionJoined(let session, let customer, _): "session \(session.number) joined as customer \(customer)"
        case .sessionClosed(let session): "session \(session.number) closed"
        case .acknowledged(let request, let session, _):
            "session \(session.number) answered: \(request.optsOut ? "declines" : "accepts"), by \(request.by)"
                + (request.modification.map { ", modification \($0)" } ?? "")
        case .deliveriesReported(let reports):
            "delivery reports: "
                + reports.filter { customer == nil || $0.key.customer == customer }.prefix(3).map(words)
                .joined(separator: "; ")
        case .deadlineReached: "a deadline was reached"
        case .purged(let all, _): all ? "everything purged" : "dispatches and incidents purged"
        case .incidentsArchived(let numbers): "\(numbers.count) incidents archived"
        case .accessDenied(let denial): "access denied: \(denial.subject)"
        }
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    private static func words(_ report: DeliveryReport) -> String {
        let outcome =
            switch report.outcome {
            case .sent: "sent"
            case .delivered: "delivered"
            case .failedForNow(let reason): "failed for now (\(reason))"
            case .failedForGood(let reason): "failed for good (\(reason))"
            }
        return "\(report.key.method?.name ?? "none"), attempt \(report.attempt), \(outcome)"
    }
}
