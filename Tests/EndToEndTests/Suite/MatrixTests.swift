import Foundation
import TestSupport
import Testing

@Suite struct MatrixTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let scenario = Sample.scenario(expect: ["dispatches == 21", "acknowledged >= $(least)"])
        .replacing("seed: 3", with: "seed: 3\nmatrix: {jitter: [0ms, 10ms], least: [19, 20]}")
        .replacing("jitter: 10ms", with: "jitter: $(jitter)")

    @Test func `each combination is a scenario of its own: in lists, reports, ledgers, shards and records`()
        async throws
    {
        try scratch.write(Self.scenario, to: "scenarios/a.yaml")
        let paths = ["0ms, least 19", "0ms, least 20", "10ms, least 19", "10ms, least 20"].map {
            "scenarios/a.yaml (jitter \($0))"
        }
        let list = try await Command.run("run", "--list", in: scratch)
        #expect(list.output == paths.map { $0 + "\n" }.joined())
        let one = try await Command.run("run", "--list", "--filter", "10ms", "scenarios/a.yaml:3", in: scratch)
        #expect(one.output == paths.suffix(2).map { $0 + "\n" }.joined())

        let run = try await Command.run("run", "--approve", "--github", in: scratch)
        #expect(run.status == 1)
        #expect(run.output.contains("Small (jitter 10ms, least 19) "))
        #expect(
            run.output.contains(
                "::error file=scenarios/a.yaml,line=17,title=Small (jitter 0ms%2C least 20)%3A an expectation"
            )
        )
        for name in ["a-jitter-0ms-least-19", "a-jitter-10ms-least-20"] {
            #expect(scratch.exists("reports/\(name)/record.sqlite"))
            #expect(scratch.exists("scenarios/approved/\(name).ledger"))
        }
        let junit = try scratch.text("reports/junit.xml")
        let suites = junit.matches(of: #/<testsuite name="([^"]*)"/#).map { String($0.output.1) }
        #expect(
            suites
                == ["0ms, least 19", "0ms, least 20", "10ms, least 19", "10ms, least 20"].map { "Small (jitter \($0))" }
        )
        #expect(Set(junit.matches(of: #/ file="([^"]*)"/#).map { String($0.output.1) }) == ["scenarios/a.yaml"])
        #expect(
            try scratch.text("reports/a-jitter-0ms-least-19/summary.json").contains(
                #""combination": "jitter 0ms, least 19""#
            )
        )

        // Those that passed are not run again, and the record repeats its own combination.
        let failed = try await Command.run("run", "--list", "--only-failed", in: scratch)
        #expect(failed.output == "\(paths[1])\n\(paths[3])\n")
        let record = "reports/a-jitter-10ms-least-19/record.sqlite"
        let again = try await Command.run("replay", "--resimulate", record, in: scratch)
        #expect(again.status == 0, "\(again.output)\(again.errors)")
        let single = try await Command.run("run", "--quiet", paths[2], "--reports", "single", in: scratch)
        #expect(single.status == 0)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.file("single")).contains(
                "a-jitter-10ms-least-19"
            )
        )

        for number in 1...2 {
            _ = try await Command.run(
                "run",
                "--quiet",
                "--shard",
                "\(number)/2",
                "--reports",
                "shard\(number)",
                in: scratch
            )
        }
        let merged = try await Command.run(
            "report",
            "--merge",
            "shard1",
            "shard2",
            "--reports",
            "all",
            "--quiet",
            in: scratch
        )
        #expect(merged.status == 1, "\(merged.errors)")
        #expect(try scratch.text("all/suite.json").contains("a.yaml (jitter 10ms, least 20)"))
    }

    @Test func `a file with a mistake in some combinations is one invalid file, and says it once`() async throws {
        try scratch.write(Self.scenario.replacing("[19, 20]", with: "[19, x]"), to: "scenarios/a.yaml")
        let run = try await Command.run("run", "--quiet", in: scratch)
        #expect(run.status == 2)
        #expect(run.errors.components(separatedBy: "error:").count == 2, "\(run.errors)")
        #expect(run.errors.contains("in the combination (jitter 0ms, least x) and 1 more"))
        let check = try await Command.run("check", "scenarios", in: scratch)
        #expect(check.errors == run.errors)
        try scratch.write(Self.scenario, to: "scenarios/a.yaml")
        #expect(try await Command.run("check", "scenarios", in: scratch).output == "scenarios/a.yaml: in order\n")
    }
}
