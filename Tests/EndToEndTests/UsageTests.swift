import Base
import Foundation
import TestSupport
import Testing

@Suite struct UsageTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: [
        ["run", "--colour"], ["run", "--speed", "60"], ["run", "--live", "--speed", "0"], ["run", "--seed", "minus"],
        ["run", "--live", "--speed", "1e-12"], ["run", "--live", "--speed", "1e12"],
        ["run", "--jobs", "9223372036854775807"],
        ["run", "--reports", ""], ["run", "--filter", ""], ["report", "reports", "--reports", ""],
        ["run", "--target-token-file", "token"], ["serve", "--ping-interval", "9223372036854775807"],
        ["serve", "--ping-timeout", "9223372036854775807"], ["serve", "--ping-timeout", "0"],
        ["token", "create", "--name", "a", "--role", "viewer", "--expires", "0h"],
        ["token", "create", "--name", "a\nb", "--role", "viewer"],
        ["serve", "--port", "65536"], ["serve", "--log-level", "loud"], ["dispatch"],
    ])
    func `wrong usage gives 64`(arguments: [String]) async throws {
        let outcome = try await Command(arguments, in: scratch).outcome()
        #expect(outcome.status == 64)
        #expect(outcome.errors.hasPrefix("Error: "))
        #expect(try scratch.contents().isEmpty)
    }

    @Test func `a path that is not there, an empty folder and a filter that nothing matches give 5`() async throws {
        try FileManager.default.createDirectory(atPath: scratch.file("empty"), withIntermediateDirectories: true)
        try scratch.write(Sample.scenario(), to: "full/small.yaml")
        for (arguments, told) in [
            (["run"], "scenarios: there is no such file or folder"),
            (["run", "empty"], "no scenario in empty"),
            (["run", "full", "--filter", "large"], "no scenario in full whose path contains \"large\""),
            (["check", "absent.yaml"], "absent.yaml: there is no such file or folder"),
        ] {
            let outcome = try await Command(arguments, in: scratch).outcome()
            #expect(outcome.status == 5)
            #expect(outcome.errors == "griddrill: \(told)\n")
            #expect(!scratch.exists("reports"))
        }
    }

    @Test func `the schema is JSON Schema 2020-12`() async throws {
        let outcome = try await Command.run("schema", in: scratch)
        #expect(outcome.status == 0)
        let schema = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(schema?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    }

    @Test func `a list names the files and runs nothing`() async throws {
        try scratch.write(Sample.scenario(), to: "scenarios/b.yaml")
        try scratch.write(Sample.scenario(), to: "scenarios/a.yaml")
        let outcome = try await Command.run("run", "--list", in: scratch)
        #expect(outcome.status == 0)
        #expect(outcome.output == "scenarios/a.yaml\nscenarios/b.yaml\n")
        #expect(!scratch.exists("reports"))
    }

    @Test func `token commands and backups make no database of a mistyped path`() async throws {
        for arguments in [
            ["token", "list", "--database", "typo.sqlite"],
            ["token", "create", "--database", "typo.sqlite", "--name", "a", "--role", "viewer"],
            ["backup", "--database", "typo.sqlite", "copy.sqlite"],
        ] {
            let outcome = try await Command(arguments, in: scratch).outcome()
            #expect(outcome.status == 70)
            #expect(outcome.errors.hasPrefix("griddrill: typo.sqlite: there is no such "))
            #expect(try scratch.contents().isEmpty)
        }
    }

    @Test(arguments: ["junit.xml", "index.html", "Suite.json", "summary.md"])
    func `a scenario whose reports would stand where the suite's do is refused`(name: String) async throws {
        try scratch.write(Sample.scenario(), to: "\(name).yaml")
        let outcome = try await Command.run("run", "\(name).yaml", in: scratch)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("\(name).yaml: its reports would stand in reports/\(name)"))
        #expect(!scratch.exists("reports"))
    }
}
