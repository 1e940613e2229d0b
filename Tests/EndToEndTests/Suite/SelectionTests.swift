import Foundation
import TestSupport
import Testing

@Suite struct SelectionTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func list(_ arguments: String...) async throws -> [Substring] {
        try await Command(["run", "--list"] + arguments, in: scratch).outcome().output.split(separator: "\n")
    }

    @Test func `a place in a file picks the scenario there, as it is copied from a report`() async throws {
        try scratch.write(Sample.scenario(), to: "a.yaml")
        for path in ["a.yaml:16", "a.yaml:16:5", "a.yaml:1:1:", "a.yaml"] {
            #expect(try await list(path) == ["a.yaml"])
        }
        #expect(try await list("a.yaml:3", "a.yaml:7") == ["a.yaml"])
        let outcome = try await Command.run("run", "a.yaml:99", in: scratch)
        #expect(outcome.status == 5)
        #expect(outcome.errors == "griddrill: a.yaml:99: the file has only 16 lines\n")
    }

    @Test func `a folder stands for the scenarios in it and in its folders, but for hidden ones`() async throws {
        for path in ["b.yaml", "a.yml", "rules/d.yaml", "rules/deep/c.yaml", ".hidden/e.yaml", "rules/notes.txt"] {
            try scratch.write(Sample.scenario(), to: "scenarios/\(path)")
        }
        try FileManager.default.createSymbolicLink(
            atPath: scratch.file("scenarios/rules/round"),
            withDestinationPath: scratch.file("scenarios")
        )
        #expect(
            try await list()
                == ["scenarios/a.yml", "scenarios/b.yaml", "scenarios/rules/d.yaml", "scenarios/rules/deep/c.yaml"]
        )
    }

    @Test func `only what failed, was invalid, has changed or has no report runs again`() async throws {
        let names = ["changed", "failed", "invalid", "passed"]
        for name in names { try scratch.write(Sample.scenario(name: name), to: "scenarios/\(name).yaml") }
        try scratch.write(Sample.scenario(expect: ["dispatches == 20"]), to: "scenarios/failed.yaml")
        #expect(try await Command.run("run", "--quiet", in: scratch).status == 1)
        #expect(try await list("--only-failed") == ["scenarios/failed.yaml"])

        try scratch.write("name: invalid", to: "scenarios/invalid.yaml")
        #expect(try await Command.run("run", "--quiet", in: scratch).status == 2)
        try scratch.write(Sample.scenario(name: "changed", lasts: "31m"), to: "scenarios/changed.yaml")
        try scratch.write(Sample.scenario(name: "new"), to: "scenarios/new.yaml")
        #expect(
            try await list("--only-failed") == ["changed", "failed", "invalid", "new"].map { "scenarios/\($0).yaml" }
        )
        #expect(try await list("--only-failed", "--reports", "elsewhere").count == 5)
    }

    @Test func `tags pick scenarios for a run, a shard and a check`() async throws {
        for (name, tags) in [("a", "[smoke, rules]"), ("b", "[rules, slow]"), ("c", "[smoke, slow]")] {
            let text = Sample.scenario(name: name).replacing("seed:", with: "tags: \(tags)\nseed:")
            try scratch.write(text, to: "scenarios/\(name).yaml")
        }
        try scratch.write(Sample.scenario(), to: "scenarios/d.yaml")
        #expect(try await list("--tag", "rules") == ["scenarios/a.yaml\tsmoke rules", "scenarios/b.yaml\trules slow"])
        #expect(
            try await list("--tag", "rules", "--tag", "smoke", "--tag", "!slow") == ["scenarios/a.yaml\tsmoke rules"]
        )
        #expect(try await list("--tag", "!slow") == ["scenarios/a.yaml\tsmoke rules", "scenarios/d.yaml"])
        #expect(try await list("--tag", "smoke", "--shard", "1/1", "--filter", "/c").count == 1)
        let check = try await Command.run("check", "scenarios", "--tag", "slow", in: scratch)
        #expect(check.output == "scenarios/b.yaml: in order\nscenarios/c.yaml: in order\n")

        let none = try await Command.run("run", "--tag", "fast", "--tag", "!slow", "--filter", "yaml", in: scratch)
        #expect(none.status == 5)
        #expect(
            none.errors
                == "griddrill: no scenario in scenarios whose path contains \"yaml\" and that has the tag fast and that does not have the tag slow\n"
        )
        #expect(try await Command.run("run", "--tag", "not slow", in: scratch).status == 64)

        // Whatever else is wrong with a file: its own tags pick it, and where they cannot be read it is not passed over.
        try scratch.write("tags: [slow]\nname: 7\n", to: "scenarios/c.yaml")
        #expect(try await list("--tag", "smoke") == ["scenarios/a.yaml\tsmoke rules"])
        try scratch.write("tags: [slow\n", to: "scenarios/c.yaml")
        #expect(try await list("--tag", "smoke") == ["scenarios/a.yaml\tsmoke rules", "scenarios/c.yaml"])
    }

    @Test func `a tag that no scenario has is misspelt, though another one picks some`() async throws {
        let text = Sample.scenario().replacing("seed:", with: "tags: [smoke]\nseed:")
        try scratch.write(text, to: "scenarios/a.yaml")
        let run = try await Command.run("run", "--tag", "smoke", "--tag", "regresion", in: scratch)
        #expect(run.status == 5)
        #expect(run.errors == "griddrill: no scenario has the tag 'regresion'\n")
    }

    @Test func `a matrix that is invalid, or that nobody sees, is not passed over`() async throws {
        let matrix = Sample.scenario(lasts: "$(time)").replacing("seed:", with: "matrix: {time: [30m, 40m]}\nseed:")
        try scratch.write(matrix, to: "scenarios/a.yaml")
        try scratch.write(matrix.replacing("40m", with: "40q"), to: "scenarios/b.yaml")
        #expect(try await list("--filter", "30m") == ["scenarios/a.yaml (time 30m)", "scenarios/b.yaml"])
        #expect(try await Command.run("run", "--quiet", "--filter", "30m", in: scratch).status == 2)

        try scratch.write(matrix.replacing("matrix:", with: #""\x6datrix":"#), to: "c.yaml")
        #expect(try await list("c.yaml") == ["c.yaml (time 30m)", "c.yaml (time 40m)"])
    }

    @Test func `what was known to fall short is run again once it is so no longer`() async throws {
        let entry = "{expect: acknowledged == 20, known: {issue: \"#1\", until: 2999-01-01, why: one never answers}}"
        try scratch.write(Sample.scenario(expect: ["dispatches == 21", entry]), to: "scenarios/a.yaml")
        #expect(try await Command.run("run", "--quiet", in: scratch).status == 0)
        #expect(try await list("--only-failed") == [])
        let summary = scratch.file("reports/a/summary.json")
        let text = try String(contentsOfFile: summary, encoding: .utf8)
        // As if that run had been made after the day, so that it would be over by now the other way round.
        try text.replacing(/"wall_started_at": "[^"]*"/, with: "\"wall_started_at\": \"2999-06-01T00:00:00Z\"")
            .write(toFile: summary, atomically: true, encoding: .utf8)
        #expect(try await list("--only-failed") == ["scenarios/a.yaml"])
    }

    @Test func `measurements that have changed since are run with again`() async throws {
        let text = Sample.scenario().replacing("\"uniform(10s, 60s)\"", with: "empirical(times.csv)")
        try #require(text.contains("times.csv"))
        try scratch.write(text, to: "scenarios/a.yaml")
        try scratch.write("1\n", to: "scenarios/times.csv")
        #expect(try await Command.run("run", "--quiet", in: scratch).status == 0)
        #expect(try await list("--only-failed") == [])
        try scratch.write("2\n", to: "scenarios/times.csv")
        #expect(try await list("--only-failed") == ["scenarios/a.yaml"])
    }

    @Test func `a file that scenarios include is none itself, and a change of it is one of theirs`() async throws {
        let sample = Sample.including("_roster.yaml")
        try scratch.write(sample.scenario, to: "scenarios/a.yaml")
        try scratch.write(sample.included, to: "scenarios/_roster.yaml")
        #expect(try await list() == ["scenarios/a.yaml"])
        #expect(try await Command.run("run", "--quiet", in: scratch).status == 0)
        #expect(try await list("--only-failed") == [])

        try scratch.write(sample.included.replacing("Site {id}", with: "Home {id}"), to: "scenarios/_roster.yaml")
        #expect(try await list("--only-failed") == ["scenarios/a.yaml"])

        // The record has all that it takes.
        for name in ["a", "_roster"] {
            try FileManager.default.removeItem(atPath: scratch.file("scenarios/\(name).yaml"))
        }
        let again = try await Command.run("replay", "--resimulate", "reports/a/record.sqlite", in: scratch)
        #expect(again.status == 0, "\(again.output)\(again.errors)")
        #expect(try await Command.run("report", "reports", "--quiet", in: scratch).status == 0)
    }

    @Test func `when nothing failed there is nothing to do`() async throws {
        try scratch.write(Sample.scenario(), to: "scenarios/a.yaml")
        #expect(try await Command.run("run", "--quiet", in: scratch).status == 0)
        let outcome = try await Command.run("run", "--only-failed", in: scratch)
        #expect(outcome.status == 0)
        #expect(outcome.output == "")
        #expect(outcome.errors == "griddrill: nothing to run: all passed when they last ran\n")

        let path = scratch.file("reports/a/record.sqlite")
        var record = try Data(contentsOf: URL(fileURLWithPath: path))
        record[record.count / 2] ^= 1
        try record.write(to: URL(fileURLWithPath: path))
        #expect(try await list("--only-failed") == ["scenarios/a.yaml"])
    }

    @Test(arguments: [
        ["run", "small.yaml"], ["run", "--list", "small.yaml"], ["check", "small.yaml"], ["schema"], ["--help"],
    ])
    func `output that cannot be written is an error`(arguments: [String]) async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        let outcome = try await Command(
            arguments,
            in: scratch,
            wrapper: ["bash", "-c", #"exec "$@" > /dev/full"#, "full"]
        ).outcome()
        #expect(outcome.status == 70)
        #expect(outcome.errors.hasPrefix("griddrill: standard output: cannot be written: "))
        #expect(outcome.errorLines.count == 1)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `shells can be taught the options`(shell: String) async throws {
        let outcome = try await Command.run("--generate-completion-script", shell, in: scratch)
        #expect(outcome.status == 0)
        for option in ["only-failed", "shard", "durations", "watch"] { #expect(outcome.output.contains(option)) }
    }
}
