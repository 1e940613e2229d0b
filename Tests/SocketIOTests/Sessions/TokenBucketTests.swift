import NIOCore
import Testing

@testable import SocketIO

@Suite struct TokenBucketTests {
    private let limit = RateLimit(perSecond: 2, burst: 4)

    private func at(_ milliseconds: Int64) -> NIODeadline { .second(100) + .milliseconds(milliseconds) }

    @Test func `a burst is taken at once, then one after another as time passes`() {
        var bucket = TokenBucket(limit, at: at(0))
        for _ in 0..<4 { expect(bucket.take(limit, at: at(0)), is: nil) }
        expect(bucket.take(limit, at: at(0)), is: .milliseconds(500))
        expect(bucket.take(limit, at: at(400)), is: .milliseconds(100))
        expect(bucket.take(limit, at: at(500)), is: nil)
        expect(bucket.take(limit, at: at(500)) != nil, is: true)
    }

    @Test func `a long rest fills it up, and no further`() {
        var bucket = TokenBucket(limit, at: at(0))
        for _ in 0..<4 { _ = bucket.take(limit, at: at(0)) }
        expect(bucket.isFull(limit, at: at(1_999)), is: false)
        expect(bucket.isFull(limit, at: at(2_000)), is: true)
        let ages = at(0) + .hours(24 * 365)
        expect(bucket.isFull(limit, at: ages), is: true)
        for _ in 0..<4 { expect(bucket.take(limit, at: ages), is: nil) }
        expect(bucket.take(limit, at: ages) != nil, is: true)
    }

    @Test func `many small steps count as much as a large one`() {
        var bucket = TokenBucket(limit, at: at(0))
        for _ in 0..<4 { _ = bucket.take(limit, at: at(0)) }
        for step in 1...499 { _ = bucket.isFull(limit, at: at(Int64(step)) + .nanoseconds(700)) }
        expect(bucket.take(limit, at: at(500) - .microseconds(1)) != nil, is: true)
        expect(bucket.take(limit, at: at(500)), is: nil)
    }

    @Test func `what is kept in reserve is for others`() {
        var bucket = TokenBucket(limit, at: at(0))
        for _ in 0..<3 { expect(bucket.take(limit, leaving: 1, at: at(0)), is: nil) }
        expect(bucket.take(limit, leaving: 1, at: at(0)), is: .milliseconds(500))
        expect(bucket.take(limit, at: at(0)), is: nil)
    }

    @Test func `what is asked in vain has to be made up for, and too much of it shows`() {
        var bucket = TokenBucket(limit, at: at(0))
        for _ in 0..<4 { _ = bucket.take(limit, at: at(0)) }
        for _ in 0..<3 { expect(bucket.owe(limit), is: true) }
        expect(bucket.owe(limit), is: false)
        expect(bucket.take(limit, at: at(2_000)) != nil, is: true, "the debt is only just paid")
        expect(bucket.take(limit, at: at(2_500)), is: nil)
    }
}
