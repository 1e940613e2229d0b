internal import Base
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import Journal
internal import SocketIO
internal import TestSupport

/// A customer on a bad network: acknowledges what comes in after a while, loses the connection now and then, with or without a
/// goodbye, and comes back.
///
/// `@unchecked`: everything but `init` happens on the fleet's event loop.
final class SoakHome: @unchecked Sendable {
    private static let meanSessionMilliseconds = 60_000
    private static let longestThinkingMilliseconds = 4_000

    private struct Open {
        let incident: UniqueID
        let method: DispatchMethod?
        let modification: Int
        var isSent = false
    }

    private let customer: Customer.ID
    weak var fleet: SoakFleet?
    private var session = 0
    /// What came in and is not confirmed, by the dispatch's id.
    private var open: [String: Open] = [:]

    init(_ customer: Customer.ID) { self.customer = customer }

    /// How many dispatches came in that there is no confirmation for.
    var openCount: Int { open.count }

    func react(to event: FleetClient.Event, _ client: FleetClient) {
        switch event {
        case .connected:
            session += 1
            observe(.connected)
            client.later(within: 2 * Self.meanSessionMilliseconds, leave)
        case .joined:
            observe(.joined)
            fleet?.counts.joined += 1
            // What the lost connection left unconfirmed. What is still open comes again by itself, what is over does not.
            for id in open.keys.sorted() { acknowledgeLater(id, client) }
        case .received(let event):
            received(event, client)
        case .lost(let wasConnected):
            if wasConnected { observe(.disconnected) }
            for id in open.keys { open[id]?.isSent = false }
        }
    }

    private func received(_ event: SocketIOEvent, _ client: FleetClient) {
        guard let body = event.arguments.first, let id = body["_id"]?.stringValue else { return }
        switch event.name {
        // Until the server has taken the handshake the session observes, and hears of the others' dispatches, too.
        case "new-dispatch" where body["customerId"]?.integerValue == Int64(customer):
            guard let incident = body["incidentId"]?.stringValue.flatMap(UniqueID.init),
                let message = body["message"]?.stringValue
            else { return }
            let dispatch = Open(
                incident: incident,
                method: body["dispatchMeans"]?.stringValue.flatMap(DispatchMethod.init(name:)),
                modification: Int(body["modificationNumber"]?.integerValue ?? 0)
            )
            open[id] = dispatch
            fleet?.counts.received += 1
            observe(.received, of: dispatch, digest: contentDigest(of: message))
            acknowledgeLater(id, client)
        case "acknowledge-update":
            guard let dispatch = open[id], dispatch.isSent, let success = body["success"]?.boolValue else { return }
            open[id] = nil
            fleet?.counts.confirmed += success ? 1 : 0
            observe(success ? .confirmed : .refused, of: dispatch)
        default:
            break
        }
    }

    /// The network fails, or somebody switches the machine off.
    private func leave(_ client: FleetClient) {
        fleet?.counts.drops += 1
        if Bool.random(using: &client.generator) { client.leave() } else { client.drop() }
    }

    private func acknowledgeLater(_ id: String, _ client: FleetClient) {
        client.later(within: Self.longestThinkingMilliseconds) { [self] client in
            guard client.isConnected, let dispatch = open[id], !dispatch.isSent else { return }
            open[id]?.isSent = true
            observe(.acknowledged, of: dispatch)
            client.acknowledge(.string(id), by: "home \(customer)")
        }
    }

    func observe(_ kind: Observation.Kind) { observe(kind, of: nil) }

    private func observe(_ kind: Observation.Kind, of dispatch: Open?, digest: Int64? = nil) {
        guard let fleet else { return }
        var observation = Observation(at: fleet.clock.now(), kind, customer: customer, session: session)
        observation.method = dispatch.map(\.method)
        observation.modification = dispatch?.modification
        observation.digest = digest
        fleet.observed(observation, incident: dispatch?.incident)
    }
}
