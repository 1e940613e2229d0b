import Base
import DemandResponse
import Testing

/// What it shares with a cancellation, and what not; how its news gets through stands in `CancellationTests`.
@Suite("A recall")
struct RecallTests {
    private static func world(_ roster: Roster = .one(.email, .websocket), _ steps: [(String, Step)] = []) -> World {
        var world = World(roster)
        world.play([("20:45", .open("peak", program: 1, "21:00-22:00"))])
        world.play(steps)
        return world
    }

    @Test("gives an all-clear by the carriers that took the dispatch and to the sessions; what waits is withdrawn")
    func table() {
        var world = Self.world(
            .drill,
            [("20:46", .connect(1)), ("20:46", .join(1, customer: 1)), ("20:46", .connect(2))]
        )
        #expect(
            world.at("21:10", .recall("peak")) == [
                "keep incident 1#0 recalled",
                "keep 1/1/email#0 allClear sending (1)", "send email 1/1/email#0 allClear (1)",
                "tell 1: incident 1#0 recalled",
                "keep 1/2/websocket#0 withdrawn (0)",
                "tell observers: incident 1#0 recalled",
                "answer incident 1#0 recalled",
            ]
        )
        #expect(world.posted.last?.text.hasPrefix("ALL CLEAR, you may stand down: Dear Voltan") == true)
    }

    @Test("is the end: the incident is completed, and not cancelled")
    func status() throws {
        let recalled = Timestamp(clock: "21:10")
        let incident = try #require(Self.world(.drill, [("21:10", .recall("peak"))]).incident("peak"))
        #expect(incident.status(at: recalled) == .completed)
        #expect(incident.end == recalled)
        #expect(incident.endText == recalled.iso8601)
        #expect(incident.cancelledAt == nil)
        #expect(incident.status(at: recalled - .seconds(1)) == .active)
    }

    @Test("asks for no new answer: the one that was given stands, and one that comes later is late")
    func answers() {
        let world = Self.world(
            .drill,
            [
                ("20:46", .connect(1)), ("20:46", .join(1, customer: 1)),
                ("20:47", .acknowledge("peak", 1, .email, from: 1)), ("20:48", .connect(2)),
                ("21:10", .recall("peak")), ("21:11", .acknowledge("peak", 2, .websocket, from: 2)),
            ]
        )
        #expect(world.base.answer(1, 1)?.isLate == false)
        #expect(world.base.answer(1, 2)?.isLate == true)
    }

    @Test("is told nobody who was never told of the incident")
    func neverTold() {
        var world = Self.world(.one(.websocket), [("20:50", .recall("peak")), ("20:51", .connect(1))])
        world.at("20:51", .join(1, customer: 1))
        #expect(world.heard(by: 1).isEmpty)
        #expect(world.delivery("peak", 1, .websocket)?.state == .withdrawn)
    }

    @Test("is told at the joining to a customer who knows of the dispatch")
    func resync() {
        let world = Self.world(
            .one(.websocket),
            [
                ("20:46", .connect(1)), ("20:46", .join(1, customer: 1)), ("20:47", .close(1)),
                ("21:10", .recall("peak")), ("21:11", .connect(2)), ("21:11", .join(2, customer: 1)),
            ]
        )
        #expect(world.heard(by: 2) == ["incident 1#0 recalled"])
    }

    @Test("stops what was being sent once its report says that it failed, and its own news is tried again")
    func sending() {
        var world = Self.world(
            .one(.email),
            [
                ("20:50", .recall("peak")), ("20:51", .report("peak", 1, .email, .busy)),
                ("20:51", .report("peak", 1, .email, .busy, kind: .allClear)),
            ]
        )
        #expect(world.delivery("peak", 1, .email)?.state == .withdrawn)
        #expect(world.closing("peak", 1, .email)?.state == .deferred)
        world.at("20:51:05", .due)
        world.at("20:52", .report("peak", 1, .email, .delivered, kind: .allClear, attempt: 2))
        #expect(world.closing("peak", 1, .email)?.state == .delivered)
    }

    @Test("has news of its own: a report of a cancellation says nothing of it")
    func otherNews() {
        let world = Self.world(
            .one(.email),
            [("20:50", .recall("peak")), ("20:51", .report("peak", 1, .email, .sent, kind: .cancellation))]
        )
        #expect(world.closing("peak", 1, .email)?.state == .sending)
    }

    @Test("goes on after a restart: what no report is known of is sent again")
    func restart() {
        var world = Self.world(.one(.email), [("20:50", .recall("peak"))])
        world.restart(at: "20:51")
        #expect(world.posted.map(\.kind) == [.dispatch, .allClear, .allClear])
        #expect(world.incident("peak")?.recalledAt == Timestamp(clock: "20:50"))
    }

    @Test("of what is unknown, over, cancelled or recalled is refused, and so is all that would come after it")
    func refused() {
        var world = Self.world()
        #expect(world.at("20:49", .recall("other")) == ["answer refused unknown-incident"])
        world.at("20:50", .recall("peak"))
        for step in [Step.recall("peak"), .cancel("peak"), .modify("peak", end: "23:00")] {
            #expect(world.at("20:51", step) == ["answer refused incident-over"])
        }
        world = Self.world(.drill, [("20:50", .cancel("peak"))])
        #expect(world.at("20:51", .recall("peak")) == ["answer refused incident-over"])
        world = Self.world()
        #expect(world.at("22:00", .recall("peak")) == ["answer refused incident-over"])
    }

    @Test("of an incident without an end lets go of it a day later")
    func openEnded() {
        var world = World(.one(.email, .websocket))
        world.play([("20:45", .open("peak", program: 1, "21:00-")), ("20:50", .recall("peak"))])
        world.at("+1 20:50", .due)
        #expect(world.closing("peak", 1, .email)?.state == .withdrawn)
        #expect(world.dispatcher.nextDeadline == nil)
    }

    @Test("leaves the request as it was asked for: the same one again is a duplicate")
    func asked() {
        var world = Self.world(.drill, [("20:50", .recall("peak"))])
        #expect(
            world.at("20:51", .open("peak", program: 1, "21:00-22:00")) == ["answer refused duplicate-incident"]
        )
    }
}
