import Base
import DemandResponse
import Testing

/// Announced after its own end, as the first version's documented example was.
@Suite("An incident that was over when it was announced") struct BelatedIncidentTests {
    private static func world(_ methods: DispatchMethod..., period: String = "19:00-20:00") -> World {
        var world = World(.one(methods, within: .minutes(10)))
        world.at("20:45", .open("peak", program: 1, period))
        return world
    }

    @Test("is dispatched all the same, at its end too, and is completed", arguments: ["19:00-20:00", "20:00-20:45"])
    func dispatched(period: String) throws {
        var world = Self.world(.email, .websocket, period: period)
        let incident = try #require(world.base.incident(1))
        #expect(incident.isBelated && incident.status(at: world.now) == .completed)
        #expect(world.delivery("peak", 1, .email)?.state == .sending)
        world.play([("20:46", .connect(1))])
        #expect(world.at("20:46", .join(1, customer: 1)).last == "answer joined 1, 2 open")
        #expect(world.delivery("peak", 1, .websocket)?.state == .sending)
    }

    @Test("one that ends a moment later is not one of these")
    func momentLater() {
        #expect(Self.world(.email, period: "20:00-20:45:01").base.incident(1)?.isBelated == false)
    }

    @Test("is tried again, and takes answers, in time or late by the program's deadline")
    func answers() {
        var world = Self.world(.email)
        world.at("20:45:01", .report("peak", 1, .email, .busy))
        #expect(world.delivery("peak", 1, .email)?.state == .deferred)
        #expect(world.at("20:45:06", .due).contains("send email 1/1/email#0 dispatch (2)"))
        world.play([("20:50", .connect(1))])
        #expect(
            world.at("20:50", .acknowledge("peak", 1, .email, from: 1)).last
                == "answer 1/1#0 acknowledged by Ann at 20:50"
        )
        #expect(
            world.at("20:55:01", .acknowledge("peak", 1, .email, from: 1, optOut: true)).last?.contains("withdrawn")
                == true
        )
        var late = Self.world(.email)
        late.play([("20:50", .connect(1))])
        #expect(late.at("20:55:01", .acknowledge("peak", 1, .email, from: 1)).last?.hasSuffix(", late") == true)
    }

    @Test("lapses as one without an end does, also after a restart", arguments: [false, true])
    func lapse(restarts: Bool) {
        var world = Self.world(.websocket)
        if restarts { world.restart(at: "20:50") }
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "+1 20:45"))
        #expect(world.dispatcher.lapsedIncidents(at: Timestamp(clock: "+1 20:44")) == [])
        #expect(world.at("+1 20:45", .due) == ["keep 1/1/websocket#0 withdrawn (0)"])
        #expect(world.dispatcher.lapsedIncidents(at: world.now) == [1])
    }

    @Test("is over: it is not to be changed, cancelled or recalled")
    func over() {
        for step in [Step.modify("peak", end: "23:00"), .cancel("peak"), .recall("peak")] {
            var world = Self.world(.websocket)
            #expect(world.at("20:46", step) == ["answer refused incident-over"])
        }
    }
}
