public import NIOCore

/// How much may come of one source: `burst` at once, and in the long run `perSecond`.
public struct RateLimit: Hashable, Sendable {
    public var perSecond: Int
    public var burst: Int

    /// - Parameter burst: at least `perSecond`.
    public init(perSecond: Int, burst: Int) {
        self.perSecond = max(1, perSecond)
        self.burst = max(burst, self.perSecond)
    }
}

/// What is left of a `RateLimit` of one source: full at first, and filled up again as time passes. No clock.
public struct TokenBucket: Sendable {
    /// In millionths of a token, so that microseconds need no division. Below zero: what was asked for in vain.
    private var tokens: Int64
    private var countedAt: NIODeadline

    public init(_ limit: RateLimit, at now: NIODeadline) {
        tokens = Int64(limit.burst) * Self.scale
        countedAt = now
    }

    /// Takes one, if more than `reserve` are left.
    /// - Returns: how long to wait for it; `nil`: it is taken.
    public mutating func take(_ limit: RateLimit, leaving reserve: Int = 0, at now: NIODeadline) -> TimeAmount? {
        fill(limit, at: now)
        let missing = Int64(reserve + 1) * Self.scale - tokens
        guard missing > 0 else {
            tokens -= Self.scale
            return nil
        }
        let perSecond = Int64(limit.perSecond)
        return .microseconds((missing + perSecond - 1) / perSecond)
    }

    /// For what has turned out to be more than one: it has to be made up for before anything else is taken.
    public mutating func charge(_ count: Int) {
        tokens -= Int64(min(count, Self.mostCharged)) * Self.scale
    }

    /// For what was refused: it has to be made up for. False once that is as much as a whole burst.
    public mutating func owe(_ limit: RateLimit) -> Bool {
        tokens -= Self.scale
        return tokens > -Int64(limit.burst) * Self.scale
    }

    /// Whether it is full again, as one is that is new.
    public mutating func isFull(_ limit: RateLimit, at now: NIODeadline) -> Bool {
        fill(limit, at: now)
        return tokens == Int64(limit.burst) * Self.scale
    }

    private mutating func fill(_ limit: RateLimit, at now: NIODeadline) {
        guard now > countedAt else { return }
        let full = Int64(limit.burst) * Self.scale
        // In whole microseconds: what is left of one counts the next time.
        let microseconds = (now - countedAt).nanoseconds / 1_000
        countedAt = countedAt + .microseconds(microseconds)
        let (gained, isTooMuch) = microseconds.multipliedReportingOverflow(by: Int64(limit.perSecond))
        tokens = isTooMuch || gained >= full - tokens ? full : tokens + gained
    }

    private static let scale: Int64 = 1_000_000
    /// At once; as many as are counted exactly however often they are charged.
    private static let mostCharged = 1_000_000
}
