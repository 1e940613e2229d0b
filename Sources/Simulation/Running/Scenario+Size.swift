internal import Base
internal import DemandResponse
public import Scenarios

extension Scenario {
    /// How much work a run of it is, a heartbeat being 1: to share scenarios out and to say how far a suite has come. It is read off
    /// the script; what a run really took stands in its record.
    public var size: Int {
        Self.sizeOfStart + Self.sizeOfMessage * messages + heartbeats
    }

    private static let sizeOfStart = 1_000
    private static let sizeOfMessage = 3

    /// What all entries of the timeline have to say, by each method of each customer.
    private var messages: Int {
        var methods: [Program.ID: [String?: Int]] = [:]
        for customer in roster.customers {
            methods[customer.program, default: [:]][customer.group, default: 0] += max(1, customer.methods.count)
        }
        var called: [String: Int] = [:]
        return timeline.reduce(into: 0) { sum, entry in
            let incident: String
            switch entry.action {
            case .incident(let scripted):
                incident = scripted.id
                let own = (methods[scripted.program] ?? [:]).filter { group, _ in
                    scripted.groups.isEmpty || group.map(scripted.groups.contains) ?? false
                }
                called[incident] = own.values.reduce(0, +)
            case .modify(let modification): incident = modification.incident
            case .cancel(let name), .recall(let name): incident = name
            }
            sum += called[incident] ?? 0
        }
    }

    /// As if every customer with a session held it to the end.
    private var heartbeats: Int {
        let sessions = roster.customers.count { $0.methods.contains(.websocket) }
        return sessions * Int(lasts.microseconds / max(server.pingInterval.microseconds, 1))
    }
}
