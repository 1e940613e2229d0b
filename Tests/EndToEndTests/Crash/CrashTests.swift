import Base
import Foundation
import GRDB
import NIOConcurrencyHelpers
import NIOPosix
import TestSupport
import Testing

/// `kill -9` between dispatches and acknowledgements, under load, again and again on one database.
@Suite struct CrashTests {
    private static let customers = 60
    private static let crashes = 20
    /// How many dispatches may wait for their confirmation before the load lets up.
    private static let mostOpen = 240

    private let scratch: Scratch
    private let ledger = Ledger()
    private let port = NIOLockedValueBox<Int?>(nil)
    private let isOver = NIOLockedValueBox(false)

    init() throws { scratch = try Scratch() }

    @Test func `what was committed survives twenty crashes, and every client is resynchronised`() async throws {
        let seed =
            ProcessInfo.processInfo.environment["GRIDDRILL_TEST_SEED"].flatMap { UInt64($0) }
            ?? UInt64.random(in: 0..<1_000_000)
        print("crash test: GRIDDRILL_TEST_SEED=\(seed)")
        let fleet = Fleet(Self.customers, seed: seed, on: MultiThreadedEventLoopGroup.singleton.next()) { _ in
            FleetClient.Settings(comesBackWithin: 40)
        } reaction: { [ledger] client, event in
            ledger.note(event, client)
        }
        var server = try await serve(["--roster", scratch.roster(of: Self.customers)])
        try await fleet.start(port: server.port, within: 1)
        let load = Task { try await keepDispatching(seed: seed) }
        var generator = RandomStream(state: seed)
        for _ in 0..<Self.crashes {
            let target = ledger.entries.received.count + Int.random(in: 1...(2 * Self.customers), using: &generator)
            try await eventually("\(target) are received", "\(ledger.entries.summary), seed \(seed)") {
                ledger.entries.received.count >= target
            }
            port.withLockedValue { $0 = nil }
            try await fleet.serve(at: nil)
            #expect(try await server.kill().status == 137)
            server = try await serve()
            try await fleet.serve(at: server.port)
        }
        isOver.withLockedValue { $0 = true }
        try await load.value

        try await eventually("all is received and acknowledged", "\(ledger.entries.summary), seed \(seed)") {
            let entries = ledger.entries
            let due = entries.incidents.count * Self.customers
            return entries.openCount == 0 && entries.received.count >= due
        }
        try await fleet.end()
        let entries = ledger.entries
        #expect(entries.anomalies == [], "seed \(seed)")
        #expect(entries.incidents.count >= Self.crashes / 2, "seed \(seed)")
        #expect(entries.joined >= Self.customers, "seed \(seed)")
        #expect(try await server.stop().status == 0)
        try expectDatabaseHolds(entries, seed: seed)
    }

    private func serve(_ arguments: [String] = []) async throws -> RunningServer {
        let server = try await RunningServer(in: scratch, database: "d.sqlite", arguments: arguments)
        port.withLockedValue { $0 = server.port }
        return server
    }

    /// Opens one incident after the other until the test is over. A request that a crash left without an answer is made again with
    /// its key, as clients do that must not dispatch twice.
    private func keepDispatching(seed: UInt64) async throws {
        var number = 0
        while !isOver.withLockedValue({ $0 }) {
            number += 1
            try await eventually("the load has let up") { ledger.entries.openCount < Self.mostOpen }
            try await eventually("incident \(number) is committed") {
                guard let port = port.withLockedValue({ $0 }) else { return false }
                let key = "incident \(number) of \(seed)"
                guard let id = try? await RunningServer.postIncident(port: port, key: key) else { return false }
                ledger.committed(incident: id)
                return true
            }
        }
    }

    private func expectDatabaseHolds(_ entries: Ledger.Entries, seed: UInt64) throws {
        let queue = try DatabaseQueue(path: scratch.file("d.sqlite"))
        try queue.read { database in
            let incidents = Set(try String.fetchAll(database, sql: "SELECT id FROM incidents"))
            #expect(Set(entries.incidents).count == entries.incidents.count, "an id was given twice; seed \(seed)")
            #expect(Set(entries.incidents).subtracting(incidents).isEmpty, "seed \(seed)")

            let rows = try Row.fetchAll(database, sql: "SELECT id, acknowledged_by FROM dispatches")
            #expect(rows.count == incidents.count * Self.customers, "seed \(seed)")
            let answers = Dictionary(
                uniqueKeysWithValues: rows.map { ($0["id"] as String, $0["acknowledged_by"] as String?) }
            )
            let phantoms = entries.received.keys.filter { answers[$0] == nil }
            #expect(phantoms == [], "received, but not in the database; seed \(seed)")
            let lost = entries.confirmed.filter { answers[$0.key] != .some($0.value) }
            #expect(lost == [:], "confirmed, but not so in the database; seed \(seed)")

            let once = try Int.fetchOne(database, sql: "SELECT count(*) FROM acknowledgements")
            #expect(once == rows.count, "seed \(seed)")
            #expect(try String.fetchAll(database, sql: "PRAGMA integrity_check") == ["ok"], "seed \(seed)")
        }
        try queue.close()
    }
}
