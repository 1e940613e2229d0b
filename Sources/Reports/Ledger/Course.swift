internal import Base
internal import DemandResponse

/// All that was decided for one customer of one incident.
struct Course: Sendable, Hashable {
    /// By modification, then in the customer's order of methods.
    var notices: [Notice] = []
    /// The first for each modification that was answered, ascending.
    var answers: [Answer] = []
    /// How the news of a cancellation went out: by carriers, in the order of methods, and over sessions.
    var cancellations: [Cancellation] = []
    var refusals: [Refusals] = []
}

/// One dispatch record for one modification of its incident.
struct Notice: Sendable, Hashable {
    var modification: Int
    /// `nil`: the record of a customer whom nothing reaches.
    var method: DispatchMethod?
    var message: Message
    var sendings: [Sending] = []
    /// How often it was told again to a session that joined later.
    var repeats = 0
    var outcome = Outcome.waiting
}

/// The words of a notice.
enum Message: Sendable, Hashable {
    /// With `{name}` and `{id}` for the customer's own.
    case words(String)
    /// Of an older modification a record keeps no more than this.
    case digest(Int64)
    /// Of an older modification, where each customer's words are different.
    case personal
}

/// When, and why then, a notice was handed out.
enum Sending: Sendable, Hashable {
    /// When the incident, or its modification, was announced.
    case atOnce
    /// So much later than that.
    case later(Span)
    case onConnecting
    /// After an attempt that failed; `nil` in a live run, where that is measured and not decided.
    case again(after: Span?)
}

/// What a notice came to.
enum Outcome: Sendable, Hashable {
    case waiting, handedOut, taken, delivered, toBeTriedAgain, unreachable
    case answeredFirst, withdrawnByCancellation, expired, withdrawn
    case failed(String)
}

/// A customer's answer to one modification.
struct Answer: Sendable, Hashable {
    var modification: Int
    var isDeclined: Bool
    var isLate: Bool
    /// With `{name}` and `{id}` for the customer's own.
    var by: String
}

/// How one method brought the news that an incident is off.
struct Cancellation: Sendable, Hashable {
    /// Over sessions: `websocket`.
    var method: DispatchMethod
    var outcome: Outcome
}
