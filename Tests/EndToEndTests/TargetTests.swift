import Base
import SocketIO
import TestSupport
import Testing

/// `run --live --target`: against a server that is there already, with a life of its own.
@Suite struct TargetTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// The seed's second program, whose customers have what this server can carry; the incident ends in hours.
    private static let scenario = """
        name: Elsewhere
        seed: 3
        starts: 2024-06-03T16:00:00-07:00
        lasts: 2h
        programs: [{id: 1, name: Green Mountain Energy Cool Mornings}]
        customers: [{ids: 1..2, name: "Site {id}", program: 1, phone: "+16175550100", email: "site@grid.example", channels: [email, text, websocket]}]
        clients: [{of: all, acknowledges: {after: 30s}}]
        timeline:
          - {at: 16:01, incident: {id: ours, program: 1, event_type: market_dispatch, start: "17:00", end: "17:30"}}
          - {at: 16:03, modify: {incident: ours, end: "17:40"}}
        expect: [dispatches == 6, acknowledged == 2, refused == 0]
        """

    /// How its second step may be: a change, or a cancellation, which changes nothing of what was dispatched and answered before.
    private static let changes = [
        scenario, scenario.replacing(#"modify: {incident: ours, end: "17:40"}"#, with: "cancel: {incident: ours}"),
    ]

    @Test(arguments: changes)
    func `a run answers its own incidents there and leaves those of others alone`(_ scenario: String) async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let others = try await server.postIncident()
        let file = try scratch.write(scenario, to: "elsewhere.yaml")
        let outcome = try await Command.run(
            "run",
            "--live",
            "--until-quiet",
            "--speed",
            "60",
            "--quiet",
            "--target",
            "http://127.0.0.1:\(server.port)",
            "--reports",
            scratch.file("reports"),
            file,
            in: scratch
        )
        #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        let summary = try await server.get("/incident/\(others)/summary").body
        #expect(summary["customers"] == 2)
        #expect(summary["acknowledged"] == 0)
        #expect(try await server.stop().status == 0)
    }

    @Test func `a server that does not know the customers is named, and nothing is dispatched there`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let strangers = Self.scenario.replacing("ids: 1..2", with: "ids: 1..4")
        let file = try scratch.write(strangers, to: "strangers.yaml")
        let outcome = try await Command.run(
            "run",
            "--live",
            "--until-quiet",
            "--target",
            "http://127.0.0.1:\(server.port)",
            "--reports",
            scratch.file("reports"),
            file,
            in: scratch
        )
        #expect(outcome.status == 70)
        #expect(outcome.errors.contains("customer 3 is not enrolled there"))
        #expect(try await server.get("/incident").body == [])
        #expect(try await server.stop().status == 0)
    }

    @Test func `a server that asks for tokens is told one, from a file or the environment`() async throws {
        let first = try await RunningServer(in: scratch, database: "d.sqlite")
        #expect(try await first.stop().status == 0)
        let made = try await Command.run(
            "token",
            "create",
            "--database",
            "d.sqlite",
            "--name",
            "drill",
            "--role",
            "operator",
            in: scratch
        )
        #expect(made.status == 0)
        let server = try await RunningServer(in: scratch, database: "d.sqlite", arguments: ["--authenticate"])
        let file = try scratch.write(Self.scenario, to: "elsewhere.yaml")
        try scratch.write(made.output, to: "token")
        let arguments = [
            "run", "--live", "--until-quiet", "--speed", "60", "--quiet", "--target", "http://127.0.0.1:\(server.port)",
            "--reports", scratch.file("reports"), file,
        ]
        let without = try await Command(arguments, in: scratch).outcome()
        #expect(without.status == 70)
        #expect(without.errors.contains("GRIDDRILL_TARGET_TOKEN"))
        let byFile = try await Command(arguments + ["--target-token-file", "token"], in: scratch).outcome()
        #expect(byFile.status == 0, "\(byFile.errors)\(byFile.output)")
        let token = String(made.output.prefix { !$0.isWhitespace })
        let byEnvironment = try await Command(arguments, in: scratch, environment: ["GRIDDRILL_TARGET_TOKEN": token])
            .outcome()
        #expect(byEnvironment.status == 0, "\(byEnvironment.errors)\(byEnvironment.output)")
        #expect(try await server.stop().status == 0)
    }
}
