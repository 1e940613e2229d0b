import Base
import NIOCore
import SocketIO
import TestSupport
import Testing

@Suite struct ReconnectionBackoffTests {
    @Test(
        "delays double up to the maximum",
        arguments: [
            (0.0, [1000, 2000, 4000, 5000, 5000]),  // no deviation
            (0.25, [875, 1750, 3500, 5000, 5000]),  // a quarter of a half shorter
            (0.75, [1375, 2750, 5000, 5000, 5000]),  // and so much longer
        ] as [(Double, [Int64])]
    )
    func delays(random: Double, milliseconds: [Int64]) {
        var backoff = ReconnectionBackoff()
        let delays = milliseconds.map { _ in backoff.next(random: random) }
        #expect(delays == milliseconds.map { .milliseconds($0) })
        #expect(backoff.attempts == 5)
    }

    @Test("a success starts it anew") func reset() {
        var backoff = ReconnectionBackoff(
            minimum: .milliseconds(100),
            maximum: .seconds(1),
            factor: 3,
            randomizationFactor: 0
        )
        let delays = (0..<4).map { _ in backoff.next(random: 0.5) }
        #expect(delays == [100, 300, 900, 1000].map { .milliseconds($0) })
        backoff.reset()
        let first = backoff.next(random: 0.5)
        #expect(first == .milliseconds(100))
    }

    @Test("any number of attempts stays within the bounds") func bounds() {
        var backoff = ReconnectionBackoff()
        var random = RandomStream(state: 1)
        for _ in 0..<1000 {
            let delay = backoff.next(random: Double.random(in: 0..<1, using: &random))
            #expect(delay >= .milliseconds(500) && delay <= .seconds(5))
        }
    }
}
