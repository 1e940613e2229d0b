internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Measures

/// The reasons why something did not come about, the commonest first, each with those whom it met.
struct WhyAnswer {
    private struct Reason {
        var incident: String
        var text: String
        var customers: [Customer.ID] = []
        var count: Int
    }

    private static let mostReasons = 20
    private static let mostCustomers = 8

    private let total: Int
    private let title: String
    private let reasons: [Reason]

    init(_ matter: Inquiry.Matter, _ record: InquiredRecord, _ database: RunRecord) throws {
        switch matter {
        case .undelivered:
            let told = try database.readFailures()
            reasons = Self.gathered(record) { own in
                own.filter { $0.reachedAt == nil }.map { ($0.key, Self.undelivered($0, told[$0.key])) }
            }
            title = "of \(Units.plural(record.history.records.count, "dispatch record")) never delivered"
        case .unacknowledged:
            reasons = Self.gathered(record) { own in
                guard let first = own.first, first.acknowledgedAt == nil else { return [] }
                return [(first.key, Self.unanswered(History.standing(of: own)))]
            }
            title = "without an answer, each customer counted once for every incident"
        case .late:
            reasons = Self.gathered(record) { own in
                guard let first = own.first, first.acknowledgedAt != nil, first.isLate else { return [] }
                let within = record.program(first.program)?.acknowledgeWithin
                let deadline = within.map { "the \(Units.text($0)) that the program gives" } ?? "the incident's end"
                return [(first.key, "answered after \(deadline)")]
            }
            title = "answered late, each customer counted once for every incident"
        case .refused:
            let clock = record.clock(of: nil)
            reasons = try database.readRefusalReasons(limit: Self.mostReasons).map { reason in
                let when = clock.text(reason.firstAt) + (reason.count > 1 ? " – \(clock.text(reason.lastAt))" : "")
                return Reason(incident: when, text: reason.reason, count: reason.count)
            }
            title = "refused, of requests and answers"
        }
        total = reasons.reduce(0) { $0 + $1.count }
    }

    func lines(_ style: TerminalStyle) -> [String] {
        var lines = style.hanging("\(total == 0 ? "none" : Units.count(total)) \(title)", first: "", indent: 0, .bold)
        let width = reasons.map { Units.count($0.count).columns }.max() ?? 1
        for reason in reasons.prefix(Self.mostReasons) {
            let first = "  \(Units.count(reason.count).aligned(right: width))  "
            lines += style.hanging("\(reason.incident): \(reason.text)", first: first, indent: first.columns)
            guard !reason.customers.isEmpty else { continue }
            let margin = String(repeating: " ", count: first.columns)
            lines += style.hanging(Self.list(reason.customers), first: margin, indent: first.columns, .dim)
        }
        let hidden = reasons.count - Self.mostReasons
        if hidden > 0 { lines.append("  \(style.ellipsis) and \(Units.plural(hidden, "reason")) more") }
        return lines
    }

    private static func list(_ customers: [Customer.ID]) -> String {
        let shown = customers.prefix(mostCustomers).map(String.init).joined(separator: ", ")
        let hidden = customers.count - mostCustomers
        return (customers.count == 1 ? "customer " : "customers ") + shown
            + (hidden > 0 ? " and \(Units.count(hidden)) more" : "")
    }

    /// What `found` says of each customer's records in each incident, alike ones together.
    private static func gathered(
        _ record: InquiredRecord,
        _ found: (ArraySlice<History.Record>) -> [(DispatchKey, String)]
    ) -> [Reason] {
        var places: [String: Int] = [:]
        var reasons: [Reason] = []
        record.history.forEachParticipation { own in
            for (key, text) in found(own) {
                let identity = "\(key.incident) \(text)"
                let place = places[identity] ?? reasons.count
                if place == reasons.count {
                    places[identity] = place
                    reasons.append(Reason(incident: record.name(of: key.incident), text: text, count: 0))
                }
                reasons[place].count += 1
                if reasons[place].customers.last != key.customer { reasons[place].customers.append(key.customer) }
            }
        }
        // The order of the record among equals.
        return reasons.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(
            \.element
        )
    }

    private static func undelivered(_ record: History.Record, _ failure: String?) -> String {
        guard let method = record.key.method else { return "the customer has no channel" }
        let isWebSocket = method == .websocket
        let reason =
            switch record.state {
            case .unreachable: "the customer has no address for it"
            case .failed: "failed for good" + (failure.map { ", \($0)" } ?? "")
            case .deferred: "failed for now" + (failure.map { ", \($0)" } ?? "")
            case .withdrawn: "withdrawn, since the customer had answered or the incident was over"
            case .pending: isWebSocket ? "no client of the customer was connected" : "not handed to the carrier"
            case .sending, .sent:
                isWebSocket
                    ? "sent, but the client never had it: it went away, or the link lost it"
                    : "handed to the carrier, which never reported a delivery"
            case .delivered: "delivered, but the client never said that it had it"
            }
        return "by \(method.name): \(reason)"
    }

    private static func unanswered(_ standing: Standing) -> String {
        switch standing {
        case .pending: "not reached by any channel"
        case .unreachable: "unreachable: every channel failed for good, or there is none"
        case .silent: "reached, and never answered"
        case .acknowledged, .declined, .withdrawn: standing.words
        }
    }
}
