/// What a run decided: who was dispatched by which method to which address with which words, what came of it, who answered, what
/// was refused for which rule, and who was told of a modification, a cancellation or a recall.
///
/// There is nothing in it that differs between equal runs, nor any latency: times are those at which the script had things
/// decided, and the rules' own delays. Customers for whom the same was decided stand together, so that ten thousand of them are
/// a few lines; nothing is lost by that.
public struct Ledger: Sendable, Equatable {
    /// Of the text. Goes up when a reader of the version before would misread it.
    public static let version = 2

    public var scenario: String
    public var seed: UInt64
    /// In the order of the script.
    var incidents: [IncidentDecisions] = []
    /// Of no incident.
    var own: [Decision] = []
}

/// What was decided for one incident.
struct IncidentDecisions: Sendable, Equatable {
    /// The scenario's name for it.
    var name: String
    /// What concerns no single customer: its program's rules, its period, what was asked for, the words of its messages.
    var own: [Decision] = []
    /// Each customer is in one of them.
    var groups: [Group] = []

    struct Group: Sendable, Equatable {
        var customers: CustomerSet
        /// Of each customer where they are few.
        var names: [String] = []
        /// By modification, then in the customer's order of methods.
        var decisions: [Decision]

        /// Names are the roster's; nobody decided them.
        static func == (a: Group, b: Group) -> Bool { a.customers == b.customers && a.decisions == b.decisions }
    }

    var customers: CustomerSet { CustomerSet(union: groups.map(\.customers)) }

    /// When a modification was announced, as `20:46:00`.
    func clock(of modification: Int) -> String? {
        let name = modification == 0 ? "opened" : "change \(modification)"
        guard let time = own.first(where: { $0.subject == .own(name) })?.clauses.first, time.utf8.count > 11 else {
            return nil
        }
        return String(time.dropFirst(11).prefix { $0.isNumber || $0 == ":" || $0 == "." })
    }
}

extension IncidentDecisions.Group {
    /// Ascending by their first customers; the largest, if it is a long list, is the last.
    static func ordered(_ groups: [Self]) -> [Self] {
        var groups = groups.sorted { ($0.customers.first ?? 0) < ($1.customers.first ?? 0) }
        let largest = groups.indices.max { a, b in
            (groups[a].customers.count, -a) < (groups[b].customers.count, -b)
        }
        if let largest, groups[largest].customers.isLong { groups.append(groups.remove(at: largest)) }
        return groups
    }
}
