internal import NIOCore

/// The server's half of the heartbeat (Engine.IO protocol 4, "Heartbeat"): a ping each interval, and an end to the
/// session if one stays unanswered for too long. All deadlines are absolute.
///
/// A server that was held up does not make its clients pay for it: what they sent meanwhile may wait to be read. Each ping's deadline
/// is put off once, for as long as the timer came late.
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
    private var isPutOff = false
    /// Whoever carries the session reckons its pings instead of having them sent.
    private var isReckoned = false
    /// How late a timer may come on a machine that has time.
    private static let punctuality = TimeAmount.milliseconds(5)

    init(startingAt now: NIODeadline, interval: TimeAmount) {
        nextPing = now + interval
    }

    /// `distantFuture` while pings are reckoned.
    var deadline: NIODeadline {
        if isReckoned { return .distantFuture }
        return pongDeadline.map { min($0, nextPing) } ?? nextPing
    }

    mutating func pong() {
        pongDeadline = nil
    }

    /// From the ping on that is due, pings are reckoned: see `EngineIOServerSession.beginReckoning`.
    /// - Returns: false if none is due just now, or one is unanswered. After a late one the next is due sooner than an interval later.
    mutating func beginReckoning(at now: NIODeadline) -> Bool {
        guard pongDeadline == nil, now == nextPing else { return false }
        isReckoned = true
        return true
    }

    /// Pings were reckoned up to one, and all but maybe that one were answered in time.
    mutating func endReckoning(lastPing: NIODeadline, isAnswered: Bool, interval: TimeAmount, timeout: TimeAmount) {
        isReckoned = false
        isPutOff = false
        nextPing = lastPing + interval
        pongDeadline = isAnswered ? nil : lastPing + timeout
    }

    /// - Parameter isHeard: whether a ping that is sent now leaves at once, or waits for the peer to ask for it.
    mutating func timeReached(
        _ now: NIODeadline,
        interval: TimeAmount,
        timeout: TimeAmount,
        isHeard: Bool = true
    ) -> Action {
        if let late = pongDeadline, now >= late {
            guard !isPutOff, now - late > Self.punctuality else { return .timedOut }
            isPutOff = true
            pongDeadline = now + min(now - late, timeout)
            return .none
        }
        guard now >= nextPing else { return .none }
        if pongDeadline == nil {
            // A ping that our timer sends late still leaves the peer all its time. If the peer is between two polls, what
            // counts is when it was due.
            pongDeadline = isHeard ? now + timeout : max(nextPing + timeout, now + min(now - nextPing, timeout))
            isPutOff = false
        }
        // From ping to ping, not from pong to ping. Pings that a stopped clock has left out are not made up for.
        nextPing = nextPing + interval > now ? nextPing + interval : now + interval
        return .sendPing
    }
}
