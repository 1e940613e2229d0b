import Scenarios
import Simulation
import Testing

@Suite struct ScenarioSizeTests {
    private func size(customers: Int = 20, lasts: String = "2h", incidents: Int = 1, channels: String = "email") throws
        -> Int
    {
        let timeline = (0..<incidents).map {
            """
              - {at: 16:\(10 + $0), incident: {id: i\($0), program: 1, event_type: market_dispatch, start: "17:00", end: "17:30"}}
            """
        }
        return try ScenarioReader.read(
            text: """
                name: Sized
                seed: 1
                starts: 2024-06-03T16:00:00-07:00
                lasts: \(lasts)
                programs: [{id: 1, name: Cool Mornings}, {id: 2, name: Nobody's}]
                customers: [{ids: 1..\(customers), name: "Site {id}", program: 1, channels: [\(channels)]}]
                clients: []
                timeline:
                \(timeline.joined(separator: "\n"))
                expect: [dispatches == 1]
                """,
            path: "sized.yaml"
        ).get().size
    }

    @Test func `it grows with customers, methods, incidents and the heartbeats of sessions`() throws {
        let least = try size()
        #expect(try size(customers: 40) > least)
        #expect(try size(channels: "email, text") > least)
        #expect(try size(incidents: 2) > least)
        #expect(try size(channels: "websocket") > least)
        #expect(try size(lasts: "4h", channels: "websocket") > size(channels: "websocket"))
    }

    @Test func `it does not grow with time in which nobody has a session`() throws {
        #expect(try size(lasts: "4h") == size())
    }
}
