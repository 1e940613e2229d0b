internal import Base
internal import DemandResponse
internal import DispatchStore
internal import NIOConcurrencyHelpers
internal import SocketIO

/// Those who have just connected, and those of whom the rules have to be told anew. On the thread that carries effects out.
extension RealTimeGateway {
    /// When `timeReached` is to be called, by the clock's `uptime`.
    var nextDeadline: Timestamp? { fresh.nextDeadline }

    /// Whoever still observes after a moment is an observer, and gets what it missed.
    func timeReached(_ now: Timestamp) {
        for due in fresh.takeDue(at: now, isJoining: hasSaidWhoseItIs) {
            guard let session = members[due.session]?.session else { continue }
            guard let missed = due.missed else {
                // It comes back, and reads over REST what it wants to know.
                metrics.exceeded(.missedNews)
                session.run { $0.close(.serverShuttingDown) }
                continue
            }
            observers.append(session)
            for packet in missed { put(packet, to: [session], nil) }
        }
        flush()
    }

    private func hasSaidWhoseItIs(_ id: SessionID) -> Bool {
        registry.withLockedValue { ($0.connected[id] ?? nil) != nil }
    }

    /// What tells rules that know no session of those that are there, and of whose they are.
    func introductions() -> [Input] {
        let connected = registry.withLockedValue { $0.connected }
        var inputs: [Input] = []
        for id in connected.keys.sorted() {
            guard let session = registered(id) else { continue }
            let asked: Customer.ID? = connected[id] ?? nil
            let customer = members[id]?.room ?? asked
            // A customer's session is in no room before it says whose it is.
            guard customer != nil || role(of: session).customer == nil else { continue }
            inputs.append(.sessionConnected(id))
            if let customer { inputs.append(.sessionJoined(id, customer, nil)) }
        }
        return inputs
    }
}
