import DemandResponse
import Testing

/// As on 6 September 2022, when CAISO's EEA 3 (17:17–20:00) lay within its EEA 2 (16:00–21:00).
@Suite("Overlapping incidents of one customer")
struct OverlappingIncidentTests {
    private static func world() -> World {
        var world = World(.one(.websocket))
        world.play([
            ("15:00", .connect(1)), ("15:00", .join(1, customer: 1)),
            ("15:30", .open("eea 2", program: 1, "16:00-21:00")), ("17:17", .open("eea 3", program: 1, "17:17-20:00")),
        ])
        return world
    }

    @Test("are dispatched and answered each for itself")
    func separate() {
        var world = Self.world()
        world.at("17:20", .acknowledge("eea 3", 1, .websocket, from: 1))
        #expect(world.base.answer(1, 1) == nil)
        #expect(world.base.answer(2, 1) != nil)
        world.at("17:21", .join(1, customer: 1))
        #expect(world.heard(by: 1).last == "again 1/1/websocket#0 (1) sent")
    }

    @Test("end each at its own time")
    func ends() {
        var world = Self.world()
        world.play([("17:30", .close(1)), ("17:30", .report("eea 2", 1, .websocket, .busy))])
        world.at("17:30", .report("eea 3", 1, .websocket, .busy))
        #expect(world.at("20:00", .due) == ["keep 2/1/websocket#0 withdrawn (1)"])
        world.play([("20:30", .connect(2)), ("20:30", .join(2, customer: 1))])
        #expect(world.heard(by: 2) == ["new 1/1/websocket#0 (2) sent"])
    }

    @Test("are cancelled each for itself")
    func cancelled() {
        var world = Self.world()
        world.at("18:00", .cancel("eea 3"))
        world.at("18:01", .join(1, customer: 1))
        #expect(
            world.heard(by: 1).suffix(3) == [
                "incident 2#0 cancelled", "again 1/1/websocket#0 (1) sent", "incident 2#0 cancelled",
            ]
        )
        #expect(world.incident("eea 2")?.cancelledAt == nil)
    }

    @Test("do not send old dispatches again when a new one comes")
    func nothingOld() {
        let world = Self.world()
        #expect(world.heard(by: 1) == ["new 1/1/websocket#0 (1) sent", "new 2/1/websocket#0 (1) sent"])
    }
}
