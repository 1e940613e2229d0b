internal import DemandResponse
internal import DispatchStore
internal import NIOCore
internal import Scenarios
internal import SocketIO

/// What the people and the machine at a customer's end do: decides, carries out nothing. The virtual and the live world drive
/// the same machine.
///
/// It connects when the scenario says so, tells whose it is, answers each dispatch once after a time to think, and, when its
/// connection is lost, comes back as a Socket.IO client does. An answer that falls due without a connection waits for the
/// next one; somebody who has no session of their own opens one to answer, and closes it.
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
        var modification: Int
        var optsOut: Bool
        var repeats: Int
    }

    /// What a client wants to be woken for.
    enum Wake: Hashable {
        case connect
        case reconnect(generation: Int)
        case drop(index: Int)
        case answer(index: Int)
    }

    private enum Connection {
        case none, connecting, connected, joined
    }

    /// The one answer to an incident's modification.
    private struct Answering {
        enum State { case silent, thinking, due, sent, confirmed }

        let incident: UniqueID
        let modification: Int
        let dispatch: UniqueID
        let method: DispatchMethod?
        let optsOut: Bool
        var state: State
    }

    let customer: Customer
    private let behaviour: ClientBehaviour
    private let seed: UInt64

    private var connection = Connection.none
    private var session = 0
    private var networkIsBackAt: Timestamp?
    private var generation = 0
    private var answers: [Answering] = []
    /// The incidents of whose cancellation it was told; few.
    private var cancelled: [UniqueID] = []
    private var isVisitor = false
    private var backoff = ReconnectionBackoff()
    private var dice: RandomStream

    init(customer: Customer, behaviour: ClientBehaviour, seed: UInt64) {
        self.customer = customer
        self.behaviour = behaviour
        self.seed = seed
        dice = RandomStream(seed: seed, "client/\(customer.id)/reconnects")
        if case .never = behaviour.connects { isVisitor = true }
    }

    /// What is known from the beginning.
    mutating func begin(at now: Timestamp) -> [Action] {
        var actions: [Action] = []
        if case .at(let instant, let spread, let share) = behaviour.connects {
            var stream = RandomStream(seed: seed, "client/\(customer.id)/connects")
            if stream.happens(partsPerMillion: share.partsPerMillion) {
                actions.append(.wake(.connect, at: max(now, instant + spread.sample(&stream))))
            }
        }
        for (index, drop) in behaviour.disconnects.enumerated() {
            var stream = RandomStream(seed: seed, "client/\(customer.id)/disconnects/\(index)")
            guard stream.happens(partsPerMillion: drop.share.partsPerMillion) else { continue }
            let late = Distribution.uniform(.zero, drop.spread).sample(&stream)
            actions.append(.wake(.drop(index: index), at: max(now, drop.at + late)))
        }
        return actions
    }

    mutating func wake(_ wake: Wake, at now: Timestamp) -> [Action] {
        switch wake {
        case .connect: return connectIfNeeded(at: now)
        case .reconnect(let generation):
            guard generation == self.generation else { return [] }
            return connectIfNeeded(at: now)
        case .drop(let index): return drop(index, at: now)
        case .answer(let index): return answer(index, at: now)
        }
    }

    mutating func connected(at now: Timestamp) -> [Action] {
        guard connection == .connecting else { return [] }
        connection = .connected
        backoff.reset()
        session += 1
        return [observe(.connected, at: now), .handshake]
    }

    /// The server has answered the handshake.
    mutating func joined(at now: Timestamp) -> [Action] {
        guard connection == .connected else { return [] }
        connection = .joined
        var actions = [observe(.joined, at: now)]
        for index in answers.indices where answers[index].state == .due {
            actions += send(index, at: now)
        }
        return actions + leaveIfDone(at: now)
    }

    /// The connection is gone, or an attempt to make one failed.
    mutating func disconnected(at now: Timestamp) -> [Action] {
        guard connection != .none else { return [] }
        let wasConnected = connection != .connecting
        connection = .none
        // What was not confirmed may be lost: it is sent again over the next connection.
        for index in answers.indices where answers[index].state == .sent { answers[index].state = .due }
        var actions: [Action] = wasConnected ? [observe(.disconnected, at: now)] : []
        if !isVisitor || answers.contains(where: { $0.state == .due }) {
            actions.append(scheduleReconnection(at: now))
        }
        return actions
    }

    private mutating func connectIfNeeded(at now: Timestamp) -> [Action] {
        guard connection == .none else { return [] }
        if let networkIsBackAt, now < networkIsBackAt { return [scheduleReconnection(at: now)] }
        connection = .connecting
        return [.connect]
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

    private func observe(_ kind: Observation.Kind, at now: Timestamp) -> Action {
        .observe(Observation(at: now, kind, customer: customer.id, session: session), incident: nil)
    }
}

extension ClientMachine {
    /// A dispatch as it came in over Socket.IO.
    struct Arrival {
        var customer: Customer.ID
        var dispatch: UniqueID
        var incident: UniqueID
        var method: DispatchMethod?
        var modification: Int
        var digest: Int64
    }

