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

    /// - Parameter isHeard: whether a ping that is sent now leaves at once, or waits for the peer to ask for it.
    mutating func timeReached(
        _ now: NIODeadline,
        interval: TimeAmount,
        timeout: TimeAmount,
        isHeard: Bool = true
    ) -> Action {
        if let pongDeadline, now >= pongDeadline { return .timedOut }
        guard now >= nextPing else { return .none }
        if pongDeadline == nil {
            // A ping that our timer sends late still leaves the peer all its time. If the peer is late to ask for it,
            // what counts is when it was due.
            let deadline = (isHeard ? now : nextPing) + timeout
            guard now < deadline else { return .timedOut }
            pongDeadline = deadline
        }
        // From ping to ping, not from pong to ping. Pings that a stopped clock has left out are not made up for.
        nextPing = nextPing + interval > now ? nextPing + interval : now + interval
        return .sendPing
    }
}
