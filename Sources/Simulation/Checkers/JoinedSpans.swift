internal import Base
import DemandResponse
import DispatchStore

/// From when to when each client was joined, as it saw that itself.
struct JoinedSpans {
    private var past: [Customer.ID: [Range<Timestamp>]] = [:]
    private var joinedAt: [Customer.ID: Timestamp] = [:]

    mutating func see(_ seen: Observation) {
        switch seen.kind {
        case .joined: joinedAt[seen.customer] = seen.at
        case .disconnected:
            guard let start = joinedAt.removeValue(forKey: seen.customer), start < seen.at else { return }
            past[seen.customer, default: []].append(start..<seen.at)
        case .connected, .received, .acknowledged, .confirmed, .refused, .told: break
        }
    }

    /// Those who are still joined stay so until the end.
    func spans(endingAt end: Timestamp) -> [Customer.ID: [Range<Timestamp>]] {
        var spans = past
        for (customer, start) in joinedAt where start < end { spans[customer, default: []].append(start..<end) }
        return spans
    }
}
