internal import Base
import DemandResponse
import DispatchStore
import Journal

/// Invariant 11, quiescence: at the end of the run nothing is pending or sending over Socket.IO for a client that is joined, and the
/// dispatcher keeps no session for clients that are gone.
///
/// Which sessions it keeps is what the journal says: those that came and did not leave, and since the last process began, for that
/// knows none of the one before. A customer's client has one connection at a time, so that more of its sessions are left over once
/// the server had the time to notice; likewise with sessions of nobody in particular, of which there may be as many as clients that
/// have not said whose they are. What is still at a carrier is under way, not left over. A run that ends while the server is away has
/// nothing to examine.
struct QuiescenceChecker: Checker {
    private struct Session {
        let customer: Customer.ID?
        let since: Timestamp
    }

    private struct Client {
        var isConnected = false
        /// `nil`: it has not said whose it is.
        var joinedAt: Timestamp?
        /// When it lost a connection last, and before that.
        var lostAt: Timestamp?
        var lostBefore: Timestamp?

        /// As it was when the run ended, which takes all clients' connections away.
        func before(_ end: Timestamp) -> Client {
            guard let lostAt, lostAt >= end else { return self }
            return Client(isConnected: true, joinedAt: joinedAt, lostAt: lostBefore)
        }
    }

    var findings = Findings(number: 11, name: "quiescence")
    private var sessions: [SessionID: Session] = [:]
    private var clients: [Customer.ID: Client] = [:]

    mutating func see(_ fact: JournalFact, _ known: KnownRecords) {
        switch fact.content {
        case .input(.started, _, _): sessions = [:]
        case .observed(let session): sessions[session] = Session(customer: nil, since: fact.at)
        case .entered(let session, let customer): sessions[session] = Session(customer: customer, since: fact.at)
        case .left(let session): sessions[session] = nil
        case .input, .leftOut, .incident, .dispatch, .delivery, .acknowledgement, .purge, .send, .emit, .resync,
            .refusal, .news,
            .other:
            break
        }
    }

    mutating func see(_ seen: Observation, _ known: KnownRecords) {
        switch seen.kind {
        case .connected:
            clients[seen.customer, default: Client()].isConnected = true
            clients[seen.customer]?.joinedAt = nil
        case .joined: clients[seen.customer]?.joinedAt = seen.at
        case .disconnected:
            guard let before = clients[seen.customer] else { return }
            clients[seen.customer]?.isConnected = false
            clients[seen.customer]?.lostAt = seen.at
            clients[seen.customer]?.lostBefore = before.lostAt
        case .received, .acknowledged, .confirmed, .refused, .told: break
        }
    }

    mutating func conclude(_ evidence: Evidence, _ known: KnownRecords) {
        guard let noticing = evidence.noticing else { return }
        clients = clients.mapValues { $0.before(evidence.endsAt) }
        concludeDeliveries(evidence)
        // To the server and back, for what was last said on either side.
        concludeSessions(settledAt: evidence.endsAt - noticing - evidence.transit - evidence.transit)
    }

    private mutating func concludeDeliveries(_ evidence: Evidence) {
        for record in evidence.history.records where record.key.method == .websocket {
            guard let client = clients[record.key.customer], client.isConnected, let joined = client.joinedAt,
                max(joined, record.announcedAt) + evidence.transit < evidence.endsAt
            else { continue }
            findings.examine(
                record.state != .pending && record.state != .sending,
                at: evidence.endsAt,
                "the \(record.key.words) is \(record.state.rawValue) at the end, and its client is there"
            )
        }
    }

    private mutating func concludeSessions(settledAt settled: Timestamp) {
        var rooms: [Customer.ID: Int] = [:]
        var observers = 0
        for session in sessions.values where session.since < settled {
            if let customer = session.customer { rooms[customer, default: 0] += 1 } else { observers += 1 }
        }
        var possibleObservers = 0
        for customer in Set(rooms.keys).union(clients.keys).sorted() {
            let client = clients[customer] ?? Client()
            // One whose end the server need not have noticed may be there as well.
            let isSettled = client.lostAt.map { $0 < settled } ?? true
            if !isSettled || client.isConnected && client.joinedAt == nil { possibleObservers += 1 }
            guard isSettled else { continue }
            let left = (rooms[customer] ?? 0) - (client.isConnected ? 1 : 0)
            findings.examine(
                left <= 0,
                at: settled,
                "the server still has \(Units.plural(max(left, 0), "session")) of customer \(customer) too many"
            )
        }
        guard observers > 0 else { return }
        findings.examine(
            observers <= possibleObservers,
            at: settled,
            "the server still has \(Units.plural(observers, "session")) of nobody where there can be \(possibleObservers)"
        )
    }
}
