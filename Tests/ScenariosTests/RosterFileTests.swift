import DemandResponse
import Foundation
import Scenarios
import TestSupport
import Testing

@Suite("Roster files")
struct RosterFileTests {
    @Test("hold programs and customers")
    func roster() {
        let text = """
            programs: [{id: 1, name: Mornings, message: "{program}: {customer}, {start} to {end}"}]
            customers: [{ids: 1..3, name: "Site {id}", program: 1, channels: [webhook]}]
            """
        let roster = RosterFile.read(text: text, path: "roster.yaml").value
        #expect(roster?.programs.first?.messageTemplate == "{program}: {customer}, {start} to {end}")
        #expect(roster?.customers.map(\.name) == ["Site 1", "Site 2", "Site 3"])
    }

    @Test("hold nothing else")
    func strict() {
        let text = """
            name: Roster
            programs: [{id: 1, name: Mornings}]
            customers: [{id: 1, name: A, program: 2, channels: []}]
            """
        let messages = RosterFile.read(text: text, path: "roster.yaml").diagnostics.map(\.message)
        #expect(messages == ["roster: unknown key 'name'", "there is no program 2"])
    }
}

@Suite("The shipped scenarios")
struct ShippedScenarioTests {
    @Test("are without a mistake", arguments: Shipped.paths)
    func valid(_ path: String) {
        let reading = ScenarioReader.read(path: path)
        // The rules' own scenarios play what `check` warns of: an answer that is too late, a customer without an address.
        let playsMistakes = path.contains("/rules/")
        let mistakes = reading.diagnostics.filter { $0.severity == .error || !playsMistakes }
        #expect(mistakes.isEmpty, "\(reading.rendered)")
        #expect(reading.value?.expectations.isEmpty == false)
    }

    @Test("begin with the seed roster")
    func seed() {
        let path = Shipped.paths.first { $0.hasSuffix("/seed.yaml") } ?? ""
        #expect(ScenarioReader.read(path: path).value?.roster == .seed)
    }
}
