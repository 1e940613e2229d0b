internal import NIOCore

/// Whose turn it is on an HTTP connection, and how long that may last. No I/O.
///
/// A head counts from the end of what was before it, so that a client that brings it byte by byte gains nothing; a body may
/// take longer the more of it has come (as Apache's mod_reqtimeout has it).
struct RequestClock {
    private enum Turn: Equatable {
        /// The client's: a head is awaited, the connection's first or another one.
        case head(since: NIODeadline, isFirst: Bool)
        /// The client's: the body is on its way.
        case body(since: NIODeadline, byteCount: Int)
        /// The server's, for as long as it likes.
        case answer
    }

    private let limits: HTTPLimits
    private var turn: Turn
    private var isAnswered = true
    /// Since when the client has taken nothing of an answer.
    private var blockedSince: NIODeadline?

    init(_ limits: HTTPLimits, at now: NIODeadline) {
        self.limits = limits
        turn = .head(since: now, isFirst: true)
    }

    mutating func receivedHead(at now: NIODeadline) {
        turn = .body(since: now, byteCount: 0)
        isAnswered = false
    }

    mutating func receivedBody(_ byteCount: Int) {
        if case .body(let since, let sofar) = turn { turn = .body(since: since, byteCount: sofar + byteCount) }
    }

    mutating func receivedEnd(at now: NIODeadline) {
        turn = isAnswered ? .head(since: now, isFirst: false) : .answer
    }

    mutating func answered(at now: NIODeadline) {
        isAnswered = true
        if turn == .answer { turn = .head(since: now, isFirst: false) }
    }

    mutating func writabilityChanged(to isWritable: Bool, at now: NIODeadline) {
        blockedSince = isWritable ? nil : blockedSince ?? now
    }

    /// Whether a request's head has come and its end has not.
    var isBodyAwaited: Bool {
        if case .body = turn { true } else { false }
    }

    /// Whether that request was answered nevertheless.
    var isAnsweredEarly: Bool { isBodyAwaited && isAnswered }

    /// When the connection is over unless something happens, and for what; `nil`: never.
    var deadline: (at: NIODeadline, excess: HTTPExcess)? {
        let blocked = blockedSince.map { (at: $0 + limits.requestTimeout, excess: HTTPExcess.slowReader) }
        switch turn {
        case .head(let since, true): return (since + limits.requestTimeout, .slowRequest)
        case .head(let since, false): return blocked ?? (since + limits.idleTimeout, .idle)
        case .body(let since, let byteCount):
            let extra = Double(byteCount) / Double(max(1, limits.leastBytesPerSecond))
            return (since + limits.requestTimeout + .nanoseconds(Int64(extra * 1e9)), .slowRequest)
        case .answer: return blocked
        }
    }
}
