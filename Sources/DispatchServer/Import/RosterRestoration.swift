internal import Base
public import DemandResponse
public import DispatchStore
internal import Journal

/// Puts an earlier roster back while no server runs: as an input that the rules hear and the journal holds, like the import that a running
/// server is asked for with `POST /roster/{id}/restore`.
///
/// A command on the stopped database beside the route, since whoever has lost a roster may be without a token or without a server;
/// never a command on a database that a server is using, since its rules would not hear of it.
public struct RosterRestoration {
    /// Why nothing was restored: for the person who asked.
    public struct Refusal: Error, CustomStringConvertible {
        public let description: String
    }

    private let database: ServerDatabase

    public init(_ database: ServerDatabase) { self.database = database }

    /// Which one is meant where none is named: the latest that is not the present one.
    public func latest() throws -> EarlierRoster.ID {
        guard let roster = try database.readEarlierRosters().first(where: { !$0.isCurrent }) else {
            throw Refusal(description: "\(database.path): there is no earlier roster")
        }
        return roster.id
    }

    /// - Returns: what is there now.
    public func restore(_ id: EarlierRoster.ID) throws -> Roster {
        guard let roster = try database.readEarlierRoster(id) else {
            throw Refusal(
                description: "\(database.path): there is no earlier roster \(id); griddrill roster list shows them"
            )
        }
        var rules = Dispatcher(restoring: try database.snapshot())
        let input = Input.rosterReplaced(roster, nil)
        let now = WallClock().now()
        try database.commit([JournalEntry(input: input, at: now, effects: rules.handle(input, at: now))])
        return roster
    }
}
