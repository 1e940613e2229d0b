import Base
import Foundation
import GRDB
import NIOHTTP1
import TestSupport
import Testing

/// `griddrill record`: what happened at a real server, with real sockets, becomes a scenario that is decided alike.
@Suite struct RecordTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let roster = """
        programs:
          - {id: 1, name: Cool Mornings, acknowledge_within: 2s, message: "{customer}, of {program}: from {start} to {end}"}
          - {id: 2, name: Warm Nights, time_zone: Europe/Berlin}
        customers:
          - {ids: 1..4, name: "Mill {id}", program: 1, channels: [websocket]}
          - {ids: 5..6, name: "Mill {id}", program: 1, email: "mill{id}@mills.example", channels: [email, websocket]}
          - {id: 7, name: Nobody, program: 1, channels: []}
          - {ids: 11..13, name: "Night {id}", program: 2, channels: [websocket]}

        """

    /// Twelve minutes in twelve seconds: one never answers, one opts out, one loses the connection, one is late, one is answered for
    /// by an operator; an incident is modified, another one cancelled, and some requests are refused. The deadline is the server's alone:
    /// a run at another speed than its clock's may have none.
    private static let life =
        """
        name: Life
        seed: 5
        starts: 2024-06-03T16:00:00-07:00
        lasts: 12m

        """ + roster.replacing("acknowledge_within: 2s, ", with: "") + """
            clients:
              - {of: all, connects: {at: 0s, spread: 60s}, acknowledges: {after: "uniform(1s, 60s)", by: "{name} operator"}}
              - {of: {customer: 2}, acknowledges: never}
              - {of: {customer: 3}, acknowledges: {after: 30s, declines: 100%}}
              - {of: {customer: 4}, disconnects: {at: 100s, for: 90s}}
              - {of: {customer: 5}, acknowledges: {after: 170s}}
              - {of: {customer: 6}, connects: never, acknowledges: {incident: mornings, modification: 1, at: 7m, by: Duty officer}}
            timeline:
              - {at: 2m, incident: {id: mornings, program: 1, event_type: market_dispatch, start: 10h, end: 20h}}
              - {at: 150s, incident: {id: nights, program: 2, event_type: market_dispatch, start: 10h, test: true}}
              - {at: 6m, modify: {incident: mornings, end: 21h}}
              - {at: 7m, cancel: nights}
              - {at: 8m, modify: {incident: nights, end: 30h}, refused: incident-over}
              - {at: 9m, incident: {id: other, program: 9, event_type: x, start: 10h, end: 20h}, refused: unknown-program}
              - {at: 10m, cancel: ghost, refused: unknown-incident}
            expect: [dispatches == 12]

            """

    private func griddrill(_ arguments: String...) async throws -> Outcome {
        try await Command(arguments, in: scratch).outcome()
    }

    @Test func `a day at a server is decided in virtual time as it was, and recorded again as it was`() async throws {
        let roster = try scratch.write(Self.roster, to: "roster.yaml")
        let server = try await RunningServer(in: scratch, database: "life.sqlite", arguments: ["--roster", roster])
        let target = "http://127.0.0.1:\(server.port)"
        try scratch.write(Self.life, to: "life.yaml")
        let life = try await griddrill(
            "run",
            "life.yaml",
            "--live",
            "--speed",
            "60",
            "--until-quiet",
            "--target",
            target,
            "--quiet"
        )
        // What that run makes of a cancellation at a server elsewhere is not the matter here: it came to its end.
        #expect(scratch.exists("reports/life/record.sqlite"), "\(life.errors)")
        let recording = try await griddrill("record", "day.yaml", "--from", "life.sqlite", "--keep-names")
        #expect(recording.status == 0, "\(recording.errors)")
        #expect(try await server.stop().status == 0)

        let run = try await griddrill("run", "day.yaml", "--quiet")
        #expect(run.status == 0, "\(run.errors)\(run.output)")
        let original = try Self.decisions(scratch.file("life.sqlite"))
        let repeated = try Self.decisions(scratch.file("reports/day/record.sqlite"))
        let difference = zip(original, repeated).first { $0 != $1 }
        #expect(difference?.0 == difference?.1)
        #expect(original.count == repeated.count)
        // Nothing was equal for want of something to compare.
        let words = original.joined(separator: "\n")
        for word in [
            "Duty officer", "Mill 3, of Cool Mornings", "unknown-program", "unknown-incident",
        ] {
            #expect(words.contains(word), "\(word) is not in:\n\(words)")
        }
        #expect(original.contains { $0.hasPrefix("\"answer\"") && $0.hasSuffix("| 1 | 0") })
        #expect(original.contains { $0.hasPrefix("\"answer\"") && $0.hasSuffix("| 0 | 1") })

        let again = try await griddrill("record", "again.yaml", "--from", "reports/day/record.sqlite", "--keep-names")
        #expect(again.status == 0, "\(again.errors)")
        #expect(try Self.withoutComments(scratch.text("again.yaml")) == Self.withoutComments(scratch.text("day.yaml")))
    }

    private static func withoutComments(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    /// By the incidents' numbers, which are their order: a server's incidents have no names.
    private static func decisions(_ path: String) throws -> [String] {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let decisions = try queue.read { database in
            try [
                """
                SELECT 'dispatch', incident, customer, method, position, modification, program_name, customer_name, message,
                    more_info, state, failure, acknowledged_by, opted_out, late FROM dispatches ORDER BY 2, 3, 5
                """,
                "SELECT 'answer', incident, customer, modification, by, opted_out, late FROM acknowledgements ORDER BY 2, 3, 4",
                """
                SELECT 'refused', substr(detail, 1, instr(detail, ':')) FROM journal
                WHERE kind IN ('refused', 'answer.refused') ORDER BY sequence
                """,
            ].flatMap { query in
                try Row.fetchAll(database, sql: query).map { row in
                    row.databaseValues.map(\.description).joined(separator: " | ")
                }
            }
        }
        try queue.close()
        return decisions
    }

    @Test func `an incident of a group to which nobody belonged at first is recorded apart`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        try await server.postIncident()
        var customer: JSONObject = ["_id": 1, "name": "Mill", "address": "", "phone": "", "email": "", "programId": 1]
        customer["dispatchTypes"] = [3]
        customer["group"] = "north"
        #expect(try await server.send(.PUT, "/customer", [.object(customer)]).status == 200)
        var incident: JSONObject = ["start_time": "08/27/2099 21:00", "program_id": 1, "event_type": "standby"]
        incident["end_time"] = "08/27/2099 22:00"
        incident["group"] = "north"
        #expect(try await server.send(.POST, "/incident", .object(incident)).status == 200)
        let both = try await griddrill("record", "day.yaml", "--from", "d.sqlite")
        #expect(both.status == 70)
        #expect(
            both.errors
                == "griddrill: d.sqlite: incident-2 calls the group 'north', to which nobody belonged when incident-1 was opened: record it apart, with --incident incident-2\n"
        )
        #expect(try await griddrill("record", "day.yaml", "--from", "d.sqlite", "--incident", "incident-2").status == 0)
        #expect(try await griddrill("check", "day.yaml").status == 0)
        #expect(try await server.stop().status == 0)
    }

    @Test func `what cannot be recorded is said, and nothing is written`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let none = try await griddrill("record", "day.yaml", "--from", "d.sqlite")
        #expect(none.status == 70)
        #expect(none.errors == "griddrill: d.sqlite: there is no incident in it, and so nothing to record\n")
        let id = try await server.postIncident()
        let unknown = try await griddrill("record", "day.yaml", "--from", "d.sqlite", "--incident", "peak")
        #expect(unknown.errors == "griddrill: d.sqlite: there is no incident peak; it has 1 (\(id))\n")
        try scratch.write("no database", to: "text.sqlite")
        let text = try await griddrill("record", "day.yaml", "--from", "text.sqlite")
        #expect(text.errors.contains("text.sqlite: this file is not a SQLite database"))
        #expect(!scratch.exists("day.yaml"))
        #expect(try await griddrill("record", "day.yaml", "--from", "d.sqlite", "--incident", id).status == 0)
        let second = try await griddrill("record", "day.yaml", "--from", "d.sqlite")
        #expect(second.status == 70)
        #expect(second.errors == "griddrill: day.yaml: there is such a file already; --force replaces it\n")
        #expect(try await griddrill("record", "day.yaml", "--from", "d.sqlite", "--force").status == 0)
        #expect(try await griddrill("check", "day.yaml").status == 0)
        #expect(try await server.stop().status == 0)
    }
}
