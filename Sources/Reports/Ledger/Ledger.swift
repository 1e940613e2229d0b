/// What a run decided, derived from its record alone: who was dispatched by which method with which words, what came of it,
/// who answered, what was refused for which rule, and who was told of a cancellation.
///
/// There is nothing in it that differs between equal runs, nor any latency: times are those at which the script had things
/// decided, and the rules' own delays. Customers for whom the same was decided stand together, so that ten thousand of them are
/// a few lines; nothing is lost by that.
public struct Ledger: Sendable, Equatable {
    /// Of the text. Goes up when a reader of the version before would misread it.
    public static let version = 1

    public internal(set) var scenario: String
    public internal(set) var seed: UInt64
    /// In the order of the script.
    var incidents: [IncidentDecisions] = []
    /// Acknowledgements refused that named no dispatch: how many, by the rule that refused them.
    var strays: [Refusals] = []
}

/// Acknowledgements that one rule refused.
struct Refusals: Sendable, Hashable {
    /// As `never-sent`.
    var rule: String
    var count: Int
}

/// What was decided for one incident.
struct IncidentDecisions: Sendable, Equatable {
    /// The scenario's name for it.
    var name: String
    /// As `program 1, market_dispatch, 2021-08-13T09:30:00-07:00 to 2021-08-13T10:00:00-07:00`; `nil` when it was not opened.
    var subject: String?
    var steps: [Step] = []
    /// Each customer is in one of them.
    var groups: [Group] = []

    struct Group: Sendable, Equatable {
        var customers: CustomerSet
        var course: Course
    }

    /// An entry of the timeline that was carried out, or refused.
    struct Step: Sendable, Hashable {
        enum Kind: String, Sendable, CaseIterable { case opened, modified, cancelled }

        var kind: Kind
        /// Local time of the program with its offset; `nil` in the ledger of a live run, whose clock is never the same.
        var time: String?
        /// The rule that refused it.
        var refusal: String?
    }

    var customers: CustomerSet { CustomerSet(union: groups.map(\.customers)) }

    /// When a modification was announced, as `20:46:00`.
    func clock(of modification: Int) -> String? {
        let announced = steps.filter { $0.kind != .cancelled && $0.refusal == nil }
        guard announced.indices.contains(modification), let time = announced[modification].time else { return nil }
        let digits = time.dropFirst(11).prefix { $0.isNumber || $0 == ":" || $0 == "." }
        return String(digits)
    }
}
