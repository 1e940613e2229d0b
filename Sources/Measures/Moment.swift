public import DemandResponse

/// What befalls a customer in an incident at an instant: what expectations of order compare.
public enum Moment: String, Sendable, CaseIterable {
    /// A record of it is made, or begins anew for a modification.
    case dispatched
    /// A dispatch goes out by any channel, each time that a carrier or, by websocket, a session is given it. News of an end before
    /// its time is not among them.
    case sent
    case email, text, voice, websocket, webhook
    /// It has come through: by websocket, by the client's own word, otherwise by the carrier's report.
    case delivered
    /// The customer has first answered.
    case acknowledged
    /// An attempt to send it failed, for now or for good.
    case failed
    /// The incident is changed.
    case modified
    /// The incident is cancelled.
    case cancelled
    /// The incident is recalled.
    case recalled

    /// The channel that the word itself names.
    public var channel: DispatchMethod? { DispatchMethod(name: rawValue) }

    /// The labels by which those of one kind can be told apart.
    public var labels: [Label] {
        switch self {
        case .dispatched, .sent, .delivered, .failed: Label.ofCustomers + [.channel, .modification]
        case .email, .text, .voice, .websocket, .webhook, .acknowledged, .modified: Label.ofCustomers + [.modification]
        case .cancelled, .recalled: Label.ofCustomers
        }
    }
}

extension Label {
    /// Those that say whom and in which incident something concerns, and not which of several things.
    public static let ofCustomers = allCases.filter { ![.channel, .modification, .attempt].contains($0) }
}
