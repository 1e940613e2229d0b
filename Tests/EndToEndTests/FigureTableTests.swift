import Base
import Foundation
import GRDB
import NIOCore
import SocketIO
import TestSupport
import Testing

/// One table of all figures of one scenario: whoever tells a figure tells the same one, to the last digit.
@Suite struct FigureTableTests {
    /// What is told of one group of records: counts, and latencies in microseconds (`nil`: never, or too few).
    private struct Figures: Equatable {
        var records: Int
        var delivered: Int
        var failed: Int
        var customers: Int
        var acknowledged: Int
        var late: Int
        var declined: Int
        var deliveries: Latency
        var answers: Latency

        struct Latency: Equatable {
            var count: Int
            var never: Int
            var percentiles: [Int64?]
        }

        /// As people read it.
        var share: String { Units.share(acknowledged, of: customers) }
    }

    private static let perMille = [500, 900, 950, 990]

    /// The reckoning of this test itself, from the rows of the views: nearest rank, where fewer than one sample lies beyond withheld.
    private static func latency(_ milliseconds: [Double?]) -> Figures.Latency {
        let values = milliseconds.compactMap { $0.map { Int64(($0 * 1_000).rounded()) } }.sorted()
        let percentiles = perMille.map { perMille -> Int64? in
            let rank = (milliseconds.count * perMille + 999) / 1_000
            let isCarried = milliseconds.count * (1_000 - perMille) >= 1_000
            return isCarried && rank <= values.count ? values[rank - 1] : nil
        }
        return Figures.Latency(
            count: milliseconds.count,
            never: milliseconds.count - values.count,
            percentiles: percentiles
        )
    }

    private static func ofViews(_ database: Database, _ condition: String) throws -> Figures {
        let rows = try Row.fetchAll(database, sql: "SELECT * FROM latencies WHERE \(condition)")
        func count(_ condition: (Row) -> Bool) -> Int { rows.count(where: condition) }
        let customers = Dictionary(grouping: rows) { ["\($0["incident"] as String)", "\($0["customer"] as Int)"] }
        let answers: [Double?] = customers.values.map {
            $0.lazy.compactMap { $0["acknowledgement_ms"] as Double? }.first
        }
        let records = try Row.fetchAll(
            database,
            sql: """
                SELECT DISTINCT * FROM (
                    SELECT coalesce(s.name, d.incident) AS incident, d.customer, d.late, d.opted_out FROM dispatches d
                    LEFT JOIN script s ON s.incident = d.incident AND s.kind = 'incident'
                    WHERE d.acknowledged_at IS NOT NULL
                ) WHERE \(condition)
                """
        )
        return Figures(
            records: rows.count,
            delivered: count { ($0["delivery_ms"] as Double?) != nil },
            failed: count { $0["state"] == "failed" },
            customers: customers.count,
            acknowledged: records.count,
            late: records.count { $0["late"] == true },
            declined: records.count { $0["opted_out"] == true },
            deliveries: latency(rows.filter { $0["channel"] != "" }.map { $0["delivery_ms"] }),
            answers: latency(answers)
        )
    }

    private static func ofSummary(_ group: JSON) -> Figures {
        func count(_ name: String) -> Int { Int(group["counts"]?[name]?.integerValue ?? -1) }
        func latency(_ name: String) -> Figures.Latency {
            let latency = group["latencies"]?[name]
            return Figures.Latency(
                count: Int(latency?["count"]?.integerValue ?? -1),
                never: Int(latency?["never"]?.integerValue ?? -1),
                percentiles: ["p50", "p90", "p95", "p99"].map { latency?["\($0)_microseconds"]?.integerValue }
            )
        }
        return Figures(
            records: count("dispatches"),
            delivered: count("delivered"),
            failed: count("failed"),
            customers: count("customer_incidents"),
            acknowledged: count("acknowledged"),
            late: count("late"),
            declined: count("declined"),
            deliveries: latency("delivery_latency"),
            answers: latency("acknowledgement_latency")
        )
    }

    private static func ofREST(_ summary: JSON) -> Figures {
        func count(_ name: String) -> Int { Int(summary[name]?.integerValue ?? -1) }
        func channels(_ name: String) -> Int {
            (summary["channels"]?.arrayValue ?? []).reduce(0) { $0 + Int($1[name]?.integerValue ?? -1_000) }
        }
        func latency(_ name: String) -> Figures.Latency {
            let latency = summary[name]
            return Figures.Latency(
                count: Int(latency?["count"]?.integerValue ?? -1),
                never: Int(latency?["outstanding"]?.integerValue ?? -1),
                percentiles: ["p50", "p90", "p95", "p99"].map { name in
                    (latency?["\(name)Milliseconds"]?.numberValue).map { Int64(($0 * 1_000).rounded()) }
                }
            )
        }
        return Figures(
            records: channels("records"),
            delivered: channels("delivered"),
            failed: channels("failed"),
            customers: count("customers"),
            acknowledged: count("answered"),
            late: count("late"),
            declined: count("declined"),
            deliveries: latency("deliveryLatency"),
            answers: latency("acknowledgementLatency")
        )
    }

