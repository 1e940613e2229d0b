internal import DemandResponse
internal import GRDB

/// Appends observations, inside the caller's transaction.
struct ObservationWriter {
    private let statement: InsertStatement
    private var sequence: Int

    init(_ database: Database) throws {
        statement = try InsertStatement(
            database,
            "INSERT INTO observations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        sequence = try Int.fetchOne(database, sql: "SELECT coalesce(max(sequence), 0) FROM observations") ?? 0
    }

    mutating func append(_ observation: Observation) throws {
        sequence += 1
        statement.bind(sequence, at: 1)
        statement.bind(observation.at, at: 2)
        statement.bind(observation.kind.label, at: 3)
        statement.bind(observation.customer, at: 4)
        statement.bind(observation.session, at: 5)
        if let incident = observation.incident { statement.bind(incident, at: 6) }
        if let method = observation.method { statement.bind(method, at: 7) }
        if let modification = observation.modification { statement.bind(modification, at: 8) }
        if let digest = observation.digest { statement.bind(Int(digest), at: 9) }
        if let detail = observation.detail { statement.bind(detail, at: 10) }
        try statement.run()
    }
}

extension DispatchDatabase {
    /// Adds what clients observed, all or nothing.
    public func append(_ observations: [Observation]) throws(StoreError) {
        try storing(path) {
            try writer.write { database in
                var writer = try ObservationWriter(database)
                for observation in observations { try writer.append(observation) }
            }
        }
    }
}
