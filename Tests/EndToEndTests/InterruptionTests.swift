import Foundation
import TestSupport
import Testing

@Suite struct InterruptionTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func `a run that a signal ends leaves no record, and a whole earlier one as it was`(
        signal: Int32,
        status: Int32
    ) async throws {
        try scratch.write(Sample.scenario(), to: "case.yaml")
        #expect(try await Command.run("run", "--quiet", "case.yaml", in: scratch).status == 0)
        let before = try Data(contentsOf: URL(fileURLWithPath: scratch.file("reports/case/record.sqlite")))

        try scratch.write(Sample.long, to: "case.yaml")
        let command = try Command(["run", "case.yaml"], in: scratch)
        try await eventually("it runs") { scratch.exists("reports/case/record.sqlite.partial") }
        command.signal(signal)
        let outcome = try await command.outcome()
        #expect(outcome.status == status)
        #expect(outcome.errors == "griddrill: case.yaml: interrupted; this run has no record\n")
        #expect(outcome.output == "")
        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.file("reports/case/record.sqlite"))) == before)

        try scratch.write(Sample.scenario(), to: "case.yaml")
        #expect(try await Command.run("run", "--quiet", "case.yaml", in: scratch).status == 0)
        #expect(!scratch.exists("reports/case/record.sqlite.partial"))
    }

    @Test func `a live run that a signal ends leaves no record`() async throws {
        try scratch.write(Sample.scenario(), to: "case.yaml")
        let command = try Command(["run", "--live", "case.yaml"], in: scratch)
        try await eventually("it runs") { scratch.exists("reports/case/record.sqlite.partial") }
        command.signal(SIGINT)
        let outcome = try await command.outcome()
        #expect(outcome.status == 130)
        #expect(!scratch.exists("reports/case/record.sqlite"))
        #expect(!scratch.exists("reports/junit.xml"))
    }

    @Test func `a run that is killed leaves no record under its final name, and the next one copes`() async throws {
        try scratch.write(Sample.long, to: "case.yaml")
        let command = try Command(["run", "case.yaml"], in: scratch)
        try await eventually("it runs") { scratch.exists("reports/case/record.sqlite.partial") }
        command.signal(SIGKILL)
        #expect(try await command.outcome().status == 137)
        #expect(!scratch.exists("reports/case/record.sqlite"))

        try scratch.write(Sample.scenario(), to: "case.yaml")
        #expect(try await Command.run("run", "--quiet", "case.yaml", in: scratch).status == 0)
        #expect(try RecordContents(of: scratch.file("reports/case/record.sqlite")).tables["dispatches"]?.count == 21)
    }

    @Test func `a second run into the same folder is refused while the first one writes there`() async throws {
        try scratch.write(Sample.long, to: "case.yaml")
        let first = try Command(["run", "case.yaml"], in: scratch)
        try await eventually("it runs") { scratch.exists("reports/case/record.sqlite.partial") }
        let second = try await Command.run("run", "case.yaml", in: scratch)
        #expect(second.status == 70)
        #expect(second.errors.contains("another process is using this database"))
        first.signal(SIGTERM)
        #expect(try await first.outcome().status == 143)
    }
}
