import Base
import DemandResponse
import Testing

@Suite("A clock that is set")
struct ClockTests {
    private static func world(_ steps: [(String, Step)] = []) -> World {
        var world = World(.one(.email, .websocket))
        world.play([("20:45", .open("peak", program: 1, "21:00-22:00"))])
        world.play(steps)
        return world
    }

    @Test("ahead past an incident's end and back again: a customer that comes then is told of it")
    func aheadAndBack() {
        var world = Self.world([
            ("20:45", .report("peak", 1, .email, .sent)), ("23:00", .clockSet(.minutes(134))), ("23:00", .due),
        ])
        world.play([("23:01", .connect(1)), ("23:01", .join(1, customer: 1))])
        #expect(world.heard(by: 1).isEmpty, "by the clock as it is, the incident is over")
        world.at("23:02", .close(1))
        world.play([("20:50", .clockSet(.minutes(-132))), ("20:50", .connect(2)), ("20:50", .join(2, customer: 1))])
        #expect(world.heard(by: 2).contains { $0.contains("1/1/websocket") })
        #expect(world.at("20:51", .modify("peak", end: "22:30")).last == "answer incident 1#1")
    }

    @Test("has pauses between attempts go on as if nobody had", arguments: [-60, 10])
    func pauses(minutes: Int64) throws {
        var world = Self.world([("20:46", .report("peak", 1, .email, .busy))])
        let due = try #require(world.dispatcher.nextDeadline)
        let step = Span.minutes(minutes)
        world.handle(.clockSet(step), at: Timestamp(clock: "20:46") + step)
        #expect(world.dispatcher.nextDeadline == due + step)
    }
}
