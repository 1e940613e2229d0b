internal import Base
internal import DemandResponse
internal import DispatchServer
internal import NIOCore
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

    func advance(in span: Span) -> Span { span }
}

/// One life of a node in the virtual world: the dispatcher's node with the server's ends of its links.
///
/// Used on the one thread of its world.
final class VirtualNode {
    let node: DispatchNode
    private let clock: VirtualClock
    /// The server's ends of all open links.
    private var ends: [LinkEnd?] = []
    private var freePlaces: [Int] = []
    /// Told of each batch between its being kept and its being carried out.
    private let committed: (DispatchEngine.Batch) -> Void

    init(_ node: DispatchNode, clock: VirtualClock, committed: @escaping (DispatchEngine.Batch) -> Void) {
        self.node = node
        self.clock = clock
        self.committed = committed
    }

    /// When something of it falls due, on the world's clock.
    var nextDeadline: Timestamp? { node.engine.nextDeadline.map { $0 - clock.offset } }

    /// Handles what waits, and what comes of it, until nothing is left. Each round only adds what the outlets report, and reports
    /// lead to no further ones, so that the rounds end.
    /// - Returns: whether there was anything.
    @discardableResult
    func settle() -> Bool {
        var hasSettled = false
        while let orders = node.inbox.takeWaiting() {
            hasSettled = true
            take(
                orders.compactMap { if case .handle(let submission) = $0 { submission } else { nil } },
                runsDeadlines: false
            )
        }
        return hasSettled
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

    private func take(_ submissions: [Submission], runsDeadlines: Bool) {
        guard let batch = node.engine.decide(submissions, at: clock.now(), runsDeadlines: runsDeadlines),
            node.engine.commit(batch)
        else { return }
        committed(batch)
        node.engine.carryOut(batch)
    }

    /// Keeps the server's end of a new link.
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

    /// Closes all links, as whoever is at the other end sees them close.
    func closeLinks() {
        for end in ends { end?.ended() }
    }
}
