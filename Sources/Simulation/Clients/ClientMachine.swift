internal import Base
internal import DemandResponse
internal import DispatchStore
internal import NIOCore
internal import Scenarios
internal import SocketIO

/// What the people and the machine at a customer's end do: decides, carries out nothing. The virtual and the live world drive
/// the same machine.
///
/// It connects when the scenario says so, tells whose it is, answers each dispatch once after a time to think, takes its leave
/// when the scenario says so, and, when its connection is lost, comes back as a Socket.IO client does. An answer that falls due
/// without a connection waits for the next one; somebody who has no session of their own opens one to answer, and closes it.
/// Where an operator answers for the customer, and there is no session, one is opened that does not tell whose it is.
struct ClientMachine {
    enum Action {
        case connect
        /// The network is gone: no goodbye reaches the server.
        case dropConnection
        /// A proper goodbye.
        case closeConnection
        case handshake
        case acknowledge(Acknowledging)
        case wake(Wake, at: Timestamp)
        case observe(Observation, incident: UniqueID?)
    }

    struct Acknowledging {
        var dispatch: UniqueID
        var by: String
        /// `nil`: the present one.
        var modification: Int?
        var optsOut: Bool
        var repeats: Int
    }

    /// What a client wants to be woken for.
    enum Wake: Hashable {
        case connect(index: Int)
        case leave(index: Int)
        case reconnect(generation: Int)
        case drop(index: Int)
        case answer(index: Int)
        /// An operator answers: the entry of that index among the customer's acknowledgements.
        case operate(index: Int)
    }

    enum State {
        case none, connecting, connected, joined
    }

    /// An answer to an incident's modification: the first, or what the customer changes its mind to.
    struct Answering {
        enum State { case silent, thinking, due, sent, confirmed }

        /// The entry among the customer's acknowledgements that it follows.
        let entry: Int
        let incident: UniqueID
        /// `nil`: the present one.
        let modification: Int?
        let dispatch: UniqueID
        let method: DispatchMethod?
        let optsOut: Bool
        var isOperators = false
        /// Which of the entry's changes of mind it is, from 0; `nil`: none, the first answer.
        var change: Int?
        /// Names the random numbers of the change of mind that follows when it is sent; `nil`: nothing follows, or that is under way.
        var following: String?
        var state: State
    }

    let customer: Customer
    let behaviour: ClientBehaviour
    let seed: UInt64

    var connection = State.none
    var session = 0
    private var networkIsBackAt: Timestamp?
    private var generation = 0
    var answers: [Answering] = []
    /// The incidents of whose cancellation or recall it was told, in no order.
    var calledOff: [UniqueID] = []
    /// Without a session of its own.
    let isVisitor: Bool
    /// The present connection is an operator's, which does not join.
    var isOperators = false
    /// Its time has come to leave, or to connect, while it could not.
    private var isLeaving = false
    var isToConnect = false
    private var backoff = ReconnectionBackoff()
    private var dice: RandomStream

    init(customer: Customer, behaviour: ClientBehaviour, seed: UInt64) {
        self.customer = customer
        self.behaviour = behaviour
        self.seed = seed
        dice = RandomStream(seed: seed, "client/\(customer.id)/reconnects")
        isVisitor = behaviour.connects.isEmpty
    }

    /// What is known from the beginning.
    mutating func begin(at now: Timestamp) -> [Action] {
        var actions: [Action] = []
        for (index, connection) in behaviour.connects.enumerated() {
            var stream = RandomStream(seed: seed, "client/\(customer.id)/connects" + (index > 0 ? "/\(index)" : ""))
            guard stream.happens(partsPerMillion: connection.share.partsPerMillion) else { continue }
            let arrival = max(now, connection.at + connection.spread.sample(&stream))
            actions.append(.wake(.connect(index: index), at: arrival))
            if let lasting = connection.lasting {
                actions.append(.wake(.leave(index: index), at: arrival + lasting.sample(&stream)))
            }
        }
        for (index, drop) in behaviour.disconnects.enumerated() {
            var stream = RandomStream(seed: seed, "client/\(customer.id)/disconnects/\(index)")
            guard stream.happens(partsPerMillion: drop.share.partsPerMillion) else { continue }
            let late = Distribution.uniform(.zero, drop.spread).sample(&stream)
            actions.append(.wake(.drop(index: index), at: max(now, drop.at + late)))
        }
        for (index, answer) in behaviour.acknowledges.enumerated() {
            guard case .at(let instant) = answer.timing else { continue }
            actions.append(.wake(.operate(index: index), at: max(now, instant)))
        }
        return actions
    }

