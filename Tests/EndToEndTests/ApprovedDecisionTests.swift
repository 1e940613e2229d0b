import Foundation
import TestSupport
import Testing

@Suite struct ApprovedDecisionTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func run(_ arguments: String...) async throws -> Outcome {
        try await Command(["run", "small.yaml"] + arguments, in: scratch).outcome()
    }

    @Test func `decisions that are not the approved ones give 3 and are told everywhere`() async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        #expect(try await run().output.contains("none are approved: --approve writes approved/small.ledger"))
        #expect(!scratch.exists("approved"))
        #expect(try await run("--approve").status == 0)
        let approved = try scratch.text("approved/small.ledger")
        #expect(approved == (try scratch.text("reports/small/decisions.ledger")))
        let same = try await run()
        #expect(same.status == 0)
        #expect(same.output.contains("Decisions       as approved in approved/small.ledger"))

        let fewer = Sample.scenario(expect: ["dispatches >= 20"]).replacing("ids: 1..20", with: "ids: 2..20")
        try scratch.write(fewer, to: "small.yaml")
        let told = "customer 1, incident peak: is no longer dispatched; was"
        let differs = try await run("--quiet")
        #expect(differs.status == 3)
        #expect(differs.errors.contains(told))
        #expect(try scratch.text("reports/junit.xml").contains(told))
        #expect(try scratch.text("reports/small/summary.json").contains("customer 1, incident peak"))
        #expect(try scratch.text("approved/small.ledger") == approved)
        #expect(try scratch.text("reports/summary.md").contains("  - \(told)"))
        // At the line of the group in which customer 1 was.
        let lines = approved.split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(lines.firstIndex { $0.hasPrefix("  19 customers: ") })
        let annotated = try await run("--quiet", "--github").output
        #expect(annotated.hasPrefix("::error file=approved/small.ledger,line=\(line + 1),title=Small%3A "))
        #expect(annotated.contains("::\(told)"))

        // A report that is made again from what the run left says the same.
        try FileManager.default.removeItem(atPath: scratch.file("approved"))
        let again = try await Command(["report", "reports/small"], in: scratch).outcome()
        #expect(again.status == 3)
        #expect(again.output.contains(told))
    }

    @Test func `with another seed nothing is compared, and that is said`() async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        #expect(try await run("--approve", "--quiet").status == 0)
        let other = try await run("--seed", "4")
        #expect(other.status == 0)
        #expect(other.output.contains("not compared with approved/small.ledger"))
        #expect(try await run("--seed", "3").output.contains("as approved"))
    }

    @Test func `approved decisions that were changed by hand give 3 and say where`() async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        #expect(try await run("--approve", "--quiet").status == 0)
        let changed = try scratch.text("approved/small.ledger").replacing("taken", with: "delivered")
        try scratch.write(changed, to: "approved/small.ledger")
        let outcome = try await run()
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("approved/small.ledger:"))
        #expect(outcome.output.contains("was changed by hand"))
        #expect(outcome.output.contains("--approve"))
        #expect(try await run("--approve", "--quiet").status == 0)
        #expect(try await run("--quiet").status == 0)
    }

    @Test func `where decisions have to be approved, a scenario without any gives 3`() async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        let missing = try await run("--require-approved", "--github")
        #expect(missing.status == 3)
        #expect(
            missing.output.contains("none are approved, and they have to be: --approve writes approved/small.ledger")
        )
        #expect(missing.output.contains("::error file=small.yaml,title=Small"))
        #expect(try await run("--approve", "--quiet").status == 0)
        #expect(try await run("--require-approved").status == 0)
        // As a checkout with git's autocrlf has it.
        let text = try scratch.text("approved/small.ledger")
        try scratch.write(text.replacing("\n", with: "\r\n"), to: "approved/small.ledger")
        #expect(try await run("--require-approved").status == 0)
    }

    @Test func `two ledgers are compared in sentences`() async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        #expect(try await run("--quiet", "--reports", "a").status == 0)
        let fewer = Sample.scenario(expect: ["dispatches >= 20"]).replacing("ids: 1..20", with: "ids: 2..20")
        try scratch.write(fewer, to: "small.yaml")
        #expect(try await run("--quiet", "--reports", "b").status == 0)
        let (a, b) = ("a/small/decisions.ledger", "b/small/decisions.ledger")
        let same = try await Command.run("diff", a, a, in: scratch)
        #expect(same.status == 0 && same.output == "")
        let different = try await Command.run("diff", a, b, in: scratch)
        #expect(different.status == 1)
        #expect(different.output.contains("- customer 1, incident peak: is no longer dispatched; was dispatched by"))
        let git = try await Command(["diff", "--git", "x.ledger", a, "0", "100644", b, "1", "100644"], in: scratch)
            .outcome()
        #expect(git.status == 0)
        #expect(git.output == "ledger x.ledger\n" + different.output)
        let new = try await Command(
            ["diff", "--git", "x.ledger", "/dev/null", ".", ".", b, "1", "100644"],
            in: scratch
        ).outcome()
        #expect(new.status == 0 && new.output == "ledger x.ledger\nthese decisions are new\n")
        try scratch.write("nothing", to: "c")
        let broken = try await Command.run("diff", a, "c", in: scratch)
        #expect(broken.status == 70)
        #expect(broken.errors == "griddrill: c:1: this is not a decision ledger\n")
    }

    @Test(arguments: [["--approve", "--live"], ["--approve", "--seed", "4"]])
    func `only virtual runs with their own seeds are approved`(flags: [String]) async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        let outcome = try await Command(["run", "small.yaml"] + flags, in: scratch).outcome()
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("--approve is for"))
    }

    @Test func `nothing is approved again and again`() async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        let outcome = try await run("--approve", "--watch")
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("approve once, without --watch"))
        #expect(!scratch.exists("approved"))
    }
}
