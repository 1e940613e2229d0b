public import NIOCore

/// What is left of a rate limit to each address that has asked lately. A pure value; bounded: beyond `mostAddresses` that are
/// not at rest, all others share one bucket.
public struct RequestRates: Sendable {
    public static let mostAddresses = 16_384
    private static let sweepInterval = TimeAmount.seconds(1)

    private let limit: RateLimit
    private var buckets: [String: TokenBucket] = [:]
    private var others: TokenBucket
    private var sweptAt: NIODeadline

    public init(_ limit: RateLimit, at now: NIODeadline) {
        self.limit = limit
        others = TokenBucket(limit, at: now)
        sweptAt = now
    }

    /// - Parameter isChange: the last tenth of the burst is for these alone.
    /// - Returns: how long the address has to wait; `nil`: its request is counted and may go on.
    public mutating func take(_ address: String, isChange: Bool, at now: NIODeadline) -> TimeAmount? {
        let reserve = isChange ? 0 : limit.burst / 10
        if buckets[address] == nil, buckets.count >= Self.mostAddresses { sweep(at: now) }
        if buckets[address] == nil, buckets.count >= Self.mostAddresses {
            return others.take(limit, leaving: reserve, at: now)
        }
        return buckets[address, default: TokenBucket(limit, at: now)].take(limit, leaving: reserve, at: now)
    }

    /// Forgets those whose bucket is full again: a new one would be, too.
    private mutating func sweep(at now: NIODeadline) {
        guard now >= sweptAt + Self.sweepInterval else { return }
        sweptAt = now
        for (address, var bucket) in buckets where bucket.isFull(limit, at: now) { buckets[address] = nil }
    }
}
