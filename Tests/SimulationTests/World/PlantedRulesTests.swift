import DemandResponse
import DispatchStore
import Scenarios
import Simulation
import TestSupport
import Testing

/// Changed rules can be put into either world.
@Suite struct PlantedRulesTests {
    private static let scenario = """
        name: Changed
        seed: 2
        starts: 2024-06-03T16:00:00-07:00
        lasts: 12h
        programs: [{id: 1, name: Cool Mornings}]
        customers: [{ids: 1..3, name: "Site {id}", program: 1, phone: "+16175550101", channels: [text, websocket]}]
        clients: [{of: all, acknowledges: {after: 2s}}]
        timeline:
          - {at: 10s, incident: {id: peak, program: 1, event_type: market_dispatch, start: "16:20", end: "03:30"}}
        expect: [dispatches == 3]
        """

    @Test(arguments: [RunHeader.World.virtual, .live])
    func `the dispatcher of either world decides by the rules that it is given`(world: RunHeader.World) async throws {
        let folder = try Scratch()
        // However busy the machine is, the live run does not end, nor the incident pass, before its request is answered.
        let options = RunOptions(world: world, speed: 20, untilQuiet: true, reports: folder.path, version: "test")
        let outcome = try await Runner(Scenario(text: Self.scenario), options: options) { snapshot in
            PlantedRules(.noLonger(.text), restoring: snapshot)
        }.run { _ in }
        #expect(
            try RecordRows.read(["SELECT method, count(*) FROM dispatches GROUP BY 1"], from: outcome.record)
                == [#""websocket" | 3"#]
        )
    }
}
