import DemandResponse
import Measures
import Scenarios
import Testing

@Suite("Groups of customers")
struct GroupTests {
    private static let text = """
        name: Zones
        seed: 7
        starts: 2025-06-23T12:00:00-04:00
        lasts: 2h
        programs: [{id: 1, name: Zones}, {id: 2, name: Elsewhere}]
        customers:
          - {ids: 1..9, name: "Site {id}", program: 1, group: north, channels: [websocket]}
          - {ids: 10..12, name: "Site {id}", program: 1, group: south, channels: [websocket]}
          - {id: 20, name: Port, program: 2, group: harbour, channels: [websocket]}
        clients:
          - {of: {group: north}, acknowledges: {after: 1m}}
        timeline:
          - {at: 13:00, incident: {id: peak, program: 1, group: [north], event_type: x, start: 14:00}}
        expect:
          - dispatches{group:north} == 9

        """

    @Test("are named by customers, incidents, selectors and labels")
    func reading() throws {
        let scenario = try ScenarioReader.read(text: Self.text, path: "zones.yaml").get()
        #expect(scenario.roster.customers.map(\.group).filter { $0 == "north" }.count == 9)
        guard case .incident(let incident) = try #require(scenario.timeline.first?.action) else { return }
        #expect(incident.groups == ["north"])
        #expect(scenario.clients.first?.of == .group("north"))
        #expect(scenario.expectations.first?.selection.group == "north")
    }

    @Test(
        "that nobody belongs to are named with what was meant",
        arguments: [
            (
                "group: [north]", "group: nrth",
                "13:57: error: no customer of program 1 is of the group 'nrth'", "did you mean 'north'?"
            ),
            (
                "group: [north]", "group: [north, harbour]",
                "13:65: error: no customer of program 1 is of the group 'harbour'", "known groups: north, south"
            ),
            ("group: [north]", "group: [north, north]", "13:65: error: the group 'north' stands twice", "keep one"),
            (
                "of: {group: north}", "of: {group: noth}", "11:10: error: no customer is of the group 'noth'",
                "did you mean 'north'?"
            ),
            (
                "dispatches{group:north}", "dispatches{program:1, group:sout}",
                "15:33: error: no customer of program 1 is of the group 'sout'", "did you mean 'south'?"
            ),
            (
                "dispatches{group:north}", "dispatches{customer:10, group:north}",
                "15:35: error: customer 10 is not of the group 'north'", "it is of the group 'south'"
            ),
            (
                "dispatches{group:north}", "dispatches{customer:20, program:1}",
                "15:37: error: customer 20 is not of program 1", "it is of program 2"
            ),
            (
                "group: south", "group: south side", "8:57: error: 'south side' cannot be a group's name",
                "letters, digits, '.', '_' and '-'"
            ),
        ]
    )
    func mistakes(old: String, new: String, error: String, help: String) {
        let rendered = ScenarioReader.read(text: Self.text.replacing(old, with: new), path: "zones.yaml").rendered
        #expect(rendered.contains("zones.yaml:" + error) && rendered.contains(help), "\(rendered)")
    }

    @Test("whom no incident calls are a warning")
    func idle() {
        let text = Self.text.replacing("of: {group: north}", with: "of: {group: south}")
        let rendered = ScenarioReader.read(text: text, path: "zones.yaml").rendered
        #expect(rendered.contains("nobody dispatches these clients"), "\(rendered)")
        #expect(ScenarioReader.read(text: Self.text, path: "zones.yaml").rendered == "")
    }
}
