internal import Base
internal import DemandResponse
internal import Journal
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import SocketIO

/// What a session says whose it is, and what came of it: saying the same again costs nothing, and saying something else, which brings
/// a resync, has a rate.
///
/// A pure value. Bounded: `mostUnderWay` of a session are on their way to the rules at a time.
struct Joining {
    /// What is to be done with a handshake.
    enum Step: Equatable {
        /// The rules are to hear of it.
        case join
        /// The session has joined as this customer; so many dispatches were open then.
        case joined(openDispatches: Int)
        /// The rules have not said yet: it is answered with them.
        case wait
        /// One more would be too many.
        case refuse
    }

    static let mostUnderWay = 8

    private(set) var customer: Customer.ID?
    private var openDispatches: Int?
    private var underWay = 0
    /// The ids of acknowledgements that were asked for meanwhile.
    private var waiting: [(customer: Customer.ID, acknowledgement: Int)] = []
    /// Of effects; made with the first resync.
    private var budget: TokenBucket?

    /// - Parameter acknowledgement: the id under which the client wants an answer.
    mutating func handshake(
        as customer: Customer.ID,
        acknowledgement: Int?,
        _ rate: RateLimit?,
        at now: NIODeadline
    ) -> Step {
        if self.customer == customer {
            if let openDispatches { return .joined(openDispatches: openDispatches) }
            if underWay > 0 {
                if let acknowledgement { waiting.append((customer, acknowledgement)) }
                return .wait
            }
        }
        guard underWay < Self.mostUnderWay, budget(rate, at: now) else { return .refuse }
        self.customer = customer
        openDispatches = nil
        underWay += 1
        return .join
    }

    private mutating func budget(_ rate: RateLimit?, at now: NIODeadline) -> Bool {
        guard let rate else { return true }
        var budget = budget ?? TokenBucket(rate, at: now)
        defer { self.budget = budget }
        return budget.take(rate, at: now) == nil
    }

    /// What came of a handshake.
    /// - Parameters:
    ///   - open: how many dispatches were; `nil`: the session has not joined.
    ///   - cost: what it brought with it, in effects.
    /// - Returns: the ids of acknowledgements that wait for that.
    mutating func settled(_ customer: Customer.ID, open: Int?, cost: Int) -> [Int] {
        underWay = max(0, underWay - 1)
        budget?.charge(cost)
        if self.customer == customer, underWay == 0 { openDispatches = open }
        defer { waiting.removeAll { $0.customer == customer } }
        return waiting.filter { $0.customer == customer }.map(\.acknowledgement)
    }

    /// The session observes again, or is gone. What it has used of its budget stays used.
    mutating func leave() {
        customer = nil
        openDispatches = nil
        waiting = []
    }
}

extension RealTimeGateway {
    /// Whether the rules have to hear of a handshake; if not, it is answered here.
    func begins(handshake event: SocketIOEvent, of session: SocketIOServerSession, as customer: Customer.ID) -> Bool {
        let now = session.eventLoop.now
        let step = registry.withLockedValue { registry in
            let step = registry.joinings[session.number, default: Joining()]
                .handshake(as: customer, acknowledgement: event.acknowledgementID, resyncRate, at: now)
            if step == .join { registry.connected[session.number] = customer }
            return step
        }
        switch step {
        case .join: return true
        case .joined(let open):
            if let acknowledgement = event.acknowledgementID {
                session.acknowledge(acknowledgement, [JSON(answer: Self.answer(customer, open))])
            }
        case .wait: break
        case .refuse:
            metrics.exceeded(.events)
            refuse(event, "this session has joined too often; wait a little", to: session)
        }
        return false
    }

    /// The rules have decided on a handshake. On the thread that carries effects out.
    func joined(_ id: SessionID, _ customer: Customer.ID, _ effects: [Effect]) {
        var open: Int?
        var refusal: Refusal?
        for effect in effects {
            switch effect {
            case .enterRoom: open = open ?? 0
            case .emit(.dispatch, to: .session): open = (open ?? 0) + 1
            case .refused(let reason), .answer(_, .refused(let reason)): refusal = reason
            default: break
            }
        }
        let answer =
            refusal.map { Result<Answer, StoreError>.success(.refused($0)) } ?? Self.answer(customer, open ?? 0)
        settle(id, customer, open: refusal == nil ? open : nil, cost: effects.count, answer)
    }

    /// Nothing could be kept of a handshake.
    func couldNotJoin(_ id: SessionID, _ customer: Customer.ID, because error: StoreError) {
        settle(id, customer, open: nil, cost: 1, .failure(error))
    }

    private func settle(
        _ id: SessionID,
        _ customer: Customer.ID,
        open: Int?,
        cost: Int,
        _ answer: Result<Answer, StoreError>
    ) {
        let (waiting, session) = registry.withLockedValue { registry in
            (registry.joinings[id]?.settled(customer, open: open, cost: cost) ?? [], registry.sessions[id])
        }
        guard !waiting.isEmpty, let session else { return }
        let body = JSON(answer: answer)
        // Behind the news that came of it.
        flush()
        session.run { session in
            for acknowledgement in waiting { session.acknowledge(acknowledgement, [body]) }
            session.flush()
        }
    }

    private static func answer(_ customer: Customer.ID, _ open: Int) -> Result<Answer, StoreError> {
        .success(.joined(customer, openDispatches: open))
    }
}