    /// - Parameter incident: the scenario's name for it, which names the stream of random numbers.
    mutating func received(_ arrival: Arrival, name: String, at now: Timestamp) -> [Action] {
        // Until its handshake is taken a session observes, and is told of everybody's.
        guard arrival.customer == customer.id else { return [] }
        var observation = Observation(at: now, .received, customer: customer.id, session: session)
        observation.method = .some(arrival.method)
        observation.modification = arrival.modification
        observation.digest = arrival.digest
        return [.observe(observation, incident: arrival.incident)] + think(about: arrival, name: name, at: now)
    }

    /// A carrier has brought a dispatch.
    mutating func reached(_ dispatch: Dispatch, name: String, at now: Timestamp) -> [Action] {
        let arrival = Arrival(
            customer: dispatch.key.customer,
            dispatch: dispatch.id,
            incident: dispatch.incident,
            method: dispatch.key.method,
            modification: dispatch.modification,
            digest: 0
        )
        return think(about: arrival, name: name, at: now)
    }

    /// Decides once for each incident and modification whether and when to answer.
    private mutating func think(about arrival: Arrival, name: String, at now: Timestamp) -> [Action] {
        guard let answer = behaviour.acknowledges.answer, !cancelled.contains(arrival.incident),
            !answers.contains(where: { $0.incident == arrival.incident && $0.modification == arrival.modification })
        else { return [] }
        var stream = RandomStream(
            seed: seed,
            "client/\(customer.id)/acknowledges/\(name)/\(arrival.modification)"
        )
        let answers = stream.happens(partsPerMillion: answer.share.partsPerMillion)
        let after = answer.after.sample(&stream)
        self.answers.append(
            Answering(
                incident: arrival.incident,
                modification: arrival.modification,
                dispatch: arrival.dispatch,
                method: arrival.method,
                optsOut: stream.happens(partsPerMillion: answer.declines.partsPerMillion),
                state: answers ? .thinking : .silent
            )
        )
        return answers ? [.wake(.answer(index: self.answers.count - 1), at: now + after)] : []
    }

    private mutating func answer(_ index: Int, at now: Timestamp) -> [Action] {
        guard answers[index].state == .thinking else { return [] }
        answers[index].state = .due
        if connection == .joined { return send(index, at: now) }
        return isVisitor ? connectIfNeeded(at: now) : []
    }

    private mutating func send(_ index: Int, at now: Timestamp) -> [Action] {
        guard let answer = behaviour.acknowledges.answer else { return [] }
        answers[index].state = .sent
        let answering = answers[index]
        return [
            .observe(observation(.acknowledged, of: answering, at: now), incident: answering.incident),
            .acknowledge(
                Acknowledging(
                    dispatch: answering.dispatch,
                    by: answer.by(customer),
                    modification: answering.modification,
                    optsOut: answering.optsOut,
                    repeats: answer.repeats
                )
            ),
        ]
    }

    /// An `acknowledge-update` came in: of the own answer, or of somebody else's for the same customer.
    mutating func updated(_ dispatch: UniqueID, success: Bool, reason: String?, at now: Timestamp) -> [Action] {
        guard let index = answers.lastIndex(where: { $0.dispatch == dispatch && $0.state == .sent }) else { return [] }
        answers[index].state = .confirmed
        var observation = observation(success ? .confirmed : .refused, of: answers[index], at: now)
        observation.detail = reason
        return [.observe(observation, incident: answers[index].incident)] + leaveIfDone(at: now)
    }

    /// Somebody who came to answer goes again once nothing is left to be answered.
    private mutating func leaveIfDone(at now: Timestamp) -> [Action] {
        guard isVisitor, connection == .joined, !answers.contains(where: { $0.state == .due || $0.state == .sent })
        else { return [] }
        connection = .none
        return [observe(.disconnected, at: now), .closeConnection]
    }

    /// News of an incident came in: it was modified or cancelled. At joining it comes before the answer to the handshake.
    mutating func told(_ incident: UniqueID, modification: Int, isCancelled: Bool, at now: Timestamp) -> [Action] {
        if isCancelled { giveUp(incident) }
        var observation = Observation(at: now, .told, customer: customer.id, session: session)
        observation.modification = modification
        observation.detail = isCancelled ? "cancelled" : "modified"
        return [.observe(observation, incident: incident)]
    }

    /// Nobody answers what is cancelled, not even where the answer only waited for a connection.
    private mutating func giveUp(_ incident: UniqueID) {
        if !cancelled.contains(incident) { cancelled.append(incident) }
        for index in answers.indices where answers[index].incident == incident {
            switch answers[index].state {
            case .thinking, .due: answers[index].state = .silent
            case .silent, .sent, .confirmed: break
            }
        }
    }

    private func observation(_ kind: Observation.Kind, of answering: Answering, at now: Timestamp) -> Observation {
        var observation = Observation(at: now, kind, customer: customer.id, session: session)
        observation.method = .some(answering.method)
        observation.modification = answering.modification
        return observation
    }
}
