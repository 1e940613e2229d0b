import Base
import Foundation
import TestSupport
import Testing

/// A server that is killed again and again while it sends.
@Suite struct KilledMailTests {
    private static let customers = 300
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `loses no mail, and sends none twice but those of which it could not know`() async throws {
        let sink = try MailSink(in: scratch)
        // At a rate, so that there is something to be killed in the middle of.
        let carriers = try scratch.carriers(sink.port, "rate: 150/s")
        let roster = try scratch.mailRoster(Self.customers)
        var generator = SystemRandomNumberGenerator()
        var server = try await RunningServer(
            in: scratch,
            database: "d.sqlite",
            arguments: ["--carriers", carriers, "--roster", roster]
        )
        try await server.postIncident()
        var kills = 0
        for _ in 1...6 {
            // As many mails later as chance will have it.
            let goal = min(Self.customers, try sink.mails().count + Int.random(in: 5...45, using: &generator))
            _ = try await sink.mails(goal)
            #expect(try await server.kill().status == 128 + SIGKILL)
            kills += 1
            server = try await RunningServer(
                in: scratch,
                database: "d.sqlite",
                arguments: ["--carriers", carriers]
            )
        }
        try await eventually("all are sent", within: 90) {
            try count("SELECT count(*) FROM dispatches WHERE state = 'sent'") == Self.customers
        }
        #expect(try await server.stop().status == 0)

        let arrived = Dictionary(grouping: try sink.mails(), by: \.recipient).mapValues(\.count)
        #expect(arrived.count == Self.customers, "none is lost")
        // An attempt of which no report was kept is one of which nobody knows.
        let unknown = try RecordRows.read(
            [
                """
                SELECT customer, count(*) - 1 FROM journal WHERE kind = 'send'
                GROUP BY customer HAVING count(*) > 1
                """
            ],
            from: scratch.file("d.sqlite")
        )
        var repeats: [String: Int] = [:]
        for row in unknown {
            let parts = row.split(separator: " | ")
            repeats["site-\(parts[0])@mill.example"] = Int(parts[1])
        }
        for (recipient, count) in arrived where count > 1 {
            #expect(count - 1 <= repeats[recipient] ?? 0, "\(recipient) has it \(count) times")
        }
        #expect(
            try count("SELECT count(*) FROM dispatches WHERE may_have_arrived") == repeats.count,
            "each is counted"
        )
        #expect(kills == 6)
    }

    private func count(_ query: String) throws -> Int {
        Int(try RecordRows.read([query], from: scratch.file("d.sqlite")).first ?? "") ?? -1
    }
}
