import Foundation
import Scenarios
import Testing

@Suite struct CompanionTests {
    private func companions(_ clients: String) -> [String] {
        ScenarioReader.read(
            text: """
                name: Measured
                seed: 1
                starts: 2024-06-03T16:00:00-07:00
                lasts: 1h
                programs: [{id: 1, name: Cool Mornings}]
                customers: [{id: 1, name: Site, program: 1, channels: [websocket]}]
                clients: [\(clients)]
                timeline: []
                expect: [dispatches == 0]
                """,
            path: "folder/measured.yaml"
        ).companions
    }

    @Test func `a scenario without measurements is made of its own file alone`() {
        #expect(companions("{of: all, acknowledges: {after: 10s}}") == [])
    }

    @Test func `files of measurements are named once each, there or not`() {
        let clients = """
            {of: all, acknowledges: {after: empirical(a.csv)}}, {of: {customer: 1}, acknowledges: {after: empirical(a.csv)}},
            {of: all, link: {delay: "empirical(/b/c.csv)"}}
            """
        #expect(companions(clients) == ["folder/a.csv", "/b/c.csv"])
    }
}
