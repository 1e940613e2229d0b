import Foundation
import TestSupport
import Testing

@Suite struct NewTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: ["evening-peak", "evening-peak.yaml"])
    func `what it writes is in order, under the name that was given, and holds`(name: String) async throws {
        let written = try await Command.run("new", name, in: scratch)
        #expect(written.status == 0)
        #expect(written.output == "Wrote evening-peak.yaml. Run it:  griddrill run evening-peak.yaml\n")
        let text = try String(contentsOfFile: scratch.file("evening-peak.yaml"), encoding: .utf8)
        #expect(text.contains("\nname: Evening peak\n"))
        #expect(try await Command.run("check", "--strict", "evening-peak.yaml", in: scratch).status == 0)
        let run = try await Command.run("run", "evening-peak.yaml", in: scratch)
        #expect(run.status == 0, "\(run.output)")
    }

    @Test func `a name is kept as it is, whatever stands in it`() async throws {
        #expect(try await Command.run("new", "a \"b\" #c: {d}", in: scratch).status == 0)
        let outcome = try await Command.run("check", "--strict", "a \"b\" #c: {d}.yaml", in: scratch)
        #expect(outcome.status == 0)
        let text = try String(contentsOfFile: scratch.file("a \"b\" #c: {d}.yaml"), encoding: .utf8)
        #expect(text.contains(#"name: "A \"b\" #c: {d}""#))
    }

    @Test func `nothing is replaced, and a folder that is missing is told`() async throws {
        try scratch.write("mine", to: "peak.yaml")
        let there = try await Command.run("new", "peak", in: scratch)
        #expect(there.status == 70)
        #expect(there.errors.contains("peak.yaml: there is such a file already"))
        #expect(try String(contentsOfFile: scratch.file("peak.yaml"), encoding: .utf8) == "mine")
        let nowhere = try await Command.run("new", "nowhere/peak", in: scratch)
        #expect(nowhere.status == 70)
        #expect(nowhere.errors.contains("nowhere/peak.yaml: it cannot be written"))
    }
}
