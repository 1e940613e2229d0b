public import Base
public import DemandResponse
internal import GRDB
public import Journal

/// How an incident stands, counted and measured as the reports of a run count and measure it.
public struct IncidentSummary: Sendable {
    public let incident: Incident
    public let overall: Breakdown.Group
    /// In the order of `DispatchMethod`; the record of a customer without any method is not among them.
    public let channels: [(method: DispatchMethod, group: Breakdown.Group)]
    /// Whether it is known what came to clients by websocket; otherwise `delivered` says nothing of them.
    public let isObserved: Bool
}

extension ServerDatabase {
    /// - Returns: `nil` for an unknown incident.
    public func readSummary(of id: UniqueID) throws(StoreError) -> IncidentSummary? {
        try file.read { database in
            guard let incident = try Incident.find(id, database) else { return nil }
            let history = try History(database, of: incident.number)
            let breakdown = Breakdown(history)
            return IncidentSummary(
                incident: incident,
                overall: breakdown.overall,
                channels: breakdown.channels,
                isObserved: history.isObserved
            )
        }
    }
}
