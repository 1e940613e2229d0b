internal import DemandResponse
internal import Scenarios

/// What stands in for the mail and telephone networks: decides what becomes of a message, and when. Each message has random
/// numbers of its own, so that its fate does not depend on what else is sent.
struct SimulatedCarrier: Sendable {
    let carrier: Carrier
    let seed: UInt64

    struct Fate {
        /// Known at once, if the carrier takes the message.
        var atOnce: DeliveryReport.Outcome?
        var later: DeliveryReport.Outcome
        var delay: Span
    }

    /// - Parameter name: the scenario's, of the incident.
    func fate(of outgoing: Outgoing, name: String) -> Fate {
        let key = outgoing.dispatch.key
        let consumer =
            "carrier/\(outgoing.method.name)/\(name)/\(key.customer)"
            + "/\(outgoing.dispatch.modification)/\(outgoing.kind.rawValue)/\(outgoing.attempt)"
        var stream = RandomStream(seed: seed, consumer)
        let delay = carrier.delay.sample(&stream)
        guard stream.happens(partsPerMillion: carrier.fails.partsPerMillion) else {
            return Fate(atOnce: .sent, later: .delivered, delay: delay)
        }
        let reason = "the simulated \(outgoing.method.name) carrier failed"
        switch carrier.failureKind {
        case .temporary: return Fate(later: .failedForNow(reason: reason), delay: delay)
        case .permanent: return Fate(later: .failedForGood(reason: reason), delay: delay)
        }
    }
}
