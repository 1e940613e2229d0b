import Base
import DemandResponse
import Foundation
import TestSupport
import Testing

@testable import Scenarios

@Suite("Included files")
struct InclusionTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let roster = """
        programs:
          - {id: 1, name: Mornings, time_zone: America/Los_Angeles}
        customers:
          - {ids: 1..4, name: "Site {id}", program: 1, email: "site{id}@grid.example", channels: [email]}
        clients:
          - {of: all, acknowledges: {after: 1m}}
        carriers:
          email: {delay: 3s}
          text: {delay: 2s}
        """

    private static func scenario(_ include: String, _ rest: String = "") -> String {
        """
        name: Including
        seed: 7
        starts: 2019-08-27T20:30:00-07:00
        lasts: 2h
        include: \(include)
        \(rest)
        timeline:
          - {at: 20:45, incident: {id: peak, program: 1, event_type: x, start: 21:00, end: 22:00}}
        expect: [dispatches == 4]
        """
    }

    private func read(_ text: String) throws -> Reading<Scenario> {
        ScenarioReader.read(path: try scratch.write(text, to: "scenarios/a.yaml"))
    }

    /// `file:line:column: message | help`, the paths without the folder of the test.
    private func told(_ text: String) throws -> [String] {
        try read(text).diagnostics.map {
            "\($0.path):\($0.line):\($0.column): \($0.message) | \($0.suggestion ?? "")"
                .replacing(scratch.path + "/", with: "")
        }
    }

    @Test("are not filled by the scenario's matrix, which is said where that was meant")
    func placeholders() throws {
        let roster = Self.roster.replacing("site{id}@grid.example", with: "$(who)@grid.example")
        try scratch.write(roster, to: "scenarios/_roster.yaml")
        let text = Self.scenario("_roster.yaml", "description: $(who)\nmatrix: {who: [a, b]}")
        let told = try told(text)
        #expect(
            told.count == 1 && told.first?.hasPrefix("scenarios/_roster.yaml:4:56: '$(who)' stands for itself") == true
        )
    }

    @Test("give what the scenario lacks, and come before what it has")
    func merged() throws {
        try scratch.write(Self.roster, to: "scenarios/shared/_roster.yaml")
        let whole = try read(Self.scenario("shared/_roster.yaml"))
        #expect(whole.rendered == "")
        let scenario = try #require(whole.value)
        #expect(scenario.roster.customers.map(\.name) == ["Site 1", "Site 2", "Site 3", "Site 4"])
        #expect(scenario.clients.count == 1 && scenario.carriers.count == 2)
        #expect(whole.companions == [scratch.file("scenarios/shared/_roster.yaml")])
        #expect(scenario.source.included == [.init(name: "shared/_roster.yaml", text: Self.roster)])

        let own = """
            customers: [{id: 9, name: Own, program: 1, channels: [email], email: a@b.example}]
            clients: [{of: {customer: 9}, acknowledges: never}]
            carriers: {email: {delay: 9s}}
            """
        let mixed = try #require(try read(Self.scenario("[shared/_roster.yaml]", own)).value)
        #expect(mixed.roster.customers.map(\.id) == [1, 2, 3, 4, 9])
        #expect(mixed.clients.last?.acknowledges == [])
        #expect(mixed.carriers[.email]?.delay == .constant(.seconds(9)))
        #expect(mixed.carriers[.text]?.delay == .constant(.seconds(2)))
    }

    @Test("are part of the source: a text that has them at hand reads none")
    func fromRecord() throws {
        let included = [ScenarioSource.Included(name: "gone.yaml", text: Self.roster)]
        let text = Self.scenario("gone.yaml")
        let reading = ScenarioReader.read(text: text, path: "nowhere/a.yaml", included: included)
        #expect(reading.value?.source.included == included)
        let without = ScenarioReader.read(text: text, path: "nowhere/a.yaml", included: [])
        #expect(without.diagnostics.map(\.message) == ["gone.yaml: is not in the record"])
    }

    @Test(
        "each mistake is named in its own file, with where that is included; what contradicts itself with both places"
    )
    func mistakes() throws {
        try scratch.write(
            Self.roster.replacing("{delay: 3s}", with: "{dlay: 3s}").replacing("program: 1,", with: "program: 2,"),
            to: "scenarios/_roster.yaml"
        )
        let own = """
            customers:
              - {id: 3, name: Own, program: 1, channels: []}
            """
        #expect(
            try told(Self.scenario("_roster.yaml", own)) == [
                "scenarios/_roster.yaml:4:45: there is no program 2 | known programs: 1; included on line 5 of scenarios/a.yaml",
                "scenarios/_roster.yaml:8:11: carrier: unknown key 'dlay' | did you mean 'delay'? "
                    + "(known keys: delay, fails, reports, except); included on line 5 of scenarios/a.yaml",
                "scenarios/a.yaml:7:10: the customer 3 is already defined | it is on line 4 of scenarios/_roster.yaml",
            ]
        )
    }

    @Test("a name that nothing defines is one wherever it stands")
    func unknown() throws {
        try scratch.write(Self.roster.replacing("of: all", with: "of: {customer: 8}"), to: "scenarios/_roster.yaml")
        let told = try told(Self.scenario("_roster.yaml").replacing("program: 1,", with: "program: 6,"))
        #expect(
            told == [
                "scenarios/_roster.yaml:6:10: there is no such customer | ids are within 1..4; included on line 5 of scenarios/a.yaml",
                "scenarios/a.yaml:8:47: there is no program 6 | known programs: 1",
            ]
        )
    }

    @Test("hold nothing that is the scenario's own, and include nothing")
    func strict() throws {
        try scratch.write(Self.roster + "\nseed: 3\ntimeline: []\n", to: "scenarios/_roster.yaml")
        let own = try told(Self.scenario("_roster.yaml"))
        #expect(own.count == 2)
        #expect(
            own[0].hasPrefix("scenarios/_roster.yaml:10:1: included file: unknown key 'seed' | known keys: programs,")
        )
        try scratch.write("include: _other.yaml\n" + Self.roster, to: "scenarios/_roster.yaml")
        #expect(
            try told(Self.scenario("_roster.yaml")).first?.hasPrefix(
                "scenarios/_roster.yaml:1:10: an included file includes no other | name that file in the scenario, too"
            ) == true
        )
    }

    @Test("that are not there, stand twice, are the scenario itself, are empty or no YAML are told of at their places")
    func unreadable() throws {
        try scratch.write(Self.roster, to: "scenarios/_roster.yaml")
        #expect(
            try told(Self.scenario("_rooster.yaml"))
                == [
                    "scenarios/a.yaml:5:10: _rooster.yaml: there is no such file | the path is relative to the scenario's"
                ]
        )
        #expect(
            try told(Self.scenario("[_roster.yaml, _roster.yaml]"))
                == ["scenarios/a.yaml:5:25: '_roster.yaml' is included twice | keep one of them"]
        )
        #expect(try told(Self.scenario("a.yaml")) == ["scenarios/a.yaml:5:10: a scenario does not include itself | "])
        #expect(
            try told(Self.scenario("[]")) == ["scenarios/a.yaml:5:10: the list of files is empty | leave 'include' out"]
        )
        try scratch.write("# nothing\n", to: "scenarios/_roster.yaml")
        #expect(
            try told(Self.scenario("_roster.yaml"))
                == ["scenarios/_roster.yaml:1:1: the file is empty | included on line 5 of scenarios/a.yaml"]
        )
        try scratch.write("customers: [\n", to: "scenarios/_roster.yaml")
        #expect(try told(Self.scenario("_roster.yaml")).first?.hasPrefix("scenarios/_roster.yaml:1:12: ") == true)
    }

    @Test("what neither file has is missing")
    func missing() throws {
        try scratch.write("programs: [{id: 1, name: Mornings}]", to: "scenarios/_roster.yaml")
        #expect(
            try told(Self.scenario("_roster.yaml")) == [
                "scenarios/a.yaml:5:10: 'customers' and 'clients' stand neither in this file nor in what it includes | "
                    + "customers: [] says that there are none"
            ]
        )
    }

    @Test("by themselves are no scenario, and say so")
    func alone() throws {
        let told = try told(Self.roster)
        #expect(told.count == 1)
        #expect(
            told[0].hasPrefix("scenarios/a.yaml:1:1: this file has nothing but what scenarios include | a name that")
        )
    }

    @Test("of measurements that they name are beside them")
    func measurements() throws {
        try scratch.write("1s\n2s\n", to: "scenarios/shared/times.csv")
        let text = Self.roster.replacing("after: 1m", with: "after: empirical(times.csv)")
        try scratch.write(text, to: "scenarios/shared/_roster.yaml")
        let reading = try read(Self.scenario("shared/_roster.yaml"))
        #expect(reading.value != nil, "\(reading.rendered)")
        #expect(
            reading.companions.map { $0.replacing(scratch.path + "/", with: "") }
                == ["scenarios/shared/_roster.yaml", "scenarios/shared/times.csv"]
        )
    }

    @Test("let the schema do without the sections that may be in them, and without them alone")
    func schema() throws {
        let texts = [
            Self.scenario("_roster.yaml"), Self.scenario("[a.yaml, b.yaml]"),
            Self.scenario("_roster.yaml").replacing("include: _roster.yaml", with: ""),
        ]
        let complaints = try SchemaValidator.validate(texts, schema: ScenarioSchema.json())
        #expect(complaints.map(\.isEmpty) == [true, true, false])
        let own = try SchemaValidator.validate(
            [Self.roster, Self.roster + "\nseed: 3\n", "include: a.yaml\n"],
            schema: ScenarioSchema.jsonOfIncluded()
        )
        #expect(own.map(\.isEmpty) == [true, false, false])
    }
}
