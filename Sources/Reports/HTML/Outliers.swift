internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Measures

/// The few customers who are worth a look of their own.
struct Outliers {
    struct Slow {
        var key: Trace.Key
        var latency: Span
    }

    struct Silent {
        var key: Trace.Key
        var standing: Standing
        /// In how many incidents this customer has not answered.
        var incidents: Int
    }

    static let most = 8

    /// The slowest first.
    private(set) var slowest: [Slow] = []
    /// Those who were silent most often first, each with the first incident in which they were.
    private(set) var silent: [Silent] = []

    init(_ history: History) {
        var unanswered: [Customer.ID: Silent] = [:]
        history.forEachParticipation { own in
            guard let record = own.first else { return }
            let key = record.key
            let trace = Trace.Key(incident: key.incident, customer: key.customer)
            if let latency = history.acknowledgementLatency(of: own) {
                add(Slow(key: trace, latency: latency))
            } else if unanswered[key.customer] == nil {
                unanswered[key.customer] = Silent(key: trace, standing: History.standing(of: own), incidents: 1)
            } else {
                unanswered[key.customer]?.incidents += 1
            }
        }
        silent = Array(
            unanswered.values.sorted { ($1.incidents, $0.key.customer) < ($0.incidents, $1.key.customer) }.prefix(
                Self.most
            )
        )
    }

    private mutating func add(_ slow: Slow) {
        guard slowest.count < Self.most || slow.latency > slowest[slowest.count - 1].latency else { return }
        let place = slowest.firstIndex { $0.latency < slow.latency } ?? slowest.count
        slowest.insert(slow, at: place)
        if slowest.count > Self.most { slowest.removeLast() }
    }
}
