public import Base

/// What an engine carries out: rules that decide on everything that happens, without clock, entropy or I/O.
///
/// `Dispatcher` is the one that ships. Whoever rehearses a change of the rules, or plants one in a test, puts another into either
/// world.
public protocol DispatchRules: Sendable {
    /// Takes what has happened at an instant.
    /// - Returns: what is to be done, in order; the same for the same inputs at the same instants.
    mutating func handle(_ input: Input, at now: Timestamp) -> [Effect]

    /// When the rules want to hear `Input.deadlineReached`, at the latest.
    var nextDeadline: Timestamp? { get }

    /// The incidents that had lapsed at an instant and are not archived, ascending: they may be archived.
    func lapsedIncidents(at instant: Timestamp) -> [Incident.Number]

    /// What is used of a program's limits; `nil` where there is no such program.
    func use(of program: Program.ID, at now: Timestamp) -> ProgramUse?
}
