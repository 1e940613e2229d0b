import DemandResponse
import DispatchStore

/// Invariant 3, at least once: a client whose session was joined from the commit on, long enough, received the dispatch, unless
/// it had been answered, cancelled or over before.
struct DeliveryChecker: Checker {
    /// How long a session has to last for its client to have every dispatch: well beyond the delays of any link.
    static let longEnough = Span.seconds(60)

    var findings = Findings(number: 3, name: "at least once")
    private var joined: [Customer.ID: [Range<Timestamp>]] = [:]
    private var openSince: [Customer.ID: Timestamp] = [:]
    private var cancelled: Set<Incident.Number> = []

    mutating func see(_ fact: JournalFact) {
        if fact.kind == .incidentRecorded, fact.isCancellation { cancelled.insert(fact.incident) }
    }

    mutating func see(_ fact: ObservationFact) {
        switch fact.kind {
        case .joined: openSince[fact.customer] = fact.at
        case .disconnected:
            if let since = openSince.removeValue(forKey: fact.customer), since < fact.at {
                joined[fact.customer, default: []].append(since..<fact.at)
            }
        default: break
        }
    }

    mutating func conclude(_ evidence: Evidence) {
        for (customer, since) in openSince where since < evidence.endsAt {
            joined[customer, default: []].append(since..<evidence.endsAt)
        }
        for record in evidence.history.records where record.key.method == .websocket {
            guard !cancelled.contains(record.key.incident) else { continue }
            let wasThere = (joined[record.key.customer] ?? []).contains { session in
                let from = max(session.lowerBound, record.announcedAt)
                let until = min(session.upperBound, record.acknowledgedAt ?? session.upperBound)
                return record.state != .withdrawn && from + Self.longEnough <= until
            }
            guard wasThere else { continue }
            findings.examine(
                record.receivedAt != nil,
                at: record.announcedAt,
                "the client of customer \(record.key.customer) was there and never received the \(record.key.words)"
            )
        }
    }
}
