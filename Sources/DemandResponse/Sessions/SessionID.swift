/// A connected Socket.IO session, numbered by the gateway in the order of connecting, from 1, anew at every start.
public struct SessionID: Hashable, Comparable, Sendable {
    public let number: Int64

    public init(_ number: Int64) { self.number = number }

    public static func < (a: SessionID, b: SessionID) -> Bool { a.number < b.number }
}

/// Names a request that waits for its answer at an edge; the edge numbers them, and the answer carries the number back.
public struct RequestID: Hashable, Sendable {
    public let number: Int64

    public init(_ number: Int64) { self.number = number }
}
