import Foundation
import TestSupport
import Testing

/// A suite that was killed: what it had come to is not taken for all of it.
@Suite struct KilledSuiteTests {
    @Test func `a report says that it has not come to its end, until it is run again`() async throws {
        let scratch = try Scratch()
        try scratch.write(Sample.scenario(name: "First"), to: "scenarios/first.yaml")
        try scratch.write(Sample.long, to: "scenarios/second.yaml")
        let killed = try Command(["run", "--jobs", "1"], in: scratch)
        try await eventually("the second scenario runs", "") { scratch.exists("reports/second/record.sqlite.partial") }
        killed.signal(SIGKILL)
        _ = try await killed.outcome()

        let report = try await Command.run("report", "reports", in: scratch)
        #expect(report.status == 70)
        #expect(report.output.contains("its run has not come to its end"))
        #expect(report.output.contains("the suite has not come to its end"))
        #expect(!report.output.contains("1 passed\n"))
        let merged = try await Command.run("report", "--merge", "reports", "--reports", "whole", in: scratch)
        #expect(merged.status != 0)

        try FileManager.default.removeItem(atPath: scratch.file("scenarios/second.yaml"))
        try FileManager.default.removeItem(atPath: scratch.file("reports/second"))
        #expect(try await Command.run("run", in: scratch).status == 0)
        #expect(try await Command.run("report", "reports", in: scratch).status == 0)
    }
}
