import Base
import DemandResponse
import Testing

@Suite("An incident that is asked for twice")
struct RepeatedRequestTests {
    private static func request(
        end: String = "22:00",
        program: Program.ID = 1,
        eventType: String = "market_dispatch",
        isTest: Bool = false,
        correlation: String = "first"
    ) -> Input {
        .incidentRequested(
            IncidentRequest(
                id: UniqueID(named: "peak"),
                correlation: UniqueID(named: correlation),
                program: program,
                eventType: eventType,
                period: Incident.Period("21:00-\(end)"),
                isTest: isTest
            ),
            nil
        )
    }

    private static func world() -> World {
        var world = World()
        world.handle(request(), at: Timestamp(clock: "20:45"))
        return world
    }

    @Test("in the same words is the first one again, whatever it is known by")
    func same() {
        var world = Self.world()
        #expect(
            world.handle(Self.request(correlation: "second"), at: Timestamp(clock: "20:46")) == [
                "refused duplicate-incident"
            ]
        )
    }

    @Test(
        "in other words is refused as another one, and the refusal names the fields",
        arguments: [
            (request(end: "22:30"), "end_time"), (request(end: ""), "end_time"),
            (request(program: 2, eventType: "emergency"), "program_id, event_type"), (request(isTest: true), "test"),
        ]
    )
    func other(input: Input, fields: String) throws {
        let world = Self.world()
        let effects = world.dispatcherEffects(of: input, at: Timestamp(clock: "20:46"))
        guard case .refused(let refusal)? = effects.first, effects.count == 1 else {
            Issue.record("not refused: \(effects.map(\.notation))")
            return
        }
        #expect(refusal.code == .differentIncident)
        #expect(refusal.message.hasSuffix("was asked for before with another \(fields)"))
    }

    @Test("is compared with what was asked for, not with what became of it", arguments: [false, true])
    func modified(isRestarted: Bool) {
        var world = Self.world()
        world.play([("20:46", .modify("peak", end: "22:30")), ("20:47", .modify("peak", end: "23:00"))])
        if isRestarted { world.restart(at: "20:48") }
        let now = Timestamp(clock: "20:50")
        #expect(world.handle(Self.request(), at: now) == ["refused duplicate-incident"])
        #expect(world.handle(Self.request(end: "23:00"), at: now) == ["refused different-incident"])
    }
}

extension World {
    /// What a copy of the dispatcher makes of an input.
    fileprivate func dispatcherEffects(of input: Input, at now: Timestamp) -> [Effect] {
        var dispatcher = dispatcher
        return dispatcher.handle(input, at: now)
    }
}
