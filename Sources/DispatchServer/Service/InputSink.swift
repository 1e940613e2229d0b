public import Base
public import DemandResponse

/// Where the edges put what happens: the live service's inbox, or the virtual world's queue.
public protocol InputSink: AnyObject, Sendable {
    /// Takes an input, to be handled soon, in the order in which inputs are submitted.
    /// - Parameter correlation: the id under which the asker knows the request.
    /// - Returns: false when it is not taken, because too much waits already or the service has stopped.
    func submit(_ input: Input, correlation: UniqueID?) -> Bool

    /// Takes several inputs, between which no other is handled, or none of them.
    func submit(_ inputs: [Input]) -> Bool
}

extension InputSink {
    public func submit(_ input: Input) -> Bool { submit(input, correlation: nil) }
}

/// An input on its way to the dispatcher.
public struct Submission: Sendable {
    public var input: Input
    public var correlation: UniqueID?
    /// When it came, for how long it waited; `nil` where nobody measures that.
    var arrivedAt: Timestamp?

    public init(_ input: Input, correlation: UniqueID? = nil) {
        self.input = input
        self.correlation = correlation
    }

    init(_ input: Input, correlation: UniqueID?, arrivedAt: Timestamp) {
        self.init(input, correlation: correlation)
        self.arrivedAt = arrivedAt
    }
}

extension Input {
    /// Under which somebody waits for its answer.
    var request: RequestID? {
        switch self {
        case .rosterReplaced(_, let request), .incidentRequested(_, let request), .incidentChanged(_, let request),
            .incidentCancelled(_, let request), .sessionJoined(_, _, let request), .acknowledged(_, _, let request),
            .purged(_, let request):
            request
        case .started, .sessionConnected, .sessionClosed, .deliveriesReported, .deadlineReached, .incidentsArchived,
            .accessDenied:
            nil
        }
    }
}
