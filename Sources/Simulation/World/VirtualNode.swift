internal import Base
internal import DemandResponse
internal import DispatchServer
internal import NIOCore
internal import Scenarios
internal import SocketIO

/// A node's clock in the virtual world: the world's, and an offset.
///
/// `@unchecked`: made, read and set on the one thread of its world (see `Runner`); a lock would be taken millions of times in vain.
final class VirtualClock: NodeClock, @unchecked Sendable {
    var worldTime: Timestamp
    /// How far the node's clock is ahead of the world's.
    var offset = Span.zero

    init(_ worldTime: Timestamp) { self.worldTime = worldTime }

    func now() -> Timestamp { worldTime + offset }

    /// Nobody sets it while a node lives.
    func uptime() -> Timestamp { now() }

    func advance(in span: Span) -> Span { span }
}

/// One life of a node in the virtual world: the dispatcher's node, which drives nothing itself, with the server's ends of its links.
///
/// Used on the one thread of its world.
final class VirtualNode {
    enum State {
        case running
        /// Stops in order: it takes no requests any more, and goes on for what is under way.
        case stopping
        /// Nothing moves.
        case paused
        /// Whatever still comes for it is lost.
        case dead
    }

    let node: DispatchNode
    private let clock: VirtualClock
    private unowned let world: VirtualWorld
    private(set) var state = State.running
    /// What came while it was paused, in order.
    private var held: [WorldEvent] = []
    /// The server's ends of all open links.
    private var ends: [LinkEnd?] = []
    private var freePlaces: [Int] = []

    /// Recovers what the storage holds, as a server does when it starts.
    init(_ node: DispatchNode, clock: VirtualClock, world: VirtualWorld) {
        self.node = node
        self.clock = clock
        self.world = world
    }

    /// When something of it falls due, on the world's clock.
    var nextDeadline: Timestamp? {
        state == .paused ? nil : node.engine.nextDeadline.map { $0 - clock.offset }
    }

    /// Whether anything waits that it would handle now.
    var hasWork: Bool { state != .paused && state != .dead && !node.inbox.isEmpty }

    /// Handles what waits, and what comes of it, until nothing is left. Each round only adds what the outlets report, and reports
    /// lead to no further ones, so that the rounds end.
    func settle() {
        while state != .paused, state != .dead, let orders = node.inbox.takeWaiting() {
            let submissions = orders.compactMap { if case .handle(let submission) = $0 { submission } else { nil } }
            take(submissions, runsDeadlines: false)
        }
    }

    /// Does what has fallen due first; what has happened at this instant is settled.
    func runDeadline() {
        let now = clock.now()
        if let deadline = node.outlets.nextDeadline, deadline <= now {
            node.outlets.timeReached(now)
        } else {
            take([], runsDeadlines: true)
        }
    }

    /// The engine's steps, between which faults can strike.
    private func take(_ submissions: [Submission], runsDeadlines: Bool) {
        guard let batch = node.engine.decide(submissions, at: clock.now(), runsDeadlines: runsDeadlines) else { return }
        let faults = world.faults(in: batch)
        for (fault, moment) in faults where moment == .inBatch(.decisionAndCommit) { world.strike(fault: fault) }
        guard state != .dead, node.engine.commit(batch) else { return }
        world.committed(batch)
        for (fault, moment) in faults where moment == .inBatch(.commitAndEffects) { world.strike(fault: fault) }
        guard state != .dead else { return }
        node.engine.carryOut(batch)
        for (fault, moment) in faults where moment == .afterBatch { world.strike(fault: fault) }
    }

    // MARK: - Its life

    /// Ends it at once, and all sessions without a word: what was not committed is lost. The system closes its connections.
    func kill() {
        state = .dead
        node.inbox.close()
        held = []
        for end in ends { end?.sever() }
    }

    /// Takes no requests any more; see `isDrained`.
    func beginStopping() { state = .stopping }

    /// Whether nothing is under way any more for which a node that stops in order would wait.
    var isDrained: Bool { state == .stopping && node.hasNothingUnderWay }

    /// Says goodbye to all sessions, keeps that they are gone, and ends.
    func stop() {
        node.realTime.refuseSessions()
        node.gateway.closeAll()
        settle()
        kill()
    }

    func pause() {
        for end in ends { end?.endReckoning(isCut: false) }
        state = .paused
    }

    /// - Returns: what came in the meantime, in order.
    func resume() -> [WorldEvent] {
        guard state == .paused else { return [] }
        state = .running
        defer { held = [] }
        return held
    }

    /// Keeps an event back if nothing moves here now.
    /// - Returns: whether it did.
    func holds(_ event: WorldEvent) -> Bool {
        guard state == .paused else { return false }
        held.append(event)
        return true
    }

    // MARK: - Its links

    func keep(_ end: LinkEnd) {
        if let place = freePlaces.popLast() {
            ends[place] = end
            end.place = place
        } else {
            end.place = ends.count
            ends.append(end)
        }
    }

    func forget(_ end: LinkEnd) {
        guard let place = end.place else { return }
        ends[place] = nil
        end.place = nil
        freePlaces.append(place)
    }
}
