import Base
import NIOCore
import SocketIO
import TestSupport
import Testing

@Suite struct CompareTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func run(_ text: String, as reports: String, _ options: String...) async throws {
        try scratch.write(text, to: "small.yaml")
        let arguments = ["run", "--quiet", "small.yaml", "--reports", reports] + options
        #expect(try await Command(arguments, in: scratch).outcome().status == 0)
    }

    @Test func `records, folders of one and whole suites are compared`() async throws {
        try await run(Sample.scenario(), as: "a")
        try await run(Sample.scenario(), as: "b")
        for (a, b) in [("a", "b"), ("a/small", "b/small"), ("a/small/record.sqlite", "b/small/record.sqlite")] {
            let outcome = try await Command.run("compare", a, b, in: scratch)
            #expect(outcome.status == 0)
            #expect(outcome.errors == "")
            #expect(outcome.output.contains("Decisions       the same"))
        }
        let mixed = try await Command.run("compare", "a", "b/small", in: scratch)
        #expect(mixed.status == 64)
    }

    @Test func `decisions that differ give 3, and latencies of virtual runs are no matter`() async throws {
        try await run(Sample.scenario(), as: "a")
        let slower = Sample.scenario().replacing("delay: 40ms", with: "delay: 400ms")
        try await run(slower, as: "slow")
        let patient = try await Command.run("compare", "a", "slow", in: scratch)
        #expect(patient.status == 0)
        #expect(patient.output.contains("Latencies       not compared"))
        let strict = try await Command.run("compare", "a", "slow", "--fail-on", "worse", in: scratch)
        #expect(strict.status == 0)

        let fewer = Sample.scenario(expect: ["dispatches >= 20"]).replacing("ids: 1..20", with: "ids: 2..20")
        try await run(fewer, as: "b")
        let different = try await Command.run("compare", "a", "b", "--fail-on", "worse", in: scratch)
        #expect(different.status == 3)
        #expect(different.output.contains("customer 1, incident peak: is no longer dispatched"))
        let lenient = try await Command.run("compare", "a", "b", "--fail-on", "nothing", in: scratch)
        #expect(lenient.status == 0)
    }

    @Test func `a virtual run beside a live one is refused`() async throws {
        try await run(Sample.scenario(), as: "a")
        try await run(
            Sample.scenario(expect: ["dispatches == 21"]),
            as: "b",
            "--live",
            "--speed",
            "600",
            "--until-quiet"
        )
        let outcome = try await Command.run("compare", "a", "b", in: scratch)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("is of a virtual run") && outcome.errors.contains("is of a live run"))
    }

    @Test func `repeated live runs are compared as the runs of a side, also for programs`() async throws {
        let scenario = Sample.scenario(expect: ["dispatches == 21"])
        try await run(scenario, as: "a", "--live", "--speed", "600", "--until-quiet", "--repeat", "5")
        for number in 1...5 { #expect(scratch.exists("a/run-\(number)/small/record.sqlite"), "\(number)") }
        let runs = (1...5).map { "a/run-\($0)" }
        let arguments = ["compare", "--json"] + runs + ["--against"] + runs
        let outcome = try await Command(arguments, in: scratch).outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        let document = try JSON(parsing: ByteBuffer(string: outcome.output))
        let compared = document["scenarios"]?.arrayValue?.first
        #expect(compared?["runs_of_a"] == 5 && compared?["runs_of_b"] == 5)
        #expect(document["decisions_differ"] == false)
        // The same records on both sides.
        #expect(compared?["latencies"]?.arrayValue?.allSatisfy { $0["verdict"] == "same" } == true)

        let single = try await Command.run("compare", "a/run-1", "a/run-2", in: scratch)
        #expect(single.output.contains("1 run a side: nothing can be said"))
        let nothing = try await Command.run("compare", "a/run-1", in: scratch)
        #expect(nothing.status == 64)
        #expect(nothing.errors.contains("--against"))
        let virtual = try await Command.run("run", "small.yaml", "--repeat", "2", in: scratch)
        #expect(virtual.status == 64)
    }

    @Test func `what is not there, and what is no record, is told`() async throws {
        try await run(Sample.scenario(), as: "a")
        let missing = try await Command.run("compare", "a", "absent", in: scratch)
        #expect(missing.status == 64)
        #expect(missing.errors == "griddrill: absent: there is no such file or folder\n")
        try scratch.write("no database", to: "b/small/record.sqlite")
        let broken = try await Command.run("compare", "a", "b", in: scratch)
        #expect(broken.status == 70)
        #expect(broken.errors.contains("b/small/record.sqlite"))
    }
}
