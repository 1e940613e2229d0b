import DemandResponse
import Testing

/// Nobody planned these days: whatever happens in whichever order, the world must be able to accept it, a replay must do the
/// same, and in the end nothing may wait.
@Suite("A random walk")
struct RandomWalkTests {
    @Test("never wants what no world accepts, and ends at rest", arguments: 1...12 as ClosedRange<UInt64>)
    func walk(seed: UInt64) {
        var walk = Walk(seed: seed)
        walk.run(steps: 1_500)
        walk.settle()
        #expect(walk.world.complaints.count == 0)
        #expect(walk.world.dispatcher.nextDeadline == nil)
        // A walk that got nowhere proves nothing.
        for happening in [" cancelled", "#1", "by Ann", ", late", "declined", "(2)", "withdrawn", "failed", "again"] {
            #expect(walk.trace.contains { $0.contains(happening) }, "no \(happening) on the way")
        }
        let waiting = walk.world.base.rows.values.filter {
            $0.delivery.state == .pending || $0.delivery.state == .deferred
                || $0.delivery.state == .sending && $0.dispatch.key.method != .websocket
        }
        #expect(waiting.isEmpty)
    }

    @Test("has the same effects whenever it is walked again")
    func deterministic() {
        var first = Walk(seed: 99)
        var second = Walk(seed: 99)
        first.run(steps: 1_000)
        second.run(steps: 1_000)
        #expect(first.trace == second.trace)
        #expect(first.trace.count > 1_000)
    }
}
