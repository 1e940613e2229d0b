public import Base

/// What a world drives: rules that decide on everything that happens, without clock, entropy or I/O.
///
/// `Dispatcher` is the one that ships. Whoever rehearses a change of the rules, or plants one in a test, puts another here.
public protocol DispatchRules: Sendable {
    /// Takes what has happened at an instant.
    /// - Returns: what is to be done, in order; the same for the same inputs at the same instants.
    mutating func handle(_ input: Input, at now: Timestamp) -> [Effect]

    /// When the rules want to hear `Input.deadlineReached`, at the latest.
    var nextDeadline: Timestamp? { get }
}
