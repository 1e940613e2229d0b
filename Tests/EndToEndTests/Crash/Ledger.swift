import NIOConcurrencyHelpers

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

    func connected(_ customer: Int) {
        box.withLockedValue { $0.open[customer] = [] }
    }

    func joined() {
        box.withLockedValue { $0.joined += 1 }
    }

    func received(_ dispatch: String, customer: Int, incident: String) {
        box.withLockedValue { entries in
            if entries.confirmed[dispatch] != nil {
                entries.anomalies.append("\(dispatch) came again to customer \(customer) after its acknowledgement")
            }
            entries.received[dispatch] = (customer, incident)
            entries.open[customer, default: []].insert(dispatch)
        }
    }

    func confirmed(_ dispatch: String, customer: Int, by name: String) {
        box.withLockedValue { entries in
            entries.open[customer]?.remove(dispatch)
            if let earlier = entries.confirmed[dispatch], earlier != name {
                entries.anomalies.append("\(dispatch) was acknowledged by \(earlier), and then by \(name)")
            }
            entries.confirmed[dispatch] = name
        }
    }

    func refused(_ dispatch: String, _ reason: String) {
        box.withLockedValue { $0.anomalies.append("the acknowledgement of \(dispatch) was refused: \(reason)") }
    }
}
