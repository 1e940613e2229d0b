import Foundation
import TestSupport
import Testing

@Suite struct JobsTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `side by side or one by one: the same output, status and records, in the order of the files`()
        async throws
    {
        for (index, expected) in [21, 20, 21, 21].enumerated() {
            // The first takes the longest.
            let lasts = index == 0 ? "6h" : "30m"
            let text = Sample.scenario(name: "Case \(index)", lasts: lasts, expect: ["dispatches == \(expected)"])
            try scratch.write(text, to: "scenarios/\(index).yaml")
        }
        try scratch.write("name: invalid", to: "scenarios/invalid.yaml")
        var outcomes: [Outcome] = []
        for jobs in ["1", "4"] {
            outcomes.append(try await Command.run("run", "--jobs", jobs, in: scratch))
            try FileManager.default.moveItem(atPath: scratch.file("reports"), toPath: scratch.file("reports-\(jobs)"))
        }
        #expect(outcomes.map(\.status) == [2, 2])
        #expect(outcomes[0].errors == outcomes[1].errors)
        #expect(timeless(outcomes[0].output) == timeless(outcomes[1].output))
        for name in ["0", "1", "2", "3"] {
            let records = try ["1", "4"].map {
                try RecordContents(of: scratch.file("reports-\($0)/\(name)/record.sqlite"))
            }
            #expect(records[0] == records[1])
        }
    }

    @Test func `an interruption names all that ran, and none leaves a record`() async throws {
        for name in ["a", "b", "c"] { try scratch.write(Sample.long, to: "scenarios/\(name).yaml") }
        let command = try Command(["run", "--jobs", "2"], in: scratch)
        try await eventually("both run") {
            ["a", "b"].allSatisfy { scratch.exists("reports/\($0)/record.sqlite.partial") }
        }
        command.signal(SIGINT)
        let outcome = try await command.outcome()
        #expect(outcome.status == 130)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.hasSuffix(": interrupted; these runs have no record\n"))
        #expect(outcome.errors.contains("scenarios/a.yaml") && outcome.errors.contains("scenarios/b.yaml"))
        for name in ["a", "b", "c"] { #expect(!scratch.exists("reports/\(name)/record.sqlite")) }
    }

    /// Without the figures of the wall's clock, which stand after ` in ` and at the end of the suite's rows, and without the breaks and
    /// blanks that their lengths bring about.
    private func timeless(_ output: String) -> String {
        output.replacing(#/ in [0-9][^\n]*/#, with: "")
            .replacing(#/(dispatch(?:es)?) {2,}[0-9][^\n]*/#) { "\($0.1)" }
            .split { $0.isWhitespace || $0 == "·" }.joined(separator: " ")
    }
}
