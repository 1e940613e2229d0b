import TestSupport
import Testing

/// How much a suite says of what passed and of what did not.
@Suite struct SuiteOutputTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(Sample.scenario(name: "calm", expect: ["dispatches == 21"]), to: "scenarios/calm.yaml")
        try scratch.write(Sample.scenario(name: "storm", expect: ["dispatches == 20"]), to: "scenarios/storm.yaml")
    }

    private func said(_ arguments: String...) async throws -> [Substring] {
        let outcome = try await Command(["run"] + arguments, in: scratch).outcome()
        #expect(outcome.status == 1)
        return outcome.output.split(separator: "\n")
    }

    @Test func `a line for what passed, the whole of what did not, and its file again at the end`() async throws {
        let lines = try await said()
        #expect(lines.first?.hasPrefix("✓ calm ") == true && lines.first?.contains("21 dispatches") == true)
        #expect(lines.count { $0.contains("calm") } == 1)
        #expect(lines.contains { $0.hasPrefix("storm ") && $0.hasSuffix(" FAILED") })
        #expect(lines.contains { $0.hasPrefix("Repeat  griddrill run scenarios/storm.yaml") })
        #expect(lines.suffix(3).contains("✗ scenarios/storm.yaml  FAILED"))
    }

    @Test func `with --verbose the whole of everything`() async throws {
        let lines = try await said("--verbose")
        for name in ["calm", "storm"] {
            #expect(lines.contains { $0.hasPrefix("Repeat  griddrill run scenarios/\(name).yaml") })
        }
        #expect(lines.suffix(4).contains { $0.hasPrefix("✓ calm ") })
    }

    @Test func `one scenario is told whole`() async throws {
        let outcome = try await Command.run("run", "scenarios/calm.yaml", in: scratch)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("Repeat  griddrill run scenarios/calm.yaml"))
    }

    @Test func `quietly and at length is too much asked`() async throws {
        #expect(try await Command.run("run", "--quiet", "--verbose", in: scratch).status == 64)
    }
}
