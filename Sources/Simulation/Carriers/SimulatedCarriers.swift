internal import Base
internal import DemandResponse
internal import Scenarios

/// What stands in for the mail and telephone networks: decides what becomes of a message, and when. Each message has random
/// numbers of its own, so that its fate does not depend on what else is sent.
struct SimulatedCarriers: Sendable {
    private let table: CarrierTable
    private let seed: UInt64

    struct Fate {
        /// Told at once, if the carrier takes the message and says so.
        var atOnce: DeliveryReport.Outcome?
        /// Told after the delay, if anything is.
        var later: DeliveryReport.Outcome?
        var arrives: Bool
        var delay: Span
    }

    init(_ scenario: Scenario) {
        table = CarrierTable(scenario)
        seed = scenario.seed
    }

    /// - Parameter name: the scenario's, of the incident.
    func fate(of outgoing: Outgoing, name: String) -> Fate {
        let key = outgoing.dispatch.key
        let consumer =
            "carrier/\(outgoing.method.name)/\(name)/\(key.customer)"
            + "/\(outgoing.dispatch.modification)/\(outgoing.kind.rawValue)/\(outgoing.attempt)"
        let carrier = table.carrier(
            outgoing.method,
            for: key.customer,
            incident: name,
            modification: outgoing.dispatch.modification,
            notice: CarrierException.Notice(outgoing.kind),
            attempt: outgoing.attempt
        )
        var stream = RandomStream(seed: seed, consumer)
        let delay = carrier.delay.sample(&stream)
        guard stream.happens(partsPerMillion: carrier.fails.partsPerMillion) else {
            switch carrier.reports {
            case .delivery: return Fate(atOnce: .sent, later: .delivered, arrives: true, delay: delay)
            case .acceptance: return Fate(atOnce: .sent, arrives: true, delay: delay)
            case .nothing: return Fate(arrives: true, delay: delay)
            }
        }
        let reason = carrier.reason ?? Self.reason(outgoing.method)
        switch carrier.failureKind {
        case .temporary: return Fate(later: .failedForNow(reason: reason), arrives: false, delay: delay)
        case .unknown: return Fate(later: .unknown(reason: reason), arrives: true, delay: delay)
        case .permanent: return Fate(later: .failedForGood(reason: reason), arrives: false, delay: delay)
        }
    }

    /// The words for a failure of which the scenario says nothing.
    static func reason(_ method: DispatchMethod) -> String { "the simulated \(method.name) carrier failed" }
}