    /// `1,003 96.9 % 47.4 ms …`: what follows a word, its cells apart by two spaces or more.
    private static func cells(after word: String, in text: String) -> [String] {
        let lines = text.split(separator: "\n").map(String.init)
        let line = lines.first { $0.hasPrefix("  \(word)  ") } ?? ""
        return line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.dropFirst().filter {
            !$0.isEmpty
        }
    }

    private static func ofPage(_ page: String, row: String) -> [String] {
        let lines = page.split(separator: "\n").filter { $0.contains("<th scope=\"row\">\(row)</th>") }
        return (lines.first.map(String.init) ?? "").components(separatedBy: "<td").dropFirst().compactMap {
            $0.components(separatedBy: ">").dropFirst().first?.components(separatedBy: "<").first
        }
    }

    private static func words(_ latency: Figures.Latency, _ places: [Int]) -> [String] {
        places.map { place in
            latency.percentiles[place].map { Units.text(Span(microseconds: $0)) } ?? (latency.never > 0 ? "never" : "–")
        }
    }

    @Test func `every reader of evening-peak is told the same figures`() async throws {
        let scratch = try Scratch()
        let run = try await Command.run("run", Shipped.path("evening-peak"), "--reports", "reports", in: scratch)
        #expect(run.status == 0, "\(run.errors)")
        let record = "reports/evening-peak/record.sqlite"
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: scratch.file(record), configuration: configuration)
        let (peak, all, peakID) = try await queue.read { database in
            (
                try Self.ofViews(database, "incident = 'peak'"), try Self.ofViews(database, "TRUE"),
                try String.fetchOne(
                    database,
                    sql: "SELECT id FROM incidents JOIN script s ON s.incident = number WHERE s.name = 'peak'"
                ) ?? ""
            )
        }
        try queue.close()
        // Something is there to be told.
        #expect(peak.records > 1_000 && peak.acknowledged > 900 && peak.late > 0 && peak.answers.never > 0)

        let summary = try JSON(parsing: ByteBuffer(string: scratch.text("reports/evening-peak/summary.json")))
        #expect(summary["overall"].map(Self.ofSummary) == all)
        let incident = summary["incidents"]?.arrayValue?.first { $0["name"]?.stringValue == "peak" }
        #expect(incident.map(Self.ofSummary) == peak)

        #expect(
            Self.cells(after: "peak", in: run.output)
                == [Units.count(peak.records), peak.share] + Self.words(peak.deliveries, [0, 2])
                + Self.words(peak.answers, [0, 2])
        )
        let page = try scratch.text("reports/evening-peak/report.html")
        #expect(
            Self.ofPage(page, row: "peak")
                == [peak.records, peak.delivered, peak.failed, peak.customers].map(Units.count) + [peak.share]
                + [peak.late, peak.declined].map(Units.count) + Self.words(peak.deliveries, [0, 2])
                + Self.words(peak.answers, [0, 2])
        )
        let told =
            [Units.count(all.records), all.share] + Self.words(all.deliveries, [2]) + Self.words(all.answers, [0, 2])
        #expect(try scratch.text("reports/summary.md").contains("| " + told.joined(separator: " | ") + " |"))
        let properties = [
            ("dispatches", "\(all.records)"), ("delivered", "\(all.delivered)"),
            ("acknowledged", "\(all.acknowledged)"),
            ("late", "\(all.late)"),
        ]
        let junit = try scratch.text("reports/junit.xml")
        for (name, value) in properties {
            #expect(junit.contains(#"<property name="\#(name)" value="\#(value)"/>"#), "\(name)")
        }

        // A server that has the record's rows, as a console and a client of its API see them.
        try FileManager.default.copyItem(atPath: scratch.file(record), toPath: scratch.file("served.sqlite"))
        let server = try await RunningServer(in: scratch, database: "served.sqlite")
        #expect(Self.ofREST(try await server.get("/incident/\(peakID)/summary").body) == peak)
        var customers: [JSON] = []
        repeat {
            let after = customers.last?["customerId"]?.integerValue ?? 0
            let page = try await server.get("/incident/\(peakID)/customer?limit=1000&after=\(after)").body
            customers += page.arrayValue ?? []
            if page.arrayValue?.isEmpty != false { break }
        } while true
        #expect(customers.count == peak.customers)
        #expect(customers.count { $0["acknowledgedAt"]?.stringValue != nil } == peak.acknowledged)
        #expect(customers.count { $0["late"] == true } == peak.late)
        #expect(try await server.stop().status == 0)
    }
}
