internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Journal
internal import TestSupport

/// Rows a second into a record: an incident for a hundred thousand customers, as the rules write it.
struct RecordRows {
    let scratch: Scratch
    let times: Int

    private static let customers = 100_000

    func measure() throws -> Table {
        var table = Table("Rows into a record", ["rows", "s", "rows/s"])
        let entries = Self.entries()
        var rows = 0
        var seconds: [Double] = []
        for time in 0..<times {
            let database = try RunRecord.create(at: scratch.file("rows-\(time).sqlite"))
            let began = ContinuousClock.now
            let writer = RecordWriter(database)
            writer.commit(entries)
            try writer.finish()
            seconds.append((ContinuousClock.now - began) / .seconds(1))
            rows = try database.readHistory().records.count
            try database.forEachFact { _ in rows += 1 }
            try database.close()
        }
        table.add(["\(rows)", seconds.median.text(3), (Double(rows) / seconds.median).text(0)])
        return table
    }

    private static func entries() -> [JournalEntry] {
        let roster = Roster.sites(Array(repeating: [.websocket], count: customers))
        let start = Timestamp(microseconds: 1_662_505_200_000_000)
        let id = IncidentRequest.id(idempotencyKey: "rows")
        let request = IncidentRequest(
            id: id,
            correlation: id,
            program: 1,
            eventType: "market_dispatch",
            period: Incident.Period(
                start: start + .hours(1),
                end: start + .hours(2),
                startText: "17:00",
                endText: "18:00"
            )
        )
        var dispatcher = Dispatcher()
        return [.rosterReplaced(roster, nil), .incidentRequested(request, nil)].map { (input: Input) in
            JournalEntry(input: input, at: start, effects: dispatcher.handle(input, at: start))
        }
    }
}
