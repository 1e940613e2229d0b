import Base
import DemandResponse
import Testing

@Suite struct ArchivingTests {
    /// Session 1 is the customer's; the incident lasts from 21:00 to 22:00.
    private static func world(_ methods: DispatchMethod..., steps: [(String, Step)] = []) -> World {
        var world = World(.one(methods), retries: .patient)
        world.play([
            ("20:00", .connect(1)), ("20:00", .join(1, customer: 1)),
            ("20:45", .open("peak", program: 1, "21:00-22:00")),
        ])
        world.play(steps)
        return world
    }

    private static func lapsed(_ world: World, at time: String) -> [Incident.Number] {
        world.dispatcher.lapsedIncidents(at: Timestamp(clock: time))
    }

    @Test func `what has lapsed is let go of, and takes no acknowledgement any more`() {
        var world = Self.world(.websocket, steps: [("20:45", .report("peak", 1, .websocket, .sent)), ("22:00", .due)])
        #expect(Self.lapsed(world, at: "21:59:59") == [])
        #expect(Self.lapsed(world, at: "22:00") == [1])
        #expect(world.at("23:00", .archive(["peak"])) == [])
        #expect(Self.lapsed(world, at: "23:00") == [])
        #expect(
            world.at("23:01", .acknowledge("peak", 1, .websocket, from: 1)) == [
                "tell session 1: refused unknown-dispatch", "answer refused unknown-dispatch",
            ]
        )
        #expect(world.base.rows.count == 1, "the database has it")
    }

    @Test func `what has not lapsed is kept, and so is everything else`() {
        var world = Self.world(.websocket, steps: [("21:30", .archive(["peak", "nothing"])), ("22:00", .due)])
        world.at("23:01", .acknowledge("peak", 1, .websocket, from: 1))
        #expect(world.base.answer(1, 1)?.isLate == true)
    }

    @Test func `an incident that comes later is kept, whenever it ends`() {
        var world = Self.world(.websocket, steps: [("22:00", .due), ("22:30", .archive(["peak"]))])
        world.play([("22:31", .open("next", program: 1, "22:40-23:00")), ("23:01", .due)])
        world.restart(at: "23:02")
        world.play([
            ("23:03", .connect(1)), ("23:03", .join(1, customer: 1)),
            ("23:04", .acknowledge("next", 1, .websocket, from: 1)),
        ])
        #expect(world.base.answer(2, 1)?.isLate == true)
    }

    @Test func `what a carrier has not reported of is withdrawn, and its report changes nothing`() {
        var world = Self.world(.email, .text, steps: [("21:00", .report("peak", 1, .text, .sent)), ("22:00", .due)])
        #expect(world.at("23:00", .archive(["peak"])) == ["keep 1/1/email#0 withdrawn (1)"])
        #expect(world.at("23:01", .report("peak", 1, .email, .sent)) == [])
        #expect(world.at("23:01", .report("peak", 1, .text, .delivered)) == [])
    }

    @Test func `a cancellation's news that was not reported of is withdrawn too`() {
        var world = Self.world(.email, steps: [("20:50", .cancel("peak")), ("22:00", .due)])
        world.at("23:00", .archive(["peak"]))
        #expect(world.delivery("peak", 1, .email)?.state == .withdrawn)
        #expect(world.closing("peak", 1, .email)?.state == .withdrawn)
    }

    @Test(arguments: [false, true])
    func `the incident itself is known, also after a restart`(isRestarted: Bool) {
        var world = Self.world(.websocket, steps: [("22:00", .due), ("23:00", .archive(["peak"]))])
        if isRestarted { world.restart(at: "23:00:30") }
        let again = world.at("23:01", .open("peak", program: 1, "21:00-22:00"))
        #expect(again == ["answer refused duplicate-incident"])
        #expect(world.at("23:02", .modify("peak", end: "23:59")) == ["answer refused incident-over"])
        #expect(world.at("23:03", .cancel("peak")) == ["answer refused incident-over"])
        world.at("23:04", .open("next", program: 1, "23:10-23:20"))
        #expect(world.incident("next")?.number == 2)
    }

    @Test func `an incident without an end stays until it is cancelled, and for as long as that is told`() {
        var world = Self.world(.websocket)
        world.play([("20:50", .open("open", program: 1, "21:00-")), ("+9 12:00", .archive(["open"]))])
        #expect(world.at("+9 12:01", .acknowledge("open", 1, .websocket, from: 1)).count > 1)
        world.play([("+9 13:00", .cancel("open")), ("+9 14:00", .archive(["open"]))])
        world.play([("+9 14:01", .connect(2)), ("+9 14:01", .join(2, customer: 1))])
        #expect(world.heard(by: 2).count == 1, "the cancellation")
        #expect(Self.lapsed(world, at: "+10 12:59:59") == [1])
        #expect(Self.lapsed(world, at: "+10 13:00") == [1, 2])
    }
}