    mutating func wake(_ wake: Wake, at now: Timestamp) -> [Action] {
        switch wake {
        case .connect:
            isLeaving = false
            isToConnect = isOperators
            return connectIfNeeded(at: now)
        case .leave: return leave(at: now)
        case .reconnect(let generation):
            guard generation == self.generation else { return [] }
            return connectIfNeeded(at: now)
        case .drop(let index): return drop(index, at: now)
        case .answer(let index): return answer(index, at: now)
        case .operate: return []
        }
    }

    mutating func connected(at now: Timestamp) -> [Action] {
        guard connection == .connecting else { return [] }
        connection = .connected
        backoff.reset()
        session += 1
        guard !isOperators else { return [observe(.connected, at: now)] + sendWhatIsDue(at: now) }
        return [observe(.connected, at: now), .handshake]
    }

    /// The server has answered the handshake.
    mutating func joined(at now: Timestamp) -> [Action] {
        guard connection == .connected else { return [] }
        connection = .joined
        let actions = [observe(.joined, at: now)] + sendWhatIsDue(at: now)
        return actions + (isLeaving ? leave(at: now) : leaveIfDone(at: now))
    }

    /// The connection is gone, or an attempt to make one failed.
    mutating func disconnected(at now: Timestamp) -> [Action] {
        guard connection != .none else { return [] }
        let wasConnected = connection != .connecting
        connection = .none
        if isLeaving {
            isLeaving = false
            return wasConnected ? [observe(.disconnected, at: now)] : []
        }
        // What was not confirmed may be lost: it is sent again over the next connection.
        for index in answers.indices where answers[index].state == .sent { answers[index].state = .due }
        var actions: [Action] = wasConnected ? [observe(.disconnected, at: now)] : []
        if !isVisitor || isOperators || answers.contains(where: { $0.state == .due }) {
            actions.append(scheduleReconnection(at: now))
        }
        return actions
    }

    mutating func connectIfNeeded(at now: Timestamp) -> [Action] {
        guard connection == .none else { return [] }
        if let networkIsBackAt, now < networkIsBackAt { return [scheduleReconnection(at: now)] }
        connection = .connecting
        return [.connect]
    }

    /// Says goodbye, as soon as there is somebody to say it to, and does not come back of itself.
    private mutating func leave(at now: Timestamp) -> [Action] {
        isToConnect = false
        generation += 1
        isLeaving = !isOperators && (connection == .connecting || connection == .connected)
        guard connection == .joined else { return [] }
        connection = .none
        return [observe(.disconnected, at: now), .closeConnection]
    }

    private mutating func scheduleReconnection(at now: Timestamp) -> Action {
        let delay = backoff.next(random: dice.unit())
        generation += 1
        return .wake(.reconnect(generation: generation), at: now + .microseconds(delay.nanoseconds / 1_000))
    }

    private mutating func drop(_ index: Int, at now: Timestamp) -> [Action] {
        var stream = RandomStream(seed: seed, "client/\(customer.id)/disconnects/\(index)/for")
        let until = now + behaviour.disconnects[index].lasting.sample(&stream)
        networkIsBackAt = max(networkIsBackAt ?? until, until)
        guard connection != .none else { return [] }
        return [.dropConnection] + disconnected(at: now)
    }

    func observe(_ kind: Observation.Kind, at now: Timestamp) -> Action {
        .observe(Observation(at: now, kind, customer: customer.id, session: session), incident: nil)
    }
}
