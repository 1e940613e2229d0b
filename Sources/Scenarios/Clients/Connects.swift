public import DemandResponse

/// When a client opens its session.
public enum Connects: Sendable, Equatable {
    case never
    /// At `at` plus a draw from `spread`; a client outside `share` never does.
    case at(Timestamp, spread: Distribution, share: Share)
}

/// The network between a client and the server, each way.
public struct Link: Sendable, Equatable {
    public var delay: Distribution
    /// Added to the delay: uniform over 0 … jitter.
    public var jitter: Span
    /// How many of the messages are lost on the way.
    public var loss: Share

    public init(delay: Distribution = .none, jitter: Span = .zero, loss: Share = .none) {
        self.delay = delay
        self.jitter = jitter
        self.loss = loss
    }
}

/// A session that breaks.
public struct Disconnection: Sendable, Equatable {
    public var at: Timestamp
    /// Added to `at`: uniform over 0 … spread.
    public var spread: Span
    /// How long until the client is back.
    public var lasting: Distribution
    public var share: Share

    public init(at: Timestamp, spread: Span = .zero, lasting: Distribution, share: Share = .all) {
        self.at = at
        self.spread = spread
        self.lasting = lasting
        self.share = share
    }
}
