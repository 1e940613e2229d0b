public import Base

/// Everything that the dispatcher wants done. Effects leave only after the transaction that holds them is committed.
public enum Effect: Sendable {
    /// A row of the record is new or different.
    case record(Change)
    /// A dispatch, or the news that its incident is cancelled or recalled, goes to a carrier.
    case send(Outgoing)
    /// News for sessions, over Socket.IO.
    case emit(News, to: Audience)
    /// A session joins the observers, who see all news.
    case observe(SessionID)
    /// A session enters a customer's room and leaves the room, or the observers, where it was.
    case enterRoom(SessionID, Customer.ID)
    /// A session is gone from every room.
    case leave(SessionID)
    case answer(RequestID, Answer)
    /// A request for whose answer nobody waits was refused; the record shows it.
    case refused(Refusal)
}

/// A row of the record that is new or different.
public enum Change: Sendable {
    case roster(Roster)
    case incident(Incident)
    /// The record is new, or its incident was modified and it is to be sent and acknowledged anew.
    case dispatch(Dispatch, DeliveryState)
    case delivery(DispatchKey, modification: Int, Outgoing.Kind, Delivery)
    case acknowledgement(Acknowledgement)
    case leftOut(LeftOut)
    case purged(all: Bool)
}

/// A customer whom an incident would have called, and does not.
public struct LeftOut: Hashable, Sendable {
    public var incident: Incident.Number
    public var customer: Customer.ID
    /// The rules of the program, each customer's own, by which there is no room for it.
    public var rules: [BrokenLimit]

    public init(incident: Incident.Number, customer: Customer.ID, rules: [BrokenLimit]) {
        self.incident = incident
        self.customer = customer
        self.rules = rules
    }

    /// Of the rules, each once.
    public var names: [String] {
        LimitRule.allCases.filter { rule in rules.contains { $0.rule == rule } }.map(\.rawValue)
    }
}

/// A message for one of the carriers (email, text, voice, webhook).
public struct Outgoing: Sendable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case dispatch
        case cancellation
        /// The news of a recall.
        case allClear = "all-clear"
    }

    public var kind: Kind
    public var dispatch: Dispatch
    public var method: DispatchMethod
    public var attempt: Int
    /// Where it goes: the address or number that the roster holds; empty where the method needs none.
    public var destination: String
    public var text: String

    /// The words for a dispatch whose message is given.
    public static func text(_ kind: Kind, of message: String) -> String {
        switch kind {
        case .dispatch: message
        case .cancellation: "CANCELLED: \(message)"
        case .allClear: "ALL CLEAR, you may stand down: \(message)"
        }
    }
}

/// What is told to sessions.
public enum News: Sendable {
    /// `new-dispatch`. `attempt`: the delivery's, to be named in the report; `isResync`: the customer may have had it before.
    case dispatch(Dispatch, attempt: Int, hasBeenSent: Bool, isResync: Bool)
    /// `acknowledge-update` with `success` true.
    case acknowledgement(dispatch: UniqueID, Acknowledgement, incident: UniqueID)
    /// `acknowledge-update` with `success` false.
    case acknowledgementRefused(AcknowledgementRequest, Refusal)
    /// `incident-update`: a modification, a cancellation or a recall.
    case incident(Incident)
}

/// Who is told.
public enum Audience: Hashable, Sendable {
    /// The sessions of a customer, and every observer.
    case customerAndObservers(Customer.ID)
    /// The sessions of a customer alone.
    case customer(Customer.ID)
    case observers
    case session(SessionID)
}
