import Foundation
import TestSupport
import Testing

@Suite struct RunTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `a run whose expectations hold ends with 0 and prints them, and leaves its record and reports`()
        async throws
    {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        let outcome = try await Command.run("run", "small.yaml", in: scratch)
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        #expect(outcome.output.contains("✓ dispatches == 21"))
        #expect(outcome.output.contains("✓ acknowledged == 19"))
        #expect(outcome.output.contains("Repeat  griddrill run small.yaml --seed 3"))
        #expect(
            Set(try scratch.contents().keys) == [
                "small.yaml", "reports/junit.xml", "reports/suite.json", "reports/index.html", "reports/summary.md",
                "reports/small/record.sqlite", "reports/small/summary.json", "reports/small/report.html",
                "reports/small/decisions.ledger",
            ]
        )
    }

    @Test func `without arguments the folder scenarios is run`() async throws {
        try scratch.write(Sample.scenario(name: "First"), to: "scenarios/first.yaml")
        try scratch.write(Sample.scenario(name: "Second"), to: "scenarios/second.yml")
        try scratch.write("no scenario", to: "scenarios/notes.txt")
        let outcome = try await Command.run("run", in: scratch)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("2 scenarios: 2 passed"))
        #expect(scratch.exists("reports/first/record.sqlite") && scratch.exists("reports/second/record.sqlite"))
    }

    @Test(arguments: [[], ["--quiet"]])
    func `an expectation that falls short gives 1 and says expected and observed`(flags: [String]) async throws {
        try scratch.write(Sample.scenario(expect: ["dispatches == 21", "acknowledged == 20"]), to: "small.yaml")
        let outcome = try await Command(["run", "small.yaml"] + flags, in: scratch).outcome()
        #expect(outcome.status == 1)
        let told = flags.isEmpty ? outcome.output : outcome.errors
        #expect(told.contains("✗ acknowledged == 20"))
        #expect(told.contains("expected  == 20"))
        #expect(told.contains("observed  19"))
        #expect(told.contains("at        small.yaml:16"))
        #expect(try scratch.text("reports/junit.xml").contains("<failure"))
    }

    @Test func `a quiet run says nothing when all holds`() async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        let outcome = try await Command.run("run", "--quiet", "small.yaml", in: scratch)
        #expect(outcome.status == 0)
        #expect(outcome.output == "")
        #expect(outcome.errors == "")
        #expect(scratch.exists("reports/small/summary.json"))
    }

    @Test func `what is not a terminal gets no escape codes, nor does anyone with NO_COLOR`() async throws {
        try scratch.write(Sample.scenario(expect: ["acknowledged == 20"]), to: "small.yaml")
        let plain = try await Command.run("run", "small.yaml", in: scratch)
        #expect(!plain.output.contains("\u{1B}") && !plain.errors.contains("\u{1B}"))
        let forced = try await Command.run("run", "small.yaml", in: scratch, environment: ["CLICOLOR_FORCE": "1"])
        #expect(forced.output.contains("\u{1B}["))
        let environment = ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]
        let never = try await Command.run("run", "small.yaml", in: scratch, environment: environment)
        #expect(!never.output.contains("\u{1B}"))
        #expect(never.output.contains("FAILED"))
    }

    @Test func `the same seed gives an equal record, another seed another one`() async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        for (reports, seed) in [("first", "3"), ("second", "3"), ("other", "4")] {
            let arguments = ["run", "--quiet", "small.yaml", "--reports", reports, "--seed", seed]
            #expect(try await Command(arguments, in: scratch).outcome().status == 0)
        }
        let first = try RecordContents(of: scratch.file("first/small/record.sqlite"))
        #expect(first == (try RecordContents(of: scratch.file("second/small/record.sqlite"))))
        #expect(first != (try RecordContents(of: scratch.file("other/small/record.sqlite"))))
        #expect(first.tables.keys.contains("journal") && first.tables.keys.contains("dispatches"))
        #expect(first.tables["dispatches"]?.count == 21)
    }

    @Test func `a folder of reports whose name holds another run's remains gets the new run's record`() async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        for name in ["record.sqlite.partial", "record.sqlite.partial-wal", "record.sqlite.partial-journal"] {
            try scratch.write("what a crash left", to: "reports/small/\(name)")
        }
        let outcome = try await Command.run("run", "--quiet", "small.yaml", in: scratch)
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.file("reports/small")).sorted() == [
                "decisions.ledger", "record.sqlite", "report.html", "summary.json",
            ]
        )
        #expect(try RecordContents(of: scratch.file("reports/small/record.sqlite")).tables["dispatches"]?.count == 21)
    }

    @Test func `two files that would share one folder of reports are told apart before anything runs`() async throws {
        try scratch.write(Sample.scenario(name: "First"), to: "a/small.yaml")
        try scratch.write(Sample.scenario(name: "Second"), to: "b/small.yaml")
        let outcome = try await Command.run("run", "a", "b", in: scratch)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("a/small.yaml"))
        #expect(outcome.errors.contains("b/small.yaml"))
        #expect(outcome.errors.contains("--reports"))
        #expect(!scratch.exists("reports"))
    }

    @Test func `reports that cannot be written are told with their place`() async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        try scratch.write("a file", to: "taken")
        let outcome = try await Command.run("run", "small.yaml", "--reports", "taken", in: scratch)
        #expect(outcome.status == 70)
        #expect(outcome.errors.contains("taken"))
        #expect(try scratch.text("taken") == "a file")
    }
}
