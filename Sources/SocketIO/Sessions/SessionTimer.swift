public import NIOCore

/// Wakes sessions up. A live server leaves this to the event loop; in simulated time the host has a queue of its own.
///
/// A session has one call outstanding nearly always, hardly ever a second one, and never takes one back: cancelling
/// is a linear scan in NIO's loops. One that was overtaken is recognised by its generation.
public protocol SessionTimer: AnyObject {
    /// Call `session.timerFired(generation:)` at that instant, on the session's event loop.
    func schedule(_ session: any TimedSession, at deadline: NIODeadline, generation: UInt32)
}

/// What a `SessionTimer` wakes up.
public protocol TimedSession: AnyObject {
    func timerFired(generation: UInt32)
}

/// Leaves it to an event loop. One of these serves all sessions of its loop.
public final class EventLoopSessionTimer: SessionTimer {
    private let eventLoop: any EventLoop

    public init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    public func schedule(_ session: any TimedSession, at deadline: NIODeadline, generation: UInt32) {
        // An embedded loop's clock would go backwards otherwise.
        let deadline = max(deadline, eventLoop.now)
        eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            session.timerFired(generation: generation)
        }
    }
}

/// Which of the calls that a session ordered is the one that counts.
struct TimerGuard {
    private var generation: UInt32 = 0
    private var armed: NIODeadline?

    /// The generation to order a call under; nil if one comes early enough anyway.
    mutating func arm(at deadline: NIODeadline) -> UInt32? {
        if deadline == .distantFuture { return nil }
        if let armed, armed <= deadline { return nil }
        generation &+= 1
        armed = deadline
        return generation
    }

    func isCurrent(_ generation: UInt32) -> Bool { armed != nil && generation == self.generation }

    /// False for a call that was overtaken.
    mutating func fired(_ generation: UInt32) -> Bool {
        guard isCurrent(generation) else { return false }
        armed = nil
        return true
    }
}
