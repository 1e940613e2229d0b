internal import NIOCore

/// The server's half of the heartbeat (Engine.IO protocol 4, "Heartbeat"): a ping each interval, and an end to the
/// session if one stays unanswered for too long. All deadlines are absolute.
struct Heartbeat: Equatable, Sendable {
    enum Action: Equatable {
        /// It is too early for anything.
        case none
        /// Send a ping.
        case sendPing
        /// The peer is gone.
        case timedOut
    }

    private var nextPing: NIODeadline
    /// When the oldest unanswered ping has waited for too long.
    private var pongDeadline: NIODeadline?

    init(startingAt now: NIODeadline, interval: TimeAmount) {
        nextPing = now + interval
    }

    var deadline: NIODeadline {
        pongDeadline.map { min($0, nextPing) } ?? nextPing
    }

    mutating func pong() {
        pongDeadline = nil
    }

    mutating func timeReached(_ now: NIODeadline, interval: TimeAmount, timeout: TimeAmount) -> Action {
        if let pongDeadline, now >= pongDeadline { return .timedOut }
        guard now >= nextPing else { return .none }
        // From when the ping was due, not from when a timer got round to it: the client counts so, too, and is gone by
        // then.
        let pongDeadline = pongDeadline ?? nextPing + timeout
        guard now < pongDeadline else { return .timedOut }
        self.pongDeadline = pongDeadline
        // From ping to ping, not from pong to ping. Pings that a stopped clock has left out are not made up for.
        nextPing = nextPing + interval > now ? nextPing + interval : now + interval
        return .sendPing
    }
}
