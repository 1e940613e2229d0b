import Base
import NIOConcurrencyHelpers
import SocketIO
import TestSupport

/// What the outside world was told across all crashes of a server: the committed incidents, the dispatches that came
/// in, the acknowledgements that were confirmed.
final class Ledger: Sendable {
    struct Entries {
        /// Ids of incidents whose requests were answered with 200.
        var incidents: [String] = []
        /// By the dispatch's id: whose it is, and of which incident.
        var received: [String: (customer: Int, incident: String)] = [:]
        /// By the dispatch's id: who acknowledged it, as the update says.
        var confirmed: [String: String] = [:]
        /// Handshakes answered with success.
        var joined = 0
        /// What must never be seen.
        var anomalies: [String] = []
        /// What came in over connections that still stand, and is not confirmed yet. A connection that is lost may take the
        /// confirmation with it: what the server does not hold as acknowledged comes again over the next one.
        var open: [Int: Set<String>] = [:]

        var openCount: Int { open.values.reduce(0) { $0 + $1.count } }

        var summary: String {
            "\(incidents.count) incidents, \(received.count) received, \(confirmed.count) confirmed, \(openCount) open"
        }
    }

    private let box = NIOLockedValueBox(Entries())

    var entries: Entries { box.withLockedValue { $0 } }

    func committed(incident: String) {
        box.withLockedValue { $0.incidents.append(incident) }
    }

    /// What a site is told. It acknowledges what is its own after a moment, each time by another name.
    func note(_ event: FleetClient.Event, _ client: FleetClient) {
        switch event {
        case .connected: box.withLockedValue { $0.open[client.customer] = [] }
        case .joined: box.withLockedValue { $0.joined += 1 }
        case .received(let event): received(event, client)
        case .lost: break
        }
    }

    private func received(_ event: SocketIOEvent, _ client: FleetClient) {
        guard let body = event.arguments.first, let id = body["_id"]?.stringValue else { return }
        let customer = client.customer
        switch event.name {
        // Until the server has taken the handshake the session observes, and hears of the others' dispatches, too.
        case "new-dispatch" where body["customerId"]?.integerValue == Int64(customer):
            received(id, customer: customer, incident: body["incidentId"]?.stringValue ?? "")
            // Over the connection that brought it, or not at all: the next one brings it again.
            client.later(within: 60) { client in
                client.acknowledge(.string(id), by: "customer \(customer), answer \(client.generator.next())")
            }
        case "acknowledge-update" where body["success"] == true:
            confirmed(id, customer: customer, by: body["ackBy"]?.stringValue ?? "")
        case "acknowledge-update" where body["success"] == false:
            let reason = body["reason"]?.stringValue ?? ""
            box.withLockedValue { $0.anomalies.append("the acknowledgement of \(id) was refused: \(reason)") }
        default:
            break
        }
    }

    private func received(_ dispatch: String, customer: Int, incident: String) {
        box.withLockedValue { entries in
            if entries.confirmed[dispatch] != nil {
                entries.anomalies.append("\(dispatch) came again to customer \(customer) after its acknowledgement")
            }
            entries.received[dispatch] = (customer, incident)
            entries.open[customer, default: []].insert(dispatch)
        }
    }

    /// Of what is not its own a site takes no notice.
    private func confirmed(_ dispatch: String, customer: Int, by name: String) {
        box.withLockedValue { entries in
            guard entries.received[dispatch]?.customer == customer else { return }
            entries.open[customer]?.remove(dispatch)
            if let earlier = entries.confirmed[dispatch], earlier != name {
                entries.anomalies.append("\(dispatch) was acknowledged by \(earlier), and then by \(name)")
            }
            entries.confirmed[dispatch] = name
        }
    }
}
