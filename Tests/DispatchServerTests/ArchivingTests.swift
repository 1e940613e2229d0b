import Base
import DemandResponse
import DispatchStore
import Journal
import SocketIO
import TestSupport
import Testing

/// Incidents that are over long enough leave the rules' memory, and stay in the database.
@Suite struct ArchivingTests {
    private static let peak = UniqueID(high: 0x1111_1111_1111_5111, low: 0x8111_1111_1111_1111)

    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A database in which an incident for the seed roster's first program was over years ago.
    private func database() throws -> String {
        let path = scratch.file("d.sqlite")
        let database = try ServerDatabase.open(at: path)
        let start = Timestamp(microseconds: 1_566_963_000_000_000)
        let request = IncidentRequest(
            id: Self.peak,
            correlation: Self.peak,
            program: 1,
            eventType: "market_dispatch",
            period: Incident.Period(start: start, end: start + .hours(1))
        )
        var rules = Dispatcher()
        var entries: [JournalEntry] = []
        for input in [Input.rosterReplaced(.seed, nil), .started, .incidentRequested(request, nil)] {
            entries.append(JournalEntry(input: input, at: start, effects: rules.handle(input, at: start)))
        }
        try database.commit(entries)
        try database.close()
        return path
    }

    private func snapshot(_ path: String) throws -> DispatcherSnapshot {
        let database = try ServerDatabase.open(at: path)
        defer { try? database.close() }
        return try database.snapshot()
    }

    @Test func `what is over for longer than it takes acknowledgements is archived, and can still be read`()
        async throws
    {
        let path = try database()
        for _ in 1...2 {
            try await TestServer.serving(path, roster: nil, archiveAfter: .milliseconds(1)) { server in
                #expect(try await server.post(incident()).status == 200)
                #expect(try await server.get("/incident/\(Self.peak)").status == 200)
                let dispatches = try await server.get("/dispatch/customer/1").body.arrayValue ?? []
                #expect(dispatches.contains { $0["incidentId"]?.stringValue == Self.peak.description })
            }
        }
        let snapshot = try snapshot(path)
        #expect(snapshot.incidents.count == 3)
        #expect(Set(snapshot.records.map(\.dispatch.key.incident)) == [2, 3])
    }

    @Test(arguments: [nil, .hours(24 * 365 * 1_000)] as [Span?])
    func `what still takes them is kept`(archiveAfter: Span?) async throws {
        let path = try database()
        try await TestServer.serving(path, roster: nil, archiveAfter: archiveAfter) { server in
            let opened = try await server.post(incident())
            #expect(opened.status == 200)
        }
        let snapshot = try snapshot(path)
        #expect(snapshot.archived.isEmpty)
        #expect(Set(snapshot.records.map(\.dispatch.key.incident)) == [1, 2])
    }
}
