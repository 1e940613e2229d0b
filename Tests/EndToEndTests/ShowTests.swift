import Foundation
import TestSupport
import Testing

@Suite struct ShowTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func run() async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        #expect(try await Command.run("run", "--quiet", "small.yaml", in: scratch).status == 0)
    }

    private func show(_ question: String..., columns: Int = 80) async throws -> Outcome {
        try await Command(
            ["show", "reports/small"] + question,
            in: scratch,
            environment: ["COLUMNS": "\(columns)", "LC_ALL": "C.UTF-8"]
        ).outcome()
    }

    @Test func `a customer's story is told step by step, in the terminal's width`() async throws {
        try await run()
        for columns in [80, 50] {
            let outcome = try await show("customer", "1", columns: columns)
            #expect(outcome.status == 0, "\(outcome.errors)")
            for words in ["Customer 1 · Site 1", "peak: answered after", "dispatched by websocket", "acknowledges"] {
                #expect(outcome.output.contains(words), "\(words)")
            }
            #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= columns })
        }
    }

    @Test func `an incident is shown with its counts, and reasons with those whom they met`() async throws {
        try await run()
        for columns in [80, 50] {
            let incident = try await show("incident", "peak", columns: columns)
            #expect(incident.status == 0)
            #expect(incident.output.contains("customer 21, Nobody: unreachable"))
            let why = try await show("why", "undelivered", columns: columns)
            #expect(why.status == 0)
            #expect(why.output.hasPrefix("1 of 21 dispatch records never delivered\n"))
            #expect(why.output.contains("peak: the customer has no channel\n     customer 21\n"))
            for output in [incident.output, why.output] {
                #expect(output.split(separator: "\n").allSatisfy { $0.count <= columns }, "\(output)")
            }
        }
        #expect(try await show("why", "late").output.hasPrefix("none answered late"))
    }

    @Test func `what the record does not know gives 64 and says what it knows`() async throws {
        try await run()
        for (question, told) in [
            (["customer", "99"], "there is no customer 99 in this record; its customers are 1, 2, 3, 4, 5 … 21"),
            (["customer", "Site"], "'Site' is not the id of a customer: ids are numbers"),
            (["incident", "peek"], "there is no incident 'peek' in this record; its incidents are peak"),
            (["why", "slow"], "nothing is known of why 'slow'; ask why undelivered, unacknowledged, late, refused"),
            (["program", "1"], "'program' is no question; ask for customer ID, incident NAME or why"),
            (["customer"], "ask for customer ID, incident NAME or why"),
        ] {
            let outcome = try await Command(["show", "reports/small"] + question, in: scratch).outcome()
            #expect(outcome.status == 64)
            #expect(outcome.errors.hasPrefix("griddrill: \(told)"), "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
    }

    @Test func `without a record there is nothing to show`() async throws {
        let absent = try await Command.run("show", "reports/small", "customer", "1", in: scratch)
        #expect(absent.status == 5)
        #expect(absent.errors == "griddrill: reports/small: there is no such file or folder\n")
        try scratch.write("no record", to: "notes.txt")
        #expect(try await Command.run("show", "notes.txt", "customer", "1", in: scratch).status == 70)
        #expect(try await Command.run("show", "reports/small", in: scratch).status == 64)
    }
}
