public import Base

/// A session that a client opens.
public struct Connection: Sendable, Hashable {
    public var at: Timestamp
    /// Added to `at`.
    public var spread: Distribution
    /// A client outside it never opens this one.
    public var share: Share
    /// How long the client stays before it takes its leave; `nil`: to the end.
    public var lasting: Distribution?

    public init(at: Timestamp, spread: Distribution = .none, share: Share = .all, lasting: Distribution? = nil) {
        self.at = at
        self.spread = spread
        self.share = share
        self.lasting = lasting
    }
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
