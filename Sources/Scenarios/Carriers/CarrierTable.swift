public import DemandResponse

/// How a scenario's carriers treat each message, all exceptions considered.
public struct CarrierTable: Sendable {
    private let carriers: [DispatchMethod: Carrier]
    /// The positions of the exceptions for each customer, in order.
    private var exceptions: [DispatchMethod: [Customer.ID: [Int]]] = [:]

    public init(_ scenario: Scenario) {
        carriers = scenario.carriers
        let index = CustomerIndex(scenario.roster)
        for (method, carrier) in carriers where !carrier.exceptions.isEmpty {
            var positions: [Customer.ID: [Int]] = [:]
            for (position, exception) in carrier.exceptions.enumerated() {
                index.forEach(exception.of) { customer in
                    positions[scenario.roster.customers[customer].id, default: []].append(position)
                }
            }
            exceptions[method] = positions
        }
    }

    /// The later exception wins. A method of which the scenario says nothing delivers at once and never fails.
    /// - Parameter incident: the script's name of it.
    public func carrier(
        _ method: DispatchMethod,
        for customer: Customer.ID,
        incident: String,
        modification: Int,
        notice: CarrierException.Notice,
        attempt: Int
    ) -> Carrier {
        guard let carrier = carriers[method] else { return Carrier() }
        let position = exceptions[method]?[customer]?.last { position in
            let exception = carrier.exceptions[position]
            return (exception.incident ?? incident) == incident
                && (exception.modification ?? modification) == modification
                && (exception.notice ?? notice) == notice && (exception.attempt ?? attempt) == attempt
        }
        return position.map { carrier.exceptions[$0].carrier } ?? carrier
    }
}
