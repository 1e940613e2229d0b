import Foundation
import TestSupport
import Testing

@Suite struct WatchTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        for name in ["a", "b"] { try scratch.write(Sample.scenario(name: name), to: "scenarios/\(name).yaml") }
    }

    @Test func `a saved file has its scenario run again, and no other; a signal ends the watch with 130`() async throws
    {
        let command = try Command(["run", "--watch"], in: scratch)
        try await rests(command, runs: 1)
        let untouched = try modification("reports/b/record.sqlite")

        // As editors do it: another file takes the name.
        try scratch.write(Sample.scenario(name: "a", expect: ["dispatches == 20"]), to: "scenarios/.a.new")
        #expect(rename(scratch.file("scenarios/.a.new"), scratch.file("scenarios/a.yaml")) == 0)
        try await rests(command, runs: 2)
        #expect(try output(command).contains("✗ dispatches == 20"))
        #expect(try scratch.text("reports/suite.json").contains(#""exit_status": 1"#))
        // The suite's reports still tell of both.
        #expect(try scratch.text("reports/junit.xml").contains(#"file="scenarios/b.yaml""#))

        try scratch.write("name: a", to: "scenarios/a.yaml")
        try await rests(command, runs: 3)
        #expect(try errors(command).contains("scenarios/a.yaml:1:1: error: "))
        try scratch.write(Sample.scenario(name: "mended"), to: "scenarios/a.yaml")
        try await rests(command, runs: 4)
        #expect(try output(command).contains("mended"))

        #expect(try modification("reports/b/record.sqlite") == untouched)
        command.signal(SIGINT)
        #expect(try await command.outcome().status == 130)
    }

    @Test func `measurements and approved decisions that a scenario uses touch it too`() async throws {
        let text = Sample.scenario(name: "b").replacing("\"uniform(10s, 60s)\"", with: "empirical(measured.csv)")
        try scratch.write(text, to: "scenarios/b.yaml")
        let command = try Command(["run", "--watch", "--quiet"], in: scratch)
        try await rests(command, runs: 1)
        #expect(try errors(command).contains("measured.csv: there is no such file"))
        try scratch.write("10\n20\n", to: "scenarios/measured.csv")
        try await rests(command, runs: 2)
        #expect(scratch.exists("reports/b/record.sqlite"))
        let first = try modification("reports/a/record.sqlite")

        try scratch.write("", to: "scenarios/approved/a.ledger")
        try await rests(command, runs: 3)
        #expect(try modification("reports/a/record.sqlite") != first)
        command.signal(SIGTERM)
        #expect(try await command.outcome().status == 143)
    }

    @Test func `a file that a scenario includes touches it, and no other`() async throws {
        let sample = Sample.including("_roster.yaml")
        try scratch.write(sample.scenario, to: "scenarios/b.yaml")
        try scratch.write(sample.included, to: "scenarios/_roster.yaml")
        let command = try Command(["run", "--watch", "--quiet"], in: scratch)
        try await rests(command, runs: 1)
        let untouched = try modification("reports/a/record.sqlite")
        try scratch.write(sample.included.replacing("1..20", with: "2..20"), to: "scenarios/_roster.yaml")
        try await rests(command, runs: 2)
        #expect(try scratch.text("reports/suite.json").contains(#""exit_status": 1"#))
        #expect(try modification("reports/a/record.sqlite") == untouched)
        command.signal(SIGINT)
        #expect(try await command.outcome().status == 130)
    }

    @Test func `a matrix that an included file made invalid runs all its combinations once that is mended`()
        async throws
    {
        let sample = Sample.including("_roster.yaml")
        let text = sample.scenario.replacing("\nseed:", with: "\nmatrix: {what: [x, y]}\ndescription: $(what)\nseed:")
        try #require(text != sample.scenario)
        try scratch.write(text, to: "scenarios/b.yaml")
        let command = try Command(["run", "--watch", "--quiet"], in: scratch)
        try await rests(command, runs: 1)
        #expect(try errors(command).contains("_roster.yaml: there is no such file"))
        try scratch.write(sample.included, to: "scenarios/_roster.yaml")
        try await rests(command, runs: 2)
        for combination in ["x", "y"] { #expect(scratch.exists("reports/b-what-\(combination)/record.sqlite")) }
        command.signal(SIGINT)
        #expect(try await command.outcome().status == 130)
    }

    @Test func `scenarios may come and go`() async throws {
        let command = try Command(["run", "--watch", "--quiet"], in: scratch)
        try await rests(command, runs: 1)
        try scratch.write(Sample.scenario(name: "c"), to: "scenarios/c.yaml")
        try await rests(command, runs: 2)
        #expect(try errors(command).contains("watching 3 scenarios"))
        #expect(scratch.exists("reports/c/record.sqlite"))
        try FileManager.default.removeItem(atPath: scratch.file("scenarios/a.yaml"))
        try await rests(command, runs: 3)
        #expect(try errors(command).contains("scenarios/a.yaml is gone"))
        #expect(try !scratch.text("reports/junit.xml").contains("scenarios/a.yaml"))
        command.signal(SIGINT)
        #expect(try await command.outcome().status == 130)
    }

    /// Waits until so many rounds have been run.
    private func rests(_ command: Command, runs: Int) async throws {
        try await eventually("round \(runs) is over", (try? errors(command)) ?? "") {
            try errors(command).components(separatedBy: "Ctrl-C ends it").count > runs || !command.process.isRunning
        }
        #expect(command.process.isRunning)
    }

    private func errors(_ command: Command) throws -> String { try command.written().errors }

    private func output(_ command: Command) throws -> String { try command.written().output }

    private func modification(_ name: String) throws -> Date? {
        try FileManager.default.attributesOfItem(atPath: scratch.file(name))[.modificationDate] as? Date
    }
}
