import Base
import DemandResponse
import DispatchStore
import Foundation
import GRDB
import Simulation
import TestSupport

/// The record of a virtual run in which everything happens that the checkers look at, to plant violations in.
///
/// Customers 1 and 2 are connected all the time; 3 joins after the first commit; 4 answers an e-mail and connects only for that;
/// 5 has Socket.IO alone and connects before the end of the first incident, too late to answer in time; 6 never connects; 7
/// cannot be reached. Incident 1 is modified. When incident 2 is committed the server is killed before anybody is told; then it is
/// cancelled.
struct Rehearsed {
    private static let everything = """
        name: Everything
        seed: 11
        starts: 2024-06-03T16:00:00-07:00
        lasts: 1h
        programs: [{id: 1, name: Cool Mornings}]
        customers:
          - {ids: 1..4, name: "Site {id}", program: 1, phone: "+16175550100", email: "site@grid.example", channels: [email, websocket]}
          - {ids: 5..6, name: "Site {id}", program: 1, channels: [websocket]}
          - {id: 7, name: Nobody, program: 1, channels: []}
        clients:
          - {of: all, link: {delay: 40ms}, acknowledges: {after: 30s}}
          - {of: {customer: 3}, connects: {at: 16:10:30}}
          - {of: {customer: 4}, connects: never}
          - {of: {customer: 5}, connects: {at: 16:28}}
          - {of: {customer: 6}, connects: never}
        carriers: {email: {delay: 5s}}
        timeline:
          - {at: 16:10, incident: {id: first, program: 1, event_type: market_dispatch, start: "16:20", end: "16:40"}}
          - {at: 16:20, modify: {incident: first, end: "16:30"}}
          - {at: 16:40, incident: {id: second, program: 1, event_type: market_dispatch, start: "16:50", end: "16:55"}}
          - {at: 16:41, cancel: {incident: second}}
        faults:
          - {on: {committed: second}, restart: {how: kill, down: 5s, between: [commit, effects]}}
        expect: [dispatches == 22]
        """

    /// One run for all tests; each plants in a copy of its own.
    private static let original = Task { try await run(scenario: everything) }

    static var outcome: RunOutcome { get async throws { try await original.value.outcome } }

    private let folder: Scratch
    private let path: String

    init() async throws {
        folder = try Scratch()
        path = folder.path + "/record.sqlite"
        try FileManager.default.copyItem(atPath: try await Self.outcome.record, toPath: path)
    }

    /// Runs the checkers over the record with some rows changed.
    /// - Returns: the number of rows that the SQL changed, and the findings by their invariant's number.
    func check(planting sql: String = "") throws -> (changed: Int, findings: [Int: CheckFinding]) {
        let queue = try DatabaseQueue(path: path)
        let changed = try queue.write { database in
            let before = database.totalChangesCount
            try database.execute(sql: sql)
            return database.totalChangesCount - before
        }
        try queue.close()
        return (changed, try Self.findings(of: path))
    }

    static func findings(of path: String) throws -> [Int: CheckFinding] {
        let database = try RunRecord.openUnproven(at: path)
        let checks = try RecordCheck.check(
            database,
            history: try database.readHistory(),
            transit: .milliseconds(40),
            noticing: .seconds(45)
        )
        try database.close()
        return Dictionary(checks.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
