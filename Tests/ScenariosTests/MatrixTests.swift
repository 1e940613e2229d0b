import Base
import DemandResponse
import Foundation
import TestSupport
import Testing

@testable import Scenarios

@Suite("Scenarios with a matrix")
struct MatrixTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let text = """
        name: Peak
        seed: $(seed)
        starts: 2019-08-27T20:30:00-07:00
        lasts: 2h
        matrix:
          loss: [0%, 1%]
          seed: [7, 8, 9]
        server: {ping_interval: 10s}
        programs: [{id: 1, name: Mornings}]
        customers:
          - {ids: 1..4, name: "Site {id} of $(seed)", program: 1, channels: [websocket]}
        clients:
          - {of: all, link: {delay: 40ms, loss: $(loss)}}
        timeline:
          - {at: 20:45, incident: {id: peak, program: 1, event_type: x, start: 21:00, end: 22:00}}
        expect:
          - dispatches == 4
          - failed <= $(loss)

        """

    /// The text with its only occurrence of another one replaced.
    private static func text(_ old: String, _ new: String) -> String {
        precondition(text.components(separatedBy: old).count == 2, old)
        return text.replacing(old, with: new)
    }

    private static func read(_ text: String, _ path: String = "peak.yaml") -> Reading<Scenario> {
        ScenarioReader.read(text: text, path: path)
    }

    private static func told(_ text: String, _ path: String = "peak.yaml") -> [String] {
        read(text, path).diagnostics.map { "\($0.line):\($0.column): \($0.message) | \($0.suggestion ?? "")" }
    }

    @Test("are one for each combination, in the order of the file, each with its name, place and values")
    func combinations() throws {
        let path = try scratch.write(Self.text, to: "peak.yaml")
        let paths = ScenarioReader.scenarios(at: path).paths
        #expect(
            paths.map { $0.replacing(scratch.path + "/", with: "") } == [
                "peak.yaml (loss 0%, seed 7)", "peak.yaml (loss 0%, seed 8)", "peak.yaml (loss 0%, seed 9)",
                "peak.yaml (loss 1%, seed 7)", "peak.yaml (loss 1%, seed 8)", "peak.yaml (loss 1%, seed 9)",
            ]
        )
        let reading = ScenarioReader.read(path: paths[4])
        let scenario = try #require(reading.value, "\(reading.rendered)")
        #expect(scenario.name == "Peak (loss 1%, seed 8)")
        #expect(scenario.seed == 8)
        #expect(scenario.clients[0].link?.loss == .percent(1))
        #expect(scenario.roster.customers[0].name == "Site 1 of 8")
        #expect(scenario.expectations[1].text == "failed <= 1%")
        #expect(scenario.source.path == path && scenario.source.text == Self.text)
        #expect(scenario.source.place.description == paths[4])
        #expect(ScenarioReader.read(path: path).value?.name == "Peak (loss 0%, seed 7)")
    }

    @Test("are written as the one that they are")
    func writing() throws {
        let scenario = try Self.read(Self.text, "peak.yaml (loss 1%, seed 9)").get()
        let again = try Self.read(ScenarioWriter(scenario).text, "again.yaml").get()
        #expect(again.name == scenario.name && again.seed == 9 && again.roster == scenario.roster)
    }

    @Test("a file without one is a scenario of its own, also where a sign like a placeholder's stands")
    func without() throws {
        let path = try scratch.write(Sample.text.replacing("Two programs.", with: "matrix $(x)"), to: "sample.yaml")
        #expect(ScenarioReader.scenarios(at: path).paths == [path])
        #expect(try ScenarioReader.read(path: path).get().description == "matrix $(x)")
        let told = ScenarioReader.read(path: path + " (loss 1%)").diagnostics.map(\.message)
        #expect(told == ["there is no combination (loss 1%): the file has no matrix"])
    }

    @Test("what is wrong in all of them is said once, and what is wrong in some with the first of them")
    func mistakes() {
        #expect(
            Self.told(Self.text("dispatches == 4", "dispatchs == 4")).map { $0.hasSuffix("combination") } == [false]
        )
        #expect(Self.told(Self.text("dispatches == 4", "dispatchs == 4")).count == 1)
        let told = Self.told(Self.text("[0%, 1%]", "[0%, 101%]"))
        #expect(
            told == [
                "13:41: '101%' is more than 100% | in the combination (loss 101%, seed 7) and 2 more",
                "18:5: '101%' is more than 100% | in the combination (loss 101%, seed 7) and 2 more",
            ]
        )
        #expect(
            Self.told(Self.text("[7, 8, 9]", "[7, x]")) == [
                "2:7: expected an integer, found the text 'x' | in the combination (loss 0%, seed x) and 1 more"
            ]
        )
    }

    @Test(
        "mistakes of the matrix itself are told at their places",
        arguments: [
            ("loss: [0%, 1%]", "loss: [0%, 0%]", "6:14: the value '0%' stands twice | keep one of them"),
            ("loss: [0%, 1%]", "loss: []", "6:9: expected a list of values, found a list | as [0%, 1%]"),
            ("loss: [0%, 1%]", "loss: 0%", "6:9: expected a list of values, found the text '0%' | as [0%, 1%]"),
            ("loss: [0%, 1%]", "loss: [0%, {a: 1}]", "6:14: expected a value of a line, found a mapping"),
            ("loss: [0%, 1%]", "lo ss: [0%, 1%]", "6:3: 'lo ss' cannot be a name of the matrix | letters, digits"),
            ("loss: [0%, 1%]", "loss: [0%, 1%]\n  ping: [1s]", "7:3: 'ping' stands nowhere in the scenario"),
            (
                "loss: $(loss)}", "loss: $(los)}",
                "13:41: the matrix has no 'los' | did you mean 'loss'? (known names: loss, seed)"
            ),
            (
                "failed <= $(loss)", "failed <= $(loss",
                "18:15: no name follows '$(' here, or no ')' the name | as $(loss)"
            ),
            (
                "loss: [0%, 1%]", "loss: [a/b, a:b]",
                "6:3: the combinations (loss a/b, seed 7) and (loss a:b, seed 7) would have one name for their reports"
            ),
        ]
    )
    func matrix(_ old: String, _ new: String, _ expected: String) {
        let told = Self.told(Self.text(old, new))
        #expect(told.count == 1 && told[0].hasPrefix(expected), "\(told)")
    }

    @Test("there are at most a hundred")
    func bound() {
        let values = (1...34).map(String.init).joined(separator: ", ")
        let told = Self.told(Self.text("[7, 8, 9]", "[\(values)]").replacing("[0%, 1%]", with: "[0%, 1%, 2%]"))
        #expect(told.count == 1 && told[0].hasPrefix("7:3: more than 100 combinations"), "\(told)")
        let most = Self.text("[7, 8, 9]", "[\((1...50).map(String.init).joined(separator: ", "))]")
        #expect(Self.read(most).rendered == "")
    }

    @Test("one that there is not is told with those that there are")
    func unknown() {
        let told = Self.told(Self.text, "peak.yaml (loss 2%, seed 7)")
        #expect(
            told.first?.hasPrefix(
                "6:3: there is no combination (loss 2%, seed 7) | known combinations: (loss 0%, seed 7),"
            )
                == true
        )
    }

    @Test("the schema takes placeholders wherever a scalar stands, and other mistakes no more than before")
    func schema() throws {
        let placed = Self.text.replacing("id: 1, name: Mornings", with: "id: $(seed), name: $(loss)")
            .replacing("channels: [websocket]", with: "channels: [$(loss)]")
            .replacing("end: 22:00", with: "end: $(loss), test: $(loss)")
        let texts = [Self.text, placed, Self.text("[0%, 1%]", "0%"), Self.text("seed: $(seed)", "seed: (seed)")]
        let complaints = try SchemaValidator.validate(texts, schema: ScenarioSchema.json())
        #expect(complaints.map(\.isEmpty) == [true, true, false, false], "\(complaints)")
    }
}
